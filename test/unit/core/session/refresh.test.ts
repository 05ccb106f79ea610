import assert from 'node:assert/strict';
import { createSecretHash } from 'cognito-srp-helper';
import { NetworkError } from '../../../../src/core/errors';
import type { SessionRef } from '../../../../src/core/session/model';
import { serviceError, testConnection } from '../../../support/fake-aws';
import { passwordRequest, SessionWorld, type SessionWindow } from '../../../support/session-world';

const GET_TOKENS = 'GetTokensFromRefreshToken';
const GET_CREDENTIALS = 'GetCredentialsForIdentity';
const { identityPool: _none, ...USER_POOL_ALONE } = testConnection();

/** A world in which `reader` has signed in at noon, for an hour. */
async function begin(
  world = new SessionWorld(),
): Promise<{ world: SessionWorld; ref: SessionRef } & SessionWindow> {
  const window = world.window();
  return { world, ref: await world.signedIn(window), ...window };
}

const notAuthorized = (message: string, operation = GET_CREDENTIALS): Error =>
  serviceError(
    operation === GET_TOKENS ? 'cognito-idp' : 'cognito-identity',
    operation,
    'NotAuthorizedException',
    message,
  );

describe('the refresh gesture', () => {
  it('makes one request while the ID token is not due, and says until when', async () => {
    const { world, ref, sessions, store } = await begin();
    world.clock.advanceMinutes(54);
    const outcome = await sessions.refresh(ref);
    assert.deepEqual(world.aws.requests(), [GET_CREDENTIALS]);
    assert.deepEqual([outcome.requests, outcome.until], [1, world.clock.now() + 3_600_000]);
    assert.deepEqual(await store.load(ref), outcome.session);
  });

  it('makes two once the ID token is due', async () => {
    const { world, ref, sessions } = await begin();
    world.clock.advanceMinutes(56);
    const { requests, session } = await sessions.refresh(ref);
    assert.deepEqual([world.aws.requests(), requests], [[GET_TOKENS, GET_CREDENTIALS], 2]);
    assert.equal(session.tokens?.expiresAt, world.clock.now() + 3_600_000);
    const [login] = Object.values(
      world.aws.identities.calls.last(GET_CREDENTIALS).logins as object,
    ) as string[];
    assert.equal(login, session.tokens?.idToken, 'the new ID token is the one that is sent');
  });

  it('asks for the identity ID where none is known', async () => {
    const { world, ref, sessions, store } = await begin();
    const { identityId, credentials: _c, ...session } = await sessions.load(ref);
    await store.save(session);
    const outcome = await sessions.refresh(ref);
    assert.deepEqual([world.aws.requests(), outcome.requests], [['GetId', GET_CREDENTIALS], 2]);
    assert.equal(outcome.session.identityId, identityId);
  });

  it('renews the tokens too when forced', async () => {
    const { world, ref, sessions } = await begin();
    assert.equal((await sessions.refresh(ref, { force: true })).requests, 2);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('renews the tokens where there is no identity pool', async () => {
    const { world, ref, sessions } = await begin(new SessionWorld(USER_POOL_ALONE));
    world.clock.advanceMinutes(1);
    const { requests, until } = await sessions.refresh(ref);
    assert.deepEqual([world.aws.requests(), requests], [[GET_TOKENS], 1]);
    assert.equal(until, world.clock.now() + 3_600_000);
  });

  it('keeps the identity ID that comes back, and asks the caller anew', async () => {
    const { world, ref, sessions } = await begin();
    const before = await sessions.load(ref);
    await sessions.caller(ref);
    world.aws.identities.merged.set(before.identityId ?? '', 'us-east-1:survivor');
    const { session } = await sessions.refresh(ref);
    assert.deepEqual([session.identityId, session.caller], ['us-east-1:survivor', undefined]);
    await sessions.refresh(ref);
    assert.equal(world.aws.identities.calls.last(GET_CREDENTIALS).identityId, 'us-east-1:survivor');
  });

  it('sends the role that the connection asks for', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/Admins';
    const { world, ref, sessions } = await begin(
      new SessionWorld(testConnection({ identityPool: { ...testConnection().identityPool!, roleArn } })),
    );
    await sessions.refresh(ref);
    assert.equal(world.aws.identities.calls.last(GET_CREDENTIALS).customRoleArn, roleArn);
  });

  it('stores a rotated refresh token before anything else is tried', async () => {
    const { world, ref, sessions } = await begin();
    world.aws.users.rotation = true;
    const first = (await sessions.load(ref)).tokens;
    world.aws.identities.calls.fail(GET_CREDENTIALS, new Error('federation is down'));
    await assert.rejects(sessions.refresh(ref, { force: true }), /federation is down/);
    const second = (await sessions.load(ref)).tokens;
    assert.notEqual(second?.refreshToken, first?.refreshToken);
    assert.equal(second?.refreshTokenSince, first?.refreshTokenSince);
    await sessions.refresh(ref, { force: true });
  });

  it('gets a new ID token where Cognito finds the one that looks fresh too old', async () => {
    const { world, ref, sessions } = await begin();
    world.aws.identities.calls.fail(
      GET_CREDENTIALS,
      notAuthorized('Invalid login token. Token expired: 2 >= 1'),
    );
    assert.equal((await sessions.refresh(ref)).requests, 3);
    assert.deepEqual(world.aws.identities.calls.count(), 2);
    const tooOld = notAuthorized('Invalid login token. Token expired: 2 >= 1');
    world.aws.identities.calls.fail(GET_CREDENTIALS, tooOld, tooOld);
    world.aws.reset();
    await assert.rejects(sessions.refresh(ref), tooOld);
    assert.equal(world.aws.requests().length, 3, 'once, not for ever');
  });

  const stale: [what: string, error: Error][] = [
    ['merged or disabled', notAuthorized("Access to Identity 'us-east-1:identity-1' is forbidden.")],
    [
      "another login's",
      notAuthorized("Logins don't match. Please include at least one valid login for this identity."),
    ],
    [
      'deleted',
      serviceError(
        'cognito-identity',
        GET_CREDENTIALS,
        'ResourceNotFoundException',
        "Identity 'x' not found.",
      ),
    ],
  ];
  for (const [what, error] of stale) {
    it(`replaces an identity ID that is ${what}, once`, async () => {
      const { world, ref, sessions } = await begin();
      world.aws.identities.forgetIdentities();
      world.aws.identities.calls.fail(GET_CREDENTIALS, error);
      const { requests, session } = await sessions.refresh(ref);
      assert.deepEqual([world.aws.requests(), requests], [[GET_CREDENTIALS, 'GetId', GET_CREDENTIALS], 3]);
      assert.equal((await sessions.load(ref)).identityId, session.identityId);
      world.aws.reset();
      world.aws.identities.calls.fail(GET_CREDENTIALS, error, error);
      await assert.rejects(sessions.refresh(ref), error);
      assert.deepEqual(world.aws.requests(), [GET_CREDENTIALS, 'GetId', GET_CREDENTIALS]);
    });
  }

  it('does not take other refusals for a stale identity ID', async () => {
    const { world, ref, sessions } = await begin();
    const refused = notAuthorized('Token is not from a supported provider of this identity pool.');
    world.aws.identities.calls.fail(GET_CREDENTIALS, refused);
    await assert.rejects(sessions.refresh(ref), refused);
    assert.deepEqual(world.aws.requests(), [GET_CREDENTIALS]);
  });

  it('names what is missing', async () => {
    const { world, ref, sessions } = await begin();
    const nobody = { ...ref, identityKey: 'user:nobody' };
    await assert.rejects(sessions.refresh(nobody), { code: 'session.missing' });
    await assert.rejects(sessions.refresh({ ...ref, connectionId: 'gone' }), {
      code: 'connection.not-found',
    });
    assert.deepEqual(world.aws.requests(), []);
  });

  it('goes by the basic flow where the connection says so, with the role of the connection', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/Readers';
    const identityPool = { ...testConnection().identityPool!, flow: 'basic' as const, roleArn };
    const world = new SessionWorld(testConnection({ identityPool }));
    const window = world.window();
    const ref = await world.signedIn(window);
    const { session, requests } = await window.sessions.refresh(ref);
    assert.deepEqual(world.aws.requests(), ['GetOpenIdToken', 'AssumeRoleWithWebIdentity']);
    assert.deepEqual([requests, session.exchange?.flow], [2, 'basic']);
    assert.equal(world.aws.caller.calls.last('AssumeRoleWithWebIdentity').roleArn, roleArn);
  });

  it('says that the basic flow needs a role', async () => {
    const identityPool = { ...testConnection().identityPool!, flow: 'basic' as const };
    const world = new SessionWorld(testConnection({ identityPool }));
    const { sessions } = world.window();
    const { session, federationError } = await sessions.signIn(world.connection, passwordRequest());
    assert.equal((federationError as { code?: string } | undefined)?.code, 'federation.no-role');
    await assert.rejects(sessions.refresh(session), { code: 'federation.no-role' });
  });
});

describe('a dead refresh token', () => {
  const dead: [reason: string, error: Error][] = [
    ['revoked', notAuthorized('Refresh Token has been revoked', GET_TOKENS)],
    ['expired', notAuthorized('Refresh Token has expired', GET_TOKENS)],
    ['refused', notAuthorized('Invalid Refresh Token', GET_TOKENS)],
    ['reused', serviceError('cognito-idp', GET_TOKENS, 'RefreshTokenReuseException')],
    ['user-gone', serviceError('cognito-idp', GET_TOKENS, 'UserNotFoundException')],
  ];
  for (const [reason, error] of dead) {
    it(`(${reason}) means that only a sign-in helps, which is remembered and not tried again`, async () => {
      const { world, ref, sessions, store } = await begin();
      world.aws.users.calls.fail(GET_TOKENS, error);
      world.clock.advanceMinutes(61);
      await assert.rejects(
        sessions.refresh(ref),
        (thrown: { code: string; data: object; cause: unknown }) => {
          assert.equal(thrown.code, 'session.expired');
          assert.deepEqual(thrown.data, { ...ref, name: 'reader', reason });
          assert.equal(thrown.cause, error);
          return true;
        },
      );
      assert.deepEqual(
        store.list().map((entry) => [entry.name, entry.unrefreshable]),
        [['reader', true]],
      );
      assert.equal((await sessions.load(ref)).signInName, 'reader');
      for (const again of [
        () => sessions.refresh(ref),
        () => sessions.credentials(ref),
        () => sessions.tokens(ref),
      ]) {
        await assert.rejects(again(), { code: 'session.expired' });
      }
      assert.deepEqual(world.aws.requests(), [GET_TOKENS]);
      await sessions.signIn(world.connection, passwordRequest());
      assert.ok((await sessions.refresh(ref, { force: true })).session.credentials);
      assert.equal(store.list()[0]?.unrefreshable, undefined);
    });
  }

  it('does not stop what the ID token can still do', async () => {
    const { world, ref, sessions } = await begin();
    world.aws.users.calls.fail(GET_TOKENS, notAuthorized('Refresh Token has been revoked', GET_TOKENS));
    await assert.rejects(sessions.refresh(ref, { force: true }), { code: 'session.expired' });
    assert.ok(await sessions.credentials(ref));
    assert.ok(await sessions.tokens(ref));
    world.aws.reset();
    await sessions.refresh(ref);
    assert.deepEqual(world.aws.requests(), [GET_CREDENTIALS]);
  });

  it('is told from a disabled user, who may be enabled again', async () => {
    const { world, ref, sessions, store } = await begin();
    const user = world.aws.users.users.get('reader')!;
    user.disabled = true;
    await assert.rejects(sessions.refresh(ref, { force: true }), { code: 'session.expired' });
    assert.equal(store.list()[0]?.unrefreshable, undefined);
    user.disabled = false;
    assert.ok(await sessions.refresh(ref, { force: true }));
  });

  const others: Error[] = [
    new NetworkError('network.unreachable', GET_TOKENS, 'host', 'offline'),
    serviceError('cognito-idp', GET_TOKENS, 'TooManyRequestsException', 'Rate exceeded'),
    notAuthorized('Unable to verify secret hash for client 7g0', GET_TOKENS),
    serviceError('cognito-idp', GET_TOKENS, 'ResourceNotFoundException', 'User pool client does not exist.'),
  ];
  for (const error of others) {
    it(`is not concluded from: ${error.message}`, async () => {
      const { world, ref, sessions, store } = await begin();
      world.aws.users.calls.fail(GET_TOKENS, error);
      await assert.rejects(sessions.refresh(ref, { force: true }), error);
      assert.equal(store.list()[0]?.unrefreshable, undefined);
      assert.ok(await sessions.refresh(ref, { force: true }));
    });
  }

  it('is told from one that was never there', async () => {
    const { world, ref, sessions, store } = await begin();
    const session = await sessions.load(ref);
    const { refreshToken: _none, ...tokens } = session.tokens!;
    await store.save({ ...session, tokens });
    await assert.rejects(sessions.refresh(ref, { force: true }), (error: { data: { reason: string } }) => {
      assert.equal(error.data.reason, 'absent');
      return true;
    });
    assert.deepEqual(world.aws.requests(), []);
  });
});

describe('an endpoint that does not know GetTokensFromRefreshToken', () => {
  it('is asked by REFRESH_TOKEN_AUTH, with the hash over the real user name', async () => {
    const userPool = { ...testConnection().userPool!, hasClientSecret: true };
    const world = new SessionWorld(testConnection({ userPool }));
    const { sessions } = world.window();
    world.aws.users.users.set('alias@example.com', world.aws.users.users.get('reader')!);
    const request = { ...passwordRequest('alias@example.com'), clientSecret: 's3cr3t' };
    const { session } = await sessions.signIn(world.connection, request);
    world.aws.users.knowsGetTokens = false;
    world.aws.reset();
    const outcome = await sessions.refresh(session, { force: true });
    assert.deepEqual(
      [world.aws.requests(), outcome.requests],
      [[GET_TOKENS, 'InitiateAuth', GET_CREDENTIALS], 3],
    );
    assert.deepEqual(world.aws.users.calls.last('InitiateAuth').parameters, {
      REFRESH_TOKEN: session.tokens?.refreshToken,
      SECRET_HASH: createSecretHash('reader', '7g0exampleclientid0co', 's3cr3t'),
    });
    assert.equal(outcome.session.tokens?.refreshToken, session.tokens?.refreshToken);
  });

  it('is not concluded from any other refusal', async () => {
    const { world, ref, sessions } = await begin();
    world.aws.users.calls.fail(
      GET_TOKENS,
      serviceError('cognito-idp', GET_TOKENS, 'InvalidParameterException'),
    );
    await assert.rejects(sessions.refresh(ref, { force: true }), { awsCode: 'InvalidParameterException' });
    assert.deepEqual(world.aws.requests(), [GET_TOKENS]);
  });

  it('gets the plain client secret otherwise', async () => {
    const userPool = { ...testConnection().userPool!, hasClientSecret: true };
    const world = new SessionWorld(testConnection({ userPool }));
    const { sessions, store } = world.window();
    const { session } = await sessions.signIn(world.connection, {
      ...passwordRequest(),
      clientSecret: 's3cr3t',
    });
    await sessions.refresh(session, { force: true });
    assert.equal(world.aws.users.calls.last(GET_TOKENS).clientSecret, 's3cr3t');
    await store.deleteClientSecret('shop-dev');
    await assert.rejects(sessions.refresh(session, { force: true }), { code: 'signin.secret-missing' });
  });
});
