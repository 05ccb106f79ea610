import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { UriCallbacks } from '../../../src/host/uri-callbacks';
import { Deferred, FakeSecretStorage, type FakeSecretWindow } from '../../support/fakes';

const own = 'code-oss://cognito-workbench.cognito-workbench/callback';
const addressOf = (state: string, code = 'code-1') => `${own}?code=${code}&state=${state}`;
const never = new AbortController().signal;
const takeAll = () => true;

interface Window {
  readonly secrets: FakeSecretWindow;
  readonly callbacks: UriCallbacks;
  /** How often this window said that nobody waits. */
  complaints: number;
}

describe('callbacks by the operating system', () => {
  let storage: FakeSecretStorage;
  beforeEach(() => (storage = new FakeSecretStorage()));

  function window(patienceMs = 5000): Window {
    const secrets = storage.window();
    const made: Window = {
      secrets,
      complaints: 0,
      callbacks: new UriCallbacks({
        secrets,
        hash: (state) => createHash('sha256').update(state).digest('hex').slice(0, 32),
        unexpected: () => (made.complaints += 1),
        patienceMs,
      }),
    };
    return made;
  }

  it('reach the window that waits', async () => {
    const { callbacks } = window();
    const waiting = callbacks.wait('s1', takeAll, never);
    await callbacks.handle(addressOf('s1'));
    assert.equal(await waiting, addressOf('s1'));
    assert.equal(storage.values.size, 0);
  });

  it('reach the window that waits, from the one that got it, and leave nothing behind', async () => {
    const [waits, got] = [window(), window()];
    const waiting = waits.callbacks.wait('s1', takeAll, never);
    await got.callbacks.handle(addressOf('s1'));
    assert.equal(await waiting, addressOf('s1'));
    assert.equal(storage.values.size, 0);
    assert.deepEqual([waits.complaints, got.complaints], [0, 0]);
  });

  it('find their way where two windows wait, however they are delivered', async () => {
    const [a, b] = [window(), window()];
    const [first, second] = [a.callbacks.wait('s1', takeAll, never), b.callbacks.wait('s2', takeAll, never)];
    await Promise.all([
      a.callbacks.handle(addressOf('s2', 'two')),
      b.callbacks.handle(addressOf('s1', 'one')),
    ]);
    assert.deepEqual([await first, await second], [addressOf('s1', 'one'), addressOf('s2', 'two')]);
    assert.equal(storage.values.size, 0);
    assert.deepEqual([a.complaints, b.complaints], [0, 0]);
  });

  it('do not write the state into the name of the secret', async () => {
    const waits = window();
    const names: string[] = [];
    storage.window().onDidChange((key) => names.push(key));
    const waiting = waits.callbacks.wait('secret-state', takeAll, never);
    await window().callbacks.handle(addressOf('secret-state'));
    await waiting;
    assert.ok(names.length > 0);
    for (const name of names) assert.doesNotMatch(name, /secret-state/);
  });

  it('that nobody waits for are complained of and thrown away', async () => {
    const [other, got] = [window(), window(20)];
    void other.callbacks.wait('s2', takeAll, never);
    await got.callbacks.handle(addressOf('s1'));
    assert.equal(got.complaints, 1);
    assert.equal(other.complaints, 0);
    assert.equal(storage.values.size, 0);
  });

  for (const [what, address] of [
    ['no state', `${own}?code=x`],
    ['an empty state', `${own}?code=x&state=`],
    ['two states', `${own}?code=x&state=s1&state=s1`],
    ['no address', 'nonsense'],
  ] as const) {
    it(`with ${what} reach nobody`, async () => {
      const made = window();
      void made.callbacks.wait('s1', () => assert.fail('it must not be asked'), never);
      await made.callbacks.handle(address);
      assert.equal(made.complaints, 1);
      assert.equal(storage.values.size, 0);
    });
  }

  it('that are not what is waited for go on being waited for, here and from another window', async () => {
    const made = window();
    const accept = (address: string) => address.includes('good');
    const waiting = made.callbacks.wait('s1', accept, never);
    await made.callbacks.handle(addressOf('s1', 'bad'));
    assert.equal(made.complaints, 1);
    await window().callbacks.handle(addressOf('s1', 'bad'));
    assert.equal(storage.values.size, 0);
    await window().callbacks.handle(addressOf('s1', 'good'));
    assert.equal(await waiting, addressOf('s1', 'good'));
  });

  it('that come a second time are for nobody', async () => {
    const made = window(20);
    const waiting = made.callbacks.wait('s1', takeAll, never);
    await made.callbacks.handle(addressOf('s1'));
    await waiting;
    await made.callbacks.handle(addressOf('s1'));
    assert.equal(made.complaints, 1);
  });

  it('what another window wrote under the name is believed only with the right state', async () => {
    const made = window();
    const name = createHash('sha256').update('s1').digest('hex').slice(0, 32);
    const removed = new Deferred();
    const waiting = made.callbacks.wait('s1', takeAll, never);
    storage.window().onDidChange((key) => {
      if (!storage.values.has(key)) removed.resolve();
    });
    storage.write(`callback/${name}`, addressOf('other'));
    await removed.promise;
    await made.callbacks.handle(addressOf('s1'));
    assert.equal(await waiting, addressOf('s1'));
  });

  it('are not waited for any longer when told', async () => {
    const made = window(20);
    const abort = new AbortController();
    const waiting = made.callbacks.wait('s1', takeAll, abort.signal);
    abort.abort();
    await assert.rejects(waiting, { code: 'cancelled' });
    await assert.rejects(made.callbacks.wait('s1', takeAll, abort.signal), { code: 'cancelled' });
    await made.callbacks.handle(addressOf('s1'));
    assert.equal(made.complaints, 1);
    assert.equal(made.secrets.listenerCount, 0);
  });

  it('are complained of where the secret storage does not work', async () => {
    const made = window(20);
    made.secrets.trouble = 'throws';
    await made.callbacks.handle(addressOf('s1'));
    assert.equal(made.complaints, 1);
  });
});
