import type { Connection, OidcProviderSettings } from '../../core/connection/model';
import type { Provider } from '../../core/federation/providers';
import { issuerName, loginsKey, PROVIDER_KINDS, PROVIDERS } from '../../core/federation/providers';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { nameOfKey, providerName } from '../../core/federation/providers-words';
import { kindOf } from '../../core/session/keys';
import type { Session, SessionRef, StoredLogin } from '../../core/session/model';
import type { SessionStore } from '../../core/session/store';

/** Somebody who signs in with their provider again. */
export interface ProviderUser {
  readonly ref: SessionRef;
  readonly provider: Provider;
  readonly subject: string;
  readonly name: string | undefined;
}

/** The OpenID providers whose sign-in page a connection can open. */
export function oidcProviders(connection: Connection): readonly OidcProviderSettings[] {
  return connection.identityPool?.providers ?? [];
}

/** The connection's entry for an issuer, with or without its scheme. */
export function oidcProviderOf(connection: Connection, issuer: string): OidcProviderSettings | undefined {
  return oidcProviders(connection).find((one) => issuerName(one.issuer) === issuerName(issuer));
}

/** The provider behind a key of the Logins map. */
export function providerOfKey(connection: Connection, key: string): Provider {
  if (/^arn:[a-z-]+:iam::\d+:saml-provider\//.test(key)) return { kind: 'saml', providerArn: key };
  const kind = PROVIDER_KINDS.find((one) => PROVIDERS[one].key === key);
  switch (kind) {
    case 'google':
    case 'facebook':
    case 'amazon':
    case 'apple':
    case 'twitter':
    case 'developer':
      return { kind };
    default:
      return { kind: 'oidc', issuer: oidcProviderOf(connection, key)?.issuer ?? `https://${key}` };
  }
}

/** What to call a provider here: the name in the connection, the issuer's, or the one that everybody knows. */
export function labelOf(connection: Connection, provider: Provider): string {
  if (provider.kind === 'saml') return nameOfKey(provider.providerArn);
  if (provider.kind !== 'oidc') return providerName(provider.kind);
  const known = oidcProviderOf(connection, provider.issuer)?.name ?? issuerName(provider.issuer);
  return known === '' ? providerName('oidc') : known;
}

/** As `labelOf`, by the key in the Logins map. */
export function labelOfKey(connection: Connection, key: string): string {
  return oidcProviderOf(connection, key)?.name ?? nameOfKey(key);
}

/** Whom a login stands for, in a form that people know. */
export function nameOfLogin(
  connection: Connection,
  { displayName, provider, subject }: ProviderLogin,
): string {
  return displayName ?? `${labelOfKey(connection, provider)} ${subject.slice(0, 8)}`;
}

/** What is kept of a login. */
export function storedLogin({ provider, token, expiresAt }: ProviderLogin): StoredLogin {
  return { provider, token, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** The user of a provider that a reference names; undefined for everybody else. */
export async function providerUser(
  store: SessionStore,
  connection: Connection,
  ref: SessionRef | undefined,
): Promise<ProviderUser | undefined> {
  if (!ref || ref.connectionId !== connection.id || kindOf(ref) !== 'provider') return undefined;
  const session = await store.load(ref).catch(() => undefined);
  const key = keyIn(ref, connection, session);
  if (key === undefined) return undefined;
  const subject = ref.identityKey.slice(`idp:${key}:`.length);
  return { ref, provider: providerOfKey(connection, key), subject, name: session?.name };
}

/** Keys and subjects may both hold colons, so the key is one that is known. */
function keyIn(ref: SessionRef, connection: Connection, session: Session | undefined): string | undefined {
  const saml = /^idp:(arn:[a-z-]+:iam::\d+:saml-provider\/[\w.-]+):/.exec(ref.identityKey)?.[1];
  const known = [
    ...(session?.logins ?? []).map(({ provider }) => provider),
    ...oidcProviders(connection).map(({ issuer }) => loginsKey({ kind: 'oidc', issuer })),
    ...PROVIDER_KINDS.flatMap((kind) => PROVIDERS[kind].key ?? []),
    ...(saml === undefined ? [] : [saml]),
  ];
  return known.find((key) => ref.identityKey.startsWith(`idp:${key}:`));
}
