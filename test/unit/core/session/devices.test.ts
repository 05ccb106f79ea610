import assert from 'node:assert/strict';
import { devicesOf } from '../../../../src/core/session/devices';
import { deviceSecretKey } from '../../../../src/core/session/keys';
import type { StoredDevice } from '../../../../src/core/signin/device';
import { serviceError, testConnection } from '../../../support/fake-aws';
import { SessionWorld } from '../../../support/session-world';

const DEVICE: StoredDevice = {
  username: 'Zoë/reader',
  deviceKey: 'us-east-1_device',
  deviceGroupKey: '-group',
  password: 'device password',
};
const CONNECTION = testConnection();
const KEY = 'device/shop-dev/Zo%C3%AB%2Freader';
const GET_TOKENS = 'GetTokensFromRefreshToken';

function world() {
  const scene = new SessionWorld();
  const window = scene.window();
  return { scene, ...window, devices: devicesOf(window.store) };
}

describe('remembered devices', () => {
  it('are one secret for each connection and user, found by name and by what was typed', async () => {
    const { scene, devices } = world();
    await devices.save(CONNECTION, DEVICE, 'me@example.com');
    assert.equal(deviceSecretKey('shop-dev', DEVICE.username), KEY);
    assert.deepEqual([...scene.storage.values.keys()], [KEY]);
    assert.deepEqual(await devices.find(CONNECTION, DEVICE.username), DEVICE);
    assert.deepEqual(await devices.find(CONNECTION, 'me@example.com'), DEVICE);
    assert.equal(await devices.find(CONNECTION, 'somebody else'), undefined);
    assert.equal(await devices.find({ ...CONNECTION, id: 'other' }, DEVICE.username), undefined);
  });

  it('leave nothing secret in the index, and are seen by other windows', async () => {
    const { scene, devices } = world();
    await devices.save(CONNECTION, DEVICE);
    await devices.note('shop-dev', DEVICE.username, '+1206555');
    const index = JSON.stringify([...scene.state.texts]);
    assert.ok(!index.includes(DEVICE.password) && !index.includes(DEVICE.deviceKey), index);
    const other = devicesOf(scene.window().store);
    assert.deepEqual(await other.find(CONNECTION, '+1206555'), DEVICE);
  });

  it('by name come before those by what was typed, the newest of these first', async () => {
    const { devices } = world();
    const [one, two] = ['one', 'two'].map((username) => ({
      ...DEVICE,
      username,
      deviceKey: `of-${username}`,
    }));
    assert.ok(one && two);
    await devices.save(CONNECTION, one, 'shared');
    await devices.save(CONNECTION, two, 'shared');
    assert.equal((await devices.find(CONNECTION, 'shared'))?.deviceKey, 'of-two');
    await devices.save(CONNECTION, { ...DEVICE, username: 'shared', deviceKey: 'own' });
    assert.equal((await devices.find(CONNECTION, 'shared'))?.deviceKey, 'own');
  });

  it('of another pool or endpoint count for nothing', async () => {
    const { devices } = world();
    await devices.save(CONNECTION, DEVICE);
    assert.ok(CONNECTION.userPool);
    const moved = { ...CONNECTION, userPool: { ...CONNECTION.userPool, userPoolId: 'us-east-1_Other' } };
    const elsewhere = { ...CONNECTION, endpoints: { cognitoIdp: 'https://evil.example' } };
    for (const other of [moved, elsewhere])
      assert.equal(await devices.find(other, DEVICE.username), undefined);
  });

  it('that cannot be read count for nothing', async () => {
    const { scene, devices, secrets } = world();
    await devices.save(CONNECTION, DEVICE);
    const good = scene.storage.values.get(KEY) ?? '';
    const fields = JSON.parse(good) as Record<string, unknown>;
    const bad = ['', 'nonsense', '[]', 'null', JSON.stringify({ ...fields, version: 2 })];
    for (const name of ['password', 'deviceKey', 'deviceGroupKey', 'username'])
      bad.push(JSON.stringify({ ...fields, [name]: '' }));
    bad.push(JSON.stringify({ ...fields, username: 'somebody else' }));
    for (const text of bad) {
      scene.storage.write(KEY, text);
      assert.equal(await devices.find(CONNECTION, DEVICE.username), undefined, text);
    }
    scene.storage.write(KEY, good);
    assert.deepEqual(await devices.find(CONNECTION, DEVICE.username), DEVICE);
    secrets.trouble = 'throws';
    assert.equal(await devices.find(CONNECTION, DEVICE.username), undefined);
  });

  it('survive nonsense in the index', async () => {
    const { scene, devices } = world();
    for (const value of ['text', [1, null, { connectionId: 'shop-dev' }], {}]) {
      await scene.state.update('devices', value);
      assert.equal(await devices.find(CONNECTION, DEVICE.username), undefined);
    }
    await devices.save(CONNECTION, DEVICE);
    assert.deepEqual(await devices.find(CONNECTION, DEVICE.username), DEVICE);
  });

  it('are usable in this window where the store keeps nothing', async () => {
    const { devices, secrets } = world();
    secrets.trouble = 'lost';
    await assert.rejects(devices.save(CONNECTION, DEVICE), { code: 'session.store-failed' });
    assert.deepEqual(await devices.find(CONNECTION, DEVICE.username), DEVICE);
  });

  it('go with their connection, and with no other', async () => {
    const { scene, devices, sessions } = world();
    const other = { ...CONNECTION, id: 'other' };
    await devices.save(CONNECTION, DEVICE, 'me@example.com');
    await devices.save(CONNECTION, { ...DEVICE, username: 'second' });
    await devices.save(other, DEVICE);
    await sessions.forget('shop-dev');
    assert.deepEqual([...scene.storage.values.keys()], [KEY.replace('shop-dev', 'other')]);
    assert.equal(await devices.find(CONNECTION, 'me@example.com'), undefined);
    assert.deepEqual(await devices.find(other, DEVICE.username), DEVICE);
  });

  describe('and refreshes', () => {
    async function signedIn(deviceKey: string) {
      const all = world();
      const ref = await all.scene.signedIn(all);
      const session = await all.sessions.load(ref);
      await all.store.save({ ...session, deviceKey });
      return { ...all, ref, calls: all.scene.aws.users.calls };
    }
    const unknown = serviceError(
      'cognito-idp',
      GET_TOKENS,
      'ResourceNotFoundException',
      'Device does not exist.',
    );

    it('send the key of the sign-in’s device, each time', async () => {
      const { sessions, ref, calls } = await signedIn('the-device');
      for (let round = 0; round < 2; round += 1) {
        await sessions.refresh(ref, { force: true });
        assert.equal(calls.last(GET_TOKENS).deviceKey, 'the-device');
      }
    });

    it('send it by the older operation as well', async () => {
      const { scene, sessions, ref, calls } = await signedIn('the-device');
      scene.aws.users.knowsGetTokens = false;
      await sessions.refresh(ref, { force: true });
      assert.equal(
        (calls.last('InitiateAuth').parameters as Record<string, string>).DEVICE_KEY,
        'the-device',
      );
    });

    it('leave out a device that Cognito no longer knows, from then on', async () => {
      const { sessions, ref, calls } = await signedIn('gone');
      calls.fail(GET_TOKENS, unknown);
      const { session } = await sessions.refresh(ref, { force: true });
      assert.deepEqual([calls.count(GET_TOKENS), session.deviceKey], [2, undefined]);
      assert.equal(calls.last(GET_TOKENS).deviceKey, undefined);
      assert.equal((await sessions.load(ref)).deviceKey, undefined);
    });

    it('try that once', async () => {
      const { sessions, ref, calls } = await signedIn('gone');
      calls.fail(GET_TOKENS, unknown, unknown);
      await assert.rejects(sessions.refresh(ref, { force: true }), unknown);
      assert.equal(calls.count(GET_TOKENS), 2);
      assert.equal((await sessions.load(ref)).deviceKey, 'gone');
    });
  });
});
