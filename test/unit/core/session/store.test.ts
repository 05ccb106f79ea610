import assert from 'node:assert/strict';
import type { Connection, UserPoolSettings } from '../../../../src/core/connection/model';
import { encodeSession } from '../../../../src/core/session/codec';
import { refOf, secretKey } from '../../../../src/core/session/keys';
import type { SessionsChange } from '../../../../src/core/session/model';
import { SessionStore, type SessionLoss } from '../../../../src/core/session/store';
import { FakeSecretStorage, FakeState, nextEvent, type FakeSecretWindow } from '../../../support/fakes';
import { testConnection } from '../../../support/fake-aws';
import { NOON, testSession } from '../../../support/sessions';

const SHOP = testConnection();

interface Window {
  readonly store: SessionStore;
  readonly secrets: FakeSecretWindow;
  readonly memory: FakeState;
  readonly changes: string[];
  readonly losses: SessionLoss[];
}

/** A machine: one secret storage, one globalState, and windows on it. */
class Machine {
  readonly storage = new FakeSecretStorage();
  readonly state = new FakeState();

  open(memory = new FakeState()): Window {
    const secrets = this.storage.window();
    const store = new SessionStore({ secrets, index: this.state, window: memory });
    const [changes, losses]: [string[], SessionLoss[]] = [[], []];
    store.onDidChange((change) => changes.push(...spell(change)));
    store.onDidLose((loss) => losses.push(loss));
    return { store, secrets, memory, changes, losses };
  }
}

function spell(change: SessionsChange): string[] {
  return (['added', 'removed', 'changed'] as const).flatMap((what) =>
    change[what].map((ref) => `${what} ${ref.identityKey}`),
  );
}

/** Long enough for everything that the fakes put off. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const session = testSession();
const other = testSession({ identityKey: 'user:sub-admin', name: 'admin' });
const ref = refOf(session);
const KEY = secretKey(ref);
const ENTRY = { ...ref, name: 'reader', expiresAt: NOON + 3_600_000, origin: session.origin };

describe('session store', () => {
  it('keeps a session over a reload, and lists it without reading a secret', async () => {
    const machine = new Machine();
    const { store, changes } = machine.open();
    await store.save(session);
    assert.deepEqual(changes, ['added user:sub-reader']);
    const reloaded = machine.open();
    assert.deepEqual(reloaded.store.list(), [ENTRY]);
    assert.equal(reloaded.secrets.reads, 0);
    assert.deepEqual(await reloaded.store.load(ref), session);
    assert.deepEqual(reloaded.changes, []);
  });

  it('writes nothing secret outside the secret store', async () => {
    const machine = new Machine();
    const { store, memory } = machine.open();
    await store.save(session);
    await store.setActive(ref);
    const outside = [...machine.state.texts.values(), ...memory.texts.values()].join();
    const { tokens, credentials } = session;
    for (const secret of [...Object.values(tokens ?? {}), ...Object.values(credentials ?? {})]) {
      if (typeof secret === 'string') assert.ok(!outside.includes(secret));
    }
    assert.ok(!outside.includes('reader@example.com'));
    assert.deepEqual([...machine.storage.values.keys()], [KEY]);
  });

  it('tells of changes and of removals, and removes the secret', async () => {
    const machine = new Machine();
    const { store, changes } = machine.open();
    await store.save(session);
    await store.save({ ...session, unrefreshable: true });
    assert.deepEqual(store.list(), [{ ...ENTRY, unrefreshable: true }]);
    await store.remove(ref);
    await settled();
    assert.deepEqual(changes, [
      'added user:sub-reader',
      'changed user:sub-reader',
      'removed user:sub-reader',
    ]);
    assert.deepEqual([store.list(), machine.storage.values.size, await store.load(ref)], [[], 0, undefined]);
  });

  it('keeps two identities of one connection apart', async () => {
    const { store } = new Machine().open();
    await Promise.all([store.save(session), store.save(other)]);
    await store.remove(ref);
    assert.deepEqual(await store.load(other), other);
    assert.deepEqual(
      store.list().map((entry) => entry.name),
      ['admin'],
    );
  });

  it('throws nothing at a listener that throws, and tells the others', async () => {
    const { store } = new Machine().open();
    const unhandled = new Promise((resolve) => process.prependOnceListener('unhandledRejection', resolve));
    const mocha = process.listeners('unhandledRejection').filter((_, at) => at > 0);
    for (const listener of mocha) process.off('unhandledRejection', listener);
    let told = 0;
    store.onDidChange(() => {
      throw new Error('a bad listener');
    });
    store.onDidChange(() => (told += 1));
    await store.save(session);
    assert.match(String(await unhandled), /a bad listener/);
    for (const listener of mocha) process.on('unhandledRejection', listener);
    assert.equal(told, 1);
  });

  describe('with secrets that cannot be read', () => {
    const broken: [what: string, text: string, reason: string][] = [
      ['corrupt', '{"version":1', 'corrupt'],
      ['truncated', encodeSession(session).slice(0, 400), 'corrupt'],
      ['newer', JSON.stringify({ ...session, version: 2 }), 'newer-version'],
      ["another identity's", encodeSession(other), 'corrupt'],
    ];
    for (const [what, text, reason] of broken) {
      it(`counts a ${what} secret as signed out, keeps it, and can be signed in over it`, async () => {
        const machine = new Machine();
        await machine.open().store.save(session);
        await machine.open().store.save(other);
        machine.storage.values.set(KEY, text);
        const { store, changes, losses } = machine.open();
        assert.equal(await store.load(ref), undefined);
        assert.deepEqual(losses, [{ ref, name: 'reader', reason }]);
        assert.deepEqual(changes, ['removed user:sub-reader']);
        assert.deepEqual(
          store.list().map((entry) => entry.name),
          ['admin'],
        );
        assert.equal(machine.storage.values.get(KEY), text);
        assert.equal(await store.load(ref), undefined);
        assert.equal(losses.length, 1);
        await store.save(session);
        assert.deepEqual(await store.load(ref), session);
      });
    }

    it('drops an entry whose secret is gone, and says so once', async () => {
      const machine = new Machine();
      await machine.open().store.save(session);
      machine.storage.values.clear();
      const { store, losses } = machine.open();
      assert.equal(store.list().length, 1);
      await Promise.all([store.load(ref), store.load(ref)]);
      assert.deepEqual(
        losses.map((loss) => loss.reason),
        ['missing'],
      );
      assert.deepEqual(machine.open().store.list(), []);
    });

    it('survives a broken index', async () => {
      const machine = new Machine();
      await machine.state.update('sessions', [{ connectionId: 5 }, 'x']);
      const { store } = machine.open();
      assert.deepEqual(store.list(), []);
      await store.save(session);
      assert.deepEqual(store.list(), [ENTRY]);
    });
  });

  describe('without a working keyring', () => {
    for (const trouble of ['lost', 'throws'] as const) {
      it(`says so and works from memory, in this window only (${trouble})`, async () => {
        const machine = new Machine();
        const { store, secrets, changes } = machine.open();
        secrets.trouble = trouble;
        await assert.rejects(store.save(session), { code: 'session.store-failed' });
        assert.deepEqual(await store.load(ref), session);
        assert.deepEqual([store.list(), changes], [[ENTRY], ['added user:sub-reader']]);
        assert.deepEqual(machine.open().store.list(), []);
        await assert.rejects(store.setClientSecret(SHOP, 's3cr3t'), { code: 'session.store-failed' });
        assert.equal(await store.clientSecret(SHOP), 's3cr3t');
      });
    }

    it('stores again once it works again', async () => {
      const machine = new Machine();
      const { store, secrets } = machine.open();
      secrets.trouble = 'lost';
      await assert.rejects(store.save(session));
      secrets.trouble = 'none';
      await store.save(session);
      assert.deepEqual(machine.open().store.list(), [ENTRY]);
    });

    it('tells a failing read from a session that is not there', async () => {
      const machine = new Machine();
      await machine.open().store.save(session);
      const { store, secrets, losses } = machine.open();
      secrets.trouble = 'throws';
      await assert.rejects(store.load(ref), { code: 'session.store-failed' });
      assert.deepEqual([store.list().length, losses], [1, []]);
    });
  });

  describe('across windows', () => {
    it('hears of sign-in, refresh and sign-out elsewhere', async () => {
      const machine = new Machine();
      const [here, there] = [machine.open(), machine.open()];
      await here.store.save(session);
      await settled();
      await here.store.save({ ...session, identityId: 'us-east-1:another' });
      await settled();
      await here.store.remove(ref);
      await settled();
      const story = ['added user:sub-reader', 'changed user:sub-reader', 'removed user:sub-reader'];
      assert.deepEqual([here.changes, there.changes], [story, story]);
      assert.deepEqual([there.store.list(), there.losses], [[], []]);
    });

    it('loses no entry when two windows write the index at once', async () => {
      const machine = new Machine();
      const [here, there] = [machine.open(), machine.open()];
      await Promise.all([here.store.save(session), there.store.save(other)]);
      await settled();
      for (const { store } of [here, there, machine.open()]) {
        assert.deepEqual(
          store
            .list()
            .map((entry) => entry.name)
            .sort(),
          ['admin', 'reader'],
        );
      }
    });

    it('counts as signed out what another window broke', async () => {
      const machine = new Machine();
      const { store, losses } = machine.open();
      await store.save(session);
      const lost = nextEvent(store.onDidLose);
      machine.storage.write(KEY, 'garbage');
      assert.equal((await lost).reason, 'corrupt');
      assert.deepEqual([store.list(), losses.length], [[], 1]);
    });

    it('listens to sessions only, and to nothing after its end', async () => {
      const machine = new Machine();
      const { store, secrets, changes } = machine.open();
      machine.storage.write('client-secret/shop-dev', 'x');
      await settled();
      assert.equal(secrets.reads, 0);
      store.dispose();
      machine.storage.write(KEY, encodeSession(session));
      await settled();
      assert.deepEqual([secrets.listenerCount, secrets.reads, changes], [0, 0, []]);
    });
  });

  describe('active identity', () => {
    it('is remembered by the window, and by no other', async () => {
      const machine = new Machine();
      const { store, memory, changes } = machine.open();
      await store.save(session);
      await store.save(other);
      await store.setActive(ref);
      await store.setActive(ref);
      await store.setActive(other);
      assert.deepEqual(changes.slice(2), [
        'changed user:sub-reader',
        'changed user:sub-reader',
        'changed user:sub-admin',
      ]);
      assert.deepEqual(machine.open(memory).store.active(), { ref: refOf(other), name: 'admin' });
      assert.equal(machine.open().store.active(), undefined);
    });

    it('ends with its session, here or elsewhere', async () => {
      const machine = new Machine();
      const [here, there] = [machine.open(), machine.open()];
      await here.store.save(session);
      await settled();
      await there.store.setActive(ref);
      await here.store.setActive(ref);
      await here.store.remove(ref);
      await settled();
      assert.deepEqual([here.store.active(), there.store.active()], [undefined, undefined]);
      assert.deepEqual([...here.memory.texts], []);
    });

    it('survives nonsense in the window state', async () => {
      for (const value of ['x', null, {}, { connectionId: 3, identityKey: [] }]) {
        const memory = new FakeState();
        await memory.update('activeIdentity', value);
        assert.equal(new Machine().open(memory).store.active(), undefined);
      }
    });
  });

  describe('client secrets', () => {
    const local = { cognitoIdp: 'http://127.0.0.1:4566' };
    const named = (changes: Partial<UserPoolSettings>) => ({
      ...SHOP,
      userPool: { ...SHOP.userPool!, ...changes },
    });

    it('are kept by connection', async () => {
      const machine = new Machine();
      const { store } = machine.open();
      await store.setClientSecret(SHOP, 's3cr3t');
      assert.equal(await machine.open().store.clientSecret(SHOP), 's3cr3t');
      assert.equal(await store.clientSecret({ ...SHOP, id: 'other' }), undefined);
      await store.deleteClientSecret('shop-dev');
      assert.equal(await store.clientSecret(SHOP), undefined);
    });

    const elsewhere: Record<string, Connection> = {
      client: named({ clientId: '1otherclientid' }),
      pool: named({ userPoolId: 'us-west-2_Other' }),
      domain: named({ domain: 'auth.collector.example' }),
      endpoint: { ...SHOP, endpoints: local },
      'hosted pages': { ...SHOP, endpoints: { hostedUi: 'http://127.0.0.1:4566' } },
    };
    for (const [what, connection] of Object.entries(elsewhere))
      it(`count as absent where the connection names another ${what}, and are back when it does not`, async () => {
        const { store } = new Machine().open();
        await store.setClientSecret(SHOP, 's3cr3t');
        assert.equal(await store.clientSecret(connection), undefined);
        assert.equal(await store.clientSecret(SHOP), 's3cr3t');
        await store.setClientSecret(connection, 'another');
        assert.equal(await store.clientSecret(connection), 'another');
        assert.equal(await store.clientSecret(SHOP), undefined);
      });

    it('do not depend on who gets no secret: S3, AWS’s own names', async () => {
      const { store } = new Machine().open();
      await store.setClientSecret(SHOP, 's3cr3t');
      const endpoints = {
        s3: 'http://127.0.0.1:9000',
        cognitoIdp: 'https://cognito-idp-fips.us-west-2.amazonaws.com',
      };
      assert.equal(await store.clientSecret({ ...SHOP, endpoints }), 's3cr3t');
    });

    it('of which nobody knows what they are for count as absent', async () => {
      for (const text of ['s3cr3t', '42', '{}', '{"secret":"s3cr3t"}', '[]']) {
        const machine = new Machine();
        machine.storage.write('client-secret/shop-dev', text);
        assert.equal(await machine.open().store.clientSecret(SHOP), undefined);
      }
    });
  });
});
