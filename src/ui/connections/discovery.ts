import { discoveryUrl } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';

/** What asking the pool's discovery document told; `unreachable` lets the person go on. */
export type DiscoveryFinding =
  | { readonly kind: 'found'; readonly domain?: string }
  | { readonly kind: 'no-such-pool' }
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Fetches a small JSON document; supplied by services.ts. Throws what the net throws. */
export type JsonFetcher = (url: string, signal: AbortSignal) => Promise<{ status: number; body: unknown }>;

/** Asks whether the pool exists, by the public discovery document of its issuer. Never throws but on cancel. */
export async function discover(
  connection: Connection,
  fetchJson: JsonFetcher,
  signal: AbortSignal,
): Promise<DiscoveryFinding> {
  const url = discoveryUrl(connection);
  if (url === undefined) return { kind: 'unreachable', detail: 'no address' };
  try {
    const { status, body } = await fetchJson(url, signal);
    if (status === 400 || status === 404) return { kind: 'no-such-pool' };
    if (status !== 200) return { kind: 'unreachable', detail: `HTTP ${status}` };
    const domain = domainOf(body);
    return domain === undefined ? { kind: 'found' } : { kind: 'found', domain };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
}

function domainOf(body: unknown): string | undefined {
  const address =
    typeof body === 'object' && body !== null
      ? (body as { authorization_endpoint?: unknown }).authorization_endpoint
      : undefined;
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).host : undefined;
}
