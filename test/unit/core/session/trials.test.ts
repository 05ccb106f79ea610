import assert from 'node:assert/strict';
import type { SessionRef } from '../../../../src/core/session/model';
import { fakeJwt, serviceError } from '../../../support/fake-aws';
import { SessionWorld } from '../../../support/session-world';

const GUEST: SessionRef = { connectionId: 'shop-dev', identityKey: 'guest' };
const GOOGLE = 'accounts.google.com';
const hidden = () =>
  serviceError(
    'cognito-identity',
    'GetCredentialsForIdentity',
    'InvalidIdentityPoolConfigurationException',
    'x',
  );

function googleUser(world: SessionWorld) {
  const token = fakeJwt({ sub: 'g-1' });
  const login = { provider: GOOGLE, token, expiresAt: world.clock.now() + 3_600_000 };
  return { kind: 'provider', login, subject: 'g-1', name: 'rita@example.com' } as const;
}

describe('trials', () => {
  it('remember who was refused, with their login, and store nothing', async () => {
    const world = new SessionWorld();
    const { sessions, store } = world.window();
    const { connection } = world;
    world.aws.identities.calls.fail('GetCredentialsForIdentity', hidden());
    await assert.rejects(sessions.beginAs(connection, googleUser(world)));
    assert.deepEqual(store.list(), []);

    const refused = sessions.trials.refused(connection.id);
    assert.equal(refused?.name, 'rita@example.com');
    const start = await sessions.trials.start(refused);
    const { credentials } = await sessions.trials.exchange(refused, { identityId: start.identityId });
    assert.ok(credentials.accessKeyId);
    const { logins } = world.aws.identities.calls.last('GetCredentialsForIdentity');
    assert.deepEqual(Object.keys(logins as object), [GOOGLE]);
    assert.deepEqual(store.list(), []);
  });

  it('ask for the identity ID of a refused identity once', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    world.aws.identities.calls.fail('GetCredentialsForIdentity', hidden());
    await assert.rejects(sessions.beginAs(world.connection, { kind: 'guest' }));
    const first = await sessions.trials.start(GUEST);
    const before = world.aws.requests().length;
    const second = await sessions.trials.start(GUEST);
    assert.equal(second.identityId, first.identityId);
    assert.equal(world.aws.requests().length, before);
  });

  it('forget who gets credentials after all', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    world.aws.identities.calls.fail('GetCredentialsForIdentity', hidden());
    await assert.rejects(sessions.beginAs(world.connection, { kind: 'guest' }));
    await sessions.beginAs(world.connection, { kind: 'guest' });
    assert.equal(sessions.trials.refused(world.connection.id), undefined);
  });

  it('remember nobody who gave up', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(sessions.beginAs(world.connection, { kind: 'guest' }, stop.signal), {
      code: 'cancelled',
    });
    assert.equal(sessions.trials.refused(world.connection.id), undefined);
  });

  it('need no session of a guest, and one of everybody else', async () => {
    const world = new SessionWorld();
    const { sessions } = world.window();
    assert.deepEqual((await sessions.trials.start(GUEST)).session.identityKey, 'guest');
    const nobody = { connectionId: GUEST.connectionId, identityKey: 'idp:accounts.google.com:g-2' };
    await assert.rejects(sessions.trials.start(nobody), { code: 'session.missing' });
    await assert.rejects(sessions.trials.start({ ...GUEST, connectionId: 'gone' }), {
      code: 'connection.not-found',
    });
  });
});
