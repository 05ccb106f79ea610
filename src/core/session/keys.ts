import { WorkbenchError } from '../errors';
import type { IdentityKey, SessionRef } from './model';

const SESSION_KEY = /^session\/([^/]+)\/([^/]+)$/;

/** Key of a session in the secret store: `session/<connectionId>/<identityKey, percent-encoded>`. */
export function secretKey(ref: SessionRef): string {
  return `session/${ref.connectionId}/${encodeURIComponent(ref.identityKey)}`;
}

/** The session that a key of the secret store names; undefined for any other key. */
export function parseSecretKey(key: string): SessionRef | undefined {
  const [, connectionId, encoded] = SESSION_KEY.exec(key) ?? [];
  if (connectionId === undefined || encoded === undefined) return undefined;
  try {
    return { connectionId, identityKey: decodeURIComponent(encoded) };
  } catch {
    return undefined;
  }
}

/** Key of an app client's secret in the secret store. */
export function clientSecretKey(connectionId: string): string {
  return `client-secret/${connectionId}`;
}

/** Key of a remembered device in the secret store; `username` as Cognito knows the user. */
export function deviceSecretKey(connectionId: string, username: string): string {
  return `device/${connectionId}/${encodeURIComponent(username)}`;
}

/** `user:<sub>` of a user-pool token's claims. Throws `token.invalid` where there is no subject. */
export function identityKeyOfClaims(claims: Readonly<Record<string, unknown>>): IdentityKey {
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '')
    throw new WorkbenchError('token.invalid', 'the token has no sub');
  return `user:${sub}`;
}

/** The identity of an app that signed in as itself (client credentials); one for each connection. */
export const appIdentityKey: IdentityKey = 'm2m';

/** The guest of a connection; one for each. */
export const guestIdentityKey: IdentityKey = 'guest';

/** `idp:<provider>:<subject>`, `provider` being the key in the Logins map. */
export function providerIdentityKey(provider: string, subject: string): IdentityKey {
  return `idp:${provider}:${subject}`;
}

/** `dev:<user id at the developer's backend>`. */
export function developerIdentityKey(userId: string): IdentityKey {
  return `dev:${userId}`;
}

export type IdentityKind = 'user' | 'guest' | 'developer' | 'provider' | 'app';

/** What kind of identity a key names. */
export function kindOf({ identityKey }: Pick<SessionRef, 'identityKey'>): IdentityKind {
  if (identityKey === guestIdentityKey) return 'guest';
  if (identityKey === appIdentityKey) return 'app';
  if (identityKey.startsWith('dev:')) return 'developer';
  return identityKey.startsWith('idp:') ? 'provider' : 'user';
}

export function isApp({ identityKey }: Pick<SessionRef, 'identityKey'>): boolean {
  return identityKey === appIdentityKey;
}

export function sameRef(a: SessionRef, b: SessionRef): boolean {
  return a.connectionId === b.connectionId && a.identityKey === b.identityKey;
}

/** The reference alone, of anything that carries one. */
export function refOf({ connectionId, identityKey }: SessionRef): SessionRef {
  return { connectionId, identityKey };
}
