import type { DecodedToken } from './decode';
import { findTokens, type TokenHit, tokenText } from './find';
import { timeOf } from './judge-times';
import { decodedOrNot } from './token-at';

/** A secret that can be used as it stands. */
export interface Leak {
  readonly kind: 'token' | 'access-key';
  /** Offsets of the token, or of the access key ID. */
  readonly start: number;
  readonly end: number;
  /** Of an access key: its secret. */
  readonly secret?: { readonly start: number; readonly end: number };
}

const MAX_LEAKS = 100;
/** Characters between an access key ID and its secret. */
const NEARBY = 400;

const KEY_ID = /(?<![A-Za-z0-9])ASIA[A-Z0-9]{16}(?![A-Za-z0-9])/g;
const SECRET = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/**
 * Tokens of a text that are signed and not expired (encrypted ones, as refresh tokens are, count), and temporary access
 * keys with their secret nearby; the first 100. `hits`: the tokens of the text, where they have been found already.
 */
export function findLeaks(text: string, nowMs: number, hits: readonly TokenHit[] = findTokens(text)): Leak[] {
  const leaks: Leak[] = [];
  for (const hit of hits) {
    if (leaks.length >= MAX_LEAKS) return leaks;
    const decoded = decodedOrNot(tokenText(text, hit));
    if (decoded && isLive(decoded, nowMs)) leaks.push({ kind: 'token', start: hit.start, end: hit.end });
  }
  for (const found of text.matchAll(KEY_ID)) {
    if (leaks.length >= MAX_LEAKS) return leaks;
    const secret = found[0].endsWith('EXAMPLE') ? undefined : secretNear(text, found.index, hits);
    if (secret) leaks.push({ kind: 'access-key', start: found.index, end: found.index + 20, secret });
  }
  return leaks;
}

/** Whether someone may use the token now. One without an end is no token of Cognito, and mostly an example. */
export function isLive(decoded: DecodedToken, nowMs: number): boolean {
  if (decoded.encrypted) return true;
  const end = timeOf(decoded.claims.exp);
  return decoded.signature !== '' && end !== undefined && end > nowMs;
}

function secretNear(text: string, keyId: number, hits: readonly TokenHit[]): Leak['secret'] {
  const from = Math.max(0, keyId - NEARBY);
  const found = [...text.slice(from, keyId + 20 + NEARBY).matchAll(SECRET)]
    .map(({ 0: secret, index }) => ({ secret, start: from + index, end: from + index + secret.length }))
    .filter(
      ({ secret, start }) => isRandom(secret) && !hits.some((hit) => hit.start <= start && start < hit.end),
    )
    .sort((a, b) => Math.abs(a.start - keyId) - Math.abs(b.start - keyId));
  const [nearest] = found;
  return nearest && { start: nearest.start, end: nearest.end };
}

/** Not a hash in hex, not a word of one case, not AWS's own example. */
const isRandom = (text: string): boolean =>
  /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9/+]/.test(text) && !text.endsWith('EXAMPLEKEY');
