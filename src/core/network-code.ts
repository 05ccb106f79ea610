import type { NetworkErrorCode } from './errors';

const codes: Readonly<Record<string, NetworkErrorCode>> = {
  ENOTFOUND: 'network.dns',
  EAI_AGAIN: 'network.dns',
  ECONNREFUSED: 'network.unreachable',
  EHOSTUNREACH: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  ETIMEDOUT: 'network.unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'network.unreachable',
  ECONNRESET: 'network.reset',
  EPIPE: 'network.reset',
  ECONNABORTED: 'network.reset',
  ERR_STREAM_PREMATURE_CLOSE: 'network.reset',
  UND_ERR_SOCKET: 'network.reset',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'network.tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'network.tls',
  EPROTO: 'network.tls',
};

/** OpenSSL's and Node's names for a certificate or a handshake that will not do. */
const tls = /^(?:CERT_|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/;

/**
 * What an error of Node's net, `https` or `fetch` says about the network; undefined where it says nothing. They wrap
 * what happened (AggregateError for several addresses, `cause` for fetch), so this looks inside.
 */
export function networkCodeOf(error: unknown, depth = 0): NetworkErrorCode | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    const known = codes[code];
    if (known) return known;
    if (tls.test(code)) return 'network.tls';
    // Node's HTTP parser: whoever answers speaks something else.
    if (code.startsWith('HPE_')) return 'network.not-aws';
  }
  if (error.message === 'aborted' || error.message === 'socket hang up') return 'network.reset';
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  for (const item of inner) {
    const found = networkCodeOf(item, depth + 1);
    if (found) return found;
  }
  return undefined;
}
