import assert from 'node:assert/strict';
import { CancelledError, NetworkError, WorkbenchError } from '../../../../src/core/errors';
import type { Session } from '../../../../src/core/session/model';
import { serviceError, testConnection } from '../../../support/fake-aws';
import { passwordRequest, SessionWorld } from '../../../support/session-world';

const REF = { connectionId: 'shop-dev', identityKey: 'user:sub-reader' };
const WITH_SECRET = testConnection({
  userPool: { ...testConnection().userPool!, hasClientSecret: true },
});
const { identityPool: _none, ...USER_POOL_ALONE } = testConnection();
const offline = new NetworkError('network.unreachable', 'any', 'host', 'offline');

describe('signing in', () => {
  it('saves the session, makes it active, and gets credentials in two more requests', async () => {
    const world = new SessionWorld();
    const { store, sessions } = world.window();
    const { session, ...errors } = await sessions.signIn(world.connection, passwordRequest());
    assert.deepEqual(Object.values(errors).filter(Boolean), []);
    assert.deepEqual(await store.load(REF), session);
    assert.deepEqual(store.active(), { ref: REF, name: 'reader' });
    assert.deepEqual(world.aws.requests(), ['InitiateAuth', 'GetId', 'GetCredentialsForIdentity']);
    const now = world.clock.now();
    const { tokens, credentials, exchange, origin, ...rest } = session;
    assert.deepEqual(
      exchange?.steps.map(({ operation }) => operation),
      ['GetId', 'GetCredentialsForIdentity'],
    );
    assert.deepEqual(rest, {
      version: 1,
      ...REF,
      name: 'reader',
      signInName: 'reader',
      signInMethod: 'password',
      identityId: 'us-east-1:identity-1',
      signedInAt: now,
    } satisfies Partial<Session>);
    assert.deepEqual(
      [tokens?.issuedAt, tokens?.expiresAt, tokens?.refreshTokenSince],
      [now, now + 3_600_000, now],
    );
    assert.deepEqual([credentials?.issuedAt, credentials?.expiresAt], [now, now + 3_600_000]);
    assert.deepEqual(origin, {
      userPoolId: 'us-east-1_Sandbox01',
      clientId: '7g0exampleclientid0co',
      identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
      endpoints: '',
    });
  });

  it('sends the ID token under the login key of the pool', async () => {
    const world = new SessionWorld();
    const { session } = await world.window().sessions.signIn(world.connection, passwordRequest());
    const logins = { 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01': session.tokens?.idToken };
    assert.deepEqual(world.aws.identities.calls.last('GetId').logins, logins);
    assert.deepEqual(world.aws.identities.calls.last('GetCredentialsForIdentity').logins, logins);
  });

  it('shows what was typed where the user name is only the sub', async () => {
    const world = new SessionWorld();
    const user = { username: 'sub-77', password: 'p', sub: 'sub-77' };
    world.aws.users.users.set('me@example.com', user);
    const { session } = await world
      .window()
      .sessions.signIn(world.connection, passwordRequest('me@example.com', 'p'));
    assert.deepEqual([session.name, session.signInName], ['me@example.com', 'me@example.com']);
  });

  it('leaves nothing behind when it fails', async () => {
    const world = new SessionWorld();
    const { store, sessions } = world.window();
    const wrong = sessions.signIn(world.connection, passwordRequest('reader', 'wrong'));
    await assert.rejects(wrong, { awsCode: 'NotAuthorizedException' });
    assert.deepEqual([store.list(), store.active(), world.storage.values.size], [[], undefined, 0]);
    assert.deepEqual(world.aws.requests(), ['InitiateAuth']);
  });

  it('is not lost when federation fails', async () => {
    const world = new SessionWorld();
    const { store, sessions } = world.window();
    const refused = serviceError(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'InvalidIdentityPoolConfigurationException',
    );
    world.aws.identities.calls.fail('GetCredentialsForIdentity', refused);
    const outcome = await sessions.signIn(world.connection, passwordRequest());
    assert.equal(outcome.federationError, refused);
    assert.deepEqual([outcome.session.credentials, outcome.session.tokens !== undefined], [undefined, true]);
    assert.deepEqual(await store.load(REF), outcome.session);
    assert.deepEqual(store.active()?.ref, REF);
    assert.ok((await sessions.credentials(REF)).accessKeyId, 'the next need gets them');
  });

  it('is not lost when the person cancels federation', async () => {
    const world = new SessionWorld();
    const { store, sessions } = world.window();
    const controller = new AbortController();
    const held = world.aws.identities.calls.hold('GetId');
    const running = sessions.signIn(world.connection, passwordRequest(), controller.signal);
    await held.arrived;
    controller.abort();
    held.letGo();
    const { federationError } = await running;
    assert.equal((federationError as WorkbenchError).code, 'cancelled');
    assert.ok(await store.load(REF));
    assert.equal(world.aws.identities.calls.count('GetCredentialsForIdentity'), 0);
  });

  it('is not lost when the lock cannot be had', async () => {
    const world = new SessionWorld();
    world.lock.refuseWith = new WorkbenchError('session.busy', 'busy');
    const { session } = await world.window().sessions.signIn(world.connection, passwordRequest());
    assert.ok(session.credentials);
  });

  it('works without a keyring, and says so', async () => {
    const world = new SessionWorld();
    const { store, sessions, secrets } = world.window();
    secrets.trouble = 'lost';
    const { session, storeError, federationError } = await sessions.signIn(
      world.connection,
      passwordRequest(),
    );
    assert.equal((storeError as WorkbenchError).code, 'session.store-failed');
    assert.equal(federationError, undefined);
    assert.deepEqual(await store.load(REF), session);
    assert.ok((await sessions.refresh(REF)).storeError);
    assert.deepEqual(world.window().store.list(), []);
  });

  it('asks no identity pool where the connection has none', async () => {
    const world = new SessionWorld(USER_POOL_ALONE);
    const { sessions } = world.window();
    const { session, federationError } = await sessions.signIn(world.connection, passwordRequest());
    assert.deepEqual([session.credentials, federationError], [undefined, undefined]);
    assert.deepEqual(world.aws.requests(), ['InitiateAuth']);
    await assert.rejects(sessions.credentials(REF), { code: 'federation.no-identity-pool' });
  });

  it('keeps a client secret once it has worked, and uses it from then on', async () => {
    const world = new SessionWorld(WITH_SECRET);
    const { store, sessions } = world.window();
    await assert.rejects(sessions.signIn(WITH_SECRET, passwordRequest()), { code: 'signin.secret-missing' });
    const request = { ...passwordRequest(), clientSecret: 's3cr3t' };
    await assert.rejects(sessions.signIn(WITH_SECRET, { ...request, password: 'wrong' }));
    assert.equal(await store.clientSecret(WITH_SECRET), undefined);
    await sessions.signIn(WITH_SECRET, request);
    assert.equal(await store.clientSecret(WITH_SECRET), 's3cr3t');
    await sessions.signIn(WITH_SECRET, passwordRequest('admin'));
    assert.ok('SECRET_HASH' in (world.aws.users.calls.last('InitiateAuth').parameters as object));
  });

  it('keeps two identities of a connection apart, the newest active', async () => {
    const world = new SessionWorld();
    const { store, sessions } = world.window();
    const reader = await sessions.signIn(world.connection, passwordRequest('reader'));
    const admin = await sessions.signIn(world.connection, passwordRequest('admin'));
    assert.notEqual(reader.session.identityId, admin.session.identityId);
    assert.equal(store.active()?.name, 'admin');
    await sessions.signOut(admin.session);
    assert.deepEqual(await store.load(REF), reader.session);
    assert.ok((await sessions.refresh(REF)).session.credentials);
  });

  it('again goes straight to the credentials of the identity ID that is known', async () => {
    const world = new SessionWorld();
    const window = world.window();
    await world.signedIn(window);
    await window.sessions.signIn(world.connection, passwordRequest());
    assert.deepEqual(world.aws.requests(), ['InitiateAuth', 'GetCredentialsForIdentity']);
  });
});

describe('signing out', () => {
  it('revokes the refresh token and forgets the session', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const { refreshToken } = (await window.sessions.load(ref)).tokens ?? {};
    assert.deepEqual(await window.sessions.signOut(ref), { revokeError: undefined });
    assert.deepEqual(world.aws.users.revoked, [refreshToken]);
    assert.deepEqual(
      [window.store.list(), window.store.active(), world.storage.values.size],
      [[], undefined, 0],
    );
    await assert.rejects(window.sessions.credentials(ref), { code: 'session.missing' });
  });

  it('forgets the session though revoking fails, and reports that', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    world.aws.users.calls.fail('RevokeToken', offline);
    assert.deepEqual(await window.sessions.signOut(ref), { revokeError: offline });
    assert.equal(world.storage.values.size, 0);
  });

  it('revokes nothing where it should not', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await window.sessions.signOut(ref, { revoke: false });
    assert.deepEqual([world.aws.requests(), window.store.list()], [[], []]);
  });

  it('does nothing once cancelled', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await assert.rejects(window.sessions.signOut(ref, {}, AbortSignal.abort()), { code: 'cancelled' });
    assert.equal(window.store.list().length, 1);
  });

  it('keeps the session where it is cancelled while the token is revoked', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const controller = new AbortController();
    const held = world.aws.users.calls.hold('RevokeToken');
    world.aws.users.calls.fail('RevokeToken', new CancelledError());
    const running = window.sessions.signOut(ref, {}, controller.signal);
    await held.arrived;
    controller.abort();
    held.letGo();
    await assert.rejects(running, { code: 'cancelled' });
    assert.equal(window.store.list().length, 1);
  });

  it('waits for a refresh that runs, and revokes the token that came out of it', async () => {
    const world = new SessionWorld();
    world.aws.users.rotation = true;
    const [here, there] = [world.window(), world.window()];
    const ref = await world.signedIn(here);
    const held = world.aws.users.calls.hold('GetTokensFromRefreshToken');
    const refreshing = here.sessions.refresh(ref, { force: true });
    await held.arrived;
    const leaving = there.sessions.signOut(ref);
    held.letGo();
    const { session } = await refreshing;
    await leaving;
    assert.deepEqual(world.aws.users.revoked, [session.tokens?.refreshToken]);
    assert.equal(world.storage.values.size, 0);
  });

  it('forgets a whole connection with its client secret, and no other', async () => {
    const world = new SessionWorld(WITH_SECRET);
    const other = { ...testConnection(), id: 'other' };
    world.connections.set('other', other);
    const { store, sessions } = world.window();
    await sessions.signIn(WITH_SECRET, { ...passwordRequest('reader'), clientSecret: 's' });
    await sessions.signIn(WITH_SECRET, passwordRequest('admin'));
    await sessions.signIn(other, passwordRequest('reader'));
    await sessions.forget('shop-dev');
    assert.deepEqual([...world.storage.values.keys()], ['session/other/user%3Asub-reader']);
    assert.deepEqual(
      store.list().map((entry) => entry.connectionId),
      ['other'],
    );
    assert.equal(world.aws.users.revoked.length, 2);
  });

  it('forgets a whole connection, and tells whose token could not be revoked', async () => {
    const world = new SessionWorld();
    const window = world.window();
    await world.signedIn(window);
    await world.signedIn(window, 'admin');
    world.aws.users.calls.fail('RevokeToken', offline);
    const unrevoked = await window.sessions.forget('shop-dev');
    assert.deepEqual(unrevoked, [{ name: 'reader', revokeError: offline }]);
    assert.equal(world.storage.values.size, 0);
  });

  it('forgets a connection that is gone from the settings already', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    world.connections.clear();
    const { revokeError } = await window.sessions.signOut(ref);
    assert.equal((revokeError as WorkbenchError).code, 'connection.not-found');
    assert.deepEqual([world.aws.requests(), window.store.list()], [[], []]);
  });
});

describe('a session made with another configuration', () => {
  const changes = {
    'user pool': { userPool: { ...testConnection().userPool!, userPoolId: 'us-east-1_Other01' } },
    client: { userPool: { ...testConnection().userPool!, clientId: 'anotherclient' } },
    'identity pool': {
      identityPool: { ...testConnection().identityPool!, identityPoolId: 'us-east-1:other' },
    },
    endpoint: { endpoints: { cognitoIdp: 'http://127.0.0.1:1' } },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sends its tokens nowhere (other ${what})`, async () => {
      const world = new SessionWorld();
      const window = world.window();
      const ref = await world.signedIn(window);
      world.connections.set('shop-dev', testConnection(change));
      world.clock.advanceMinutes(59);
      const { sessions } = window;
      const tries = [
        sessions.refresh(ref),
        sessions.refresh(ref, { force: true }),
        sessions.credentials(ref),
        sessions.tokens(ref),
        sessions.caller(ref),
        sessions.load(ref),
      ];
      for (const one of tries) await assert.rejects(one, { code: 'session.other-configuration' });
      const { revokeError } = await sessions.signOut(ref);
      assert.equal((revokeError as WorkbenchError).code, 'session.other-configuration');
      assert.deepEqual([world.aws.requests(), window.store.list()], [[], []]);
    });
  }
});
