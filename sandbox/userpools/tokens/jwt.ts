import { sign, verify } from 'node:crypto';
import { isRecord } from '../../kernel/input';
import type { SigningKey } from './pool-keys';

export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signedPart: string;
  readonly signature: Buffer;
}

export function signJwt(key: SigningKey, claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  const signedPart = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${signedPart}.${sign('RSA-SHA256', Buffer.from(signedPart), key.privateKey).toString('base64url')}`;
}

/** The parts of a compact JWS, not verified; undefined for anything that has not its form. */
export function decodeJwt(token: string): DecodedJwt | undefined {
  const parts = token.split('.');
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) return undefined;
  const parsed = { header: parse(header), claims: parse(claims) };
  if (parsed.header === undefined || parsed.claims === undefined) return undefined;
  return {
    header: parsed.header,
    claims: parsed.claims,
    signedPart: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** RS256 by this key and no other: the header's algorithm and key id must be the key's own. */
export function isSignedBy(key: SigningKey, jwt: DecodedJwt): boolean {
  if (jwt.header['alg'] !== 'RS256' || jwt.header['kid'] !== key.kid) return false;
  return verify('RSA-SHA256', Buffer.from(jwt.signedPart), key.publicKey, jwt.signature);
}

function parse(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
