import * as l10n from '@vscode/l10n';
import { formatClock, formatDate } from '../time';
import type { DecodedToken } from './decode';
import { findTokens, type TokenHit, tokenText } from './find';
import { timeOf } from './judge-times';
import { nameBefore } from './name-before';
import { isUsable } from './redact-token';
import { isUnsigned, tellToken, whoseLine } from './tell';
import { decodedOrNot } from './token-at';
import { lengthBeforeCut } from './token-shape';

/** A secret that can be used as it stands. */
export interface Leak {
  readonly kind: 'token' | 'access-key';
  /** Of a token. */
  readonly decoded?: DecodedToken;
  /** Offsets of the token, or of the access key ID. */
  readonly start: number;
  readonly end: number;
  /** Of an access key: its secret. */
  readonly secret?: Span;
}

export interface KeyLeak extends Leak {
  readonly kind: 'access-key';
  readonly secret: Span;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const MAX_LEAKS = 100;
/** Characters between an access key ID and its secret. */
const NEARBY = 400;

const KEY_ID = /(?<![A-Za-z0-9])ASIA[A-Z0-9]{16}(?![A-Za-z0-9])/g;
const SECRET = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/**
 * Tokens of a text that are signed, whole and not expired (encrypted ones, as refresh tokens are, count), and temporary access
 * keys with their secret nearby; the first 100. `hits`: the tokens of the text, where they have been found already.
 */
export function findLeaks(text: string, nowMs: number, hits: readonly TokenHit[] = findTokens(text)): Leak[] {
  const leaks: Leak[] = [];
  for (const hit of hits) {
    if (leaks.length >= MAX_LEAKS) return leaks;
    const decoded = decodedOrNot(tokenText(text, hit));
    if (decoded && isLive(decoded, nowMs))
      leaks.push({ kind: 'token', start: hit.start, end: hit.end, decoded });
  }
  return [...leaks, ...findKeys(text, hits, MAX_LEAKS - leaks.length)];
}

/** The temporary access keys with their secret nearby; two may have the same. */
export function findKeys(text: string, hits: readonly TokenHit[], limit = Infinity): KeyLeak[] {
  const keys: KeyLeak[] = [];
  let secrets: Secrets | undefined;
  for (const found of text.matchAll(KEY_ID)) {
    if (keys.length >= limit) return keys;
    if (found[0].endsWith('EXAMPLE')) continue;
    secrets ??= new Secrets(text, hits);
    const secret = secrets.near(found.index);
    if (secret) keys.push({ kind: 'access-key', start: found.index, end: found.index + 20, secret });
  }
  return keys;
}

/** Whether someone may use the token now. One without an end is no token of Cognito, and mostly an example. */
export function isLive(decoded: DecodedToken, nowMs: number): boolean {
  if (!isUsable(decoded)) return false;
  if (decoded.encrypted) return true;
  const { alg } = decoded.header;
  if (typeof alg === 'string' && lengthBeforeCut(alg, decoded.signature.length) !== undefined) return false;
  if (isUnsigned(decoded)) return false;
  // Not by timeOf: a time in milliseconds is for those who take it for seconds a token that lasts for ever.
  const { exp } = decoded.claims;
  return typeof exp === 'number' && exp * 1000 > nowMs;
}

/**
 * What a mark of a leak says, what differs between two of them first. It stays true while time passes, and nothing of the
 * secret is in it. `text`: where the leak was found.
 */
export function leakMessage(leak: Leak, text: string, nowMs: number): string {
  const { decoded } = leak;
  if (decoded === undefined)
    return l10n.t(
      'A temporary AWS access key with its secret, in a file under version control: whoever reads the file can use it until it expires.',
    );
  const name = nameBefore(text, leak.start);
  const telling = tellToken(decoded, nowMs, name);
  if (decoded.encrypted) {
    const kind = name === undefined ? telling.kind : `${telling.kind} (${name})`;
    return l10n.t(
      '{0}, which may still be valid, in a file under version control: it is encrypted, as refresh tokens are, so its end cannot be read. If it is valid, whoever reads the file can use it.',
      kind,
    );
  }
  const end = timeOf(decoded.claims.exp);
  const who = whoseLine(telling);
  return end === undefined
    ? l10n.t('{0}, in a file under version control: whoever reads the file can use it.', who)
    : l10n.t(
        '{0}, valid until {1}, in a file under version control: whoever reads the file can use it.',
        who,
        momentText(end, nowMs),
      );
}

/** `14:03`, on another day than today `2026-07-14 14:03`. */
function momentText(ms: number, nowMs: number): string {
  const clock = formatClock(ms).slice(0, 5);
  return formatDate(ms) === formatDate(nowMs) ? clock : `${formatDate(ms)} ${clock}`;
}

/** What may be a secret access key, found once for all key IDs of a text. */
class Secrets {
  private readonly found: readonly Span[];
  /** The first that may be near the next key ID. */
  private first = 0;

  constructor(text: string, hits: readonly TokenHit[]) {
    this.found = secretsOutside(text, hits);
  }

  /** The secret nearest to a key ID; to be asked for key IDs in the order of the text. */
  near(keyId: number): Span | undefined {
    const { found } = this;
    while ((found[this.first]?.start ?? Infinity) < keyId - NEARBY) this.first += 1;
    let nearest: Span | undefined;
    for (let at = this.first; at < found.length; at += 1) {
      const secret = found[at];
      if (!secret || secret.end > keyId + 20 + NEARBY) break;
      if (!nearest || Math.abs(secret.start - keyId) < Math.abs(nearest.start - keyId)) nearest = secret;
    }
    return nearest;
  }
}

/** Both in the order of the text, so one pass tells which of them stand inside a token. */
function secretsOutside(text: string, hits: readonly TokenHit[]): Span[] {
  const found: Span[] = [];
  let next = 0;
  for (const { 0: secret, index: start } of text.matchAll(SECRET)) {
    while ((hits[next]?.end ?? Infinity) <= start) next += 1;
    const inToken = (hits[next]?.start ?? Infinity) <= start;
    if (!inToken && isRandom(secret)) found.push({ start, end: start + secret.length });
  }
  return found;
}

/** Not a hash in hex, not a word of one case, not AWS's own example. */
const isRandom = (text: string): boolean =>
  /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9/+]/.test(text) && !text.endsWith('EXAMPLEKEY');
