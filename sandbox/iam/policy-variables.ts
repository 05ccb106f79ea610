import type { ConditionContext } from './condition-context';
import { literal, type Unit, wildcards } from './glob';

/** A policy text with its variables filled in, or why it cannot be. */
export type Resolved =
  | { readonly kind: 'text'; readonly units: readonly Unit[] }
  /** The request does not have the key. */
  | { readonly kind: 'absent'; readonly key: string }
  /** The sandbox does not know the key. */
  | { readonly kind: 'unknown'; readonly key: string };

const VARIABLE = /\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,]+?)\s*,\s*'([^']*)'\s*$/;

export interface VariableScope {
  readonly context: ConditionContext;
  /** Policies of version 2008-10-17 have no variables: `${` is plain text there. */
  readonly enabled: boolean;
}

/** Fills variables in; `wild` tells whether `*` and `?` outside of variables are wildcards. */
export function resolveText(text: string, scope: VariableScope, wild: boolean): Resolved {
  const plain = wild ? wildcards : literal;
  if (!scope.enabled) {
    return { kind: 'text', units: plain(text) };
  }
  const units: Unit[] = [];
  let last = 0;
  for (const match of text.matchAll(VARIABLE)) {
    units.push(...plain(text.slice(last, match.index)));
    last = match.index + match[0].length;
    const value = variableValue(match[1] ?? '', scope.context);
    if (value.kind !== 'text') {
      return value;
    }
    units.push(...value.units);
  }
  units.push(...plain(text.slice(last)));
  return { kind: 'text', units };
}

function variableValue(inside: string, context: ConditionContext): Resolved {
  if (inside === '*' || inside === '?' || inside === '$') {
    return { kind: 'text', units: literal(inside) };
  }
  const withDefault = WITH_DEFAULT.exec(inside);
  const key = withDefault?.[1] ?? inside;
  const values = context.get(key);
  // A key of many values has no single text to put in.
  const [value] = values?.length === 1 ? values : [withDefault?.[2]];
  if (value !== undefined) {
    return { kind: 'text', units: literal(value) };
  }
  return { kind: context.knows(key) ? 'absent' : 'unknown', key };
}
