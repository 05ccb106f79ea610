import { originOf, sameOrigin } from '../connection/derive';
import type { Connection } from '../connection/model';
import { WorkbenchError } from '../errors';
import { developerLoginKey, loginsOf } from '../federation/logins';
import { federateSession } from './federate-session';
import { guestChange, replacement, type IdentityChange } from './identity-change';
import {
  developerIdentityKey,
  guestIdentityKey,
  kindOf,
  providerIdentityKey,
  refOf,
  secretKey,
} from './keys';
import type { DeveloperUser, Session, SessionRef, StoredLogin } from './model';
import { loadUsable, saveOrKeep, type SessionsDeps } from './renewal';
import type { SessionStore } from './store';

/** An identity that no user pool knows. */
export type OtherIdentity =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'provider';
      readonly login: StoredLogin;
      /** Who it is at the provider. */
      readonly subject: string;
      readonly name: string;
    }
  | {
      readonly kind: 'developer';
      readonly developer: DeveloperUser;
      /** As the developer's backend gave them; without them Cognito is asked. */
      readonly token?: { readonly identityId: string; readonly token: string; readonly expiresAt?: number };
    };

export interface OtherOutcome {
  readonly session: Session;
  readonly identityChange?: IdentityChange | undefined;
  readonly storeError?: Error | undefined;
}

/**
 * Takes up such an identity: federates, and only then saves and activates it. An identity ID that is known for it is
 * used again. Throws as `federateSession`; nothing is kept then.
 */
export async function beginOther(
  deps: SessionsDeps,
  connection: Connection,
  identity: OtherIdentity,
  signal?: AbortSignal,
): Promise<OtherOutcome> {
  const wanted = sessionOfOther(connection, identity, deps.clock.now());
  const earlier = await deps.store.load(wanted).catch(() => undefined);
  const usable = earlier && sameOrigin(earlier.origin, wanted.origin) ? earlier : undefined;
  const known = wanted.identityId ?? usable?.identityId;
  const session: Session = {
    ...wanted,
    ...(known === undefined ? {} : { identityId: known }),
    ...(usable?.roleArn === undefined ? {} : { roleArn: usable.roleArn }),
  };
  // Whoever signs in takes the guest's place, unless it is known who they are.
  const takesOver = identity.kind === 'provider' && known === undefined;
  const guestId = takesOver ? await guestIdOf(deps.store, connection) : undefined;
  const federated = await federateSession(deps, connection, session, { identityId: guestId }, signal);
  const whole: Session = { ...session, ...federated };
  let storeError = await saveOrKeep(deps.store, whole);
  await deps.store.setActive(refOf(whole));
  const linked = guestChange(guestId, whole.identityId);
  if (linked) storeError = (await forgetGuest(deps.store, connection)) ?? storeError;
  return { session: whole, storeError, identityChange: linked ?? replacement(known, whole.identityId) };
}

/** The guest's identity needs a login from now on: its session is over. Answers what kept it from being forgotten. */
export async function forgetGuest(store: SessionStore, { id }: Connection): Promise<Error | undefined> {
  try {
    await store.remove({ connectionId: id, identityKey: guestIdentityKey });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new WorkbenchError('internal', String(error));
  }
}

/** The identity ID of the connection's guest, where there is one that a sign-in could take over. */
export async function guestIdOf(store: SessionStore, connection: Connection): Promise<string | undefined> {
  const ref = { connectionId: connection.id, identityKey: guestIdentityKey };
  if (!store.list().some((entry) => secretKey(entry) === secretKey(ref))) return undefined;
  const guest = await store.load(ref).catch(() => undefined);
  return guest && sameOrigin(guest.origin, originOf(connection)) ? guest.identityId : undefined;
}

/**
 * Adds a login to the identity of a session, which can from then on be reached by either. The answer's identity ID
 * differs where the login had led to another identity: the two are merged. Throws as `federateSession`; the session is
 * left as it was then.
 */
export async function linkLogin(
  deps: SessionsDeps,
  ref: SessionRef,
  login: StoredLogin,
  signal?: AbortSignal,
): Promise<OtherOutcome> {
  const [session, connection] = await loadUsable(deps, ref);
  const kept = (session.logins ?? []).filter(({ provider }) => provider !== login.provider);
  return exchangeAnew(deps, connection, { ...session, logins: [...kept, login] }, signal);
}

/** The role for this identity from now on; undefined for what the pool chooses. Throws as `linkLogin`. */
export async function chooseRole(
  deps: SessionsDeps,
  ref: SessionRef,
  roleArn: string | undefined,
  signal?: AbortSignal,
): Promise<OtherOutcome> {
  const [{ roleArn: _before, ...session }, connection] = await loadUsable(deps, ref);
  const chosen = roleArn === undefined ? session : { ...session, roleArn };
  return exchangeAnew(deps, connection, chosen, signal);
}

/**
 * UnlinkIdentity: the identity can no longer be reached by this login. Without a login that is left nobody reaches it
 * again, and the session is forgotten. Answers the session that is left. Throws as the API.
 */
export async function unlinkLogin(
  deps: SessionsDeps,
  ref: SessionRef,
  provider: string,
  signal?: AbortSignal,
): Promise<Session | undefined> {
  const [session, connection] = await loadUsable(deps, ref);
  const logins = loginsOf(connection, session, deps.clock.now());
  const { identityId } = session;
  if (identityId === undefined || logins[provider] === undefined) {
    throw new WorkbenchError('federation.login-expired', 'only a login that is alive can be unlinked', {
      provider,
      kind: kindOf(session),
      name: session.name,
    });
  }
  const api = await deps.apis.identityPool(connection);
  await api.unlinkIdentity({ identityId, logins, loginsToRemove: [provider] }, signal);
  const left = (session.logins ?? []).filter((login) => login.provider !== provider);
  if (kindOf(session) !== 'user' && left.length === 0) {
    await deps.store.remove(ref);
    return undefined;
  }
  const { identityId: _gone, credentials: _ended, caller: _role, logins: _theirs, ...rest } = session;
  const own = (session.logins ?? []).every((login) => login.provider !== provider);
  // Without the user pool's own login the identity is no longer this user's. It stays with the other logins: given
  // beside the user's next one, they would link the two again.
  const after: Session = own ? rest : { ...session, logins: left };
  await saveOrKeep(deps.store, after);
  return after;
}

async function exchangeAnew(
  deps: SessionsDeps,
  connection: Connection,
  session: Session,
  signal: AbortSignal | undefined,
): Promise<OtherOutcome> {
  const federated = await federateSession(deps, connection, session, {}, signal);
  const { caller: _old, ...rest } = session;
  const whole: Session = { ...rest, ...federated };
  const storeError = await saveOrKeep(deps.store, whole);
  return { session: whole, storeError, identityChange: replacement(session.identityId, whole.identityId) };
}

/** The session that such an identity has before it holds anything. */
export function sessionOfOther(connection: Connection, identity: OtherIdentity, now: number): Session {
  const common = {
    version: 1,
    connectionId: connection.id,
    origin: originOf(connection),
    signedInAt: now,
  } as const;
  switch (identity.kind) {
    case 'guest':
      return { ...common, identityKey: guestIdentityKey, name: guestIdentityKey };
    case 'provider': {
      const { login, subject, name } = identity;
      return { ...common, identityKey: providerIdentityKey(login.provider, subject), name, logins: [login] };
    }
    case 'developer': {
      const { developer, token } = identity;
      const session = {
        ...common,
        identityKey: developerIdentityKey(developer.userId),
        name: developer.userId,
        developer,
      };
      if (!token) return session;
      const login = {
        provider: developerLoginKey(connection),
        token: token.token,
        ...(token.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
      };
      return { ...session, identityId: token.identityId, logins: [login] };
    }
  }
}
