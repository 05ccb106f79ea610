// The maths of SRP: ours beside the two libraries, with the same inputs, after all have given the same results.
import { strict as assert } from 'node:assert';
import { createHash, randomBytes } from 'node:crypto';
import { createDeviceVerifier, createSrpSession } from 'cognito-srp-helper';
import { deviceSecret } from '../src/core/signin/device';
import { passwordClaimSignature, srpKeyPair } from '../src/core/signin/srp';
import { nodeDigest } from '../src/node/digest';
import {
  byAmplify,
  deviceSecretByAmplify,
  keyPairByAmplify,
  N,
  userBySrpHelper,
  type SrpInput,
} from '../test/support/srp-oracles';
import { race, raceTable, type Contestant, type Placing } from './support/race';
import { measure } from './support/report';

const ROUNDS = 20;
const POOL = 'us-east-1_Sandbox01';
const OURS = 'Cognito Workbench';
const HELPER = 'cognito-srp-helper';
const AMPLIFY = 'amazon-cognito-identity-js';

/** One of each round, and one for the runs that are not counted; nobody sees a challenge twice. */
const inputs = Array.from({ length: ROUNDS + 1 }, input);

measure(async () => {
  inputs.forEach(agree);
  const pair = await race(pairs(), ROUNDS);
  const signature = await race(signatures(), ROUNDS);
  const device = await race(devices(), ROUNDS);
  return {
    tables: [
      raceTable('SRP: the key pair that a sign-in begins with (1,024 bits)', pair),
      raceTable('SRP: from the challenge to PASSWORD_CLAIM_SIGNATURE', signature),
      raceTable('SRP: secret and verifier of a new device', device, [
        `Median (range) of ${ROUNDS} rounds, in turns, after one that is not counted; each with its own random input, the`,
        'same for all, for which all had given the same signature before anything was timed.',
        'A sign-in computes one pair and one signature. The libraries count with jsbn and an own BigInteger, ours with BigInt.',
        ratios('Signature', signature),
      ]),
    ],
    figures: { pair, signature, device },
  };
});

function input(): SrpInput {
  const secret = integer(randomBytes(128));
  return {
    secret,
    publicHex: srpKeyPair(nodeDigest, secret).publicHex,
    login: {
      group: POOL.slice(POOL.indexOf('_') + 1),
      name: randomBytes(16).toString('hex'),
      password: randomBytes(12).toString('base64'),
    },
    saltHex: randomBytes(16).toString('hex'),
    serverPublicHex: (integer(randomBytes(400)) % N).toString(16),
    secretBlock: randomBytes(320).toString('base64'),
    timestamp: 'Sun Nov 1 02:06:31 UTC 2026',
  };
}

/** No race between different results. */
function agree(one: SrpInput): void {
  const expected = ours(one);
  assert.equal(userBySrpHelper(one), expected);
  assert.equal(byAmplify(one), expected);
  assert.equal(keyPairByAmplify(one.secret), one.publicHex);
}

function ours(one: SrpInput): string {
  // The pair is there already when the challenge comes.
  const pair = { secret: one.secret, public: BigInt(`0x${one.publicHex}`), publicHex: one.publicHex };
  const { name: userId, password } = one.login;
  return passwordClaimSignature(nodeDigest, pair, { ...one, userPoolId: POOL, userId, password });
}

function pairs(): Contestant[] {
  const { name, password } = inputs[0]!.login;
  return [
    each(OURS, ({ secret }) => srpKeyPair(nodeDigest, secret).publicHex),
    {
      // It takes no secret from outside: a random one each time, as long as the others'.
      name: HELPER,
      run: () => {
        const { smallA, largeA } = createSrpSession(name, password, POOL, false);
        assert.ok(smallA.length > 250 && largeA.length > 760);
      },
    },
    each(AMPLIFY, ({ secret }) => keyPairByAmplify(secret)),
  ];
}

function signatures(): Contestant[] {
  return [each(OURS, ours), each(HELPER, userBySrpHelper), each(AMPLIFY, byAmplify)];
}

function devices(): Contestant[] {
  const [group, key] = ['-group1', `us-east-1_${createHash('md5').digest('hex')}`];
  return [
    each(OURS, () => deviceSecret(nodeDigest, { deviceKey: key, deviceGroupKey: group }).passwordVerifier),
    each(HELPER, () => createDeviceVerifier(key, group).DeviceSecretVerifierConfig.PasswordVerifier ?? ''),
    each(AMPLIFY, () => deviceSecretByAmplify(group, key).passwordVerifier),
  ];
}

/** Goes from one input to the next, all contestants through the same list. */
function each(name: string, compute: (one: SrpInput) => string): Contestant {
  let at = 0;
  return {
    name,
    run: () => {
      const one = inputs[at++ % inputs.length]!;
      assert.ok(compute(one).length > 40);
    },
  };
}

function ratios(what: string, placings: readonly Placing[]): string {
  const [first, ...others] = placings.map(({ name, total }) => ({ name, median: total.median }));
  const parts = others.map(
    ({ name, median }) => `${(median / (first?.median ?? 1)).toFixed(1)} × with ${name}`,
  );
  return `${what}: ${parts.join(', ')}.`;
}

function integer(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
