import type { Connection, SignInMethod, UserPoolSettings } from '../connection/model';
import { isServiceError, WorkbenchError, type ServiceError } from '../errors';
import type { AuthAnswer, AuthTokens, Clock, Digest, NewDevice, SignInApi } from '../ports';
import { abortable, throwIfAborted } from '../session/abort';
import type { ChallengeAnswer, NewPasswordChallenge, PendingChallenge, ReceivedChallenge } from './challenge';
import { newPasswordFacts, newPasswordResponses } from './new-password';
import type { StoredDevice } from './device';
import { secretHash } from './secret-hash';
import { passwordClaimSignature, srpKeyPair } from './srp';
import { cognitoTimestamp } from './timestamp';

export type { ChallengeAnswer, NewPasswordChallenge, PendingChallenge } from './challenge';
export type { NewDevice } from '../ports';

export interface SignInRequest {
  readonly connection: Connection;
  /** `srp` or `password`; the others are refused with `signin.flow-unsupported`. */
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
  /** The remembered device that took part; its key goes with each refresh. */
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
 * Signs a user-pool user in: USER_SRP_AUTH or USER_PASSWORD_AUTH, then challenges until tokens come.
 * Throws `signin.flow-unsupported`, `signin.secret-missing`, `signin.challenge-unsupported` (data: challenge),
 * `signin.protocol`, CancelledError, and what the API throws. Nothing is retried: a retry would lengthen a lockout.
 */
export async function signIn(
  request: SignInRequest,
  deps: SignInDeps,
  signal?: AbortSignal,
): Promise<SignedIn> {
  return new Attempt(request, deps, signal).run();
}

/** After these Cognito keeps the session of the challenge, so that another password can be given. */
const ANSWERABLE = new Set(['InvalidPasswordException', 'PasswordHistoryPolicyViolationException']);

/** One attempt: what stays the same over its requests, and the user name that Cognito wants. */
class Attempt {
  private readonly pool: UserPoolSettings;
  private username: string;

  constructor(
    private readonly request: SignInRequest,
    private readonly deps: SignInDeps,
    private readonly signal: AbortSignal | undefined,
  ) {
    const pool = request.connection.userPool;
    if (!pool) throw flowUnsupported(request.method, 'the connection has no user pool');
    this.pool = pool;
    this.username = request.username;
  }

  async run(): Promise<SignedIn> {
    if (this.pool.hasClientSecret && !this.request.clientSecret) {
      throw new WorkbenchError('signin.secret-missing', `no client secret for client ${this.pool.clientId}`, {
        connectionId: this.request.connection.id,
        clientId: this.pool.clientId,
      });
    }
    let answer = await this.begin();
    while (answer.kind === 'challenge') answer = await this.meet(answer);
    return { tokens: answer.tokens, username: this.username };
  }

  private async begin(): Promise<AuthAnswer> {
    const { method, password = '', username } = this.request;
    if (method === 'password') {
      return this.initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password });
    }
    if (method !== 'srp') throw flowUnsupported(method, 'not built yet');
    const pair = srpKeyPair(this.deps.digest);
    const answer = await this.initiate('USER_SRP_AUTH', { USERNAME: username, SRP_A: pair.publicHex });
    if (answer.kind === 'tokens' || answer.name !== 'PASSWORD_VERIFIER') return answer;
    const userId = parameter(answer, 'USER_ID_FOR_SRP');
    this.username = userId;
    const secretBlock = parameter(answer, 'SECRET_BLOCK');
    const timestamp = cognitoTimestamp(this.deps.clock.now());
    const signature = passwordClaimSignature(this.deps.digest, pair, {
      userPoolId: this.pool.userPoolId,
      userId,
      password,
      saltHex: parameter(answer, 'SALT'),
      serverPublicHex: parameter(answer, 'SRP_B'),
      secretBlock,
      timestamp,
    });
    return this.respond(answer, {
      USERNAME: userId,
      PASSWORD_CLAIM_SIGNATURE: signature,
      PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
      TIMESTAMP: timestamp,
    });
  }

  private async meet(received: ReceivedChallenge): Promise<AuthAnswer> {
    if (received.name !== 'NEW_PASSWORD_REQUIRED') {
      throw new WorkbenchError('signin.challenge-unsupported', `challenge ${received.name}`, {
        challenge: received.name,
      });
    }
    this.username = received.parameters.USER_ID_FOR_SRP ?? this.username;
    const challenge: NewPasswordChallenge = {
      kind: 'new-password',
      username: this.username,
      canGoBack: false,
      ...newPasswordFacts(received),
    };
    let problem: ServiceError | undefined;
    for (;;) {
      const asked = this.request.answer(problem ? { ...challenge, problem } : challenge);
      const answer = await abortable(asked, this.signal);
      try {
        if (answer.kind !== 'new-password') throw flowUnsupported(this.request.method, 'not built yet');
        const responses = newPasswordResponses(challenge.requiredAttributes, answer);
        return await this.respond(received, { USERNAME: this.username, ...responses });
      } catch (error) {
        if (!isServiceError(error) || !ANSWERABLE.has(error.awsCode)) throw error;
        problem = error;
      }
    }
  }

  private initiate(flow: string, parameters: Record<string, string>): Promise<AuthAnswer> {
    throwIfAborted(this.signal);
    return this.deps.api.initiateAuth(
      { flow, clientId: this.pool.clientId, parameters: this.withSecretHash(parameters) },
      this.signal,
    );
  }

  private respond(challenge: ReceivedChallenge, responses: Record<string, string>): Promise<AuthAnswer> {
    throwIfAborted(this.signal);
    return this.deps.api.respondToAuthChallenge(
      {
        challengeName: challenge.name,
        clientId: this.pool.clientId,
        session: challenge.session,
        responses: this.withSecretHash(responses),
      },
      this.signal,
    );
  }

  /** The hash is over USERNAME of this very request: the alias at first, then the name that Cognito gave. */
  private withSecretHash(parameters: Record<string, string>): Record<string, string> {
    const { clientSecret } = this.request;
    if (!this.pool.hasClientSecret || !clientSecret) return parameters;
    const username = parameters.USERNAME ?? '';
    const hash = secretHash(this.deps.digest, username, this.pool.clientId, clientSecret);
    return { ...parameters, SECRET_HASH: hash };
  }
}

function parameter(challenge: ReceivedChallenge, name: string): string {
  const value = challenge.parameters[name];
  if (value === undefined || value === '') {
    const detail = `${challenge.name} came without ${name}`;
    throw new WorkbenchError('signin.protocol', detail, { detail });
  }
  return value;
}

function flowUnsupported(method: SignInMethod, detail: string): WorkbenchError {
  return new WorkbenchError('signin.flow-unsupported', `sign-in method ${method}: ${detail}`, {
    method,
    detail,
  });
}
