import assert from 'node:assert/strict';
import { createHmac, getDiffieHellman, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import {
  modPow,
  padHex,
  passwordClaimSignature,
  srpKeyPair,
  type SrpChallenge,
} from '../../../../src/core/signin/srp';
import { nodeDigest } from '../../../../src/node/digest';
import {
  byAmplify as amplifySignature,
  N,
  userBySrpHelper,
  type SrpInput,
} from '../../../support/srp-oracles';

const POOL_NAME = 'Sandbox01';
const TIMESTAMP = 'Sun Nov 1 02:06:31 UTC 2026';

interface Attempt {
  readonly secret: bigint;
  readonly challenge: SrpChallenge;
}

function attempt(
  over: Partial<SrpChallenge> = {},
  secret = BigInt(`0x${randomBytes(128).toString('hex')}`),
): Attempt {
  const challenge: SrpChallenge = {
    userPoolId: `us-east-1_${POOL_NAME}`,
    userId: randomBytes(8).toString('hex'),
    password: `${randomBytes(randomInt(1, 20)).toString('base64')} pässwörd🔑`,
    saltHex: randomBytes(16).toString('hex'),
    serverPublicHex: (BigInt(`0x${randomBytes(384).toString('hex')}`) % N).toString(16),
    secretBlock: randomBytes(randomInt(20, 400)).toString('base64'),
    timestamp: TIMESTAMP,
    ...over,
  };
  return { secret, challenge };
}

function ours({ secret, challenge }: Attempt): string {
  return passwordClaimSignature(nodeDigest, srpKeyPair(nodeDigest, secret), challenge);
}

/** The same attempt, for the libraries. */
function forThem({ secret, challenge }: Attempt): SrpInput {
  const login = { group: POOL_NAME, name: challenge.userId, password: challenge.password };
  return { ...challenge, secret, publicHex: srpKeyPair(nodeDigest, secret).publicHex, login };
}

const bySrpHelper = (one: Attempt): string => userBySrpHelper(forThem(one));
const byAmplify = (one: Attempt): string => amplifySignature(forThem(one));

/** What a server that knows only the verifier computes (RFC 5054): S = (A * v^u)^b. */
function byServer(salt: bigint, serverSecret: bigint, { secret, challenge }: Attempt): string {
  const bytes = (value: bigint): Buffer => Buffer.from(padHex(value), 'hex');
  const hash = (...parts: Uint8Array[]): bigint =>
    BigInt(`0x${Buffer.from(nodeDigest.sha256(Buffer.concat(parts))).toString('hex')}`);
  const login = nodeDigest.sha256(Buffer.from(`${POOL_NAME}${challenge.userId}:${challenge.password}`));
  const verifier = modPow(2n, hash(bytes(salt), login));
  const clientPublic = srpKeyPair(nodeDigest, secret).public;
  const u = hash(bytes(clientPublic), bytes(BigInt(`0x${challenge.serverPublicHex}`)));
  const premaster = modPow(clientPublic * modPow(verifier, u), serverSecret);
  const key = Buffer.from(hkdfSync('sha256', bytes(premaster), bytes(u), 'Caldera Derived Key', 16));
  return createHmac('sha256', key)
    .update(POOL_NAME + challenge.userId)
    .update(Buffer.from(challenge.secretBlock, 'base64'))
    .update(challenge.timestamp)
    .digest('base64');
}

function serverPublic(salt: bigint, serverSecret: bigint, userId: string, password: string): string {
  const login = nodeDigest.sha256(Buffer.from(`${POOL_NAME}${userId}:${password}`));
  const x = nodeDigest.sha256(Buffer.concat([Buffer.from(padHex(salt), 'hex'), login]));
  const k = BigInt('0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6');
  const verifier = modPow(2n, BigInt(`0x${Buffer.from(x).toString('hex')}`));
  return ((k * verifier + modPow(2n, serverSecret)) % N).toString(16);
}

describe('SRP', () => {
  it('pads integers as Java does', () => {
    assert.deepEqual(
      [0n, 1n, 0x14n, 0x7fn, 0x80n, 0xecn, 0x100n, 0x8000n].map((value) => padHex(value)),
      ['00', '01', '14', '7f', '0080', '00ec', '0100', '008000'],
    );
  });

  it('agrees with node about g^a mod N of the 3072-bit group', () => {
    const group = getDiffieHellman('modp15');
    group.generateKeys();
    const pair = srpKeyPair(nodeDigest, BigInt(`0x${group.getPrivateKey('hex')}`));
    assert.equal(pair.public, BigInt(`0x${group.getPublicKey('hex')}`));
  });

  it('takes 1024 random bits for a, anew each time', () => {
    const [one, two] = [srpKeyPair(nodeDigest), srpKeyPair(nodeDigest)];
    assert.notEqual(one.secret, two.secret);
    assert.ok(one.secret.toString(2).length > 900 && one.secret < 1n << 1024n);
    assert.equal(BigInt(`0x${one.publicHex}`), one.public);
  });

  // With their own powers, which take their time; oracles.test.ts has the many inputs.
  it('signs as cognito-srp-helper and amazon-cognito-identity-js do', function () {
    this.timeout(120_000);
    for (let round = 0; round < 12; round += 1) {
      const secret = BigInt(`0x${randomBytes(round < 2 ? 128 : 16).toString('hex')}`);
      const input = attempt({}, secret);
      const expected = round % 2 === 0 ? bySrpHelper(input) : byAmplify(input);
      assert.equal(ours(input), expected, JSON.stringify({ ...input, secret: String(secret) }));
    }
  });

  const edges: Record<string, Partial<SrpChallenge>> = {
    'a salt with leading zero bytes': { saltHex: `0000${randomBytes(14).toString('hex')}` },
    'a salt of odd length': { saltHex: `7${randomBytes(7).toString('hex')}` },
    'a salt whose first bit is set': { saltHex: `f${randomBytes(15).toString('hex')}0` },
    'a salt of zero': { saltHex: '00' },
    'a B with leading zero bytes': { serverPublicHex: `0000${randomBytes(382).toString('hex')}` },
    'a B of odd length': { serverPublicHex: `9${randomBytes(370).toString('hex')}` },
    'a B of one': { serverPublicHex: '1' },
    'a B just below N': { serverPublicHex: (N - 1n).toString(16) },
    'an empty password': { password: '' },
    'a password with blanks and a colon': { password: '  a:b  ' },
  };
  for (const [name, over] of Object.entries(edges)) {
    it(`agrees with both on ${name}`, () => {
      const input = attempt(over, BigInt(`0x${randomBytes(16).toString('hex')}`));
      assert.deepEqual([ours(input), ours(input)], [bySrpHelper(input), byAmplify(input)]);
    });
  }

  it('agrees with a server that knows the verifier only', () => {
    for (let round = 0; round < 5; round += 1) {
      const salt = BigInt(`0x${randomBytes(16).toString('hex')}`) >> BigInt(round * 5);
      const serverSecret = BigInt(`0x${randomBytes(32).toString('hex')}`);
      const [userId, password] = ['7f3c-user', `right ${round}`];
      const input = attempt({
        userId,
        password,
        saltHex: salt.toString(16),
        serverPublicHex: serverPublic(salt, serverSecret, userId, password),
      });
      assert.equal(ours(input), byServer(salt, serverSecret, input));
      const wrong = { ...input, challenge: { ...input.challenge, password: 'wrong' } };
      assert.notEqual(ours(wrong), byServer(salt, serverSecret, input));
    }
  });

  const unusable: Record<string, Partial<SrpChallenge>> = {
    'a B of zero': { serverPublicHex: '0000' },
    'a B that is N': { serverPublicHex: N.toString(16) },
    'a B that is no hex': { serverPublicHex: 'xyz' },
    'no B': { serverPublicHex: '' },
    'a salt that is no hex': { saltHex: '-1' },
    'a secret block that is no base64': { secretBlock: '%%%' },
  };
  for (const [name, over] of Object.entries(unusable)) {
    it(`refuses ${name}`, () => {
      assert.throws(() => ours(attempt(over)), { code: 'signin.protocol' });
    });
  }
});
