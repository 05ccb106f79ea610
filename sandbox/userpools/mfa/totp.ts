import { createHmac, randomBytes } from 'node:crypto';
import { sameSecret } from '../../kernel/secrets';
import type { TotpSecret } from '../model';

/** Time-based codes of RFC 6238 as authenticator apps make them: SHA-1, six digits, 30 seconds. */

const STEP_MS = 30_000;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret: 32 bytes in base32 without padding, 52 characters as AWS gives them. */
export function newTotpSecret(): string {
  let bits = '';
  for (const byte of randomBytes(32)) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The step of a right code, at most one step off; undefined for a wrong one. */
export function totpStep(secret: string, code: string, now: number): number | undefined {
  const current = Math.floor(now / STEP_MS);
  return [current, current - 1, current + 1].find((step) => sameSecret(totpCode(secret, step), code));
}

/** Takes a code: each is good for one time, and none that is older than the last one taken. */
export function takeTotp(totp: TotpSecret, code: string, now: number): 'right' | 'used' | 'wrong' {
  const step = totpStep(totp.secret, code, now);
  if (step === undefined) return 'wrong';
  if (step <= totp.lastStep) return 'used';
  totp.lastStep = step;
  return 'right';
}

function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function decodeBase32(text: string): Buffer {
  let bits = '';
  for (const character of text) bits += BASE32.indexOf(character).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}
