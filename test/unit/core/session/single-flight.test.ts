import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkError } from '../../../../src/core/errors';
import type { SessionRef } from '../../../../src/core/session/model';
import { FileLock } from '../../../../src/node/file-lock';
import { testConnection } from '../../../support/fake-aws';
import { SessionWorld, type SessionWindow } from '../../../support/session-world';

const GET_TOKENS = 'GetTokensFromRefreshToken';
const GET_CREDENTIALS = 'GetCredentialsForIdentity';

/** A world in which `reader` signed in so long ago. */
async function after(minutes: number): Promise<{ world: SessionWorld; ref: SessionRef } & SessionWindow> {
  const world = new SessionWorld();
  const window = world.window();
  const ref = await world.signedIn(window);
  world.clock.advanceMinutes(minutes);
  return { world, ref, ...window };
}

const fifty = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 50 }, ask));

describe('what needs credentials or tokens', () => {
  it('gets what is there while it is not due, without a request or a lock', async () => {
    const { world, ref, sessions } = await after(54);
    const held = await sessions.load(ref);
    world.lock.taken.length = 0;
    assert.deepEqual(
      [await sessions.credentials(ref), await sessions.tokens(ref)],
      [held.credentials, held.tokens],
    );
    assert.deepEqual([world.aws.requests(), world.lock.taken], [[], []]);
  });

  it('goes by the setting', async () => {
    const { world, ref, sessions } = await after(51);
    world.refreshBeforeMinutes = 10;
    await sessions.credentials(ref);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('makes one exchange for 50 who ask at the same moment', async () => {
    const { world, ref, sessions } = await after(59);
    const all = await fifty(() => sessions.credentials(ref));
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
    assert.equal(new Set(all.map((one) => one.accessKeyId)).size, 1);
    assert.equal(all[0]?.expiresAt, world.clock.now() + 3_600_000);
  });

  it('makes one exchange for those who want tokens beside those who want credentials', async () => {
    const { world, ref, sessions } = await after(59);
    await Promise.all([fifty(() => sessions.tokens(ref)), fifty(() => sessions.credentials(ref))]);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('makes one exchange for two gestures', async () => {
    const { world, ref, sessions } = await after(59);
    const [one, two] = await Promise.all([sessions.refresh(ref), sessions.refresh(ref)]);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
    assert.deepEqual(one, two);
  });

  it('makes an exchange for each identity, and mixes up none', async () => {
    const { world, ref, sessions, ...window } = await after(0);
    const admin = await world.signedIn({ sessions, ...window }, 'admin');
    world.clock.advanceMinutes(59);
    await Promise.all([fifty(() => sessions.credentials(ref)), fifty(() => sessions.credentials(admin))]);
    assert.deepEqual([world.aws.users.calls.count(), world.aws.identities.calls.count()], [2, 2]);
    const [reader, other] = [await sessions.load(ref), await sessions.load(admin)];
    assert.notEqual(reader.identityId, other.identityId);
    assert.notEqual(reader.credentials?.accessKeyId, other.credentials?.accessKeyId);
  });

  it('goes on for the others when one cancels', async () => {
    const { world, ref, sessions } = await after(59);
    const held = world.aws.users.calls.hold(GET_TOKENS);
    const controller = new AbortController();
    const leaving = sessions.credentials(ref, controller.signal);
    const staying = sessions.credentials(ref);
    await held.arrived;
    controller.abort();
    await assert.rejects(leaving, { code: 'cancelled' });
    held.letGo();
    assert.ok(await staying);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('loses no rotated refresh token when everyone cancels', async () => {
    const { world, ref, sessions } = await after(59);
    world.aws.users.rotation = true;
    const held = world.aws.users.calls.hold(GET_TOKENS);
    const controller = new AbortController();
    const leaving = sessions.credentials(ref, controller.signal);
    await held.arrived;
    controller.abort();
    await assert.rejects(leaving, { code: 'cancelled' });
    held.letGo();
    assert.ok(await sessions.credentials(ref));
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('tries anew after a failure', async () => {
    const { world, ref, sessions } = await after(61);
    world.aws.users.calls.fail(GET_TOKENS, new NetworkError('network.reset', GET_TOKENS, 'host', 'reset'));
    const results = await Promise.allSettled([sessions.credentials(ref), sessions.credentials(ref)]);
    assert.deepEqual(
      results.map((one) => one.status),
      ['rejected', 'rejected'],
    );
    assert.equal(world.aws.users.calls.count(), 1);
    assert.ok(await sessions.credentials(ref));
  });

  it('carries on with what is left while the network is down, and not beyond its end', async () => {
    const { world, ref, sessions } = await after(59);
    const down = new NetworkError('network.unreachable', GET_TOKENS, 'host', 'offline');
    world.aws.users.calls.fail(GET_TOKENS, down, down);
    assert.equal((await sessions.credentials(ref)).accessKeyId, 'ASIAFAKE1');
    world.clock.advanceMinutes(1);
    await assert.rejects(sessions.credentials(ref), down);
  });

  it('is not given what is left once the refresh token is dead', async () => {
    const { world, ref, sessions } = await after(59);
    await world.aws.users.revokeToken({
      clientId: '',
      refreshToken: (await sessions.load(ref)).tokens?.refreshToken ?? '',
    });
    await assert.rejects(sessions.credentials(ref), { code: 'session.expired' });
  });
});

describe('the caller', () => {
  it('is asked once, by however many, and remembered with the session', async () => {
    const { world, ref, sessions } = await after(0);
    const all = await fifty(() => sessions.caller(ref));
    assert.deepEqual(world.aws.requests(), ['GetCallerIdentity']);
    assert.deepEqual([all[49]?.roleName, all[49]?.accountId], ['Readers', '123456789012']);
    assert.deepEqual((await sessions.load(ref)).caller, all[0]);
    await sessions.caller(ref);
    assert.equal(world.aws.caller.calls.count(), 1);
  });

  it('is asked with fresh credentials', async () => {
    const { world, ref, sessions } = await after(59);
    await sessions.caller(ref);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS, 'GetCallerIdentity']);
    assert.equal(world.aws.caller.calls.last('GetCallerIdentity').accessKeyId, 'ASIAFAKE2');
  });

  it('is not remembered for credentials that it was not asked about', async () => {
    const { world, ref, sessions } = await after(0);
    const held = world.aws.caller.calls.hold('GetCallerIdentity');
    const asking = sessions.caller(ref);
    await held.arrived;
    await sessions.refresh(ref);
    held.letGo();
    assert.equal((await asking).roleName, 'Readers');
    assert.equal((await sessions.load(ref)).caller, undefined);
  });
});

describe('two windows on one secret storage, with real lock files', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sessions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function twoWindows(): Promise<{
    world: SessionWorld;
    ref: SessionRef;
    here: SessionWindow;
    there: SessionWindow;
  }> {
    const world = new SessionWorld(testConnection());
    world.aws.users.rotation = true;
    const [here, there] = [world.window(new FileLock(folder)), world.window(new FileLock(folder))];
    return { world, ref: await world.signedIn(here), here, there };
  }

  it('never spend the same refresh token, though it rotates', async () => {
    const { world, ref, here, there } = await twoWindows();
    for (let hour = 1; hour <= 5; hour += 1) {
      world.clock.advanceMinutes(59);
      world.aws.reset();
      const all = await Promise.all(
        [here, there, here, there].map(({ sessions }) => sessions.credentials(ref)),
      );
      assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
      assert.equal(new Set(all.map((one) => one.accessKeyId)).size, 1);
    }
    assert.equal(new Set(world.aws.users.spent).size, 5);
  });

  it('answer two gestures by one exchange', async () => {
    const { world, ref, here, there } = await twoWindows();
    world.clock.advanceMinutes(59);
    const outcomes = await Promise.all([here.sessions.refresh(ref), there.sessions.refresh(ref)]);
    assert.deepEqual(outcomes.map((one) => one.requests).sort(), [0, 2]);
    assert.deepEqual(outcomes[0].session, outcomes[1].session);
    assert.deepEqual(world.aws.requests(), [GET_TOKENS, GET_CREDENTIALS]);
  });

  it('spend one token after the other when both are told to renew', async () => {
    const { world, ref, here, there } = await twoWindows();
    await Promise.all(
      [here, there, here, there].map(({ sessions }) => sessions.refresh(ref, { force: true })),
    );
    assert.equal(world.aws.users.spent.length, 2, 'one for each window');
    assert.ok(await here.sessions.refresh(ref, { force: true }));
  });

  it('take over from a window that died with the lock', async () => {
    const { world, ref, here } = await twoWindows();
    world.clock.advanceMinutes(59);
    const dead = new FileLock(folder, { clock: { now: () => Date.now() - 60_000 } });
    await new Promise<void>((taken) => {
      void dead.run('session/shop-dev/user%3Asub-reader', () => {
        taken();
        return new Promise(() => undefined);
      });
    });
    assert.ok(await here.sessions.credentials(ref));
  });
});
