import { randomBytes } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What every session token of AWS begins with, so that a look at one tells what it is. */
const SESSION_TOKEN_MARK = 'IQoJb3JpZ2luX2Vj';

/** `ASIA` or another four-letter kind, and sixteen random characters: the form of all unique ids of IAM. */
export function newUniqueId(kind: 'ASIA' | 'AROA' | 'ANPA'): string {
  const tail = [...randomBytes(16)].map((byte) => BASE32[byte % BASE32.length]).join('');
  return kind + tail;
}

/** Forty characters of base64. */
export function newSecretAccessKey(): string {
  return randomBytes(30).toString('base64');
}

/** Several hundred characters, with `+`, `/` and `=` among them, as they come from STS. */
export function newSessionToken(): string {
  return SESSION_TOKEN_MARK + randomBytes(400).toString('base64');
}
