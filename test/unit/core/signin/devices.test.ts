import assert from 'node:assert/strict';
import type { AuthAnswer } from '../../../../src/core/ports';
import { deviceSecret, rememberDevice, type StoredDevice } from '../../../../src/core/signin/device';
import { nodeDigest } from '../../../../src/node/digest';
import {
  begin,
  challenge,
  DONE,
  Person,
  refused,
  Script,
  SrpServer,
  TOKENS,
} from '../../../support/scripted-pool';

const DEVICE: StoredDevice = {
  username: 'real-name',
  deviceKey: 'us-east-1_0a1b2c3d-device',
  deviceGroupKey: '-GroUpKeY',
  password: 'device password',
};
const NEW = { deviceKey: 'us-east-1_new', deviceGroupKey: '-new' };
const known = async (): Promise<StoredDevice> => Promise.resolve(DEVICE);
const server = SrpServer.ofPassword(DEVICE.deviceGroupKey, DEVICE.deviceKey, DEVICE.password);
const unknownDevice = (): Error => refused('ResourceNotFound', 'Device does not exist.');

/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER, which let the device in that knows its password. */
function deviceSteps(pool: () => Script): ConstructorParameters<typeof Script>[0] {
  return [
    challenge('DEVICE_SRP_AUTH', { DEVICE_KEY: DEVICE.deviceKey, USERNAME: 'real-name' }),
    challenge('DEVICE_PASSWORD_VERIFIER', { ...server.parameters(), DEVICE_KEY: DEVICE.deviceKey }),
    (request): AuthAnswer | Error =>
      server.accepts(pool().sent('SRP_A').at(-2), request)
        ? DONE
        : refused('NotAuthorized', 'Incorrect username or password.'),
  ];
}

describe('sign-in: remembered devices', () => {
  it('prove themselves in place of a second factor', async () => {
    const pool: Script = new Script(deviceSteps(() => pool));
    const signedIn = await begin(pool, { device: known });
    assert.deepEqual(signedIn, {
      tokens: TOKENS,
      username: 'me@example.com',
      deviceKey: DEVICE.deviceKey,
    });
    assert.deepEqual(pool.sent('DEVICE_KEY'), [DEVICE.deviceKey, DEVICE.deviceKey, DEVICE.deviceKey]);
    assert.ok(!JSON.stringify(pool.asked).includes(DEVICE.password));
  });

  it('go with the proof of the password, found by the name that Cognito gives', async () => {
    const user = SrpServer.ofPassword('Sandbox01', 'real-name', 'Passw0rd!');
    const pool = new Script([
      challenge('PASSWORD_VERIFIER', { ...user.parameters(), USER_ID_FOR_SRP: 'real-name' }),
      DONE,
    ]);
    const asked: string[] = [];
    await begin(pool, {
      method: 'srp',
      device: async (name) => {
        asked.push(name);
        return Promise.resolve(name === 'real-name' ? DEVICE : undefined);
      },
    });
    assert.deepEqual(asked, ['me@example.com', 'real-name']);
    assert.deepEqual(pool.sent('DEVICE_KEY'), [undefined, DEVICE.deviceKey]);
  });

  it('go with custom answers and codes, and not with a new password', async () => {
    const pool = new Script([
      challenge('CUSTOM_CHALLENGE'),
      challenge('SMS_MFA'),
      challenge('NEW_PASSWORD_REQUIRED'),
      DONE,
    ]);
    const person = new Person([
      { kind: 'custom', answer: 'x' },
      { kind: 'code', code: '1' },
      { kind: 'new-password', newPassword: 'n', attributes: {} },
    ]);
    await begin(pool, { method: 'custom', password: undefined, device: known, answer: person.answer });
    const key = DEVICE.deviceKey;
    assert.deepEqual(pool.sent('DEVICE_KEY'), [key, key, key, undefined]);
  });

  describe('that Cognito no longer knows', () => {
    const refusals: [string, (pool: () => Script) => ConstructorParameters<typeof Script>[0]][] = [
      ['at the beginning', () => [unknownDevice()]],
      ['with the answer to a challenge', () => [challenge('CUSTOM_CHALLENGE'), unknownDevice()]],
      [
        'by their secret',
        (pool) => [
          ...deviceSteps(pool).slice(0, 2),
          refused('NotAuthorized', 'Incorrect username or password.'),
        ],
      ],
    ];
    for (const [when, plays] of refusals) {
      it(`are left out, ${when}, and the sign-in begins again without: once`, async () => {
        const pool: Script = new Script([...plays(() => pool), challenge('SMS_MFA'), DONE]);
        const person = new Person([
          ...(when === 'with the answer to a challenge' ? [{ kind: 'custom', answer: 'x' } as const] : []),
          { kind: 'code', code: '1' },
        ]);
        const signedIn = await begin(pool, { method: 'password', device: known, answer: person.answer });
        assert.deepEqual([signedIn.lostDevice, signedIn.deviceKey, pool.left], [DEVICE, undefined, 0]);
        assert.deepEqual(pool.sent('DEVICE_KEY').slice(-2), [undefined, undefined]);
      });
    }

    it('end the sign-in where it is not about them', async () => {
      const client = refused('ResourceNotFound', 'User pool client x does not exist.');
      await assert.rejects(begin(new Script([client]), { device: known }), client);
      const again = unknownDevice();
      await assert.rejects(begin(new Script([unknownDevice(), again]), { device: known }), again);
    });

    it('are kept through a lockout', async () => {
      const locked = refused('NotAuthorized', 'Password attempts exceeded');
      const pool: Script = new Script([...deviceSteps(() => pool).slice(0, 2), locked]);
      await assert.rejects(begin(pool, { device: known }), locked);
    });
  });

  it('that are new come with the tokens', async () => {
    const pool = new Script([{ kind: 'tokens', tokens: { ...TOKENS, newDevice: NEW } }]);
    const { newDevice, deviceKey } = await begin(pool);
    assert.deepEqual([newDevice, deviceKey], [NEW, NEW.deviceKey]);
  });

  describe('remembering one', () => {
    class Devices {
      readonly asked: [string, Record<string, unknown>][] = [];
      constructor(private readonly necessary: boolean) {}

      async confirmDevice(request: object): Promise<{ userConfirmationNecessary: boolean }> {
        this.asked.push(['ConfirmDevice', { ...request }]);
        return Promise.resolve({ userConfirmationNecessary: this.necessary });
      }

      async updateDeviceStatus(request: object): Promise<void> {
        this.asked.push(['UpdateDeviceStatus', { ...request }]);
        return Promise.resolve();
      }
    }
    const request = (confirm: () => Promise<boolean>) => ({
      accessToken: 'access',
      username: 'real-name',
      newDevice: NEW,
      deviceName: 'VS Code',
      keep: async (device: StoredDevice) => {
        kept.push(device);
        return Promise.resolve();
      },
      confirm,
    });
    const kept: StoredDevice[] = [];
    beforeEach(() => (kept.length = 0));
    const nobody = (): Promise<boolean> => Promise.reject(new Error('nobody should be asked'));

    it('sends a verifier that belongs to the secret that is kept', async () => {
      const api = new Devices(false);
      assert.equal(await rememberDevice(api, nodeDigest, request(nobody)), true);
      const [device] = kept;
      const [[operation, sent] = []] = api.asked;
      assert.deepEqual(
        [operation, sent?.accessToken, sent?.deviceKey, sent?.deviceName, api.asked.length],
        ['ConfirmDevice', 'access', NEW.deviceKey, 'VS Code', 1],
      );
      assert.ok(device);
      assert.deepEqual([device.username, device.deviceKey], ['real-name', NEW.deviceKey]);
      const salt = BigInt(`0x${Buffer.from(String(sent?.salt), 'base64').toString('hex')}`);
      const { passwordVerifier } = deviceSecret(nodeDigest, NEW, device.password, salt);
      assert.equal(sent?.passwordVerifier, passwordVerifier);
      assert.ok(!JSON.stringify(api.asked).includes(device.password));
    });

    it('asks where the pool leaves it to the user, once the device is kept', async () => {
      const api = new Devices(true);
      const confirm = async (): Promise<boolean> => Promise.resolve(kept.length === 1);
      assert.equal(await rememberDevice(api, nodeDigest, request(confirm)), true);
      assert.deepEqual(api.asked[1], [
        'UpdateDeviceStatus',
        { accessToken: 'access', deviceKey: NEW.deviceKey, remembered: true },
      ]);
    });

    it('confirms and keeps a device that the user does not want remembered: it is still this one', async () => {
      const api = new Devices(true);
      assert.equal(
        await rememberDevice(
          api,
          nodeDigest,
          request(async () => Promise.resolve(false)),
        ),
        false,
      );
      assert.deepEqual(
        api.asked.map(([operation]) => operation),
        ['ConfirmDevice'],
      );
      assert.equal(kept.length, 1);
    });

    it('keeps nothing where Cognito refuses the device', async () => {
      const api = new Devices(true);
      const refusal = refused('InvalidParameter', 'Invalid device key given.', 'ConfirmDevice');
      api.confirmDevice = () => Promise.reject(refusal);
      await assert.rejects(rememberDevice(api, nodeDigest, request(nobody)), refusal);
      assert.deepEqual(kept, []);
    });

    it('makes another secret each time', () => {
      const [one, two] = [deviceSecret(nodeDigest, NEW), deviceSecret(nodeDigest, NEW)];
      assert.notEqual(one.password, two.password);
      assert.notEqual(one.salt, two.salt);
      assert.equal(Buffer.from(one.password, 'base64').length, 40);
    });
  });
});
