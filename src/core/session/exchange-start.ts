import type { Connection } from '../connection/model';
import { originOf, sameOrigin } from '../connection/derive';
import { WorkbenchError } from '../errors';
import { developerLoginKey, loginsOf } from '../federation/logins';
import { guestIdentityKey, kindOf } from './keys';
import type { Session, SessionRef } from './model';
import { sessionOfOther } from './other-identities';
import type { RefusedIdentities } from './refused';
import { loadUsable, type SessionsDeps } from './renewal';

/** What an exchange begins with: a login that is alive, and the identity ID. */
export interface ExchangeStart {
  readonly session: Session;
  readonly connection: Connection;
  readonly identityId: string;
}

/**
 * The session of an identity, or what is known of one that was refused its first credentials; a guest needs neither.
 * Throws as `loadUsable`.
 */
export async function subjectOfExchange(
  deps: SessionsDeps,
  refused: RefusedIdentities,
  ref: SessionRef,
): Promise<[Session, Connection]> {
  try {
    return await loadUsable(deps, ref);
  } catch (error) {
    const connection = deps.connection(ref.connectionId);
    const missing = error instanceof WorkbenchError && error.code === 'session.missing';
    if (!connection || !missing) throw error;
    const known = refused.find(ref);
    if (known && sameOrigin(known.origin, originOf(connection))) return [known, connection];
    if (ref.identityKey !== guestIdentityKey) throw error;
    return [sessionOfOther(connection, { kind: 'guest' }, deps.clock.now()), connection];
  }
}

/** Asks for the identity ID (GetId, or the developer's token) where none is known. Nothing is stored. Throws as `federateSession`. */
export async function exchangeStart(
  deps: SessionsDeps,
  [session, connection]: readonly [Session, Connection],
  signal?: AbortSignal,
): Promise<ExchangeStart> {
  const { identityId, developer } = session;
  if (identityId !== undefined) return { session, connection, identityId };
  if (developer?.by === 'profile' && kindOf(session) === 'developer' && deps.developerTokens) {
    const made = await deps.developerTokens(connection, developer, undefined, signal);
    const login = { provider: developerLoginKey(connection), token: made.token, expiresAt: made.expiresAt };
    const known = { ...session, identityId: made.identityId, logins: [login] };
    return { session: known, connection, identityId: made.identityId };
  }
  const pool = connection.identityPool;
  if (!pool) throw new WorkbenchError('federation.no-identity-pool', 'the connection has no identity pool');
  const { identityPoolId, accountId } = pool;
  const logins = loginsOf(connection, session, deps.clock.now());
  const api = await deps.apis.identityPool(connection);
  const given = await api.getId({ identityPoolId, accountId, logins }, signal);
  return { session: { ...session, identityId: given }, connection, identityId: given };
}
