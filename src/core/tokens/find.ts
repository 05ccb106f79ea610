import { MAX_TOKEN_LENGTH } from './decode';
import { nameBefore } from './name-before';
import { plainTokenText, TokenReader } from './read-token';
import { ANCHOR, ANCHOR_REACH, CUT, HeaderReader, REDACTED } from './token-shape';

/** Where a token stands; no part of it. */
export interface TokenHit {
  /** Offsets in UTF-16 units, of the text or of the whole stream; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
  /** `jws`: signed (or unsigned), three parts. `jwe`: encrypted, five parts, as refresh tokens are. */
  readonly kind: 'jws' | 'jwe';
  /** It goes over more than one line: `tokenText` joins it. */
  readonly joined: boolean;
  /** It holds percent escapes: `tokenText` undoes them. */
  readonly encoded: boolean;
}

export interface FindOptions {
  /** Whether a token may go over several lines, as a terminal or mail program wraps it. Default: yes. */
  readonly wrapped?: boolean;
  /** Width of the terminal in characters: then only lines of exactly this width go on in the next one, without indent. */
  readonly columns?: number;
  /** Characters from the first to the last of a token; longer ones are passed over. Default: MAX_TOKEN_LENGTH. */
  readonly maxLength?: number;
  /** Hits after which to stop. Default: none. */
  readonly limit?: number;
}

/** Beginnings that are tried before one dot; more than one only where others stand before the token without a gap. */
const MAX_TRIES = 4;

/** More tokens than a person chooses from. */
const MOST = 50;

/**
 * The signed and encrypted tokens in any text: bare, quoted, in JSON, in addresses (also with `%2E`), behind `Bearer`,
 * wrapped over lines. Counts as one what begins with base64url of a JSON object with `alg` and has three parts, or with
 * `enc` five; whether claims and signature are good is not looked at. Never throws; time is linear in the text.
 */
export function findTokens(text: string, options: FindOptions = {}): TokenHit[] {
  const finder = new Finder(options);
  finder.scan(text, 0, 0, true);
  return finder.hits;
}

/** The token at a hit of this text, in one piece; with its signature cut, as redactToken writes it. */
export function tokenText(text: string, { start, end, joined, encoded }: TokenHit): string {
  const found = text.slice(start, end);
  const token = joined || encoded ? plainTokenText(found) : found;
  return token.endsWith('.') && text.startsWith(REDACTED, end) ? token + CUT : token;
}

/** The first token of a text in one piece: what a selection, a clipboard or a variable holds, whatever is around it. */
export function firstToken(text: string): string | undefined {
  const [hit] = findTokens(text, { limit: 1 });
  return hit && tokenText(text, hit);
}

export interface PlacedToken {
  readonly token: string;
  /** What the text calls it, as nameBefore finds. */
  readonly name: string | undefined;
  /** From 1, in the text. */
  readonly line: number;
}

/** The tokens of a text, each once and in one piece, with where it stands first; the first 50. */
export function placedTokens(text: string): PlacedToken[] {
  const placed = new Map<string, PlacedToken>();
  let [line, counted] = [1, 0];
  for (const hit of findTokens(text, { limit: MOST })) {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < hit.start; at = text.indexOf('\n', at + 1)) {
      line += 1;
      counted = at + 1;
    }
    const token = tokenText(text, hit);
    if (!placed.has(token)) placed.set(token, { token, name: nameBefore(text, hit.start), line });
  }
  return [...placed.values()];
}

/**
 * Finds tokens in a stream, however it is cut into chunks. Holds no more than the chunk and one unfinished token
 * (`maxLength`) twice. Offsets count from the beginning of the stream.
 */
export class TokenScanner {
  private readonly finder: Finder;
  private readonly before: number;
  private held = '';
  /** Where `held` begins in the stream, and where in it to look on. */
  private base = 0;
  private from = 0;
  private waiting: string[] = [];
  private waitingLength = 0;

  constructor(options: FindOptions = {}) {
    this.finder = new Finder(options);
    // A full line is told by what stands before the token.
    this.before = options.columns === undefined ? 0 : options.columns + 2;
  }

  /** Takes the next chunk; returns what is found up to here, each token once. */
  push(chunk: string): TokenHit[] {
    this.waiting.push(chunk);
    this.waitingLength += chunk.length;
    // An unfinished token is read again with more text: only when that has doubled, so that time stays linear.
    return this.waitingLength < this.held.length ? [] : this.scan(false);
  }

  /** The stream has ended: what was still open. */
  end(): TokenHit[] {
    return this.scan(true);
  }

  /** Characters looked at by token readers so far. */
  get steps(): number {
    return this.finder.steps;
  }

  /** Characters held at present. */
  get size(): number {
    return this.held.length + this.waitingLength;
  }

  private scan(final: boolean): TokenHit[] {
    const text = this.held + this.waiting.join('');
    this.waiting = [];
    this.waitingLength = 0;
    const next = this.finder.scan(text, this.base, this.from, final);
    const cut = Math.max(0, next - this.before);
    this.held = text.slice(cut);
    this.base += cut;
    this.from = next - cut;
    return this.finder.take();
  }
}

class Finder {
  hits: TokenHit[] = [];
  private readonly reader: TokenReader;
  private readonly limit: number;
  private headerEnd = -1;
  private tries = 0;

  constructor({ wrapped = true, columns, maxLength = MAX_TOKEN_LENGTH, limit = Infinity }: FindOptions) {
    this.reader = new TokenReader({ wrapped, columns, maxLength }, new HeaderReader());
    this.limit = limit;
  }

  get steps(): number {
    return this.reader.steps;
  }

  take(): TokenHit[] {
    const { hits } = this;
    this.hits = [];
    return hits;
  }

  /** Adds what is found from `from` on. Returns from where on the text is needed again. */
  scan(text: string, base: number, from: number, final: boolean): number {
    const { reader } = this;
    reader.set(text, base, final);
    let at = from;
    while (this.hits.length < this.limit) {
      ANCHOR.lastIndex = at;
      if (!ANCHOR.test(text)) return final ? text.length : Math.max(at, text.length - ANCHOR_REACH);
      const start = ANCHOR.lastIndex - 1;
      const outcome = reader.read(start);
      if (outcome === 'pending') return start;
      if (outcome === 'found') {
        const { end, kind, joined, encoded } = reader;
        this.hits.push({ start: base + start, end: base + end, kind, joined, encoded });
        at = end;
      } else at = this.afterFailure(base, start);
    }
    return at;
  }

  private afterFailure(base: number, start: number): number {
    const { next, headerEnd } = this.reader;
    // Anything but the next character: the whole run is done with.
    if (next !== start + 1) return next;
    this.tries = headerEnd === this.headerEnd ? this.tries + 1 : 1;
    this.headerEnd = headerEnd;
    return this.tries < MAX_TRIES ? next : headerEnd - base;
  }
}
