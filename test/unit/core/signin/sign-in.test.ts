import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createSecretHash } from 'cognito-srp-helper';
import { TimeoutError } from '../../../../src/core/errors';
import type { AuthAnswer, AuthTokens, SignInApi } from '../../../../src/core/ports';
import { signIn, type PendingChallenge, type SignInRequest } from '../../../../src/core/signin/sign-in';
import { modPow, padHex } from '../../../../src/core/signin/srp';
import { nodeDigest } from '../../../../src/node/digest';
import { serviceError, testConnection } from '../../../support/fake-aws';
import { Deferred, FakeClock } from '../../../support/fakes';
import { userPoolOf } from '../../../support/user-pool-stub';

const TOKENS: AuthTokens = { accessToken: 'access', idToken: 'id', refreshToken: 'refresh', expiresIn: 3600 };
const DONE: AuthAnswer = { kind: 'tokens', tokens: TOKENS };
const REAL_NAME = '0a1b2c3d-real-name';
const CONNECTION = testConnection();
const CLIENT = '7g0exampleclientid0co';
const WITH_SECRET = testConnection({
  userPool: { ...CONNECTION.userPool!, hasClientSecret: true },
});

type Answerer = (request: Record<string, unknown>, call: number) => AuthAnswer | Error;

/** A pool that answers by script and remembers what it was asked. */
class ScriptedPool implements Partial<SignInApi> {
  readonly asked: { operation: string; request: Record<string, unknown> }[] = [];

  constructor(
    private readonly first: Answerer,
    private readonly next: Answerer = () => DONE,
  ) {}

  initiateAuth(request: Parameters<SignInApi['initiateAuth']>[0]): Promise<AuthAnswer> {
    return this.play('InitiateAuth', this.first, { ...request, ...request.parameters });
  }

  respondToAuthChallenge(request: Parameters<SignInApi['respondToAuthChallenge']>[0]): Promise<AuthAnswer> {
    return this.play('RespondToAuthChallenge', this.next, { ...request, ...request.responses });
  }

  private async play(
    operation: string,
    script: Answerer,
    request: Record<string, unknown>,
  ): Promise<AuthAnswer> {
    const calls = this.asked.filter((one) => one.operation === operation).length;
    this.asked.push({ operation, request });
    await Promise.resolve();
    const answer = script(request, calls);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

function challenge(name: string, parameters: Record<string, string> = {}): AuthAnswer {
  return { kind: 'challenge', name, session: `session-of-${name}`, parameters, availableChallenges: [] };
}

function newPassword(required: string[] = [], attributes: Record<string, string> = {}): AuthAnswer {
  return challenge('NEW_PASSWORD_REQUIRED', {
    USER_ID_FOR_SRP: REAL_NAME,
    requiredAttributes: JSON.stringify(required.map((name) => `userAttributes.${name}`)),
    userAttributes: JSON.stringify(attributes),
  });
}

function start(
  pool: Partial<SignInApi>,
  over: Partial<SignInRequest> = {},
  signal?: AbortSignal,
): ReturnType<typeof signIn> {
  const request: SignInRequest = {
    connection: CONNECTION,
    method: 'password',
    username: 'me@example.com',
    password: 'Passw0rd!',
    answer: () => Promise.reject(new Error('nobody should be asked')),
    ...over,
  };
  return signIn(request, { api: userPoolOf(pool), digest: nodeDigest, clock: new FakeClock() }, signal);
}

/** Server side of USER_SRP_AUTH (RFC 5054) that knows the user's verifier, and issues tokens for the right signature. */
function srpPool(password: string): ScriptedPool {
  const bytes = (value: bigint): Buffer => Buffer.from(padHex(value), 'hex');
  const sha = (...parts: Uint8Array[]): Buffer => Buffer.from(nodeDigest.sha256(Buffer.concat(parts)));
  const integer = (value: Buffer): bigint => BigInt(`0x${value.toString('hex')}`);
  const [salt, secret, block] = [0xabcdn, 0x1234567890abcdefn, Buffer.from('secret block')];
  const verifier = modPow(
    2n,
    integer(sha(bytes(salt), sha(Buffer.from(`Sandbox01${REAL_NAME}:${password}`)))),
  );
  const k = BigInt('0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6');
  const serverPublic = k * verifier + modPow(2n, secret);
  let clientPublic = 0n;
  return new ScriptedPool(
    (request) => {
      clientPublic = BigInt(`0x${String(request.SRP_A)}`);
      return challenge('PASSWORD_VERIFIER', {
        SALT: salt.toString(16),
        SECRET_BLOCK: block.toString('base64'),
        SRP_B: serverPublic.toString(16),
        USER_ID_FOR_SRP: REAL_NAME,
        USERNAME: REAL_NAME,
      });
    },
    (request) => {
      const u = sha(bytes(clientPublic), bytes(serverPublic));
      const premaster = modPow(clientPublic * modPow(verifier, integer(u)), secret);
      const prk = createHmac('sha256', bytes(integer(u)))
        .update(bytes(premaster))
        .digest();
      const key = createHmac('sha256', prk).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
      const expected = createHmac('sha256', key)
        .update(`Sandbox01${REAL_NAME}`)
        .update(block)
        .update(String(request.TIMESTAMP))
        .digest('base64');
      if (request.PASSWORD_CLAIM_SIGNATURE === expected) return DONE;
      return serviceError(
        'cognito-idp',
        'RespondToAuthChallenge',
        'NotAuthorizedException',
        'Incorrect username or password.',
      );
    },
  );
}

describe('sign-in', () => {
  it('signs in by SRP with the name that Cognito gave, not the alias that was typed', async () => {
    const pool = srpPool('Passw0rd!');
    assert.deepEqual(await start(pool, { method: 'srp' }), { tokens: TOKENS, username: REAL_NAME });
    const [first, second] = pool.asked.map((one) => one.request);
    assert.deepEqual(
      [first?.flow, first?.USERNAME, first?.PASSWORD],
      ['USER_SRP_AUTH', 'me@example.com', undefined],
    );
    assert.deepEqual(
      [second?.challengeName, second?.session, second?.USERNAME, second?.TIMESTAMP],
      ['PASSWORD_VERIFIER', 'session-of-PASSWORD_VERIFIER', REAL_NAME, 'Sun Nov 1 12:00:00 UTC 2026'],
    );
    assert.equal(second?.PASSWORD_CLAIM_SECRET_BLOCK, Buffer.from('secret block').toString('base64'));
    assert.ok(!JSON.stringify(pool.asked).includes('Passw0rd!'), 'SRP never sends the password');
  });

  it('passes on the refusal of a wrong SRP password, and does not try again', async () => {
    const pool = srpPool('Passw0rd!');
    await assert.rejects(start(pool, { method: 'srp', password: 'wrong' }), {
      awsCode: 'NotAuthorizedException',
    });
    assert.equal(pool.asked.length, 2);
  });

  it('signs in by the password flow', async () => {
    const pool = new ScriptedPool(() => DONE);
    assert.deepEqual(await start(pool), { tokens: TOKENS, username: 'me@example.com' });
    const request = pool.asked[0]?.request;
    assert.deepEqual(request?.parameters, { USERNAME: 'me@example.com', PASSWORD: 'Passw0rd!' });
    assert.equal(request?.flow, 'USER_PASSWORD_AUTH');
  });

  it('hashes the secret over the name of each request', async () => {
    const pool = srpPool('Passw0rd!');
    await start(pool, { method: 'srp', connection: WITH_SECRET, clientSecret: 's3cr3t' });
    assert.deepEqual(
      pool.asked.map(({ request }) => request.SECRET_HASH),
      ['me@example.com', REAL_NAME].map((name) => createSecretHash(name, CLIENT, 's3cr3t')),
    );
  });

  it('sends no secret hash for a public client, even where a secret is at hand', async () => {
    const pool = new ScriptedPool(() => DONE);
    await start(pool, { clientSecret: 's3cr3t' });
    assert.ok(!('SECRET_HASH' in (pool.asked[0]?.request ?? {})));
  });

  it('asks nobody where the client secret is missing', async () => {
    const pool = new ScriptedPool(() => DONE);
    await assert.rejects(start(pool, { connection: WITH_SECRET }), { code: 'signin.secret-missing' });
    await assert.rejects(start(pool, { connection: WITH_SECRET, clientSecret: '' }), {
      code: 'signin.secret-missing',
    });
    assert.equal(pool.asked.length, 0);
  });

  it('leaves the browser to the browser', async () => {
    const pool = new ScriptedPool(() => DONE);
    await assert.rejects(start(pool, { method: 'browser' }), { code: 'signin.flow-unsupported' });
    assert.equal(pool.asked.length, 0);
  });

  it('refuses a connection without a user pool', async () => {
    const { userPool: _none, ...connection } = testConnection();
    await assert.rejects(start(new ScriptedPool(() => DONE), { connection }), {
      code: 'signin.flow-unsupported',
    });
  });

  for (const missing of ['SALT', 'SRP_B', 'SECRET_BLOCK', 'USER_ID_FOR_SRP']) {
    it(`refuses a password challenge without ${missing}`, async () => {
      const all = { SALT: 'ab', SRP_B: 'cd', SECRET_BLOCK: 'ZWY=', USER_ID_FOR_SRP: 'u' };
      const pool = new ScriptedPool(() => challenge('PASSWORD_VERIFIER', { ...all, [missing]: '' }));
      await assert.rejects(start(pool, { method: 'srp' }), { code: 'signin.protocol' });
    });
  }

  describe('with a new password to choose', () => {
    it('asks for the required attributes that are missing, and sends these only', async () => {
      const attributes = { email: 'me@example.com', email_verified: 'true', name: '' };
      const pool = new ScriptedPool(() => newPassword(['email', 'name', 'custom:team'], attributes));
      const asked: PendingChallenge[] = [];
      const signedIn = await start(pool, {
        connection: WITH_SECRET,
        clientSecret: 's3cr3t',
        answer: async (pending) => {
          asked.push(pending);
          return {
            kind: 'new-password',
            newPassword: 'Better1!',
            attributes: { name: 'Me', email: 'new@example.com', nickname: 'x' },
          };
        },
      });
      assert.deepEqual(asked, [
        {
          kind: 'new-password',
          username: REAL_NAME,
          canGoBack: false,
          endsAt: new FakeClock().now() + 180_000,
          requiredAttributes: ['name', 'custom:team'],
          userAttributes: attributes,
        },
      ]);
      assert.equal(signedIn.username, REAL_NAME);
      assert.deepEqual(pool.asked[1]?.request.responses, {
        USERNAME: REAL_NAME,
        NEW_PASSWORD: 'Better1!',
        'userAttributes.name': 'Me',
        SECRET_HASH: createSecretHash(REAL_NAME, CLIENT, 's3cr3t'),
      });
    });

    it('asks again with the problem while Cognito only dislikes the password', async () => {
      const dislikes = ['InvalidPasswordException', 'PasswordHistoryPolicyViolationException'];
      const pool = new ScriptedPool(
        () => newPassword(),
        (_request, call) => {
          const code = dislikes[call];
          return code === undefined ? DONE : serviceError('cognito-idp', 'RespondToAuthChallenge', code);
        },
      );
      const problems: (string | undefined)[] = [];
      await start(pool, {
        answer: async (pending) => {
          problems.push(pending.problem?.awsCode);
          return { kind: 'new-password', newPassword: `try ${problems.length}`, attributes: {} };
        },
      });
      assert.deepEqual(problems, [undefined, ...dislikes]);
      assert.deepEqual(
        pool.asked.slice(1).map(({ request }) => [request.NEW_PASSWORD, request.session]),
        ['try 1', 'try 2', 'try 3'].map((password) => [password, 'session-of-NEW_PASSWORD_REQUIRED']),
      );
    });

    it('refuses parameters that are no JSON', async () => {
      const broken = challenge('NEW_PASSWORD_REQUIRED', { requiredAttributes: '[' });
      await assert.rejects(start(new ScriptedPool(() => broken)), { code: 'signin.protocol' });
    });

    it('stops when the person cancels while being asked', async () => {
      const [controller, asked] = [new AbortController(), new Deferred()];
      const pool = new ScriptedPool(() => newPassword());
      const answer = (): Promise<never> => {
        asked.resolve();
        return new Promise(() => undefined);
      };
      const running = start(pool, { answer }, controller.signal);
      await asked.promise;
      controller.abort();
      await assert.rejects(running, { code: 'cancelled' });
      assert.equal(pool.asked.length, 1);
    });
  });

  it('sends nothing once cancelled, and tells a timeout from a cancel', async () => {
    const pool = new ScriptedPool(() => DONE);
    await assert.rejects(start(pool, {}, AbortSignal.abort()), { code: 'cancelled' });
    await assert.rejects(start(pool, {}, AbortSignal.abort(new TimeoutError('Sign-in', 60))), {
      code: 'timeout',
    });
    assert.equal(pool.asked.length, 0);
  });
});
