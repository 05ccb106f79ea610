import { createHash, timingSafeEqual } from 'node:crypto';

/** Equality in constant time; the lengths do not show either. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** A digest to look a token up by, so that the token itself need not be kept. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}
