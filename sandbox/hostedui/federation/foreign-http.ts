import { isRecord } from '../../kernel/input';
import { ForeignFailure } from './provider';

const PATIENCE_MS = 5000;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The sandbox calls nobody else's machine without TLS. */
function checkAddress(address: string): void {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' };
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) return;
  throw new ForeignFailure('invalid_request', 'A provider is reached by https, or by http on this machine.');
}

/** A JSON object from a provider; throws ForeignFailure for anything else. */
export async function getJson(
  address: string,
  init: RequestInit = {},
): Promise<Readonly<Record<string, unknown>>> {
  checkAddress(address);
  let response: Response;
  let document: unknown;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    response = await fetch(address, { redirect: 'error', signal, ...init });
    document = await response.json();
  } catch {
    throw new ForeignFailure('server_error', `No JSON answer from ${new URL(address).host}.`);
  }
  if (response.ok && isRecord(document)) return document;
  const told = isRecord(document) && typeof document['error'] === 'string' ? `: ${document['error']}` : '';
  throw new ForeignFailure('invalid_request', `${new URL(address).host} answered ${response.status}${told}`);
}
