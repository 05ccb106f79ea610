import type { PolicyContext } from './context';
import { plainTokens, type Token, wildTokens } from './pattern';

/** A text of a policy with its variables filled in, or why that cannot be. */
export type Filled =
  | { readonly ok: true; readonly tokens: readonly Token[]; readonly text: string }
  /** `absent`: the request lacks the key, or has several values for it. `unknown`: it cannot be told. */
  | { readonly ok: false; readonly why: 'absent' | 'unknown'; readonly key: string };

export interface FillOptions {
  readonly context: PolicyContext;
  readonly hasVariables: boolean;
  /** Whether `*` and `?` outside of variables are wildcards. */
  readonly wild: boolean;
}

/** Fills `${key}` and `${key, 'default'}`; `${*}`, `${?}` and `${$}` are the characters themselves (IAM user guide, "Policy variables"). */
export function fillVariables(text: string, { context, hasVariables, wild }: FillOptions): Filled {
  const ordinary = wild ? wildTokens : plainTokens;
  const tokens: Token[] = [];
  const shown: string[] = [];
  // Odd parts are the insides of variables.
  const parts = hasVariables ? text.split(/\$\{([^{}]*)\}/) : [text];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      tokens.push(...ordinary(part));
      shown.push(part);
      continue;
    }
    const value = valueOf(part, context);
    if (typeof value !== 'string') return { ok: false, ...value };
    tokens.push(...plainTokens(value));
    shown.push(value);
  }
  return { ok: true, tokens, text: shown.join('') };
}

function valueOf(
  inside: string,
  context: PolicyContext,
): string | { readonly why: 'absent' | 'unknown'; readonly key: string } {
  if (['*', '?', '$'].includes(inside)) return inside;
  const [, named, fallback] = /^([^,]+),\s*'([^']*)'\s*$/.exec(inside) ?? [];
  const key = (named ?? inside).trim();
  const found = context.get(key);
  if (found === 'unknown') return { why: 'unknown', key };
  // A variable has one text: many values are as good as none.
  const only = found !== 'absent' && found.length === 1 ? found[0] : fallback;
  return only ?? { why: 'absent', key };
}
