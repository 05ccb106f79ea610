import assert from 'node:assert/strict';
import { loginKeyOf } from '../../../../src/core/connection/derive';
import type { Connection } from '../../../../src/core/connection/model';
import type { SessionRef } from '../../../../src/core/session/model';
import { SessionStore } from '../../../../src/core/session/store';
import { Sessions } from '../../../../src/core/session/manager';
import type { DeveloperTokens } from '../../../../src/core/session/renewal';
import { nodeDigest } from '../../../../src/node/digest';
import { fakeJwt, serviceError } from '../../../support/fake-aws';
import { FakeState } from '../../../support/fakes';
import { passwordRequest, SessionWorld, type SessionWindow } from '../../../support/session-world';

const GUEST: SessionRef = { connectionId: 'shop-dev', identityKey: 'guest' };
const GOOGLE = 'accounts.google.com';

const refusal = (message: string, code = 'NotAuthorizedException') =>
  serviceError('cognito-identity', 'GetCredentialsForIdentity', code, message);

function googleLogin(world: SessionWorld, sub = 'g-1') {
  return { provider: GOOGLE, token: fakeJwt({ sub }), expiresAt: world.clock.now() + 3_600_000 };
}

function asGoogleUser(world: SessionWorld, sub = 'g-1') {
  return {
    kind: 'provider',
    login: googleLogin(world, sub),
    subject: sub,
    name: 'rita@example.com',
  } as const;
}

describe('a guest', () => {
  it('is an identity without a login, kept and active', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const { session } = await sessions.beginAs(world.connection, { kind: 'guest' });
    assert.deepEqual(world.aws.requests(), ['GetId', 'GetCredentialsForIdentity']);
    assert.deepEqual(world.aws.identities.calls.last('GetId').logins, {});
    assert.deepEqual([session.name, session.identityKey, session.tokens], ['guest', 'guest', undefined]);
    assert.deepEqual(store.active(), { ref: GUEST, name: 'guest' });
    assert.deepEqual(await store.load(GUEST), session);
  });

  it('stays the same guest the next time, and is refreshed by one request', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const first = await sessions.beginAs(world.connection, { kind: 'guest' });
    world.aws.reset();
    const again = await sessions.beginAs(world.connection, { kind: 'guest' });
    assert.equal(again.session.identityId, first.session.identityId);
    const { requests } = await sessions.refresh(GUEST);
    assert.deepEqual(world.aws.requests(), ['GetCredentialsForIdentity', 'GetCredentialsForIdentity']);
    assert.equal(requests, 1);
  });

  it('is not kept where the pool has none', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const none = refusal('Unauthenticated access is not supported for this identity pool.');
    world.aws.identities.calls.fail('GetId', none);
    await assert.rejects(sessions.beginAs(world.connection, { kind: 'guest' }), none);
    assert.deepEqual([store.list(), store.active()], [[], undefined]);
  });

  it('gets another identity where its own is gone, once, and says so', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const first = await sessions.beginAs(world.connection, { kind: 'guest' });
    world.aws.reset();
    const gone = refusal("Access to Identity 'x' is forbidden.");
    world.aws.identities.calls.fail('GetCredentialsForIdentity', gone);
    const { identityChange, session } = await sessions.refresh(GUEST);
    assert.deepEqual(identityChange, {
      kind: 'replaced',
      from: first.session.identityId,
      to: session.identityId,
    });
    world.aws.identities.calls.fail('GetCredentialsForIdentity', gone, gone, gone);
    world.aws.reset();
    await assert.rejects(sessions.refresh(GUEST), gone);
    assert.deepEqual(world.aws.requests(), [
      'GetCredentialsForIdentity',
      'GetId',
      'GetCredentialsForIdentity',
    ]);
  });

  it('has no user-pool tokens to give', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    await sessions.beginAs(world.connection, { kind: 'guest' });
    await assert.rejects(sessions.tokens(GUEST), { code: 'internal' });
    assert.equal((await sessions.refresh(GUEST, { force: true })).requests, 1);
  });
});

describe('a guest who signs in', () => {
  it('brings the identity along: it is linked', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const guest = (await sessions.beginAs(world.connection, { kind: 'guest' })).session.identityId;
    world.aws.reset();
    const { identityChange, session } = await sessions.signIn(world.connection, passwordRequest());
    assert.deepEqual(world.aws.requests(), ['InitiateAuth', 'GetCredentialsForIdentity']);
    assert.deepEqual(identityChange, { kind: 'linked', from: guest, to: guest });
    assert.equal(session.identityId, guest);
    assert.deepEqual(
      store.list().map(({ identityKey }) => identityKey),
      ['user:sub-reader'],
    );
  });

  it('is merged into the identity that the user has already', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const guest = (await sessions.beginAs(world.connection, { kind: 'guest' })).session.identityId ?? '';
    world.aws.identities.merged.set(guest, 'us-east-1:survivor');
    const { identityChange } = await sessions.signIn(world.connection, passwordRequest());
    assert.deepEqual(identityChange, { kind: 'merged', from: guest, to: 'us-east-1:survivor' });
  });

  it('is left alone by a user whose identity is known here', async () => {
    const world = new SessionWorld();
    const window = world.window();
    await world.signedIn(window);
    await window.sessions.beginAs(world.connection, { kind: 'guest' });
    const { identityChange } = await window.sessions.signIn(world.connection, passwordRequest());
    assert.equal(identityChange, undefined);
    assert.equal(window.store.list().length, 2);
  });

  it('takes the guest’s place by an external provider, too', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const guest = (await sessions.beginAs(world.connection, { kind: 'guest' })).session.identityId;
    const { identityChange, session } = await sessions.beginAs(world.connection, asGoogleUser(world));
    assert.deepEqual(identityChange, { kind: 'linked', from: guest, to: guest });
    assert.equal(session.identityId, guest);
    assert.deepEqual(
      store.list().map(({ identityKey }) => identityKey),
      [`idp:${GOOGLE}:g-1`],
    );
  });

  it('stays a guest where the exchange fails', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    await sessions.beginAs(world.connection, { kind: 'guest' });
    world.aws.identities.calls.fail('GetCredentialsForIdentity', refusal('no', 'TooManyRequestsException'));
    const { federationError } = await sessions.signIn(world.connection, passwordRequest());
    assert.ok(federationError);
    assert.ok(await store.load(GUEST));
  });
});

describe('a user of an external provider', () => {
  it('acts with the login that was given, which is kept with the session', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const identity = asGoogleUser(world);
    const { session } = await sessions.beginAs(world.connection, identity);
    assert.equal(session.identityKey, `idp:${GOOGLE}:g-1`);
    assert.deepEqual(world.aws.identities.calls.last('GetId').logins, { [GOOGLE]: identity.login.token });
    assert.deepEqual((await store.load(session))?.logins, [identity.login]);
    assert.equal((await sessions.refresh(session)).requests, 1);
  });

  it('is told when the login has ended; nothing is sent then', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const { session } = await sessions.beginAs(world.connection, asGoogleUser(world));
    world.clock.advanceMinutes(61);
    world.aws.reset();
    await assert.rejects(sessions.refresh(session), {
      code: 'federation.login-expired',
      data: {
        provider: GOOGLE,
        endedAt: world.clock.now() - 60_000,
        kind: 'provider',
        name: 'rita@example.com',
      },
    });
    assert.deepEqual(world.aws.requests(), []);
  });
});

describe('logins of one identity', () => {
  it('are linked by sending both, and go into every exchange', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const login = googleLogin(world);
    const { session, identityChange } = await window.sessions.link(ref, login);
    const sent = world.aws.identities.calls.last('GetCredentialsForIdentity').logins as object;
    assert.deepEqual(Object.keys(sent).sort(), [
      GOOGLE,
      'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01',
    ]);
    assert.deepEqual([session.logins, identityChange], [[login], undefined]);
    await window.sessions.refresh(ref);
    assert.deepEqual(
      Object.keys(world.aws.identities.calls.last('GetCredentialsForIdentity').logins as object).length,
      2,
    );
  });

  it('are not kept where the pool refuses them', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const conflict = refusal('Logins are already linked', 'ResourceConflictException');
    world.aws.identities.calls.fail('GetCredentialsForIdentity', conflict);
    await assert.rejects(window.sessions.link(ref, googleLogin(world)), conflict);
    assert.equal((await window.store.load(ref))?.logins, undefined);
  });

  it('are left out once they have ended, where others remain', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await window.sessions.link(ref, { ...googleLogin(world), expiresAt: world.clock.now() + 60_000 });
    world.clock.advanceMinutes(2);
    await window.sessions.refresh(ref);
    const sent = world.aws.identities.calls.last('GetCredentialsForIdentity').logins as object;
    assert.equal(GOOGLE in sent, false);
  });

  it('are unlinked by name; the others go on', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await window.sessions.link(ref, googleLogin(world));
    const left = await window.sessions.unlink(ref, GOOGLE);
    const { loginsToRemove, identityId } = world.aws.identities.calls.last('UnlinkIdentity');
    assert.deepEqual([loginsToRemove, identityId], [[GOOGLE], left?.identityId]);
    assert.deepEqual((await window.store.load(ref))?.logins, []);
  });

  it('stay with the identity when the user’s own login is unlinked from it', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await window.sessions.link(ref, googleLogin(world));
    const own = loginKeyOf(world.connection) ?? '';
    const left = await window.sessions.unlink(ref, own);
    assert.deepEqual([left?.identityId, left?.credentials, left?.logins], [undefined, undefined, undefined]);
    await window.sessions.refresh(ref);
    assert.deepEqual(Object.keys(world.aws.identities.calls.last('GetId')['logins'] as object), [own]);
  });

  it('end the session with the last of them', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const { session } = await sessions.beginAs(world.connection, asGoogleUser(world));
    assert.equal(await sessions.unlink(session, GOOGLE), undefined);
    assert.deepEqual(store.list(), []);
  });

  it('stay where the pool does not unlink', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const { session } = await sessions.beginAs(world.connection, asGoogleUser(world));
    const failed = refusal('try later', 'TooManyRequestsException');
    world.aws.identities.calls.fail('UnlinkIdentity', failed);
    await assert.rejects(sessions.unlink(session, GOOGLE), failed);
    assert.equal((await store.load(session))?.logins?.length, 1);
  });
});

describe('a developer-authenticated user', () => {
  const developer = { providerName: 'login.myapp', userId: 'rita', by: 'profile' } as const;

  function windowWith(world: SessionWorld, developerTokens?: DeveloperTokens): SessionWindow {
    const secrets = world.storage.window();
    const store = new SessionStore({ secrets, index: world.state, window: new FakeState() });
    const connection = (id: string): Connection | undefined => world.connections.get(id);
    const deps = {
      store,
      apis: world.aws,
      digest: nodeDigest,
      clock: world.clock,
      lock: world.lock,
      connection,
    };
    return {
      store,
      secrets,
      sessions: new Sessions({ ...deps, refreshBeforeMinutes: () => 5, developerTokens }),
    };
  }

  function tokensOf(world: SessionWorld): { asked: (string | undefined)[]; tokens: DeveloperTokens } {
    const asked: (string | undefined)[] = [];
    const tokens: DeveloperTokens = (_connection, { userId }, identityId) => {
      asked.push(identityId);
      const made = fakeJwt({ sub: 'dev', serial: asked.length });
      const expiresAt = world.clock.now() + 900_000;
      return Promise.resolve({ identityId: identityId ?? `us-east-1:of-${userId}`, token: made, expiresAt });
    };
    return { asked, tokens };
  }

  it('gets credentials without GetId, by the token that an administrator asked for', async () => {
    const world = new SessionWorld();
    const { asked, tokens } = tokensOf(world);
    const { sessions } = windowWith(world, tokens);
    const { session } = await sessions.beginAs(world.connection, { kind: 'developer', developer });
    assert.deepEqual([session.identityKey, session.identityId], ['dev:rita', 'us-east-1:of-rita']);
    assert.deepEqual(world.aws.requests(), ['GetCredentialsForIdentity']);
    const { logins } = world.aws.identities.calls.last('GetCredentialsForIdentity');
    assert.deepEqual(Object.keys(logins as object), ['cognito-identity.amazonaws.com']);
    await sessions.refresh(session);
    assert.deepEqual(asked, [undefined], 'the token is used while it lives');
    world.clock.advanceMinutes(16);
    await sessions.refresh(session);
    assert.deepEqual(asked, [undefined, 'us-east-1:of-rita']);
  });

  it('gets a token for another identity where its own is gone', async () => {
    const world = new SessionWorld();
    const { asked, tokens } = tokensOf(world);
    const { sessions } = windowWith(world, tokens);
    const { session } = await sessions.beginAs(world.connection, { kind: 'developer', developer });
    const gone = refusal("Identity 'us-east-1:of-rita' not found.", 'ResourceNotFoundException');
    world.aws.identities.calls.fail('GetCredentialsForIdentity', gone);
    await sessions.refresh(session);
    assert.deepEqual(asked, [undefined, undefined]);
    world.aws.identities.calls.fail('GetCredentialsForIdentity', gone, gone);
    await assert.rejects(sessions.refresh(session), gone);
  });

  it('keeps the logins that were linked when its own token is renewed', async () => {
    const world = new SessionWorld();
    const { tokens } = tokensOf(world);
    const { sessions } = windowWith(world, tokens);
    const { session } = await sessions.beginAs(world.connection, { kind: 'developer', developer });
    await sessions.link(session, { ...googleLogin(world), expiresAt: world.clock.now() + 7_200_000 });
    world.clock.advanceMinutes(16);
    await sessions.refresh(session);
    const { logins } = world.aws.identities.calls.last('GetCredentialsForIdentity');
    assert.deepEqual(Object.keys(logins as object).sort(), [GOOGLE, 'cognito-identity.amazonaws.com']);
  });

  it('of a backend comes with identity ID and token, and ends with the token', async () => {
    const world = new SessionWorld();
    const { sessions } = windowWith(world);
    const token = {
      identityId: 'us-east-1:by-backend',
      token: fakeJwt({ sub: 'x' }),
      expiresAt: world.clock.now() + 900_000,
    };
    const of = { ...developer, by: 'backend' } as const;
    const { session } = await sessions.beginAs(world.connection, { kind: 'developer', developer: of, token });
    assert.equal(session.identityId, 'us-east-1:by-backend');
    assert.equal((await sessions.refresh(session)).requests, 1);
    world.clock.advanceMinutes(16);
    await assert.rejects(sessions.refresh(session), { code: 'federation.login-expired' });
  });
});
