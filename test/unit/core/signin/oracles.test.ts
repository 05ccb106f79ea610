import assert from 'node:assert/strict';
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { createDeviceVerifier, createSecretHash } from 'cognito-srp-helper';
import { deviceClaimSignature, deviceSecret } from '../../../../src/core/signin/device';
import { secretHash } from '../../../../src/core/signin/secret-hash';
import { passwordClaimSignature, srpKeyPair } from '../../../../src/core/signin/srp';
import { nodeDigest } from '../../../../src/node/digest';
import {
  byAmplify,
  deviceBySrpHelper,
  deviceSecretByAmplify,
  N,
  userBySrpHelper,
  withFastPowers,
  type SrpInput,
} from '../../../support/srp-oracles';

const integer = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const TIMESTAMP = 'Sun Nov 1 02:06:31 UTC 2026';

/** Hex as servers send it, with the edges that are rare by chance: leading zeros, odd length, first bit set, short. */
function hexOf(bytes: number, round: number): string {
  const hex = randomBytes(bytes).toString('hex');
  switch (round % 10) {
    case 1:
      return `0000${hex.slice(4)}`;
    case 2:
      return hex.slice(1);
    case 3:
      return `f${hex.slice(1)}`;
    case 4:
      return `00f${hex.slice(3)}`;
    case 5:
      return hex.slice(0, 2 + (round % 7));
    default:
      return hex;
  }
}

function input(round: number, login: Pick<SrpInput['login'], 'group' | 'name'>): SrpInput {
  // A short secret spares all three sides two thirds of their time; it enters as an exponent only.
  const secret = integer(randomBytes(round % 50 === 0 ? 128 : 4)) + 1n;
  const serverPublic = BigInt(`0x${hexOf(384, round + 5)}`) % N;
  return {
    secret,
    publicHex: srpKeyPair(nodeDigest, secret).publicHex,
    login: { ...login, password: `${randomBytes(randomInt(1, 20)).toString('base64')} pässwörd🔑` },
    saltHex: hexOf(16, round),
    serverPublicHex: `${round % 10 === 6 ? '00' : ''}${(serverPublic || 1n).toString(16)}`,
    secretBlock: randomBytes(randomInt(20, 400)).toString('base64'),
    timestamp: TIMESTAMP,
  };
}

describe('SRP, device SRP and secret hash beside cognito-srp-helper and amazon-cognito-identity-js', () => {
  let endFastPowers: () => void;
  before(() => (endFastPowers = withFastPowers()));
  after(() => endFastPowers());

  it('signs for users as they do, over 500 random challenges', function () {
    this.timeout(120_000);
    for (let round = 0; round < 500; round += 1) {
      const one = input(round, { group: 'Sandbox01', name: randomBytes(8).toString('hex') });
      const { login, ...challenge } = one;
      const ours = passwordClaimSignature(nodeDigest, srpKeyPair(nodeDigest, one.secret), {
        ...challenge,
        userPoolId: `us-east-1_${login.group}`,
        userId: login.name,
        password: login.password,
      });
      assert.equal(ours, round % 2 ? userBySrpHelper(one) : byAmplify(one), told(one));
    }
  });

  it('signs for devices as they do, over 300 random challenges', function () {
    this.timeout(120_000);
    for (let round = 0; round < 300; round += 1) {
      const [group, name] = [
        `-${randomBytes(4).toString('hex')}`,
        `us-east-1_${randomBytes(16).toString('hex')}`,
      ];
      const one = input(round, { group, name });
      const device = { deviceKey: name, deviceGroupKey: group, password: one.login.password };
      const ours = deviceClaimSignature(nodeDigest, srpKeyPair(nodeDigest, one.secret), device, one);
      assert.equal(ours, round % 2 ? deviceBySrpHelper(one) : byAmplify(one), told(one));
    }
  });

  it('makes the verifiers of devices as they do, over 200 random secrets', function () {
    this.timeout(120_000);
    for (let round = 0; round < 200; round += 1) {
      const keys = {
        deviceKey: `us-east-1_${randomBytes(16).toString('hex')}`,
        deviceGroupKey: `-${randomBytes(4).toString('hex')}`,
      };
      const theirs =
        round % 2 ? verifierBySrpHelper(keys) : deviceSecretByAmplify(keys.deviceGroupKey, keys.deviceKey);
      const salt = integer(Buffer.from(theirs.salt, 'base64'));
      assert.deepEqual(deviceSecret(nodeDigest, keys, theirs.password, salt), theirs);
    }
  });

  it('agrees with both on a salt with leading zeros and on a verifier that begins with zeros', () => {
    const keys = { deviceKey: 'us-east-1_device', deviceGroupKey: '-group' };
    // A salt that Amplify could have drawn: its padHex drops zeros and adds one before a first bit.
    for (const salt of [0n, 1n, 0x7fn, 0x80n, integer(randomBytes(13))]) {
      const { salt: sent, passwordVerifier } = deviceSecret(nodeDigest, keys, 'password', salt);
      assert.equal(integer(Buffer.from(sent, 'base64')), salt);
      assert.ok((Buffer.from(sent, 'base64')[0] ?? 0) < 0x80, 'never a negative number to Java');
      assert.ok((Buffer.from(passwordVerifier, 'base64')[0] ?? 0) < 0x80);
    }
  });

  it('hashes client secrets as cognito-srp-helper and node do, over 1,000 random inputs', () => {
    for (let round = 0; round < 1000; round += 1) {
      const username = `${randomBytes(randomInt(1, 20)).toString('base64')}${round % 3 ? '' : ' Zoë+@例え'}`;
      const client = randomBytes(13).toString('hex');
      const secret = randomBytes(randomInt(1, 64)).toString('base64');
      const ours = secretHash(nodeDigest, username, client, secret);
      assert.equal(
        ours,
        createHmac('sha256', secret)
          .update(username + client)
          .digest('base64'),
      );
      assert.equal(ours, createSecretHash(username, client, secret));
    }
  });
});

function verifierBySrpHelper(keys: { deviceKey: string; deviceGroupKey: string }) {
  const { DeviceRandomPassword, DeviceSecretVerifierConfig } = createDeviceVerifier(
    keys.deviceKey,
    keys.deviceGroupKey,
  );
  return {
    password: DeviceRandomPassword,
    salt: DeviceSecretVerifierConfig.Salt ?? '',
    passwordVerifier: DeviceSecretVerifierConfig.PasswordVerifier ?? '',
  };
}

function told(one: SrpInput): string {
  return JSON.stringify({ ...one, secret: String(one.secret) });
}
