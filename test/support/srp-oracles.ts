import assert from 'node:assert/strict';
import { createHmac, getDiffieHellman } from 'node:crypto';
import { createRequire } from 'node:module';
import { createSrpSession, signSrpSession, signSrpSessionWithDevice } from 'cognito-srp-helper';
import type { SrpLogin } from '../../src/core/signin/srp';

/** What the server's challenge holds, and the client's side of it. */
export interface SrpInput {
  readonly secret: bigint;
  readonly publicHex: string;
  readonly login: SrpLogin;
  readonly saltHex: string;
  readonly serverPublicHex: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** The group's prime, by node. */
export const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);

interface Integer {
  toString(radix: number): string;
}
type IntegerClass = (new (hex: string, radix: number) => Integer) & {
  prototype: { modPow: (...rest: never[]) => unknown };
};
interface AmplifyHelper {
  poolName: string;
  smallAValue: unknown;
  largeAValue: unknown;
  randomPassword: string;
  SaltToHashDevices: string;
  verifierDevices: string;
  calculateA(secret: unknown, callback: (error: unknown, value: Integer) => void): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverB: unknown,
    salt: unknown,
    callback: (error: unknown, key: Uint8Array) => void,
  ): void;
  generateHashDevice(groupKey: string, deviceKey: string, callback: (error: unknown) => void): void;
}

const load = createRequire(__filename);
const { default: AuthenticationHelper } = load('amazon-cognito-identity-js/lib/AuthenticationHelper.js') as {
  default: new (poolName: string) => AmplifyHelper;
};
const { default: BigInteger } = load('amazon-cognito-identity-js/lib/BigInteger.js') as {
  default: IntegerClass;
};
const { BigInteger: HelperInteger } = createRequire(load.resolve('cognito-srp-helper'))('jsbn') as {
  BigInteger: IntegerClass;
};
const helper = new AuthenticationHelper('set for each input');

/** PASSWORD_CLAIM_SIGNATURE of a user, by cognito-srp-helper. */
export function userBySrpHelper(input: SrpInput): string {
  const { group, name, password } = input.login;
  const session = { ...createdSession(input), password, isHashed: false };
  return signSrpSession(
    { ...session, poolId: `us-east-1_${group}`, poolIdAbbr: group },
    { ChallengeParameters: { ...parametersOf(input), USER_ID_FOR_SRP: name } },
  ).passwordSignature;
}

/** The same of a device. */
export function deviceBySrpHelper(input: SrpInput): string {
  const { group, name, password } = input.login;
  const response = { ChallengeParameters: { ...parametersOf(input), DEVICE_KEY: name } };
  return signSrpSessionWithDevice(createdSession(input), response, group, password).passwordSignature;
}

/** The same of either, by amazon-cognito-identity-js. */
export function byAmplify({ secret, publicHex, login, ...challenge }: SrpInput): string {
  helper.poolName = login.group;
  helper.smallAValue = new BigInteger(secret.toString(16), 16);
  helper.largeAValue = new BigInteger(publicHex, 16);
  const serverB = new BigInteger(challenge.serverPublicHex, 16);
  const salt = new BigInteger(challenge.saltHex, 16);
  let key: Uint8Array = new Uint8Array();
  helper.getPasswordAuthenticationKey(login.name, login.password, serverB, salt, (error, value) => {
    assert.equal(error, null);
    key = value;
  });
  return createHmac('sha256', key)
    .update(login.group + login.name)
    .update(Buffer.from(challenge.secretBlock, 'base64'))
    .update(challenge.timestamp)
    .digest('base64');
}

/** A of a given secret in hex, by amazon-cognito-identity-js. */
export function keyPairByAmplify(secret: bigint): string {
  let hex = '';
  helper.calculateA(new BigInteger(secret.toString(16), 16), (error, value) => {
    assert.equal(error, null);
    hex = value.toString(16);
  });
  return hex;
}

/** A device's secret as amazon-cognito-identity-js makes it, with what it would send to ConfirmDevice. */
export function deviceSecretByAmplify(
  groupKey: string,
  deviceKey: string,
): { password: string; salt: string; passwordVerifier: string } {
  helper.generateHashDevice(groupKey, deviceKey, (error) => assert.equal(error, null));
  const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
  return {
    password: helper.randomPassword,
    salt: base64(helper.SaltToHashDevices),
    passwordVerifier: base64(helper.verifierDevices),
  };
}

/**
 * Lets both libraries raise to powers with BigInt, which spares them nine tenths of their time and nothing of what they
 * do with the result; that their own powers are the same is tested without this. Answers how to end it.
 */
export function withFastPowers(): () => void {
  const ends = [BigInteger, HelperInteger].map((type) => {
    const own = type.prototype.modPow;
    const make = (value: bigint): Integer => new type(value.toString(16), 16);
    const fast = function (
      this: Integer,
      exponent: Integer,
      modulus: Integer,
      callback?: (error: null, result: Integer) => void,
    ): Integer {
      const result = make(power(integerOf(this), integerOf(exponent), integerOf(modulus)));
      callback?.(null, result);
      return result;
    };
    type.prototype.modPow = fast;
    return () => {
      type.prototype.modPow = own;
    };
  });
  return () => ends.forEach((end) => end());
}

function integerOf(value: Integer): bigint {
  const hex = value.toString(16);
  return hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, ((base % modulus) + modulus) % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const template = createSrpSession('user', 'password', 'us-east-1_Pool', false);

function createdSession({ timestamp, secret, publicHex }: SrpInput): typeof template {
  return { ...template, timestamp, smallA: secret.toString(16), largeA: publicHex };
}

function parametersOf({ saltHex, secretBlock, serverPublicHex }: SrpInput): Record<string, string> {
  return { SALT: saltHex, SECRET_BLOCK: secretBlock, SRP_B: serverPublicHex };
}
