import { BlockList, isIP } from 'node:net';
import { arnMatch, globMatch, type Unit } from './glob';

/** What a policy compares with: its text with variables filled in. */
export interface Operand {
  readonly units: readonly Unit[];
  readonly text: string;
}

export interface ConditionOperator {
  /** Whether `*` and `?` in the policy's value are wildcards. */
  readonly wild: boolean;
  /** `Not…`: true when no value of the policy matches, and when the request does not have the key. */
  readonly negated: boolean;
  /** Undefined when the policy's value makes no sense for the operator. */
  readonly matches: (actual: string, operand: Operand) => boolean | undefined;
}

type Matcher = ConditionOperator['matches'];

const sameText: Matcher = (actual, { text }) => actual === text;
const sameTextAnyCase: Matcher = (actual, { text }) => actual.toLowerCase() === text.toLowerCase();
const likeText: Matcher = (actual, { units }) => globMatch(units, actual);
const likeArn: Matcher = (actual, { units }) => arnMatch(units, actual);
const sameBool: Matcher = (actual, { text }) =>
  /^(true|false)$/i.test(text) ? actual.toLowerCase() === text.toLowerCase() : undefined;

function ordered(parse: (text: string) => number | undefined, holds: (order: number) => boolean): Matcher {
  return (actual, { text }) => {
    const operand = parse(text);
    const value = parse(actual);
    return operand === undefined ? undefined : value !== undefined && holds(value - operand);
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** ISO 8601 in the forms that IAM takes, or seconds since the epoch; in milliseconds. */
function parseDate(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) {
    return Number(text) * 1000;
  }
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?)?)?$/.test(text)) {
    return undefined;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const inNetwork: Matcher = (actual, { text }) => {
  const [network = '', bits] = text.split('/');
  const family = isIP(network);
  const widest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > widest) {
    return undefined;
  }
  const address = actual.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(address) !== family) {
    return false;
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(address, type);
};

const is = (matches: Matcher, wild = false): ConditionOperator => ({ wild, negated: false, matches });
const not = (matches: Matcher, wild = false): ConditionOperator => ({ wild, negated: true, matches });

function ordering(name: string, parse: (text: string) => number | undefined): [string, ConditionOperator][] {
  return [
    [`${name}Equals`, is(ordered(parse, (order) => order === 0))],
    [`${name}NotEquals`, not(ordered(parse, (order) => order === 0))],
    [`${name}LessThan`, is(ordered(parse, (order) => order < 0))],
    [`${name}LessThanEquals`, is(ordered(parse, (order) => order <= 0))],
    [`${name}GreaterThan`, is(ordered(parse, (order) => order > 0))],
    [`${name}GreaterThanEquals`, is(ordered(parse, (order) => order >= 0))],
  ];
}

/** All operators but Null, which asks for the key and not for its values. */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', is(sameText)],
  ['StringNotEquals', not(sameText)],
  ['StringEqualsIgnoreCase', is(sameTextAnyCase)],
  ['StringNotEqualsIgnoreCase', not(sameTextAnyCase)],
  ['StringLike', is(likeText, true)],
  ['StringNotLike', not(likeText, true)],
  ...ordering('Numeric', parseNumber),
  ...ordering('Date', parseDate),
  ['Bool', is(sameBool)],
  ['IpAddress', is(inNetwork)],
  ['NotIpAddress', not(inNetwork)],
  // For ARNs "equals" and "like" are one and the same.
  ['ArnEquals', is(likeArn, true)],
  ['ArnLike', is(likeArn, true)],
  ['ArnNotEquals', not(likeArn, true)],
  ['ArnNotLike', not(likeArn, true)],
]);

export interface OperatorName {
  readonly quantifier: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly base: string;
  readonly ifExists: boolean;
}

/** `ForAnyValue:StringLikeIfExists` taken apart. */
export function parseOperatorName(name: string): OperatorName {
  const [, quantifier, base = name, ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return {
    quantifier: quantifier === 'ForAnyValue' || quantifier === 'ForAllValues' ? quantifier : undefined,
    base,
    ifExists: ifExists !== undefined,
  };
}
