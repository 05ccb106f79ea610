import { originOf, sameOrigin } from '../connection/derive';
import type { Connection } from '../connection/model';
import { isWorkbenchError, WorkbenchError } from '../errors';
import { isExpiredLogin } from '../federation/exchange';
import type { AuthTokens, AwsApis, Clock, CrossWindowLock, Digest, UserPoolApi } from '../ports';
import { isUnknownDevice } from '../signin/refusals';
import { credentialsDue, expiresAt, tokensDue } from './expiry';
import { federateSession } from './federate-session';
import { replacement, type IdentityChange } from './identity-change';
import { isApp, kindOf, refOf, secretKey } from './keys';
import type { DeveloperUser, Session, SessionRef } from './model';
import {
  exchangeRefreshToken,
  refusalOf,
  type RefreshTokenRequest,
  type RefusalReason,
} from './refresh-token';
import type { ReplacedTokens } from './replaced-tokens';
import type { SessionStore } from './store';
import { claimsOf, tokenSet } from './token-set';

export interface SessionsDeps {
  readonly store: SessionStore;
  readonly apis: AwsApis;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly lock: CrossWindowLock;
  /** The setting `refreshBeforeExpiryMinutes`. */
  refreshBeforeMinutes(): number;
  connection(id: string): Connection | undefined;
  /** Access tokens for the app itself (client credentials); without it such a session cannot be renewed. */
  readonly appTokens?: AppTokens | undefined;
  /** Asks Cognito for developer-authenticated users, as an administrator; without it only a backend can. */
  readonly developerTokens?: DeveloperTokens | undefined;
  /** Takes note of the tokens that a refresh replaces. */
  readonly replaced?: ReplacedTokens | undefined;
}

/** GetOpenIdTokenForDeveloperIdentity: a token for this user; without an identity ID Cognito names the user's own. */
export type DeveloperTokens = (
  connection: Connection,
  developer: DeveloperUser,
  identityId: string | undefined,
  signal?: AbortSignal,
) => Promise<{ readonly identityId: string; readonly token: string; readonly expiresAt: number }>;

/** Client credentials for an access token. `scopes` empty: all that the client has. Throws as `OAuthApi.clientTokens`. */
export type AppTokens = (
  connection: Connection,
  clientSecret: string,
  scopes: readonly string[],
  signal?: AbortSignal,
) => Promise<AuthTokens>;

/**
 * `credentials`, `tokens`: make these fresh where they are due. `gesture`: the person asked, so there is an exchange in
 * any case. `force`: the same, and new tokens even where the old ones are not due.
 */
export type RenewalGoal = 'credentials' | 'tokens' | 'gesture' | 'force';

export interface RefreshOutcome {
  readonly session: Session;
  /** Requests sent to AWS; 0 where everything was fresh, or another window had just done it. */
  readonly requests: number;
  /** When the session ends now; milliseconds. */
  readonly until: number;
  /** Set where the result could only be kept in memory (`session.store-failed`). */
  readonly storeError?: Error | undefined;
  /** The identity pool no longer honoured the identity ID that was stored, and gave another. */
  readonly identityChange?: IdentityChange | undefined;
}

/**
 * The session, where it may be used with this connection. Throws `connection.not-found`, `session.missing`,
 * `session.other-configuration` (decision 11), `session.store-failed`.
 */
export async function loadUsable(deps: SessionsDeps, ref: SessionRef): Promise<[Session, Connection]> {
  const connection = deps.connection(ref.connectionId);
  const about = { connectionId: ref.connectionId };
  if (!connection)
    throw new WorkbenchError('connection.not-found', `no connection ${ref.connectionId}`, about);
  const session = await deps.store.load(ref);
  if (!session) throw new WorkbenchError('session.missing', 'there is no such session', about);
  if (!sameOrigin(session.origin, originOf(connection))) {
    const message = 'the session was made with other ids or endpoints than the connection has now';
    throw new WorkbenchError('session.other-configuration', message, { ...about, name: session.name });
  }
  return [session, connection];
}

/**
 * Renews a session under the lock of all windows, as far as the goal asks for it. The session is read again once the
 * lock is held, so that a refresh token that another window has spent is never sent.
 */
export async function renew(
  deps: SessionsDeps,
  ref: SessionRef,
  goal: RenewalGoal,
  signal?: AbortSignal,
): Promise<RefreshOutcome> {
  const [before, { identityPool }] = await loadUsable(deps, ref);
  if (goal === 'credentials' && !identityPool) {
    throw new WorkbenchError('federation.no-identity-pool', 'the connection has no identity pool');
  }
  if (!isDue(deps, before, goal)) return outcomeOf(before, 0);
  return deps.lock.run(
    secretKey(ref),
    async () => {
      const [session, connection] = await loadUsable(deps, ref);
      const doneElsewhere =
        goal !== 'force' && isNewer(session, before) && !isDue(deps, session, 'credentials');
      if (doneElsewhere || !isDue(deps, session, goal)) return outcomeOf(session, 0);
      return new Renewal(deps, connection, session).run(goal, signal);
    },
    signal,
  );
}

function isDue(deps: SessionsDeps, session: Session, goal: RenewalGoal): boolean {
  if (goal === 'gesture' || goal === 'force') return true;
  const [now, setting] = [deps.clock.now(), deps.refreshBeforeMinutes()];
  return goal === 'tokens' ? tokensDue(session, now, setting) : credentialsDue(session, now, setting);
}

function isNewer(session: Session, before: Session): boolean {
  return session.credentials?.accessKeyId !== before.credentials?.accessKeyId;
}

function outcomeOf(session: Session, requests: number): RefreshOutcome {
  return { session, requests, until: expiresAt(session) ?? 0 };
}

/** One renewal, while the lock is held. */
class Renewal {
  private requests = 0;
  private storeError: Error | undefined;

  constructor(
    private readonly deps: SessionsDeps,
    private readonly connection: Connection,
    private session: Session,
  ) {}

  async run(goal: RenewalGoal, signal: AbortSignal | undefined): Promise<RefreshOutcome> {
    const app = isApp(this.session);
    const holdsTokens = app || kindOf(this.session) === 'user';
    const before = this.session.identityId;
    if (app && goal === 'credentials') throw noIdTokenForApps();
    if (!holdsTokens && goal === 'tokens') {
      throw new WorkbenchError('internal', 'only users and apps hold user-pool tokens');
    }
    const federates =
      !app && goal !== 'tokens' && (goal === 'credentials' || this.connection.identityPool !== undefined);
    const renewTokens =
      holdsTokens && (goal === 'force' || !federates || isDue(this.deps, this.session, 'tokens'));
    if (renewTokens) await (app ? this.renewAppTokens(signal) : this.renewTokens());
    if (federates) {
      try {
        await this.renewCredentials(signal);
      } catch (error) {
        // Our clock is behind: what looks fresh here is too old there.
        if (renewTokens || !holdsTokens || !isExpiredLogin(error)) throw error;
        await this.renewTokens();
        await this.renewCredentials(signal);
      }
    }
    const identityChange = replacement(before, this.session.identityId);
    return { ...outcomeOf(this.session, this.requests), storeError: this.storeError, identityChange };
  }

  private async renewTokens(): Promise<void> {
    const { tokens } = this.session;
    const pool = this.connection.userPool;
    if (!pool || !tokens?.refreshToken) throw expired(this.session, 'absent');
    if (this.session.unrefreshable) throw expired(this.session, 'refused-before');
    const clientSecret = await clientSecretOf(this.deps.store, this.connection);
    const api = this.counting(await this.deps.apis.userPool(this.connection));
    try {
      const request = { pool, tokens: { ...tokens, refreshToken: tokens.refreshToken }, clientSecret };
      const received = await this.exchange(request, api);
      await this.keep({ ...this.session, tokens: tokenSet(received, this.deps.clock.now(), tokens) });
      this.deps.replaced?.note(this.session, tokens);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      if (reason !== 'user-disabled') await this.keep({ ...this.session, unrefreshable: true });
      throw expired(this.session, reason, error);
    }
  }

  /** A device that Cognito no longer knows is left out, here and from now on. */
  private async exchange(request: RefreshTokenRequest, api: UserPoolApi): Promise<AuthTokens> {
    const { deviceKey, ...session } = this.session;
    if (deviceKey === undefined) return exchangeRefreshToken(request, api, this.deps.digest);
    try {
      return await exchangeRefreshToken({ ...request, deviceKey }, api, this.deps.digest);
    } catch (error) {
      if (!isUnknownDevice(error)) throw error;
    }
    const received = await exchangeRefreshToken(request, api, this.deps.digest);
    this.session = session;
    return received;
  }

  /** The secret is the refresh token of an app; the scopes are those of the token that ends. */
  private async renewAppTokens(signal: AbortSignal | undefined): Promise<void> {
    const { deps, session, connection } = this;
    const clientSecret = await clientSecretOf(deps.store, connection);
    if (!deps.appTokens || clientSecret === undefined) throw expired(session, 'absent');
    const { scope } = claimsOf(session.tokens?.accessToken);
    const scopes = typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
    this.requests += 1;
    const received = await deps.appTokens(connection, clientSecret, scopes, signal);
    await this.keep({ ...session, tokens: tokenSet(received, deps.clock.now()) });
  }

  private async renewCredentials(signal: AbortSignal | undefined): Promise<void> {
    const { session, connection } = this;
    const counting = <T extends object>(api: T): T => this.counting(api);
    const federated = await federateSession(this.deps, connection, session, { counting }, signal);
    // Other credentials may be another role's: who they are is asked anew.
    const { caller: _old, ...rest } = session;
    await this.keep({ ...rest, ...federated });
  }

  private async keep(session: Session): Promise<void> {
    this.session = session;
    this.storeError = await saveOrKeep(this.deps.store, session);
  }

  /** The same API, whose calls are counted. */
  private counting<T extends object>(api: T): T {
    return new Proxy(api, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          this.requests += 1;
          return Reflect.apply(member, target, args);
        };
      },
    });
  }
}

/** Saves; where that works in memory only, gives the error back, since the session can still be used in this window. */
export async function saveOrKeep(store: SessionStore, session: Session): Promise<Error | undefined> {
  try {
    await store.save(session);
    return undefined;
  } catch (error) {
    if (isWorkbenchError(error) && error.code === 'session.store-failed') return error;
    throw error;
  }
}

/** The app client's secret where the client has one. Throws `signin.secret-missing`. */
export async function clientSecretOf(
  store: SessionStore,
  connection: Connection,
): Promise<string | undefined> {
  if (!connection.userPool?.hasClientSecret) return undefined;
  const secret = await store.clientSecret(connection);
  if (secret) return secret;
  const { clientId } = connection.userPool;
  throw new WorkbenchError('signin.secret-missing', `no client secret for client ${clientId}`, {
    connectionId: connection.id,
    clientId,
  });
}

/** An identity pool wants the ID token of a user. */
function noIdTokenForApps(): WorkbenchError {
  return new WorkbenchError('federation.no-id-token', 'an app has no ID token', {
    grantType: 'client_credentials',
  });
}

function expired(session: Session, reason: RefusalReason, cause?: unknown): WorkbenchError {
  const data = { ...refOf(session), name: session.name, reason };
  return new WorkbenchError(
    'session.expired',
    `only a sign-in can renew this session: ${reason}`,
    data,
    cause,
  );
}
