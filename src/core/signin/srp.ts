import { WorkbenchError } from '../errors';
import type { Digest } from '../ports';
import { concatBytes, fromBase64, fromHex, toBase64, toBigInt, utf8 } from './bytes';
import { protocolError } from './parameters';

/**
 * Secure Remote Password as Cognito speaks it (USER_SRP_AUTH): SRP-6a of RFC 5054 with SHA-256 over the 3072-bit
 * MODP group of RFC 3526 (group 15, g = 2). Integers are hashed in the form of Java's BigInteger.toByteArray, and the
 * premaster secret becomes a key through HKDF (RFC 5869) with the info "Caldera Derived Key".
 */
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const G = 2n;
const SECRET_BYTES = 128;
const KEY_BYTES = 16;

/** The client's side of one attempt: the secret `a`, and A = g^a mod N. Never used twice. */
export interface SrpKeyPair {
  readonly secret: bigint;
  readonly public: bigint;
  /** The parameter SRP_A. */
  readonly publicHex: string;
}

export interface SrpChallenge {
  /** The user pool id; its part after `_` enters the hashes. */
  readonly userPoolId: string;
  /** USER_ID_FOR_SRP of the challenge, never the alias that was typed. */
  readonly userId: string;
  readonly password: string;
  /** SALT and SRP_B, hex of any length. */
  readonly saltHex: string;
  readonly serverPublicHex: string;
  /** SECRET_BLOCK, base64. */
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** Hex of a non-negative integer: even length, with `00` before it where the first bit is set. */
export function padHex(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

/** `base ** exponent mod N` for a non-negative base. */
export function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/** A fresh key pair (1024-bit secret), or the one of a given secret. */
export function srpKeyPair(digest: Digest, secret = toBigInt(digest.randomBytes(SECRET_BYTES))): SrpKeyPair {
  const publicKey = modPow(G, secret);
  return { secret, public: publicKey, publicHex: publicKey.toString(16) };
}

/**
 * PASSWORD_CLAIM_SIGNATURE of PASSWORD_VERIFIER, base64. Throws `signin.protocol` where the challenge is not usable: a
 * value that is neither hex nor base64, or a B or u that SRP must refuse (RFC 5054 section 2.5.4).
 */
export function passwordClaimSignature(digest: Digest, pair: SrpKeyPair, challenge: SrpChallenge): string {
  const { userPoolId, userId, password } = challenge;
  const group = userPoolId.slice(userPoolId.indexOf('_') + 1);
  return claimSignature(digest, pair, { group, name: userId, password }, challenge);
}

/** Who proves a secret: a user of a pool, or a device of a device group. */
export interface SrpLogin {
  /** The pool's name (its id after `_`), or the device group key. */
  readonly group: string;
  /** The user name, or the device key. */
  readonly name: string;
  readonly password: string;
}

/** The signature for any login; otherwise as `passwordClaimSignature`. */
export function claimSignature(
  digest: Digest,
  pair: SrpKeyPair,
  login: SrpLogin,
  challenge: Pick<SrpChallenge, 'saltHex' | 'serverPublicHex' | 'secretBlock' | 'timestamp'>,
): string {
  const key = sessionKey(digest, pair, login, challenge);
  const identity = utf8(login.group + login.name);
  const message = concatBytes(identity, secretBlockBytes(challenge.secretBlock), utf8(challenge.timestamp));
  return toBase64(digest.hmacSha256(key, message));
}

/** The verifier that a server keeps in place of the secret: g^x mod N (RFC 5054 section 2.4). */
export function srpVerifier(digest: Digest, login: SrpLogin, salt: bigint): bigint {
  return modPow(G, privateKey(digest, login, salt));
}

function sessionKey(
  digest: Digest,
  pair: SrpKeyPair,
  login: SrpLogin,
  challenge: Pick<SrpChallenge, 'saltHex' | 'serverPublicHex'>,
): Uint8Array {
  const serverPublic = hexInteger('SRP_B', challenge.serverPublicHex);
  if (serverPublic % N === 0n) throw protocolError('SRP_B is zero modulo N');
  const u = hashInteger(digest, padded(pair.public), padded(serverPublic));
  if (u === 0n) throw protocolError('u is zero');
  const k = hashInteger(digest, padded(N), padded(G));
  const x = privateKey(digest, login, hexInteger('SALT', challenge.saltHex));
  // B - k * g^x, kept non-negative: BigInt's remainder takes the sign of the dividend.
  const base = (((serverPublic - k * modPow(G, x)) % N) + N) % N;
  return deriveKey(digest, modPow(base, pair.secret + u * x), u);
}

/** x of RFC 5054, with Cognito's group before the name. */
function privateKey(digest: Digest, { group, name, password }: SrpLogin, salt: bigint): bigint {
  return hashInteger(digest, padded(salt), digest.sha256(utf8(`${group}${name}:${password}`)));
}

function hashInteger(digest: Digest, ...parts: readonly Uint8Array[]): bigint {
  return toBigInt(digest.sha256(concatBytes(...parts)));
}

/** HKDF-SHA256 (RFC 5869) with one block: the premaster secret as key material, u as salt. */
function deriveKey(digest: Digest, premaster: bigint, u: bigint): Uint8Array {
  const pseudoRandomKey = digest.hmacSha256(padded(u), padded(premaster));
  return digest
    .hmacSha256(pseudoRandomKey, concatBytes(utf8('Caldera Derived Key'), Uint8Array.of(1)))
    .slice(0, KEY_BYTES);
}

/** The bytes of Java's BigInteger.toByteArray. */
export function padded(value: bigint): Uint8Array {
  return fromHex(padHex(value));
}

function hexInteger(name: string, hex: string): bigint {
  if (!/^[0-9a-f]+$/i.test(hex)) throw protocolError(`${name} is not hex`);
  return BigInt(`0x${hex}`);
}

function secretBlockBytes(secretBlock: string): Uint8Array {
  try {
    return fromBase64(secretBlock);
  } catch (error) {
    throw new WorkbenchError('signin.protocol', 'SECRET_BLOCK is not base64', {}, error);
  }
}
