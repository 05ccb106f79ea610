import { decodeToken, type DecodedToken, MAX_TOKEN_LENGTH } from './decode';
import { findTokens, tokenText } from './find';
import { CUT, REDACTED } from './token-shape';

/** Lines of a document, without their ends. */
export interface Lines {
  readonly count: number;
  textOf(line: number): string;
}

export interface Place {
  readonly line: number;
  /** UTF-16 units from the beginning of the line. */
  readonly character: number;
}

export interface TokenAt {
  readonly start: Place;
  /** Behind the last character. */
  readonly end: Place;
  readonly token: string;
  readonly decoded: DecodedToken;
}

/** Blanks that may stand around a line break inside a token. */
const MAX_BLANKS = 32;

const isRun = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%=') {
  isRun[char.charCodeAt(0)] = 1;
}

/**
 * The token that a place lies in, wrapped ones too; undefined where there is none, or none that can be taken apart.
 * Reads only the characters that may belong to it, however long the line is. Never throws.
 */
export function tokenAt(lines: Lines, { line, character }: Place): TokenAt | undefined {
  const window = windowAround(lines, line, character);
  if (window === undefined) return undefined;
  const { text, at } = window;
  const hit = findTokens(text).find(({ start, end }) => start <= at && at <= end);
  if (hit === undefined) return undefined;
  const [start, end] = [placeOf(window, hit.start), placeOf(window, hit.end)];
  const found = tokenText(text, hit);
  // The window ends before what is in no token's alphabet.
  const isCut = found.endsWith('.') && lines.textOf(end.line).startsWith(REDACTED, end.character);
  const token = isCut ? found + CUT : found;
  const decoded = decodedOrNot(token);
  return decoded && { start, end, token, decoded };
}

/** The token taken apart, or undefined where that fails: text that only looks like one is no failure of anybody's. */
export function decodedOrNot(token: string): DecodedToken | undefined {
  try {
    return decodeToken(token);
  } catch {
    return undefined;
  }
}

interface Window {
  readonly text: string;
  readonly line: number;
  readonly character: number;
  /** Where in `text` the place is. */
  readonly at: number;
}

function windowAround(lines: Lines, line: number, character: number): Window | undefined {
  if (line < 0 || line >= lines.count) return undefined;
  const own = lines.textOf(line);
  const from = runStart(own, character);
  const to = runEnd(own, character);
  if (from === to) return undefined;
  const before: string[] = [];
  let first = { line, character: from };
  for (let left = MAX_TOKEN_LENGTH; left > 0 && first.line > 0;) {
    // Goes on in the line above only where nothing but blanks stands before it in this one.
    if (!isBlank(lines.textOf(first.line), 0, first.character)) break;
    const above = lines.textOf(first.line - 1);
    const stop = withoutBlanks(above);
    const start = runStart(above, stop);
    if (start === stop) break;
    const head = lines.textOf(first.line).slice(0, first.character);
    before.push(`${above.slice(start)}\n${head}`);
    first = { line: first.line - 1, character: start };
    left -= above.length + 1;
  }
  const after: string[] = [];
  let last = { line, character: to };
  for (let left = MAX_TOKEN_LENGTH; left > 0 && last.line + 1 < lines.count;) {
    const text = lines.textOf(last.line);
    if (!isBlank(text, last.character, text.length)) break;
    const below = lines.textOf(last.line + 1);
    const start = blanksEnd(below);
    const end = runEnd(below, start);
    if (start === end) break;
    after.push(`${text.slice(last.character)}\n${below.slice(0, end)}`);
    last = { line: last.line + 1, character: end };
    left -= below.length + 1;
  }
  const head = before.reverse().join('');
  const text = head + own.slice(from, to) + after.join('');
  return { text, ...first, at: head.length + character - from };
}

function runStart(text: string, from: number): number {
  const limit = Math.max(0, from - MAX_TOKEN_LENGTH);
  let at = from;
  while (at > limit && isRun[text.charCodeAt(at - 1)] === 1) at -= 1;
  return at;
}

function runEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + MAX_TOKEN_LENGTH);
  let at = from;
  while (at < limit && isRun[text.charCodeAt(at)] === 1) at += 1;
  return at;
}

const isBlankAt = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t';

function isBlank(text: string, from: number, to: number): boolean {
  if (to - from > MAX_BLANKS) return false;
  for (let at = from; at < to; at += 1) if (!isBlankAt(text, at)) return false;
  return true;
}

function withoutBlanks(text: string): number {
  let end = text.length;
  while (end > 0 && text.length - end < MAX_BLANKS && isBlankAt(text, end - 1)) end -= 1;
  return end;
}

function blanksEnd(text: string): number {
  let at = 0;
  while (at < MAX_BLANKS && isBlankAt(text, at)) at += 1;
  return at;
}

function placeOf({ text, line, character }: Window, offset: number): Place {
  let breaks = 0;
  let lineStart = -1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    breaks += 1;
    lineStart = at;
  }
  return breaks === 0
    ? { line, character: character + offset }
    : { line: line + breaks, character: offset - lineStart - 1 };
}
