import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import type { AuthTokens } from '../../../../src/core/ports';
import { Sessions } from '../../../../src/core/session/manager';
import { SessionStore } from '../../../../src/core/session/store';
import { nodeDigest } from '../../../../src/node/digest';
import { fakeJwt, serviceError, testConnection } from '../../../support/fake-aws';
import { FakeState } from '../../../support/fakes';
import { SessionWorld } from '../../../support/session-world';

const secret = 'client-secret-1';
const plain = testConnection();
const confidential: Connection = { ...plain, userPool: { ...plain.userPool!, hasClientSecret: true } };

describe('sessions of an app as itself', () => {
  let world: SessionWorld;
  let store: SessionStore;
  let sessions: Sessions;
  let asked: { clientSecret: string; scopes: readonly string[] }[];
  let answer: () => Promise<AuthTokens>;

  const tokens = (scope: string): AuthTokens => {
    const iat = world.clock.now() / 1000;
    const claims = { sub: '7g0exampleclientid0co', token_use: 'access', scope, iat, exp: iat + 3600 };
    return { accessToken: fakeJwt(claims), expiresIn: 3600 };
  };

  beforeEach(() => {
    world = new SessionWorld(confidential);
    asked = [];
    answer = async () => tokens('shop/read shop/write');
    const secrets = world.storage.window();
    store = new SessionStore({ secrets, index: world.state, window: new FakeState() });
    sessions = new Sessions({
      store,
      apis: world.aws,
      digest: nodeDigest,
      clock: world.clock,
      lock: world.lock,
      refreshBeforeMinutes: () => 5,
      connection: (id) => world.connections.get(id),
      appTokens: (_connection, clientSecret, scopes) => {
        asked.push({ clientSecret, scopes });
        return answer();
      },
    });
  });

  const adopted = async () => {
    const { session } = await sessions.adoptApp(confidential, tokens('shop/read shop/write'), secret);
    return { connectionId: session.connectionId, identityKey: session.identityKey };
  };

  it('hold an access token alone, are an identity of their own, and ask no identity pool', async () => {
    const outcome = await sessions.adoptApp(confidential, tokens('shop/read'), secret);
    assert.equal(outcome.federationError, undefined);
    const { session } = outcome;
    assert.equal(session.identityKey, 'm2m');
    assert.equal(session.name, 'm2m');
    assert.equal(session.tokens?.idToken, undefined);
    assert.equal(session.tokens?.refreshToken, undefined);
    assert.deepEqual(store.active()?.ref, { connectionId: confidential.id, identityKey: 'm2m' });
    assert.equal(await store.clientSecret(confidential), secret);
    assert.deepEqual(world.aws.requests(), []);
    assert.deepEqual(await store.load(session), session);
  });

  it('are renewed with the secret, for the scopes they had', async () => {
    const ref = await adopted();
    assert.ok(await sessions.tokens(ref));
    assert.deepEqual(asked, []);
    world.clock.advanceMinutes(57);
    const before = await sessions.load(ref);
    const renewed = await sessions.tokens(ref);
    assert.notEqual(renewed.accessToken, before.tokens?.accessToken);
    assert.deepEqual(asked, [{ clientSecret: secret, scopes: ['shop/read', 'shop/write'] }]);
    const outcome = await sessions.refresh(ref);
    assert.equal(outcome.requests, 1);
    assert.equal(asked.length, 2);
    assert.deepEqual(world.aws.requests(), []);
  });

  it('have no AWS credentials, and say why', async () => {
    const ref = await adopted();
    await assert.rejects(sessions.credentials(ref), {
      code: 'federation.no-id-token',
      data: { grantType: 'client_credentials' },
    });
  });

  it('stay as they are where the renewal is refused', async () => {
    const ref = await adopted();
    const before = await sessions.load(ref);
    answer = () => Promise.reject(serviceError('oauth', '/oauth2/token', 'invalid_client'));
    await assert.rejects(sessions.refresh(ref), { code: 'service.refused' });
    assert.deepEqual(await sessions.load(ref), before);
  });

  it('ask for the secret where it is gone', async () => {
    const ref = await adopted();
    await store.deleteClientSecret(confidential.id);
    await assert.rejects(sessions.refresh(ref), { code: 'signin.secret-missing' });
    assert.deepEqual(asked, []);
  });

  it('are forgotten by signing out, without a request', async () => {
    const ref = await adopted();
    assert.deepEqual(await sessions.signOut(ref), { revokeError: undefined });
    assert.equal(await store.load(ref), undefined);
    assert.deepEqual(world.aws.requests(), []);
  });

  it('live beside those of users', async () => {
    const user = { accessToken: fakeJwt({ sub: 'sub-reader', username: 'reader' }), expiresIn: 3600 };
    const request = { method: 'browser', username: 'reader' } as const;
    await sessions.adopt(plain, request, { tokens: user, username: 'reader' });
    await adopted();
    assert.deepEqual(
      store.list().map((entry) => entry.identityKey),
      ['user:sub-reader', 'm2m'],
    );
  });
});

describe('names of sessions that came from a browser', () => {
  it('are the address of a user of an identity provider, whose user name is made up', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const claims = { sub: 's-1', 'cognito:username': 'google_1076935015', token_use: 'id' };
    const tokens = (more: object): AuthTokens => ({
      accessToken: fakeJwt({ sub: 's-1', username: 'google_1076935015' }),
      idToken: fakeJwt({ ...claims, ...more }),
      expiresIn: 3600,
    });
    const request = { method: 'browser', username: 'ada@example.com' } as const;
    const adopt = async (more: object) => {
      const signedIn = { tokens: tokens(more), username: 'google_1076935015' };
      return (await sessions.adopt(world.connection, request, signedIn)).session.name;
    };
    assert.equal(await adopt({ identities: [{ providerName: 'Google' }] }), 'ada@example.com');
    assert.equal(await adopt({}), 'google_1076935015');
  });
});
