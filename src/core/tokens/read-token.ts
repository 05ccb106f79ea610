import { type HeaderReader, isJsonPart, type TokenShape } from './token-shape';

/** What a reading ends with; `pending`: the text ended, and more may come. */
type End = 'pending' | 'dot' | 'break' | 'padding' | 'other' | 'too-long';

const DOT = 0x2e;
const PERCENT = 0x25;
const EQUALS = 0x3d;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** Blanks that may stand before and behind a line break inside a token. */
const MAX_INDENT = 32;
/** A header of a token is a few hundred characters; one with certificates some thousand. */
const MAX_HEADER = 65_536;

const isTokenChar = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
  isTokenChar[char.charCodeAt(0)] = 1;
}

export interface ReadOptions {
  readonly wrapped: boolean;
  readonly columns: number | undefined;
  readonly maxLength: number;
}

/**
 * Reads one token at a place where one may begin. After `read` has answered `found`, `end`, `kind`, `joined` and
 * `encoded` tell of it; after `none`, `next` is where to look on; `pending` asks for more text, or for `final`.
 */
export class TokenReader {
  end = 0;
  kind: TokenShape['kind'] = 'jws';
  joined = false;
  encoded = false;
  next = 0;
  /** Characters looked at so far: the measure of what was done. */
  steps = 0;

  private text = '';
  private base = 0;
  private final = false;
  private at = 0;
  private count = 0;
  private breaks = 0;

  constructor(
    private readonly options: ReadOptions,
    private readonly headers: HeaderReader,
  ) {}

  /** The text to read in; `base`: characters of the stream before it; `final`: no text comes after it. */
  set(text: string, base: number, final: boolean): void {
    this.text = text;
    this.base = base;
    this.final = final;
  }

  /** Where the header ended that was read last: several beginnings in one run of characters share it. */
  headerEnd = 0;

  read(start: number): 'found' | 'none' | 'pending' {
    this.joined = false;
    this.encoded = false;
    const header = this.readPart(start, start + Math.min(MAX_HEADER, this.options.maxLength));
    if (header === 'pending') return 'pending';
    this.next = this.at;
    // No other beginning in this run has a dot behind it either.
    if (header !== 'dot') return 'none';
    const headerStop = this.partStop;
    const afterHeader = this.at;
    this.headerEnd = this.base + headerStop;
    const plain = this.breaks === 0 && !this.encoded;
    const shape = plain
      ? this.headers.at(this.text, start, headerStop)
      : this.headers.of(this.plainText(start, headerStop));
    if (shape === undefined) {
      this.next = start + 1;
      return 'none';
    }
    this.kind = shape.kind;
    const outcome = this.readRest(shape, start + this.options.maxLength);
    if (outcome === 'none') this.next = afterHeader;
    return outcome;
  }

  private readRest(shape: TokenShape, limit: number): 'found' | 'none' | 'pending' {
    let claims = this.at;
    let claimsStop = this.at;
    const middle = shape.kind === 'jwe' ? 3 : 1;
    for (let part = 0; part < middle; part += 1) {
      const from = this.at;
      const code = this.readPart(from, limit);
      if (code === 'pending') return 'pending';
      if (code !== 'dot') return 'none';
      // An agreed or direct key leaves the second part of a JWE empty.
      if (this.count === 0 && !(part === 0 && shape.kind === 'jwe')) return 'none';
      if (shape.kind === 'jws') [claims, claimsStop] = [from, this.partStop];
    }
    const joinedClaims = shape.kind === 'jws' && this.breaks > 0;
    const code = this.readLast(limit, shape.lastPart);
    if (code === 'pending') return 'pending';
    if (code === 'too-long') return 'none';
    if (shape.kind === 'jwe') return this.count > 0 ? 'found' : 'none';
    // Where lines were joined, the length of the signature or the claims must tell that they belong together; where
    // nothing is signed, only the claims can tell that this is a token.
    const sure = this.count > 0 && (!joinedClaims || shape.lastPart.includes(this.count));
    return sure || isJsonPart(this.plainText(claims, claimsStop)) ? 'found' : 'none';
  }

  private partStop = 0;

  /** A part that a dot must close: `at` is behind the dot, `partStop` before it, `count` its characters. */
  private readPart(from: number, limit: number): End {
    this.at = from;
    this.breaks = 0;
    let total = 0;
    for (;;) {
      let code = this.readPiece(limit);
      total += this.count;
      if (code === 'padding') code = this.skipPadding();
      if (code === 'break') {
        const next = this.afterBreak(this.at);
        if (next === undefined) return 'pending';
        if (next >= 0) {
          this.breaks += 1;
          this.joined = true;
          this.at = next;
          continue;
        }
        code = 'other';
      }
      this.count = total;
      if (code === 'dot') {
        this.partStop = this.at;
        this.at += this.text.charCodeAt(this.at) === DOT ? 1 : 3;
      }
      return code;
    }
  }

  /**
   * The last part: nothing closes it, so at each line break its length decides. `end` is behind it. A line break belongs
   * to it only where the signature comes out as long as its algorithm makes it.
   */
  private readLast(limit: number, lengths: readonly number[]): End {
    const from = this.at;
    const longest = lengths.at(-1) ?? 0;
    let total = 0;
    let sure = -1;
    let sureCount = 0;
    let sureJoined = false;
    let first = -1;
    let firstCount = 0;
    for (;;) {
      const code = this.readPiece(limit);
      total += this.count;
      if (code === 'pending' || code === 'too-long') return code;
      const fits = lengths.includes(total);
      if (code === 'break') {
        if (fits) [sure, sureCount, sureJoined] = [this.at, total, first >= 0];
        const guess = lengths.length > 0 ? total < longest : this.options.columns !== undefined;
        const next = guess ? this.afterBreak(this.at) : -1;
        if (next === undefined) return 'pending';
        if (first < 0) [first, firstCount] = [this.at, total];
        if (next >= 0) {
          this.at = next;
          continue;
        }
      }
      if (this.needsMore(code, total)) return 'pending';
      const continued = first >= 0 && this.at > first;
      // A dot with more behind it: this was the header of the next token.
      const open = code === 'dot' && continued && this.isDotInside(this.at);
      const whole = !continued || (!open && (fits || lengths.length === 0));
      if (whole) {
        this.count = total;
        this.end = this.at + (code === 'padding' ? this.paddingAt(this.at, from) : 0);
        this.joined ||= continued;
      } else {
        this.count = sure >= 0 ? sureCount : firstCount;
        this.end = sure >= 0 ? sure : first;
        this.joined ||= sureJoined;
      }
      return 'other';
    }
  }

  /** Characters of base64url, `-` and `_` also percent-encoded; `at` is where they stop, `count` how many there were. */
  private readPiece(limit: number): End {
    const { text } = this;
    const { length } = text;
    const stop = Math.min(length, limit);
    let at = this.at;
    let count = 0;
    let code: End;
    for (;;) {
      const from = at;
      while (at < stop) {
        const char = text.charCodeAt(at);
        if (char > 127 || isTokenChar[char] !== 1) break;
        at += 1;
      }
      count += at - from;
      this.steps += at - from + 1;
      if (at >= limit) {
        code = 'too-long';
        break;
      }
      if (at >= length) {
        code = this.final ? 'other' : 'pending';
        break;
      }
      const char = text.charCodeAt(at);
      if (char === PERCENT) {
        if (at + 3 > length && !this.final) {
          code = 'pending';
          break;
        }
        const escape = this.escapeAt(at);
        if (escape === '-' || escape === '_') {
          this.encoded = true;
          at += 3;
          count += 1;
          continue;
        }
        if (escape === '.') this.encoded = true;
        code = escape === '.' ? 'dot' : 'other';
      } else if (char === DOT) code = 'dot';
      else if (char === EQUALS) code = 'padding';
      else if (char === LF || char === CR || char === SPACE || char === TAB) code = 'break';
      else code = 'other';
      break;
    }
    this.at = at;
    this.count = count;
    return code;
  }

  private escapeAt(at: number): '.' | '-' | '_' | undefined {
    const digits = this.text.slice(at + 1, at + 3).toUpperCase();
    return digits === '2E' ? '.' : digits === '2D' ? '-' : digits === '5F' ? '_' : undefined;
  }

  /** One or two `=` that a dot follows. */
  private skipPadding(): End {
    let { at } = this;
    while (at < this.at + 2 && this.text.charCodeAt(at) === EQUALS) at += 1;
    if (at >= this.text.length) return this.final ? 'other' : 'pending';
    if (this.text.charCodeAt(at) !== DOT) return 'other';
    this.at = at;
    return 'dot';
  }

  /** Whether what stands behind the last part has not come yet, but decides. */
  private needsMore(code: End, total: number): boolean {
    const missing = this.text.length - this.at;
    return (
      !this.final &&
      ((code === 'dot' && missing < 2) || (code === 'padding' && missing < (4 - (total % 4)) % 4))
    );
  }

  private isDotInside(at: number): boolean {
    const behind = this.text.charCodeAt(at + 1);
    return this.text.charCodeAt(at) !== DOT || (behind < 128 && isTokenChar[behind] === 1);
  }

  /** Characters of padding at the end of a token: only as many as complete the last part. */
  private paddingAt(at: number, from: number): number {
    const missing = (4 - (this.count % 4)) % 4;
    if (missing > 2 || at === from) return 0;
    for (let index = 0; index < missing; index += 1) {
      if (this.text.charCodeAt(at + index) !== EQUALS) return 0;
    }
    return missing;
  }

  /** Where the token goes on behind a line break at `from`; -1 where it does not, undefined where more text must come. */
  private afterBreak(from: number): number | undefined {
    const { wrapped, columns } = this.options;
    if (!wrapped) return -1;
    const { text } = this;
    const indent = columns === undefined ? MAX_INDENT : 0;
    let at = this.skipBlanks(from, indent);
    if (text.charCodeAt(at) === CR) at += 1;
    if (at >= text.length) return this.final ? -1 : undefined;
    if (text.charCodeAt(at) !== LF) return -1;
    if (columns !== undefined && !this.isFullLine(from, columns)) return -1;
    at = this.skipBlanks(at + 1, indent);
    if (at >= text.length) return this.final ? -1 : undefined;
    const char = text.charCodeAt(at);
    return char < 128 && (isTokenChar[char] === 1 || char === DOT) ? at : -1;
  }

  private skipBlanks(from: number, most: number): number {
    let at = from;
    for (; at < from + most; at += 1) {
      const char = this.text.charCodeAt(at);
      if (char !== SPACE && char !== TAB) break;
    }
    this.steps += at - from + 1;
    return at;
  }

  /** Whether the line that ends at `end` is exactly as wide as the terminal. */
  private isFullLine(end: number, columns: number): boolean {
    const start = end - columns;
    if (this.base + start < 0) return false;
    this.steps += columns;
    if (this.base + start > 0 && this.text.charCodeAt(start - 1) !== LF) return false;
    const firstBreak = this.text.indexOf('\n', start);
    return firstBreak === -1 || firstBreak >= end;
  }

  /** What stands between, without line breaks, escapes and padding. */
  private plainText(from: number, to: number): string {
    return plainTokenText(this.text.slice(from, to));
  }
}

/** The token in a text that it was found in: without line breaks and with its percent escapes undone. */
export function plainTokenText(text: string): string {
  return text
    .replace(/[ \t\r\n]+/g, '')
    .replace(/%2e/gi, '.')
    .replace(/%2d/gi, '-')
    .replace(/%5f/gi, '_');
}
