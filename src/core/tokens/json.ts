/** What JSON.parse alone does not tell of an object's text. */
export interface JsonObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** Text of each member as written: numbers beyond 2^53 keep their digits. */
  readonly raw: Readonly<Record<string, string>>;
  /** Names that occur more than once, with their path (`a.b`), the first 100 of them; JSON.parse keeps the last. */
  readonly duplicates: readonly string[];
}

export type JsonFault = 'json' | 'not-object' | 'too-deep';

const MAX_DEPTH = 100;
const MAX_DUPLICATES = 100;
/** Characters of a path: it is shown to people, and each duplicate below a long name would repeat it. */
const MAX_PATH = 200;

/** Reads the text of a JSON object, without letting `__proto__` members touch a prototype (they are left out of `value`). */
export function readJsonObject(text: string): JsonObject | JsonFault {
  try {
    JSON.parse(text);
  } catch {
    return 'json';
  }
  // Only now: the scanner relies on valid text, and reviving recurses.
  if (depthOf(text) > MAX_DEPTH) return 'too-deep';
  const value: unknown = JSON.parse(text, (key, member: unknown) =>
    key === '__proto__' ? undefined : member,
  );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-object';
  const { raw, duplicates } = scan(text);
  return { value: value as Record<string, unknown>, raw, duplicates };
}

/** Whether a text is JSON of an object or list, not too deep to be shown. */
export function isJsonText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && depthOf(text) <= MAX_DEPTH;
  } catch {
    return false;
  }
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}

interface Level {
  readonly path: string;
  /** Names seen; absent in lists. */
  readonly names?: Set<string>;
  /** The member that is being read. */
  name: string;
  expectsName: boolean;
}

/** Walks text that JSON.parse has accepted: no syntax is checked here. */
function scan(text: string): { raw: Record<string, string>; duplicates: string[] } {
  const raw: Record<string, string> = {};
  const duplicates = new Set<string>();
  const levels: Level[] = [];
  let start = 0;
  const keep = (end: number): void => {
    const [top] = levels;
    if (levels.length !== 1 || top === undefined || top.expectsName) return;
    Object.defineProperty(raw, top.name, {
      value: text.slice(start, end).trim(),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      const path = level?.names ? shortened(`${level.path}${level.name}.`) : (level?.path ?? '');
      levels.push({
        path,
        ...(token === '{' ? { names: new Set<string>() } : {}),
        name: '',
        expectsName: token === '{',
      });
    } else if (token === '}' || token === ']') {
      keep(match.index);
      levels.pop();
    } else if (token === ',') {
      keep(match.index);
      if (level?.names) level.expectsName = true;
    } else if (token === ':') {
      if (levels.length === 1) start = match.index + 1;
    } else if (level?.names && level.expectsName) {
      level.name = JSON.parse(token) as string;
      if (level.names.has(level.name) && duplicates.size < MAX_DUPLICATES) {
        duplicates.add(level.path === '' ? level.name : level.path + shortened(level.name));
      }
      level.names.add(level.name);
      level.expectsName = false;
    }
  }
  return { raw, duplicates: [...duplicates] };
}

const shortened = (text: string): string => (text.length > MAX_PATH ? `…${text.slice(-MAX_PATH)}` : text);

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
