import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, optionalRecord, optionalRecords, requiredText } from '../kernel/input';

export const MATCH_TYPES = ['Equals', 'Contains', 'StartsWith', 'NotEqual'] as const;
export type MatchType = (typeof MATCH_TYPES)[number];

/** One rule of a role mapping, under the names of the API. */
export interface MappingRule {
  readonly Claim: string;
  readonly MatchType: MatchType;
  readonly Value: string;
  readonly RoleARN: string;
}

type Claims = Readonly<Record<string, unknown>>;

const MAX_RULES = 25;
const CLAIM = { min: 1, max: 64, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u };

/** The rules of a RulesConfiguration. Throws ValidationException, InvalidParameterException, LimitExceededException. */
export function readRules(mapping: Input): readonly MappingRule[] {
  const configuration = optionalRecord(mapping, 'RulesConfiguration');
  if (configuration === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'RulesConfiguration is required for role mappings of type Rules.',
    );
  }
  const rules = optionalRecords(configuration, 'Rules');
  if (rules === undefined) {
    throw constraintError('Rules', undefined, 'not be null');
  }
  if (rules.length === 0) {
    throw constraintError('Rules', '[]', 'have length greater than or equal to 1');
  }
  if (rules.length > MAX_RULES) {
    throw new AwsError('LimitExceededException', `At most ${MAX_RULES} rules may be given for a provider.`);
  }
  return rules.map(readRule);
}

function readRule(rule: Input): MappingRule {
  const matchType = requiredText(rule, 'MatchType', { oneOf: MATCH_TYPES });
  return {
    Claim: requiredText(rule, 'Claim', CLAIM),
    MatchType: MATCH_TYPES.find((type) => type === matchType) ?? 'Equals',
    Value: requiredText(rule, 'Value', { min: 1, max: 128 }),
    RoleARN: requiredText(rule, 'RoleARN', { min: 20, max: 2048 }),
  };
}

/** The rules that hold for a token, in their order: the first one gives the role. */
export function matchingRules(rules: readonly MappingRule[], claims: Claims): readonly MappingRule[] {
  return rules.filter((rule) => ruleHolds(rule, claims));
}

/**
 * Whether a rule holds; a claim that is not there lets no rule hold, NotEqual neither. AWS does not say what it does
 * with a claim of many values (`cognito:groups`). Here one of the values must fit, and for NotEqual none may be equal.
 */
function ruleHolds({ Claim, MatchType, Value }: MappingRule, claims: Claims): boolean {
  const values = claimValues(Object.hasOwn(claims, Claim) ? claims[Claim] : undefined);
  switch (MatchType) {
    case 'Equals':
      return values.includes(Value);
    case 'Contains':
      return values.some((value) => value.includes(Value));
    case 'StartsWith':
      return values.some((value) => value.startsWith(Value));
    case 'NotEqual':
      return values.length > 0 && !values.includes(Value);
  }
}

/** Numbers and booleans as they are written; structures have no text to compare. */
function claimValues(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [String(value)]
      : [],
  );
}
