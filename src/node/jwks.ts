import { NetworkError, TimeoutError, WorkbenchError } from '../core/errors';
import type { Jwk, JwksSource } from '../core/ports';

const seconds = 10;
const maxBytes = 1_000_000;

export interface JwksOptions {
  /** Whether an `http:` address may be asked: only those under a configured endpoint (decision 9). */
  readonly allowHttp: (url: string) => boolean;
  readonly fetch?: typeof fetch;
  readonly observe?: (url: string, milliseconds: number) => void;
}

/**
 * Fetches and caches JSON Web Key Sets (RFC 7517 §5) by address. No redirects, 10 s, at most 1 MB.
 * Throws NetworkError, TimeoutError or WorkbenchError `token.keys-unavailable`.
 */
export function createJwksSource(options: JwksOptions): JwksSource {
  const cache = new Map<string, Promise<{ keys: readonly Jwk[] }>>();
  return {
    get(url, { refetch = false, signal } = {}) {
      const known = cache.get(url);
      if (known && !refetch) return known;
      const fetched = load(url, options, signal);
      cache.set(url, fetched);
      fetched.catch(() => {
        if (cache.get(url) === fetched) cache.delete(url);
      });
      return fetched;
    },
  };
}

async function load(
  url: string,
  options: JwksOptions,
  signal?: AbortSignal,
): Promise<{ keys: readonly Jwk[] }> {
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && options.allowHttp(url))) {
    throw new WorkbenchError('token.keys-unavailable', `keys are not fetched over ${protocol} from ${host}`, {
      host,
    });
  }
  const limit = AbortSignal.timeout(seconds * 1000);
  const started = performance.now();
  let text: string;
  let status: number;
  try {
    const answer = await (options.fetch ?? fetch)(url, {
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { accept: 'application/json' },
    });
    status = answer.status;
    text = await readText(answer);
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) throw new TimeoutError('jwks', seconds, error);
    if (error instanceof WorkbenchError) throw error;
    throw new NetworkError(codeOf(error), 'jwks', host, error instanceof Error ? error.message : '', error);
  } finally {
    options.observe?.(url, performance.now() - started);
  }
  if (status !== 200) {
    throw new WorkbenchError('token.keys-unavailable', `HTTP ${status} from ${host}`, { host, status });
  }
  return parse(text, host);
}

/** Reads at most `maxBytes`; a longer answer is no key set. */
async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | undefined = answer.body ?? undefined;
  if (!body) return '';
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new WorkbenchError('token.keys-unavailable', 'the key set is over 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, host: string): { keys: readonly Jwk[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NetworkError('network.not-aws', 'jwks', host, 'the answer is not JSON', error);
  }
  const keys = typeof value === 'object' && value !== null ? (value as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(keys)) {
    throw new WorkbenchError('token.keys-unavailable', `no key set at ${host}`, { host });
  }
  return { keys: keys.filter((key): key is Jwk => typeof key === 'object' && key !== null) };
}

function codeOf(error: unknown): 'network.dns' | 'network.unreachable' | 'network.reset' {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN') return 'network.dns';
  if (cause?.code === 'ECONNREFUSED') return 'network.unreachable';
  return 'network.reset';
}
