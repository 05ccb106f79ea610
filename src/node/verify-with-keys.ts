import {
  constants,
  createHmac,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';
import { decodeJws, type Jws } from '../core/tokens/jws';
import type { KeyFault, KeyFinding } from '../core/tokens/judge-keys';
import { type PastedKey, readKeys, type SecretForm } from './pasted-keys';

/** Keys that are tried where the token does not say which one it is. */
const MAX_TRIES = 100;

interface Algorithm {
  readonly kty: PastedKey['kty'];
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  readonly curves?: readonly string[];
  /** Bytes of the signature, where they are fixed. */
  readonly bytes?: number;
  readonly pss?: true;
}

/** RFC 7518, 8037, 8812, 9864. Not in it: `none`. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  HS256: { kty: 'oct', hash: 'sha256', bytes: 32 },
  HS384: { kty: 'oct', hash: 'sha384', bytes: 48 },
  HS512: { kty: 'oct', hash: 'sha512', bytes: 64 },
  RS256: { kty: 'RSA', hash: 'sha256' },
  RS384: { kty: 'RSA', hash: 'sha384' },
  RS512: { kty: 'RSA', hash: 'sha512' },
  PS256: { kty: 'RSA', hash: 'sha256', pss: true },
  PS384: { kty: 'RSA', hash: 'sha384', pss: true },
  PS512: { kty: 'RSA', hash: 'sha512', pss: true },
  ES256: { kty: 'EC', hash: 'sha256', curves: ['P-256'], bytes: 64 },
  ES256K: { kty: 'EC', hash: 'sha256', curves: ['secp256k1'], bytes: 64 },
  ES384: { kty: 'EC', hash: 'sha384', curves: ['P-384'], bytes: 96 },
  ES512: { kty: 'EC', hash: 'sha512', curves: ['P-521'], bytes: 132 },
  EdDSA: { kty: 'OKP', curves: ['Ed25519', 'Ed448'] },
  Ed25519: { kty: 'OKP', curves: ['Ed25519'] },
  Ed448: { kty: 'OKP', curves: ['Ed448'] },
};

/**
 * Checks a token's signature with keys that somebody pasted (see readKeys), for issuers whose keys are not fetched. The
 * kind of key decides what it may check: a public key never serves as the secret of HS256. Only the signature is
 * looked at, not the claims. Throws WorkbenchError `token.malformed`, `token.too-large`, `token.keys-unavailable`.
 */
export function verifyWithKeys(token: string, keysText: string, secret?: SecretForm): KeyFinding {
  const jws = decodeJws(token);
  const keys = readKeys(keysText, secret);
  return check(jws, keys);
}

function check(jws: Jws | undefined, keys: readonly PastedKey[]): KeyFinding {
  const alg = textOf(jws?.header['alg']);
  const kid = textOf(jws?.header['kid']);
  const given = kindsOf(keys);
  const no = (reason: KeyFault): KeyFinding => ({ ok: false, reason, alg, kid, given });

  if (jws === undefined) return no('encrypted');
  if (/^none$/i.test(alg) || jws.signature.length === 0) return no('unsigned');
  if (jws.header['crit'] !== undefined) return no('critical-header');
  const algorithm = Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined) return no('unsupported-algorithm');

  const named = namedKeys(keys, kid);
  if (named.length === 0) return no('unknown-key');
  const fitting = named.filter((key) => fits(key, algorithm));
  if (fitting.length === 0) return no(algorithm.kty === 'oct' ? 'key-confusion' : 'no-fitting-key');
  const allowed = fitting.filter((key) => isMeantFor(key, alg));
  if (allowed.length === 0) return no('key-not-for-this');
  if (allowed.length > MAX_TRIES) return no('too-many-keys');

  const reasons = new Set<KeyFault>();
  for (const key of allowed) {
    const found = tryKey(jws, algorithm, key);
    if (typeof found !== 'string') {
      return { ok: true, alg, ...(key.kid === undefined ? {} : { kid: key.kid }), ...found };
    }
    reasons.add(found);
  }
  // The gravest, where several keys failed.
  const worst = (['key-confusion', 'bad-signature', 'no-fitting-key'] as const).find((one) =>
    reasons.has(one),
  );
  return no(worst ?? 'unusable-key');
}

/** The keys that the token names. Keys without an ID, and a key that was given alone, may be it. */
function namedKeys(keys: readonly PastedKey[], kid: string): readonly PastedKey[] {
  if (kid === '' || keys.length === 1) return keys;
  const same = keys.filter((key) => key.kid === kid);
  return same.length > 0 ? same : keys.filter((key) => key.kid === undefined);
}

function fits(key: PastedKey, { kty, curves }: Algorithm): boolean {
  return key.kty === kty && (curves === undefined || (key.crv !== undefined && curves.includes(key.crv)));
}

/** RFC 7517, 4.2 to 4.4. A key of `EdDSA` is one of `Ed25519` as well. */
function isMeantFor({ use, keyOps, alg: ofKey }: PastedKey, alg: string): boolean {
  const edwards = (name: string): boolean => /^Ed/.test(name);
  return (
    (use === undefined || use === 'sig') &&
    (keyOps === undefined || keyOps.includes('verify')) &&
    (ofKey === undefined || ofKey === alg || (edwards(ofKey) && edwards(alg)))
  );
}

type Tried = { readonly key: string; readonly weak: boolean } | KeyFault;

function tryKey(jws: Jws, algorithm: Algorithm, pasted: PastedKey): Tried {
  let key: KeyObject;
  try {
    key = pasted.load();
  } catch {
    return 'unusable-key';
  }
  const data = Buffer.from(jws.signingInput);
  const { signature } = jws;
  if (algorithm.bytes !== undefined && signature.length !== algorithm.bytes) return 'bad-signature';
  if (algorithm.kty === 'oct') return trySecret(data, signature, algorithm, key);
  // An rsa-pss key is for PS256 and the like alone.
  if (key.asymmetricKeyType === 'rsa-pss' && algorithm.pss !== true) return 'no-fitting-key';
  if (!isSignatureOf(data, signature, algorithm, key)) return 'bad-signature';
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return bits === undefined
    ? { key: `${pasted.kty}, ${pasted.crv ?? ''}`, weak: false }
    : { key: `RSA, ${bits} bits`, weak: bits < 2048 };
}

function trySecret(
  data: Buffer,
  signature: Uint8Array,
  { hash = 'sha256', bytes = 0 }: Algorithm,
  key: KeyObject,
): Tried {
  const octets = key.export();
  // The same confusion in disguise: a public key, wrapped as a secret.
  if (isPublicKey(octets)) return 'key-confusion';
  const expected = createHmac(hash, key).update(data).digest();
  if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) return 'bad-signature';
  return { key: `oct, ${octets.length * 8} bits`, weak: octets.length < bytes };
}

/** PEM, JWK, or the bytes of either in DER. */
function isPublicKey(octets: Buffer): boolean {
  if (/-----BEGIN |"kty"\s*:/.test(octets.toString('latin1'))) return true;
  // Each form of DER is a sequence.
  if (octets[0] !== 0x30) return false;
  const forms = [
    () => createPublicKey({ key: octets, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: octets, format: 'der', type: 'pkcs1' }),
    () => new X509Certificate(octets),
  ];
  return forms.some((read) => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  });
}

function isSignatureOf(
  data: Buffer,
  signature: Uint8Array,
  { hash, pss, kty }: Algorithm,
  key: KeyObject,
): boolean {
  const options =
    kty === 'EC'
      ? ({ key, dsaEncoding: 'ieee-p1363' } as const)
      : pss === true
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : { key };
  try {
    return verify(hash ?? null, data, options, signature);
  } catch {
    // OpenSSL refuses some forged numbers by an error of its own.
    return false;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function kindsOf(keys: readonly PastedKey[]): string {
  const kinds = new Set(keys.map(({ kty, crv }) => (crv === undefined ? kty : `${kty} ${crv}`)));
  return [...kinds].slice(0, 8).join(', ');
}
