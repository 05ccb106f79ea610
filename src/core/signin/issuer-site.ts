import { WorkbenchError } from '../errors';
import { throwIfAborted } from '../session/abort';
import { askDocument, type FetchDocument } from './find-site';
import type { HostedUiSite } from './hosted-ui';

/** Whether an issuer's pages may be opened: https, or http on this machine; without query and fragment. */
export function isIssuerAddress(text: string): boolean {
  const address = text.trim();
  return /^https?:\/\/[^\s?#@]+$/i.test(address) && isSafe(address);
}

/**
 * Endpoints of an OpenID Connect provider, by its discovery document (OpenID Connect Discovery 1.0). Throws
 * `federation.provider-failed` (`reason` discovery: not an issuer, no document, one of another issuer, or one that
 * leads out of TLS), NetworkError, TimeoutError, CancelledError.
 */
export async function findIssuer(
  issuer: string,
  fetchDocument: FetchDocument,
  signal: AbortSignal,
): Promise<HostedUiSite> {
  const refuse = (detail: string): WorkbenchError =>
    new WorkbenchError('federation.provider-failed', `no use of the issuer: ${detail}`, {
      issuer,
      reason: 'discovery',
      detail,
    });
  if (!isIssuerAddress(issuer)) throw refuse('an issuer is an https address');
  const url = `${bare(issuer)}/.well-known/openid-configuration`;
  const { status, body } = await askDocument(url, fetchDocument, signal).catch((error: unknown) => {
    throwIfAborted(signal);
    throw error;
  });
  if (status !== 200) throw refuse(`HTTP ${status} at ${url}`);
  if (typeof body !== 'object' || body === null) throw refuse(`no JSON document at ${url}`);
  const found = body as Readonly<Record<string, unknown>>;
  const named = textOf(found, 'issuer');
  if (named === undefined || bare(named) !== bare(issuer)) {
    throw refuse(`the document there is of the issuer "${(named ?? '').slice(0, 200)}"`);
  }
  const endpoint = (name: string): string => {
    const address = textOf(found, name) ?? '';
    if (isSafe(address)) return address;
    throw refuse(`"${name}" in the document is no https address`);
  };
  const algorithms = found['id_token_signing_alg_values_supported'];
  const signed = Array.isArray(algorithms) ? algorithms.filter(isSigning) : [];
  return {
    issuers: [named],
    authorize: endpoint('authorization_endpoint'),
    token: endpoint('token_endpoint'),
    revoke: textOf(found, 'revocation_endpoint') ?? '',
    userInfo: textOf(found, 'userinfo_endpoint') ?? '',
    logout: textOf(found, 'end_session_endpoint') ?? '',
    ...(signed.length === 0 ? {} : { algorithms: signed }),
  };
}

const isSigning = (name: unknown): name is string => typeof name === 'string' && name !== 'none';

const bare = (issuer: string): string => issuer.trim().replace(/\/+$/, '');

/** Whether nobody on the way can read along. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return true;
  const own = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
  return protocol === 'http:' && own.test(hostname);
}

function textOf(object: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
