import { createHmac } from 'node:crypto';
import type { AuthAnswer, AuthTokens, SignInApi } from '../../src/core/ports';
import type { ChallengeAnswer, PendingChallenge } from '../../src/core/signin/challenge';
import { signIn, type SignInRequest } from '../../src/core/signin/sign-in';
import { modPow, padHex } from '../../src/core/signin/srp';
import { nodeDigest } from '../../src/node/digest';
import { serviceError, testConnection } from './fake-aws';
import { FakeClock } from './fakes';
import { userPoolOf } from './user-pool-stub';

export const TOKENS: AuthTokens = {
  accessToken: 'access',
  idToken: 'id',
  refreshToken: 'refresh',
  expiresIn: 3600,
};
export const DONE: AuthAnswer = { kind: 'tokens', tokens: TOKENS };

export interface Asked {
  readonly operation: string;
  readonly request: Record<string, unknown>;
}

type Play = AuthAnswer | Error | ((request: Record<string, unknown>) => AuthAnswer | Error);

/** A pool that answers the requests of a sign-in in the order of its script, and remembers what it was asked. */
export class Script implements Partial<SignInApi> {
  readonly asked: Asked[] = [];
  /** Answers of VerifySoftwareToken, in order; then SUCCESS. */
  readonly verifications: (string | Error)[] = [];
  private secrets = 0;

  constructor(private readonly plays: Play[]) {}

  /** What is still to come. */
  get left(): number {
    return this.plays.length;
  }

  initiateAuth(request: Parameters<SignInApi['initiateAuth']>[0]): Promise<AuthAnswer> {
    return this.play('InitiateAuth', { ...request }, request.parameters);
  }

  respondToAuthChallenge(request: Parameters<SignInApi['respondToAuthChallenge']>[0]): Promise<AuthAnswer> {
    return this.play('RespondToAuthChallenge', { ...request }, request.responses);
  }

  async associateSoftwareToken(
    request: Parameters<SignInApi['associateSoftwareToken']>[0],
  ): ReturnType<SignInApi['associateSoftwareToken']> {
    this.asked.push({ operation: 'AssociateSoftwareToken', request: { ...request } });
    this.secrets += 1;
    return Promise.resolve({ secret: `SECRET${this.secrets}`, session: `associated-${this.secrets}` });
  }

  async verifySoftwareToken(
    request: Parameters<SignInApi['verifySoftwareToken']>[0],
  ): ReturnType<SignInApi['verifySoftwareToken']> {
    this.asked.push({ operation: 'VerifySoftwareToken', request: { ...request } });
    await Promise.resolve();
    const next = this.verifications.shift() ?? 'SUCCESS';
    if (next instanceof Error) throw next;
    return next === 'SUCCESS' ? { status: next, session: 'verified' } : { status: next };
  }

  /** What every request said of one parameter. */
  sent(name: string): unknown[] {
    return this.asked.map(({ request }) => request[name]);
  }

  private async play(
    operation: string,
    request: Record<string, unknown>,
    parameters: Readonly<Record<string, string>>,
  ): Promise<AuthAnswer> {
    const whole = { ...request, ...parameters };
    this.asked.push({ operation, request: whole });
    await Promise.resolve();
    const next = this.plays.shift();
    if (next === undefined) throw new Error(`${operation} comes after the end of the script`);
    const answer = typeof next === 'function' ? next(whole) : next;
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

let serial = 0;

/** A challenge with a session of its own. */
export function challenge(
  name: string,
  parameters: Record<string, string> = {},
  availableChallenges: string[] = [],
): AuthAnswer {
  serial += 1;
  return { kind: 'challenge', name, session: `session-${serial}`, parameters, availableChallenges };
}

export function sessionOf(answer: AuthAnswer | undefined): string | undefined {
  return answer?.kind === 'challenge' ? answer.session : undefined;
}

export function refused(code: string, message = code, operation = 'RespondToAuthChallenge'): Error {
  return serviceError('cognito-idp', operation, `${code}Exception`, message);
}

export const sessionOver = (): Error =>
  refused('NotAuthorized', 'Invalid session for the user, session is expired.');

/** A person who gives answers in order, and remembers what was asked. */
export class Person {
  readonly asked: PendingChallenge[] = [];

  constructor(private readonly answers: ChallengeAnswer[]) {}

  answer = async (pending: PendingChallenge): Promise<ChallengeAnswer> => {
    this.asked.push(pending);
    await Promise.resolve();
    const next = this.answers.shift();
    if (!next) throw new Error(`nobody expected to be asked ${pending.kind}`);
    return next;
  };

  get kinds(): string[] {
    return this.asked.map(({ kind }) => kind);
  }
}

export function begin(
  pool: Partial<SignInApi>,
  over: Partial<SignInRequest> = {},
  signal?: AbortSignal,
): ReturnType<typeof signIn> {
  const request: SignInRequest = {
    connection: testConnection(),
    method: 'password',
    username: 'me@example.com',
    password: 'Passw0rd!',
    answer: ({ kind }) => Promise.reject(new Error(`nobody should be asked ${kind}`)),
    ...over,
  };
  return signIn(request, { api: userPoolOf(pool), digest: nodeDigest, clock: new FakeClock() }, signal);
}

const bytes = (value: bigint): Buffer => Buffer.from(padHex(value), 'hex');
const sha = (...parts: Uint8Array[]): Buffer => Buffer.from(nodeDigest.sha256(Buffer.concat(parts)));
const integer = (value: Uint8Array): bigint => BigInt(`0x${Buffer.from(value).toString('hex')}`);

/** A server's side of SRP (RFC 5054) that knows a verifier: gives its challenge, and judges the signature. */
export class SrpServer {
  private static readonly secret = 0x1234567890abcdefn;
  private static readonly block = Buffer.from('secret block');
  private readonly serverPublic: bigint;
  private readonly verifier: bigint;

  constructor(
    private readonly login: { readonly group: string; readonly name: string },
    known: { readonly salt: bigint; readonly verifier: bigint },
  ) {
    this.verifier = known.verifier;
    this.salt = known.salt;
    const k = BigInt('0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6');
    this.serverPublic = k * this.verifier + modPow(2n, SrpServer.secret);
  }

  readonly salt: bigint;

  static ofPassword(group: string, name: string, password: string, salt = 0xabcdn): SrpServer {
    const x = integer(sha(bytes(salt), sha(Buffer.from(`${group}${name}:${password}`))));
    return new SrpServer({ group, name }, { salt, verifier: modPow(2n, x) });
  }

  parameters(): Record<string, string> {
    return {
      SALT: this.salt.toString(16),
      SECRET_BLOCK: SrpServer.block.toString('base64'),
      SRP_B: this.serverPublic.toString(16),
    };
  }

  /** Whether the signature is that of somebody who knows the password and sent this SRP_A. */
  accepts(clientPublicHex: unknown, response: Record<string, unknown>): boolean {
    const clientPublic = BigInt(`0x${String(clientPublicHex)}`);
    const u = integer(sha(bytes(clientPublic), bytes(this.serverPublic)));
    const premaster = modPow(clientPublic * modPow(this.verifier, u), SrpServer.secret);
    const prk = createHmac('sha256', bytes(u)).update(bytes(premaster)).digest();
    const key = createHmac('sha256', prk).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
    const expected = createHmac('sha256', key)
      .update(this.login.group + this.login.name)
      .update(SrpServer.block)
      .update(String(response.TIMESTAMP))
      .digest('base64');
    return response.PASSWORD_CLAIM_SIGNATURE === expected;
  }
}
