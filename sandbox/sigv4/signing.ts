import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export const EMPTY_SHA256 = sha256Hex('');

export function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** The key that signs for one day, region and service. */
export function signingKey(secretAccessKey: string, scope: Scope): Buffer {
  const chain = [scope.date, scope.region, scope.service, 'aws4_request'];
  return chain.reduce<Buffer>((key, text) => hmac(key, text), Buffer.from(`AWS4${secretAccessKey}`, 'utf8'));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** Signature in lower-case hex of the lines, joined by newlines. */
export function sign(key: Buffer, lines: readonly string[]): string {
  return hmac(key, lines.join('\n')).toString('hex');
}

/** Compares in a time that tells nothing about where the two differ. */
export function sameSignature(given: string, expected: string): boolean {
  const a = Buffer.from(given, 'utf8');
  const b = Buffer.from(expected, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}
