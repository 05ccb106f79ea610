/** What JSON.parse alone does not tell of an object's text. */
export interface JsonObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** Text of each member as written: numbers beyond 2^53 keep their digits. */
  readonly raw: Readonly<Record<string, string>>;
  /** Of members whose name occurs more than once: what stood there before the last. */
  readonly earlier: ReadonlyMap<string, EarlierTexts>;
  /** Names that occur more than once, with their path (`a.b`), the first 100 of them; JSON.parse keeps the last. */
  readonly duplicates: readonly string[];
}

/** JSON texts as written, in their order: the first 20, and how many there are in all. */
export interface EarlierTexts {
  readonly texts: readonly string[];
  readonly count: number;
}

export type JsonFault = 'json' | 'not-object' | 'too-deep';

const MAX_DEPTH = 100;
const MAX_DUPLICATES = 100;
const MAX_EARLIER = 20;
/** Characters of a path: it is shown to people, and each duplicate below a long name would repeat it. */
const MAX_PATH = 200;

/** Reads the text of a JSON object, without letting `__proto__` members touch a prototype (they are left out of `value`). */
export function readJsonObject(text: string): JsonObject | JsonFault {
  const value = parsed(text);
  if (value === undefined) return 'json';
  const members = scan(text);
  if (members === 'too-deep') return 'too-deep';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-object';
  return { value: mayHoldProto(text) ? withoutProto(text) : (value as Record<string, unknown>), ...members };
}

/** Whether a text is JSON of an object or list, not too deep to be shown. */
export function isJsonText(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && scan(text) !== 'too-deep';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Written out, or with escapes. */
const mayHoldProto = (text: string): boolean => text.includes('__proto__') || text.includes('\\u');

/** Only for texts that are known not to be deep: reviving recurses. */
function withoutProto(text: string): Record<string, unknown> {
  return JSON.parse(text, (key, member: unknown) => (key === '__proto__' ? undefined : member)) as Record<
    string,
    unknown
  >;
}

interface Level {
  readonly path: string;
  /** Names seen; absent in lists. */
  readonly names: Set<string> | undefined;
  /** The member that is being read. */
  name: string;
  expectsName: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const LIST = 0x5b;
const LIST_END = 0x5d;

/** Walks text that JSON.parse has accepted: no syntax is checked here. */
function scan(text: string): Omit<JsonObject, 'value'> | 'too-deep' {
  const raw: Record<string, string> = {};
  const earlier = new Map<string, EarlierTexts>();
  const duplicates = new Set<string>();
  const levels: Level[] = [];
  let level: Level | undefined;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      const end = closingQuote(text, at);
      if (level?.expectsName === true) nameIs(level, nameOf(text.slice(at, end + 1)), duplicates);
      at = end;
    } else if (char === OBJECT || char === LIST) {
      if (levels.length === MAX_DEPTH) return 'too-deep';
      const isObject = char === OBJECT;
      const names = isObject ? new Set<string>() : undefined;
      level = { path: pathBelow(level), names, name: '', expectsName: isObject };
      levels.push(level);
    } else if (char === COLON) {
      if (levels.length === 1) start = at + 1;
    } else if (char === COMMA || char === OBJECT_END || char === LIST_END) {
      if (levels.length === 1 && level?.expectsName === false) {
        keepEarlier(raw, level.name, earlier);
        keep(raw, level.name, text.slice(start, at).trim());
      }
      if (char !== COMMA) {
        levels.pop();
        level = levels.at(-1);
      } else if (level?.names) level.expectsName = true;
    }
  }
  return { raw, earlier, duplicates: [...duplicates] };
}

function closingQuote(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === BACKSLASH) at += 1;
    else if (char === QUOTE) break;
  }
  return at;
}

const nameOf = (quoted: string): string =>
  quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);

function nameIs(level: Level, name: string, duplicates: Set<string>): void {
  level.name = name;
  level.expectsName = false;
  if (level.names?.has(name) === true && duplicates.size < MAX_DUPLICATES) {
    duplicates.add(level.path === '' ? name : level.path + shortened(name));
  }
  level.names?.add(name);
}

function pathBelow(level: Level | undefined): string {
  if (level?.names === undefined) return level?.path ?? '';
  return shortened(`${level.path}${level.name}.`);
}

/** What stands there already is about to be overruled. */
function keepEarlier(
  raw: Readonly<Record<string, string>>,
  name: string,
  earlier: Map<string, EarlierTexts>,
): void {
  const text = Object.hasOwn(raw, name) ? raw[name] : undefined;
  if (text === undefined) return;
  const { texts, count } = earlier.get(name) ?? { texts: [], count: 0 };
  earlier.set(name, { texts: count < MAX_EARLIER ? [...texts, text] : texts, count: count + 1 });
}

function keep(raw: Record<string, string>, name: string, text: string): void {
  if (name !== '__proto__') raw[name] = text;
  else
    Object.defineProperty(raw, name, { value: text, enumerable: true, configurable: true, writable: true });
}

const shortened = (text: string): string => (text.length > MAX_PATH ? `…${text.slice(-MAX_PATH)}` : text);

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** The same JSON text with line breaks and two-space steps; names, order and numbers stay as written. */
export function prettyJsonText(text: string): string {
  let depth = 0;
  let result = '';
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const opened = before === '{' || before === '[';
    if ((opened && !closes) || before === ',' || (closes && !opened)) result += lineBreak(depth);
    result += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
    before = token;
  }
  return result;
}

/** Indented by no more than 16 steps: deep lists of a hostile token would come out a hundred times as long. */
const lineBreak = (depth: number): string => `\n${'  '.repeat(Math.min(depth, 16))}`;
