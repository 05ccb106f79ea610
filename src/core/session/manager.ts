import { sameOrigin } from '../connection/derive';
import type { Connection } from '../connection/model';
import { CancelledError, WorkbenchError } from '../errors';
import type { AuthTokens, NewDevice } from '../ports';
import type { StoredDevice } from '../signin/device';
import { signIn, type SignedIn, type SignInRequest } from '../signin/sign-in';
import { throwIfAborted } from './abort';
import { forgetOwnDevice, rememberOwnDevice, type RememberOptions } from './own-device';
import { devicesOf } from './devices';
import { federateSession } from './federate-session';
import { Flights } from './flights';
import { guestChange, type IdentityChange } from './identity-change';
import {
  beginOther,
  chooseRole,
  forgetGuest,
  guestIdOf,
  linkLogin,
  sessionOfOther,
  unlinkLogin,
  type OtherIdentity,
  type OtherOutcome,
} from './other-identities';
import { isApp, kindOf, refOf, secretKey } from './keys';
import type { AwsCredentials, CallerIdentity, Session, SessionRef, StoredLogin, TokenSet } from './model';
import { appSession, inheriting, userSession } from './new-session';
import { isPassing } from './passing';
import {
  clientSecretOf,
  loadUsable,
  renew,
  saveOrKeep,
  type RefreshOutcome,
  type RenewalGoal,
  type SessionsDeps,
} from './renewal';
import { Trials } from './trials';

export type { RememberOptions } from './own-device';
export type { RefreshOutcome, SessionsDeps } from './renewal';

export interface SignInOutcome {
  readonly session: Session;
  /** The sign-in worked, the exchange for AWS credentials did not (or was cancelled). */
  readonly federationError?: Error | undefined;
  /** The session could only be kept in memory (`session.store-failed`). */
  readonly storeError?: Error | undefined;
  /** The pool tracks devices and this one is new to it: to be given to `rememberDevice`, else refreshes are refused. */
  readonly newDevice?: NewDevice | undefined;
  /** What became of the guest whose place the user took. */
  readonly identityChange?: IdentityChange | undefined;
}

export interface SignOutOutcome {
  /** The session is gone from here, but its refresh token may still be valid at Cognito. */
  readonly revokeError?: Error | undefined;
}

/** Everything that is done with sessions. What it needs from AWS is asked for once, however many ask at the same time. */
export class Sessions {
  private readonly renewals = new Flights<RefreshOutcome>();
  private readonly callers = new Flights<CallerIdentity>();
  /** Exchanges to look at, of which nothing is stored. */
  readonly trials: Trials;

  constructor(private readonly deps: SessionsDeps) {
    this.trials = new Trials(deps, (ref, signal) => this.freshLogin(ref, signal));
  }

  /**
   * Signs in, saves the session, makes it active, and federates where the connection has an identity pool. A failure of
   * federation is in the outcome: the sign-in is not lost with it. Throws what `signIn` of core/signin throws.
   */
  async signIn(
    connection: Connection,
    request: Omit<SignInRequest, 'connection'>,
    signal?: AbortSignal,
  ): Promise<SignInOutcome> {
    const { store, apis, digest, clock } = this.deps;
    const clientSecret = request.clientSecret ?? (await clientSecretOf(store, connection));
    const api = await apis.userPool(connection);
    throwIfAborted(signal);
    const devices = devicesOf(store);
    let known: StoredDevice | undefined;
    const device = async (name: string): Promise<StoredDevice | undefined> =>
      (known = (await devices.find(connection, name)) ?? known);
    const signedIn = await signIn(
      { device, ...request, answer: (challenge) => request.answer(challenge), connection, clientSecret },
      { api, digest, clock },
      signal,
    );
    const { lostDevice } = signedIn;
    // What is left of a device costs a request at the next sign-in, no more.
    if (lostDevice) await devices.forget(connection.id, lostDevice.username).catch(() => undefined);
    else if (known) await devices.note(connection.id, known.username, request.username);
    return this.adopt(connection, request, signedIn, signal);
  }

  /**
   * Takes up tokens that a sign-in brought, ours or the browser's: saves the session, makes it active, federates.
   * A failure of federation is in the outcome.
   */
  async adopt(
    connection: Connection,
    request: Pick<SignInRequest, 'method' | 'username' | 'clientSecret'>,
    signedIn: SignedIn,
    signal?: AbortSignal,
  ): Promise<SignInOutcome> {
    const session = userSession(connection, request, signedIn, this.deps.clock.now());
    const outcome = await this.alone(
      session,
      () => this.begin(connection, session, request.clientSecret, signal),
      signal,
    );
    return signedIn.newDevice ? { ...outcome, newDevice: signedIn.newDevice } : outcome;
  }

  /**
   * Takes up an access token that the app got for itself (client credentials): an identity of its own, without a user,
   * a refresh token or AWS credentials. The secret is kept, since it alone renews the session.
   */
  async adoptApp(
    connection: Connection,
    tokens: AuthTokens,
    clientSecret: string,
    signal?: AbortSignal,
  ): Promise<SignInOutcome> {
    const session = appSession(connection, tokens, this.deps.clock.now());
    return this.alone(session, () => this.begin(connection, session, clientSecret, signal), signal);
  }

  /**
   * Acts as a guest, a user of an external provider, or a developer-authenticated user. Only an identity that gets AWS
   * credentials is kept. Throws as `federateSession`.
   */
  beginAs(connection: Connection, identity: OtherIdentity, signal?: AbortSignal): Promise<OtherOutcome> {
    const about = { connectionId: connection.id, identityKey: `begin ${identity.kind}` };
    const wanted = sessionOfOther(connection, identity, this.deps.clock.now());
    const begin = () => beginOther(this.deps, connection, identity, signal);
    return this.trials.refusals.watch(wanted, () => this.alone(about, begin, signal));
  }

  /** Adds a login of an external provider to this identity. Throws as `tokens` and `linkLogin`. */
  async link(ref: SessionRef, login: StoredLogin, signal?: AbortSignal): Promise<OtherOutcome> {
    await this.freshLogin(ref, signal);
    return this.alone(ref, () => linkLogin(this.deps, ref, login, signal), signal);
  }

  /** Takes a login (its key in the Logins map) from this identity. Throws as `tokens` and `unlinkLogin`. */
  async unlink(ref: SessionRef, provider: string, signal?: AbortSignal): Promise<Session | undefined> {
    await this.freshLogin(ref, signal);
    return this.alone(ref, () => unlinkLogin(this.deps, ref, provider, signal), signal);
  }

  /** The role that this identity asks for from now on; undefined for the pool's choice. Throws as `tokens` and `link`. */
  async chooseRole(
    ref: SessionRef,
    roleArn: string | undefined,
    signal?: AbortSignal,
  ): Promise<OtherOutcome> {
    await this.freshLogin(ref, signal);
    return this.alone(ref, () => chooseRole(this.deps, ref, roleArn, signal), signal);
  }

  /**
   * The gesture: one request (GetCredentialsForIdentity) while the ID token is not due, otherwise two; GetId comes
   * before it where no identity ID is known. Without an identity pool, new tokens. `force` renews the tokens anyway.
   * Throws `session.expired` where only a sign-in helps (`data.reason`: RefusalReason), `session.missing`,
   * `session.other-configuration`, `session.busy`, `connection.not-found`, and what federation and the API throw.
   */
  refresh(ref: SessionRef, options: { force?: boolean } = {}, signal?: AbortSignal): Promise<RefreshOutcome> {
    return this.renewed(ref, options.force ? 'force' : 'gesture', signal);
  }

  /** AWS credentials that are not due. Throws as `refresh`, and `federation.no-identity-pool`. */
  async credentials(ref: SessionRef, signal?: AbortSignal): Promise<AwsCredentials> {
    const { credentials } = await this.fresh(ref, 'credentials', signal);
    if (credentials) return credentials;
    throw new WorkbenchError('internal', 'a renewed session holds no credentials');
  }

  /** User-pool tokens that are not due. Throws as `refresh`. */
  async tokens(ref: SessionRef, signal?: AbortSignal): Promise<TokenSet> {
    const { tokens } = await this.fresh(ref, 'tokens', signal);
    if (tokens) return tokens;
    throw new WorkbenchError('internal', 'a renewed session holds no tokens');
  }

  /** Account and role of the credentials, asked of STS once for each set of credentials. Throws as `credentials`. */
  async caller(ref: SessionRef, signal?: AbortSignal): Promise<CallerIdentity> {
    const [session] = await loadUsable(this.deps, ref);
    if (session.caller) return session.caller;
    return this.callers.join(secretKey(ref), (shared) => this.askCaller(ref, shared), signal);
  }

  /** The stored session, as it is. Throws `connection.not-found`, `session.missing`, `session.other-configuration`. */
  async load(ref: SessionRef): Promise<Session> {
    const [session] = await loadUsable(this.deps, ref);
    return session;
  }

  /**
   * Revokes the refresh token (unless `revoke` is false) and forgets the session, also where revoking fails, but not
   * where it is cancelled. Throws
   * `session.store-failed` where the secret may be left behind.
   */
  async signOut(
    ref: SessionRef,
    options: { revoke?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<SignOutOutcome> {
    return this.alone(
      ref,
      async () => {
        throwIfAborted(signal);
        const revokeError = options.revoke === false ? undefined : await this.revoke(ref, signal);
        // Whoever cancels meanwhile wants to stay signed in.
        if (revokeError && signal?.aborted) throw new CancelledError(revokeError);
        await this.deps.store.remove(ref);
        return { revokeError };
      },
      signal,
    );
  }

  /** Signs every identity of a connection out, and forgets the client secret and the devices. Tells what failed. */
  async forget(
    connectionId: string,
    options: { revoke?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<{ name: string; revokeError: Error }[]> {
    const { store } = this.deps;
    const unrevoked: { name: string; revokeError: Error }[] = [];
    for (const entry of store.list().filter((one) => one.connectionId === connectionId)) {
      const { revokeError } = await this.signOut(refOf(entry), options, signal);
      if (revokeError) unrevoked.push({ name: entry.name, revokeError });
    }
    await store.deleteClientSecret(connectionId);
    await devicesOf(store).forgetAll(connectionId);
    return unrevoked;
  }

  /**
   * Confirms the new device of a sign-in (ConfirmDevice) and keeps what the next sign-in needs to use it in place of a
   * second factor. Answers whether it is remembered. Throws as `tokens` and the API, and `session.store-failed`.
   */
  async rememberDevice(
    ref: SessionRef,
    newDevice: NewDevice,
    options: RememberOptions,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const { accessToken } = await this.tokens(ref, signal);
    return rememberOwnDevice(this.deps, ref, accessToken, newDevice, options, signal);
  }

  /** ForgetDevice; where it is this one, what is kept of it goes as well. Throws as `rememberDevice`. */
  async forgetDevice(ref: SessionRef, deviceKey: string, signal?: AbortSignal): Promise<void> {
    const { accessToken } = await this.tokens(ref, signal);
    return forgetOwnDevice(this.deps, ref, accessToken, deviceKey, signal);
  }

  /** What follows a sign-in, with nobody else at this session. */
  private async begin(
    connection: Connection,
    session: Session,
    clientSecret: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<SignInOutcome> {
    const { store } = this.deps;
    const earlier = await store.load(session).catch(() => undefined);
    const known = earlier && sameOrigin(earlier.origin, session.origin) ? earlier : undefined;
    const signedIn = known ? inheriting(session, known) : session;
    let storeError = await saveOrKeep(store, signedIn);
    await store.setActive(refOf(session));
    if (clientSecret && connection.userPool?.hasClientSecret) {
      // Only a secret that worked is kept.
      await store.setClientSecret(connection, clientSecret).catch((error: Error) => (storeError ??= error));
    }
    if (!connection.identityPool || isApp(session)) return { session: signedIn, storeError };
    try {
      const guestId = known?.identityId === undefined ? await guestIdOf(store, connection) : undefined;
      const options = { identityId: guestId };
      const federated = await federateSession(this.deps, connection, signedIn, options, signal);
      const whole = { ...signedIn, ...federated };
      storeError = (await saveOrKeep(store, whole)) ?? storeError;
      const identityChange = guestChange(guestId, whole.identityId);
      if (identityChange) storeError = (await forgetGuest(store, connection)) ?? storeError;
      return { session: whole, storeError, identityChange };
    } catch (error) {
      return { session: signedIn, federationError: asError(error), storeError };
    }
  }

  /** A user's ID token goes into the exchange: it must not be due. */
  private async freshLogin(ref: SessionRef, signal: AbortSignal | undefined): Promise<void> {
    if (kindOf(ref) === 'user') await this.tokens(ref, signal);
  }

  private async fresh(
    ref: SessionRef,
    goal: 'credentials' | 'tokens',
    signal?: AbortSignal,
  ): Promise<Session> {
    try {
      return (await this.renewed(ref, goal, signal)).session;
    } catch (error) {
      // Due is not yet over: what is left carries through a network failure.
      if (!isPassing(error)) throw error;
      const session = await this.load(ref);
      if ((session[goal]?.expiresAt ?? 0) <= this.deps.clock.now()) throw error;
      return session;
    }
  }

  private renewed(ref: SessionRef, goal: RenewalGoal, signal?: AbortSignal): Promise<RefreshOutcome> {
    const key = `${goal} ${secretKey(ref)}`;
    return this.renewals.join(key, (shared) => renew(this.deps, ref, goal, shared), signal);
  }

  private async askCaller(ref: SessionRef, signal: AbortSignal): Promise<CallerIdentity> {
    const credentials = await this.credentials(ref, signal);
    const [, connection] = await loadUsable(this.deps, ref);
    const sts = await this.deps.apis.sts(connection);
    const caller = await sts.getCallerIdentity(credentials, signal);
    const remember = async (): Promise<void> => {
      const session = await this.deps.store.load(ref);
      const same = session?.credentials?.accessKeyId === credentials.accessKeyId;
      if (session && same) await saveOrKeep(this.deps.store, { ...session, caller });
    };
    // Never without the lock: it would write over what another window renews. Not remembered, it is asked again.
    await this.deps.lock.run(secretKey(ref), remember, signal).catch(() => undefined);
    return caller;
  }

  private async revoke(ref: SessionRef, signal: AbortSignal | undefined): Promise<Error | undefined> {
    try {
      const [{ tokens }, connection] = await loadUsable(this.deps, ref);
      const clientId = connection.userPool?.clientId;
      if (clientId === undefined || !tokens?.refreshToken) return undefined;
      const clientSecret = await clientSecretOf(this.deps.store, connection);
      const api = await this.deps.apis.userPool(connection);
      await api.revokeToken({ clientId, clientSecret, refreshToken: tokens.refreshToken }, signal);
      return undefined;
    } catch (error) {
      return asError(error);
    }
  }

  /**
   * Does the task with the session's lock held, so that a renewal in another window cannot write over it. What the
   * person asked for is done without the lock too, where it cannot be had.
   */
  private async alone<T>(
    ref: SessionRef,
    task: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    let started = false;
    const begin = (): Promise<T> => {
      started = true;
      return task();
    };
    try {
      return await this.deps.lock.run(secretKey(ref), begin, signal);
    } catch (error) {
      if (started) throw error;
      return begin();
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new WorkbenchError('internal', String(error));
}
