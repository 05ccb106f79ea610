export interface ExpressionAt {
  readonly text: string;
  /** UTF-16 units in the line; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
}

/** Characters on either side of the pointer that are looked at. */
const REACH = 300;
/** Names and members of them in the languages that people debug: `a.b`, `a?.b`, `a->b`, `a::b`, `$a`, `this.#b`. */
const chains = /[\p{L}_$@][\p{L}\p{N}_$]*(?:(?:\?\.|\.|->|::)#?[\p{L}_$][\p{L}\p{N}_$]*)*/gu;
const link = /(?:\?\.|\.|->|::)/g;

/**
 * The expression that a debugger can evaluate without effects at a place of a line: a name, or members of it up to the
 * one pointed at. Undefined where there is none, or where it goes on from a call or an index.
 */
export function expressionAt(line: string, character: number): ExpressionAt | undefined {
  const from = Math.max(0, character - REACH);
  const window = line.slice(from, character + REACH);
  const at = character - from;
  for (const found of window.matchAll(chains)) {
    const [chain] = found;
    const start = found.index;
    if (start > at) return undefined;
    if (start + chain.length < at) continue;
    // What stands at the edge of the window may have begun, or end, outside of it.
    if ((from > 0 && start === 0) || isContinued(window.slice(0, start))) return undefined;
    const end = endOfMember(chain, at - start);
    if (from + start + end === from + window.length && from + window.length < line.length) return undefined;
    return { text: chain.slice(0, end), start: from + start, end: from + start + end };
  }
  return undefined;
}

/** Whether it is a member of something before it, such as a call; `...` only spreads. */
function isContinued(before: string): boolean {
  if (/(?:->|::|[\p{N}#])$/u.test(before)) return true;
  const text = before.trimEnd();
  return text.endsWith('.') && !text.endsWith('...');
}

function endOfMember(chain: string, at: number): number {
  for (const { index } of chain.matchAll(link)) if (index >= at) return index;
  return chain.length;
}
