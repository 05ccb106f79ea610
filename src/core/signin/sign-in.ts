import type { Connection, SignInMethod } from '../connection/model';
import { WorkbenchError } from '../errors';
import type { AuthTokens, Clock, Digest, NewDevice, SignInApi } from '../ports';
import { Attempt } from './attempt';
import type { ChallengeAnswer, PendingChallenge } from './challenge';
import type { StoredDevice } from './device';

export type { ChallengeAnswer, NewPasswordChallenge, PendingChallenge } from './challenge';
export type { NewDevice } from '../ports';

export interface SignInRequest {
  readonly connection: Connection;
  /** Any but `browser`, which is refused with `signin.flow-unsupported`. */
  readonly method: SignInMethod;
  /** As typed: it may be an alias, and is never changed. */
  readonly username: string;
  /** Asked for (challenge `password`) where a flow needs one and none is given. */
  readonly password?: string | undefined;
  /** For the method `choice`: PASSWORD, PASSWORD_SRP, EMAIL_OTP, SMS_OTP or WEB_AUTHN. */
  readonly preferredChallenge?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Session of ConfirmSignUp: with the method `choice` it spares the new user a further code. */
  readonly session?: string | undefined;
  /** The device that was remembered for this user name, as typed or as Cognito knows it. */
  device?(username: string): Promise<StoredDevice | undefined>;
  /** Asks the person; called again with `problem` set where Cognito refused the answer but keeps the attempt open. */
  answer(challenge: PendingChallenge): Promise<ChallengeAnswer>;
}

export interface SignedIn {
  readonly tokens: AuthTokens;
  /** The user name as Cognito knows it, where a challenge told it; else as typed. */
  readonly username: string;
  /** The pool remembers devices and does not know this one yet: see `rememberDevice`. */
  readonly newDevice?: NewDevice | undefined;
  /** The device that took part, remembered or new; its key goes with each refresh. */
  readonly deviceKey?: string | undefined;
  /** Cognito no longer accepts the remembered device; to be forgotten here. */
  readonly lostDevice?: StoredDevice | undefined;
}

export interface SignInDeps {
  readonly api: SignInApi;
  readonly digest: Digest;
  readonly clock: Clock;
}

/**
 * Signs a user-pool user in: InitiateAuth, then challenges until tokens come. Where the session of a challenge ends
 * before the person answers, the sign-in begins again by itself, once; nothing else is retried, since a retry would
 * lengthen a lockout. Throws `signin.flow-unsupported`, `signin.secret-missing`, `signin.challenge-unsupported`
 * (data: challenge, option), `signin.browser-needed`, `signin.protocol`, CancelledError, and what the API and
 * `request.answer` throw.
 */
export async function signIn(
  request: SignInRequest,
  deps: SignInDeps,
  signal?: AbortSignal,
): Promise<SignedIn> {
  const { connection, method } = request;
  const pool = connection.userPool;
  if (!pool) {
    const detail = 'the connection has no user pool';
    throw new WorkbenchError('signin.flow-unsupported', detail, { method, detail });
  }
  if (pool.hasClientSecret && !request.clientSecret) {
    throw new WorkbenchError('signin.secret-missing', `no client secret for client ${pool.clientId}`, {
      connectionId: connection.id,
      clientId: pool.clientId,
    });
  }
  return new Attempt(request, pool, deps, signal).run();
}
