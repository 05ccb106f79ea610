import { decodeBase64UrlText } from './base64url';

/** What stands in place of what makes a token valid; `…` is in no token's alphabet, so no scanner takes it for a signature. */
export const REDACTED = '…redacted';

/** Stands for a signature: base64url, so that the token still decodes, but of no length that a signature has. */
export const CUT = 'redacted';

/** What a header tells of the token that it opens. */
export interface TokenShape {
  readonly kind: 'jws' | 'jwe';
  /** Characters that the last part (signature, authentication tag) can have; empty where the algorithm is not known. */
  readonly lastPart: readonly number[];
}

/**
 * Where a token may begin: base64url of `{` with a quote or blank behind it, also with blanks before it, also where a
 * terminal broke the line after the first or second character.
 */
export const ANCHOR =
  /e(?=y[AIJKL]|w[ko0]|\r?\n[yw][AI-Lko0]|[yw]\r?\n[AI-Lko0])|I(?=Hs[gikmo0]|C[AB]|A[klop01])|C(?=Xs|ns|[Si][AB]|[Qg][klop01])|D(?=Xs|S[AB]|Q[klop01])/g;

/** Characters behind the first of ANCHOR that it looks at. */
export const ANCHOR_REACH = 4;

const RSA = [171, 256, 342, 512, 683, 1366];

/** Characters of signatures (RFC 7518, 8037, 8812, 9864) and tags; of RSA's, for the usual key sizes. */
const LAST_PART: Readonly<Record<string, readonly number[]>> = {
  none: [0],
  HS256: [43],
  HS384: [64],
  HS512: [86],
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  ES256: [86],
  ES256K: [86],
  ES384: [128],
  ES512: [176],
  EdDSA: [86, 152],
  Ed25519: [86],
  Ed448: [152],
  'ML-DSA-44': [3227],
  'ML-DSA-65': [4412],
  'ML-DSA-87': [6170],
  A128GCM: [22],
  A192GCM: [22],
  A256GCM: [22],
  'A128CBC-HS256': [22],
  'A192CBC-HS384': [32],
  'A256CBC-HS512': [43],
};

/** Characters that a signature of this algorithm can have; none where it is not known. Of RSA's, for the usual key sizes. */
export function signatureLengths(alg: string): readonly number[] {
  return Object.hasOwn(LAST_PART, alg) ? (LAST_PART[alg] ?? []) : [];
}

/** RFC 7518, 3.3: RSA keys have 2048 bits at least. */
const LEAST_RSA = 342;

/**
 * Characters of the shortest signature of this algorithm, where one of `length` is shorter and fits no key: it was lost.
 * Undefined where it may be whole, or the algorithm is not known.
 */
export function lengthBeforeCut(alg: string, length: number): number | undefined {
  const lengths = signatureLengths(alg);
  const [shortest = 0] = /^[RP]S/.test(alg) ? lengths.filter((one) => one >= LEAST_RSA) : lengths;
  return length >= shortest || lengths.includes(length) ? undefined : shortest;
}

const KNOWN = 64;
const LONGEST_KNOWN = 1024;

/** Reads headers. A log repeats the same few over and over, so the last ones are remembered. */
export class HeaderReader {
  private readonly known = new Map<string, TokenShape | undefined>();
  private lastText = '';
  private last: TokenShape | undefined;

  /** Of the header that stands in `text` as it is; compares before it copies. */
  at(text: string, start: number, end: number): TokenShape | undefined {
    if (end - start === this.lastText.length && text.startsWith(this.lastText, start)) return this.last;
    return this.of(text.slice(start, end));
  }

  /** Undefined for what is not base64url of a JSON object with a text `alg`. */
  of(encoded: string): TokenShape | undefined {
    if (encoded.length > LONGEST_KNOWN) return shapeOf(encoded);
    let shape = this.known.get(encoded);
    if (shape === undefined && !this.known.has(encoded)) {
      shape = shapeOf(encoded);
      // A slice would keep the whole text in memory that it was cut from.
      const text = encoded.split('').join('');
      if (this.known.size >= KNOWN) this.known.clear();
      this.known.set(text, shape);
      this.lastText = text;
      this.last = shape;
    }
    return shape;
  }
}

function shapeOf(encoded: string): TokenShape | undefined {
  const decoded = decodeBase64UrlText(encoded);
  if (typeof decoded === 'string') return undefined;
  const header = parsed(decoded.text);
  if (typeof header !== 'object' || header === null || !('alg' in header)) return undefined;
  const { alg } = header;
  if (typeof alg !== 'string') return undefined;
  const enc = 'enc' in header ? header.enc : undefined;
  const named = typeof enc === 'string' ? enc : alg;
  return { kind: typeof enc === 'string' ? 'jwe' : 'jws', lastPart: signatureLengths(named) };
}

/** Whether an encoded part is JSON of an object. */
export function isJsonPart(encoded: string): boolean {
  const decoded = decodeBase64UrlText(encoded);
  if (typeof decoded === 'string') return false;
  const value = parsed(decoded.text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
