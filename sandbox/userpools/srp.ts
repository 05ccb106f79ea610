import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import type { PasswordRecord } from './model';

/** The server's side of SRP-6a as user pools speak it: RFC 3526 group 15, SHA-256, "Caldera Derived Key". */

const N = BigInt('0x' + getDiffieHellman('modp15').getPrime('hex'));
const G = 2n;
const K = hashToInt(Buffer.concat([signedBytes(N), signedBytes(G)]));

export interface SrpChallenge {
  /** B, the public value, as hex. */
  readonly publicHex: string;
  /** The key that a client with the right password arrives at. */
  readonly key: Buffer;
}

/** Salt and verifier of a password; `poolName` is what follows `_` in the pool's id. */
export function makePasswordRecord(poolName: string, username: string, password: string): PasswordRecord {
  const salt = randomBytes(16).toString('hex');
  return { salt, verifier: verifierOf(poolName, username, password, salt) };
}

/** As `makePasswordRecord`, but the verifier is computed when it is first needed. For passwords that are no secret. */
export function makeLazyPasswordRecord(poolName: string, username: string, password: string): PasswordRecord {
  const salt = randomBytes(16).toString('hex');
  let verifier: bigint | undefined;
  return {
    salt,
    get verifier() {
      return (verifier ??= verifierOf(poolName, username, password, salt));
    },
  };
}

export function matchesPassword(
  record: PasswordRecord,
  poolName: string,
  username: string,
  password: string,
): boolean {
  return verifierOf(poolName, username, password, record.salt) === record.verifier;
}

/** A verifier that was made elsewhere, from its bytes; undefined where no password can have made it. */
export function readVerifier(verifier: Buffer, salt: Buffer): PasswordRecord | undefined {
  if (verifier.length === 0 || verifier.length > 400 || salt.length === 0 || salt.length > 100)
    return undefined;
  const value = BigInt(`0x${verifier.toString('hex')}`);
  if (value <= 1n || value >= N - 1n) return undefined;
  return { salt: salt.toString('hex'), verifier: value };
}

/** True for a public value that a client may send: hex, shorter than the group, and not 0 modulo N. */
export function isUsablePublicValue(hex: string): boolean {
  return /^[0-9a-fA-F]{1,800}$/.test(hex) && BigInt('0x' + hex) % N !== 0n;
}

/** Answers a client's public value A (hex, checked by `isUsablePublicValue`). */
export function answerPublicValue(record: PasswordRecord, publicHex: string): SrpChallenge {
  const clientPublic = BigInt('0x' + publicHex);
  for (;;) {
    const secret = BigInt('0x' + randomBytes(32).toString('hex'));
    const serverPublic = (K * record.verifier + power(G, secret)) % N;
    const u = hashToInt(Buffer.concat([signedBytes(clientPublic), signedBytes(serverPublic)]));
    if (serverPublic === 0n || u === 0n) continue;
    const shared = power((clientPublic * power(record.verifier, u)) % N, secret);
    const key = hkdfSync('sha256', signedBytes(shared), signedBytes(u), 'Caldera Derived Key', 16);
    return { publicHex: serverPublic.toString(16), key: Buffer.from(key) };
  }
}

/** The signature of a client that knows the password. */
export function passwordClaim(
  key: Buffer,
  poolName: string,
  username: string,
  secretBlock: Buffer,
  timestamp: string,
): string {
  return createHmac('sha256', key)
    .update(poolName, 'utf8')
    .update(username, 'utf8')
    .update(secretBlock)
    .update(timestamp, 'utf8')
    .digest('base64');
}

function verifierOf(poolName: string, username: string, password: string, salt: string): bigint {
  const inner = createHash('sha256').update(`${poolName}${username}:${password}`, 'utf8').digest();
  return power(G, hashToInt(Buffer.concat([signedBytes(BigInt('0x' + salt)), inner])));
}

function hashToInt(bytes: Buffer): bigint {
  return BigInt('0x' + createHash('sha256').update(bytes).digest('hex'));
}

/** As Java's BigInteger.toByteArray: a zero byte in front where the first bit is set. */
function signedBytes(value: bigint): Buffer {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = '0' + hex;
  if (/^[89a-f]/.test(hex)) hex = '00' + hex;
  return Buffer.from(hex, 'hex');
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
