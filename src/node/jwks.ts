import { NetworkError, TimeoutError, WorkbenchError } from '../core/errors';
import { networkCodeOf } from '../core/network-code';
import type { Jwk, JwksSource } from '../core/ports';
import { throwIfAborted } from '../core/session/abort';
import { Flights } from '../core/session/flights';
import { readText } from './read-text';

const seconds = 10;
/** 10,000 RSA keys of 4096 bits have about 8 MB, with their certificates more. */
const maxBytes = 16 * 1024 * 1024;

type KeySet = Awaited<ReturnType<JwksSource['get']>>;

export interface JwksOptions {
  /** Whether an `http:` address may be asked: only those under a configured endpoint (decision 9). */
  readonly allowHttp: (url: string) => boolean;
  readonly fetch?: typeof fetch;
  readonly observe?: (url: string, milliseconds: number) => void;
}

/**
 * Fetches and caches JSON Web Key Sets (RFC 7517 §5) by address. No redirects, 10 s, at most 16 MB. Those who ask at the
 * same moment share one request, which goes on as long as one of them waits.
 * Throws NetworkError, TimeoutError, CancelledError or WorkbenchError `token.keys-unavailable`.
 */
export function createJwksSource(options: JwksOptions): JwksSource {
  const cache = new Map<string, KeySet>();
  const requests = new Flights<KeySet>();
  return {
    async get(url, { refetch = false, signal } = {}) {
      const known = cache.get(url);
      if (known && !refetch) return known;
      const fetchKeys = async (shared: AbortSignal): Promise<KeySet> => {
        const found = await load(url, options, shared);
        cache.set(url, found);
        return found;
      };
      return requests.join(url, fetchKeys, signal);
    },
  };
}

async function load(url: string, options: JwksOptions, signal: AbortSignal): Promise<KeySet> {
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && options.allowHttp(url))) {
    throw new WorkbenchError('token.keys-unavailable', `keys are not fetched over ${protocol} from ${host}`, {
      host,
    });
  }
  const limit = AbortSignal.timeout(seconds * 1000);
  const started = performance.now();
  let text: string | undefined;
  let status: number;
  try {
    const answer = await (options.fetch ?? fetch)(url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, limit]),
      headers: { accept: 'application/json' },
    });
    status = answer.status;
    text = await readText(answer, maxBytes);
  } catch (error) {
    throwIfAborted(signal);
    if (limit.aborted) throw new TimeoutError('jwks', seconds, error);
    throw new NetworkError(networkCodeOf(error) ?? 'network.not-aws', 'jwks', host, reasonOf(error), error);
  } finally {
    options.observe?.(url, performance.now() - started);
  }
  if (status !== 200) {
    throw new WorkbenchError('token.keys-unavailable', `HTTP ${status} from ${host}`, { host, status });
  }
  if (text === undefined) {
    throw new WorkbenchError('token.keys-unavailable', `the answer of ${host} is over 16 MB`, {
      host,
      limit: maxBytes,
    });
  }
  return parse(text, host);
}

/** `fetch` says no more than "fetch failed"; the reason is in its cause. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message : String(inner);
}

function parse(text: string, host: string): KeySet {
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
