import type { DebugSession } from 'vscode';
import { findTokens, tokenText } from '../../core/tokens/find';
import { decodedOrNot } from '../../core/tokens/token-at';
import { signatureLengths } from '../../core/tokens/token-shape';
import type { FoundToken } from './find-in-variable';
import { mayHoldPrinted } from './printed-hint';

/** Tokens and objects of one session that are kept at most; the oldest go first. */
const MAX_TOKENS = 100;
const MAX_OBJECTS = 30;
/** Characters of an unfinished token that are kept until more is printed. */
const MAX_TAIL = 65_536;

/** What a session printed: the tokens in its text, and the objects that may hold some. */
export class PrintedText {
  /** An empty place: it was printed as text. */
  tokens: readonly FoundToken[] = [];
  /** Of objects that were not looked into yet. */
  references: readonly number[] = [];
  /** By category of output: the end of what was printed, from where a token begins that may go on. */
  private readonly tails = new Map<string, string>();

  constructor(readonly session: DebugSession) {}

  get isEmpty(): boolean {
    return this.tokens.length === 0 && this.references.length === 0 && this.tails.size === 0;
  }

  /**
   * Reads one output event; `reference` is 0 where it is text alone. Returns whether there is more to offer. What comes
   * in pieces comes in one `category`: stdout and stderr are two streams.
   */
  take(text: string, reference: number, category = ''): boolean {
    const { tokens, references } = this;
    const whole = reference === 0 ? (this.tails.get(category) ?? '') + text : text;
    this.tails.delete(category);
    let tail = '';
    /** What stands between the tokens. */
    const rest: string[] = [];
    let from = 0;
    // A line break ends what a program prints: adapters do not wrap.
    for (const hit of findTokens(whole, { wrapped: false })) {
      // Of what stands in an object they show the beginning and the end.
      if (reference !== 0 && /^(?:…|\.\.\.)/.test(whole.slice(hit.end, hit.end + 3))) continue;
      const token = tokenText(whole, hit);
      rest.push(whole.slice(from, hit.start));
      from = hit.end;
      this.add([{ place: '', token }]);
      if (hit.end === whole.length && !isWhole(token)) tail = whole.slice(hit.start).slice(0, MAX_TAIL);
    }
    rest.push(whole.slice(from));
    if (reference !== 0) {
      if (mayHoldPrinted(rest.join(''))) this.references = [...references, reference].slice(-MAX_OBJECTS);
    } else {
      if (tail === '') tail = unfinished(rest.at(-1) ?? '');
      if (tail !== '') this.tails.set(category, tail);
    }
    return this.tokens !== tokens || this.references !== references;
  }

  /** What these objects held; they are not offered again. */
  wasRead(references: readonly number[], found: readonly FoundToken[]): void {
    this.references = this.references.filter((reference) => !references.includes(reference));
    this.add(found);
  }

  /** Each token once; one that goes on takes the place of its beginning. */
  private add(found: readonly FoundToken[]): void {
    for (const one of found) {
      if (this.tokens.some(({ token }) => token === one.token)) continue;
      const others = this.tokens.filter(({ token }) => !one.token.startsWith(token));
      this.tokens = [...others, one].slice(-MAX_TOKENS);
    }
  }
}

/** Whether its signature is as long as its algorithm makes it; what is printed next is another word then. */
function isWhole(token: string): boolean {
  const decoded = decodedOrNot(token);
  const alg = decoded?.encrypted === false ? decoded.header.alg : undefined;
  return typeof alg === 'string' && signatureLengths(alg).includes(decoded?.signature.length ?? 0);
}

/** The last word of a text, where it has the look of a token's beginning. */
function unfinished(text: string): string {
  const earliest = Math.max(0, text.length - MAX_TAIL);
  let start = text.length;
  while (start > earliest && /[\w.=%-]/.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start);
  const anchor = Math.max(word.indexOf('eyJ'), word.indexOf('ewo'));
  return anchor < 0 ? '' : word.slice(anchor);
}
