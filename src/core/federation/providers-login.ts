import { WorkbenchError } from '../errors';
import type { Digest } from '../ports';
import type { FoundKind, NeededArtefact, Provider } from './providers';
import { issuerName, loginsKey, PROVIDERS } from './providers';
import type { Artefact } from './providers-artefact';
import { readArtefact } from './providers-artefact';
import { providerName } from './providers-words';

/** One entry of a Logins map, and whom it stands for. */
export interface ProviderLogin {
  /** Key of the Logins map. */
  readonly provider: string;
  /** Its value: a secret. */
  readonly token: string;
  /** `sub`, NameID, or for tokens that only their maker can read a digest: the same for the same token. */
  readonly subject: string;
  /** Milliseconds; unknown for opaque tokens. */
  readonly expiresAt?: number | undefined;
  /** Unverified, in one short line. */
  readonly displayName?: string | undefined;
  /** Of a developer identity: it came with the token, so that GetId is not asked. */
  readonly identityId?: string | undefined;
  /** ARNs of the roles that a SAML response offers. */
  readonly roles?: readonly string[] | undefined;
}

/**
 * Takes what a person pasted for the login of a provider; the forms are those of `readArtefact`. Throws WorkbenchError
 * `federation.wrong-artefact` with `provider` (ProviderKind), `providerName`, `expected` (NeededArtefact), `found`
 * (FoundKind), `from` (whose the found one is), `issuer` (whose it must be) and, where that alone is wrong,
 * `expectedIssuer`; none carries any of the token.
 */
export function loginFor(provider: Provider, text: string, digest: Digest): ProviderLogin {
  const fits = (one: Artefact): boolean => isRightKind(provider, one) && isRightIssuer(provider, one);
  const artefact = readArtefact(text, fits);
  if (!fits(artefact)) throw wrongArtefact(provider, artefact);
  const { token, issuer, subject, displayName, expiresAt, identityId, roles } = artefact;
  return {
    provider: loginsKey(provider, issuer),
    token,
    subject: subject ?? digestOf(token, digest),
    expiresAt,
    displayName,
    identityId,
    roles,
  };
}

const accepted: Readonly<Record<NeededArtefact, readonly FoundKind[]>> = {
  'id-token': ['id-token'],
  'access-token': ['opaque-token'],
  'token-pair': ['token-pair'],
  'saml-response': ['saml-response'],
  'openid-token': ['openid-token'],
};

function isRightKind(provider: Provider, { kind }: Artefact): boolean {
  if (provider.kind === 'user-pool') return kind === 'user-pool-id-token';
  // A user pool can be an OpenID Connect provider like any other.
  if (provider.kind === 'oidc' && kind === 'user-pool-id-token') return true;
  return accepted[PROVIDERS[provider.kind].needs].includes(kind);
}

function isRightIssuer(provider: Provider, artefact: Artefact): boolean {
  const { issuer, from } = artefact;
  switch (provider.kind) {
    case 'user-pool':
      // Stand-ins issue under their own address; the pool's id is what both have.
      return from !== undefined && from === provider.key.slice(provider.key.lastIndexOf('/') + 1);
    case 'oidc':
      return issuer !== undefined && issuerName(issuer) === issuerName(provider.issuer);
    case 'google':
    case 'apple':
      return issuer !== undefined && PROVIDERS[provider.kind].issuers?.includes(issuerName(issuer)) === true;
    case 'facebook':
    case 'amazon':
      return from === undefined || from === providerName(provider.kind);
    default:
      return true;
  }
}

function wrongArtefact(provider: Provider, artefact: Artefact): WorkbenchError {
  const { needs, issuers } = PROVIDERS[provider.kind];
  const { kind, from } = artefact;
  const issuer = expectedIssuer(provider) ?? issuers?.[0];
  return new WorkbenchError('federation.wrong-artefact', `${provider.kind} needs ${needs}, found ${kind}`, {
    provider: provider.kind,
    providerName: providerName(provider.kind),
    expected: needs,
    found: kind,
    from: from?.slice(0, 200),
    issuer,
    expectedIssuer: isRightKind(provider, artefact) ? issuer : undefined,
  });
}

function expectedIssuer(provider: Provider): string | undefined {
  if (provider.kind === 'oidc') return issuerName(provider.issuer);
  return provider.kind === 'user-pool' ? provider.key : undefined;
}

function digestOf(token: string, digest: Digest): string {
  const bytes = digest.sha256(new TextEncoder().encode(token)).slice(0, 10);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
