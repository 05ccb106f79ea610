import { inNetwork } from './ip';
import { fits, fitsArn, type Token } from './pattern';

/** What a policy compares with, its variables filled in. */
export interface Operand {
  readonly tokens: readonly Token[];
  readonly text: string;
}

export interface Operator {
  /** `Not…`: holds where no value of the policy fits. */
  readonly negated: boolean;
  /** Whether `*` and `?` in the policy's value are wildcards. */
  readonly wild: boolean;
  /** Undefined where the policy's value makes no sense for this operator. */
  readonly compare: (given: string, operand: Operand) => boolean | undefined;
}

export interface OperatorName {
  readonly base: string;
  readonly quantifier?: 'any' | 'all' | undefined;
  readonly ifExists: boolean;
}

/** `ForAnyValue:StringLikeIfExists` taken apart. */
export function operatorName(name: string): OperatorName {
  const colon = name.indexOf(':');
  const prefix = name.slice(0, Math.max(colon, 0));
  const quantifier = prefix === 'ForAnyValue' ? 'any' : prefix === 'ForAllValues' ? 'all' : undefined;
  const rest = quantifier === undefined ? name : name.slice(colon + 1);
  const ifExists = rest.endsWith('IfExists');
  return { base: ifExists ? rest.slice(0, -'IfExists'.length) : rest, quantifier, ifExists };
}

/** The operator of a name without quantifier and `IfExists`; undefined for those that are not known (`Null` is none of them). */
export function operatorOf(base: string): Operator | undefined {
  return Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : undefined;
}

type Compare = Operator['compare'];

const sameCase: Compare = (given, { text }) => given === text;
const anyCase: Compare = (given, { text }) => given.toLowerCase() === text.toLowerCase();
const like: Compare = (given, { tokens }) => fits(tokens, given);
const arn: Compare = (given, { tokens }) => fitsArn(tokens, given);
const network: Compare = (given, { text }) => inNetwork(given, text);
const bool: Compare = (given, { text }) =>
  ['true', 'false'].includes(text.toLowerCase()) ? given.toLowerCase() === text.toLowerCase() : undefined;

function measured(
  read: (text: string) => number | undefined,
  holds: (difference: number) => boolean,
): Compare {
  return (given, { text }) => {
    const [left, right] = [read(given), read(text)];
    if (right === undefined) return undefined;
    return left !== undefined && holds(left - right);
  };
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: sameCase, negated: false, wild: false },
  StringNotEquals: { compare: sameCase, negated: true, wild: false },
  StringEqualsIgnoreCase: { compare: anyCase, negated: false, wild: false },
  StringNotEqualsIgnoreCase: { compare: anyCase, negated: true, wild: false },
  StringLike: { compare: like, negated: false, wild: true },
  StringNotLike: { compare: like, negated: true, wild: true },
  ...measures('Numeric', readNumber),
  ...measures('Date', readDate),
  Bool: { compare: bool, negated: false, wild: false },
  IpAddress: { compare: network, negated: false, wild: false },
  NotIpAddress: { compare: network, negated: true, wild: false },
  // For ARNs "equals" and "like" are the same.
  ArnEquals: { compare: arn, negated: false, wild: true },
  ArnLike: { compare: arn, negated: false, wild: true },
  ArnNotEquals: { compare: arn, negated: true, wild: true },
  ArnNotLike: { compare: arn, negated: true, wild: true },
};

function measures(kind: string, read: (text: string) => number | undefined): Record<string, Operator> {
  const tests: readonly [string, boolean, (difference: number) => boolean][] = [
    ['Equals', false, (difference) => difference === 0],
    ['NotEquals', true, (difference) => difference === 0],
    ['LessThan', false, (difference) => difference < 0],
    ['LessThanEquals', false, (difference) => difference <= 0],
    ['GreaterThan', false, (difference) => difference > 0],
    ['GreaterThanEquals', false, (difference) => difference >= 0],
  ];
  return Object.fromEntries(
    tests.map(([name, negated, holds]) => [
      kind + name,
      { compare: measured(read, holds), negated, wild: false },
    ]),
  );
}

function readNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const ISO_DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?)?$/;

/** ISO 8601, or seconds since the epoch; in milliseconds. A year alone is a date. */
function readDate(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  const time = ISO_DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
