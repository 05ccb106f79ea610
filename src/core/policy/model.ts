/** A policy as read: what could not be read is told in `problems`, and makes the decision unknown where it counts. */
export interface Policy {
  /** What people call it; it stands in the sentences. */
  readonly name: string;
  /** Variables are a thing of version 2012-10-17; before it `${` is plain text. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
  /** Nothing of it could be read. */
  readonly unreadable: boolean;
}

export interface PolicyProblem {
  /** Where, e.g. `Statement[1].Condition.StringEquals`; empty for the document itself. */
  readonly path: string;
  /** Localised. */
  readonly sentence: string;
}

export interface Statement {
  /** Counted from 0. */
  readonly index: number;
  readonly sid?: string | undefined;
  /** Undefined where it says neither. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly actions: Choice;
  /** Undefined in trust policies. */
  readonly resources: Choice | undefined;
  /** Undefined in identity policies. */
  readonly principals: PrincipalChoice | undefined;
  readonly conditions: readonly ConditionLine[];
  /** The first thing that could not be read, localised: the statement may mean something else than what is here. */
  readonly problem?: string | undefined;
}

/** A list, and whether it stands under its `Not…` name. */
export interface Choice {
  readonly negated: boolean;
  readonly values: readonly string[];
}

export interface PrincipalChoice {
  readonly negated: boolean;
  /** `*` alone is the type `*`. */
  readonly entries: readonly { readonly type: string; readonly id: string }[];
}

/** One operator with one key. */
export interface ConditionLine {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Identity policies name resources, trust policies name principals. Session policies are identity policies. */
export type PolicyKind = 'identity' | 'trust';

/** Where a statement stands in its document; `member` as in the document. */
export function statementPath(index: number, member?: string): string {
  return member === undefined ? `Statement[${index}]` : `Statement[${index}].${member}`;
}
