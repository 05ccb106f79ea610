import { identityPoolPrincipal, identityPoolRegion, loginKeyOf } from '../connection/derive';
import type { Connection } from '../connection/model';
import { WorkbenchError } from '../errors';
import { kindOf } from '../session/keys';
import type { Session } from '../session/model';

/** The Logins map of an identity pool: provider to token. Empty for guests. */
export type Logins = Readonly<Record<string, string>>;

/**
 * The login of a user-pool user: the ID token under the pool's name, or under the connection's `loginKey`. Throws
 * `federation.no-id-token`.
 */
export function userLogins(connection: Connection, idToken: string | undefined): Logins {
  const key = loginKeyOf(connection);
  if (!idToken || key === undefined) {
    const detail = idToken ? 'no login key' : 'no ID token';
    const message = `nothing to give to the identity pool: ${detail}`;
    throw new WorkbenchError('federation.no-id-token', message, { detail });
  }
  return { [key]: idToken };
}

/** The login of a developer-authenticated user: the OpenID token that the identity pool itself made. */
export function developerLogins(connection: Connection, token: string): Logins {
  return { [developerLoginKey(connection)]: token };
}

/** The identity pool's own name in a Logins map. */
export function developerLoginKey(connection: Connection): string {
  return identityPoolPrincipal(identityPoolRegion(connection));
}

/**
 * What the identity pool is to be given for a session, at `nowMs`. Logins that have ended are left out where others
 * remain. Throws `federation.no-id-token`, and `federation.login-expired` where nothing is left.
 */
export function loginsOf(
  connection: Connection,
  session: Pick<Session, 'identityKey' | 'tokens' | 'logins' | 'name'>,
  nowMs: number,
): Logins {
  const kind = kindOf(session);
  if (kind === 'guest') return {};
  const stored = session.logins ?? [];
  const alive = stored.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > nowMs);
  const others = Object.fromEntries(alive.map(({ provider, token }) => [provider, token]));
  if (kind === 'user') return { ...others, ...userLogins(connection, session.tokens?.idToken) };
  const [ended] = stored;
  if (alive.length > 0) return others;
  throw new WorkbenchError('federation.login-expired', 'every login of this identity has ended', {
    provider: ended?.provider,
    endedAt: ended?.expiresAt,
    kind,
    name: session.name,
  });
}
