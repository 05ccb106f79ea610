import {
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { WorkbenchError } from '../core/errors';

/** A key as somebody pasted it. */
export interface PastedKey {
  readonly kty: 'RSA' | 'EC' | 'OKP' | 'oct';
  /** `P-256`, `Ed25519`. */
  readonly crv?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly keyOps?: readonly unknown[];
  /** Made on demand: a set may have thousands. Throws where the numbers make no key. */
  readonly load: () => KeyObject;
}

/** What a text is taken for that is neither JSON nor PEM: the secret of HS256 and the like, and how it is written. */
export type SecretForm = 'utf8' | 'base64' | 'hex';

/** Why a text holds no keys. */
export type KeysFault = 'empty' | 'too-large' | 'json' | 'no-keys' | 'pem' | 'unknown-form';

const MAX_CHARACTERS = 16 * 1024 * 1024;
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  secp256k1: 'secp256k1',
};

/**
 * Reads a JWK Set, one JWK, a list of JWKs (RFC 7517), or PEM: public keys, certificates, and private keys, of which
 * only the public half is used. Anything else is a shared secret if `secret` says how it is written. Keys of unknown kinds
 * are passed over. Throws WorkbenchError `token.keys-unavailable` (`data.reason`: KeysFault), which holds nothing of the text.
 */
export function readKeys(text: string, secret?: SecretForm): PastedKey[] {
  const trimmed = text.length > MAX_CHARACTERS ? text : text.trim();
  if (trimmed.length > MAX_CHARACTERS) throw unavailable('too-large');
  if (trimmed === '') throw unavailable('empty');
  if (trimmed.includes('-----BEGIN ')) return fromPem(trimmed);
  if (/^[{[]/.test(trimmed)) return fromJson(trimmed);
  if (secret === undefined) throw unavailable('unknown-form');
  const bytes = Buffer.from(trimmed, secret);
  return [{ kty: 'oct', load: () => createSecretKey(bytes) }];
}

function fromJson(text: string): PastedKey[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unavailable('json');
  }
  const inner = isRecord(value) && Array.isArray(value['keys']) ? (value['keys'] as unknown[]) : value;
  const keys = (Array.isArray(inner) ? inner : [inner]).flatMap((jwk) => fromJwk(jwk));
  if (keys.length === 0) throw unavailable('no-keys');
  return keys;
}

const MEMBERS = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'], oct: ['k'] } as const;

function fromJwk(jwk: unknown): PastedKey[] {
  if (!isRecord(jwk)) return [];
  const kty = jwk['kty'];
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP' && kty !== 'oct') return [];
  const { crv, kid, alg, use, key_ops: keyOps } = jwk;
  const load = (): KeyObject => {
    if (kty === 'oct') {
      const { k } = jwk;
      if (typeof k !== 'string' || !/^[\w-]+={0,2}$/.test(k)) throw new Error('no octets');
      return createSecretKey(Buffer.from(k, 'base64url'));
    }
    // Of a private key only the public members are taken.
    const members = MEMBERS[kty].map((name) => [name, jwk[name]] as const);
    const key: JsonWebKey = { kty, ...Object.fromEntries(members) };
    return createPublicKey({ key, format: 'jwk' });
  };
  return [
    {
      kty,
      ...(typeof crv === 'string' ? { crv } : {}),
      ...(typeof kid === 'string' ? { kid } : {}),
      ...(typeof alg === 'string' ? { alg } : {}),
      ...(typeof use === 'string' ? { use } : {}),
      ...(Array.isArray(keyOps) ? { keyOps } : {}),
      load,
    },
  ];
}

const MAX_PEM = 1000;

function fromPem(text: string): PastedKey[] {
  const keys: PastedKey[] = [];
  let at = text.indexOf('-----BEGIN ');
  for (let count = 0; at !== -1 && count < MAX_PEM; count += 1) {
    const label = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text.slice(at, at + 60))?.[1];
    const close = label === undefined ? -1 : text.indexOf(`-----END ${label}-----`, at);
    if (label === undefined || close === -1) throw unavailable('pem');
    const end = close + `-----END ${label}-----`.length;
    // Curves stand in a block of their own before OpenSSL's private keys.
    if (label !== 'EC PARAMETERS') keys.push(keyOfPem(label, text.slice(at, end)));
    at = text.indexOf('-----BEGIN ', end);
  }
  if (keys.length === 0) throw unavailable('no-keys');
  return keys;
}

function keyOfPem(label: string, pem: string): PastedKey {
  // Pasted out of a JSON string or an indented block.
  const text = pem
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n')
    .replace(/^[ \t]+/gm, '');
  let key: KeyObject;
  try {
    key = label.endsWith('CERTIFICATE') ? new X509Certificate(text).publicKey : createPublicKey(text);
  } catch {
    throw unavailable('pem');
  }
  const load = (): KeyObject => key;
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      return { kty: 'RSA', load };
    case 'ec':
      return { kty: 'EC', crv: CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'unknown', load };
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519', load };
    case 'ed448':
      return { kty: 'OKP', crv: 'Ed448', load };
    default:
      throw unavailable('no-keys');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unavailable(reason: KeysFault): WorkbenchError {
  return new WorkbenchError('token.keys-unavailable', `the given text holds no keys: ${reason}`, { reason });
}
