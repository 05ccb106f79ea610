import type { SandboxLog } from '../kernel/sandbox-log';
import { CONDITION_OPERATORS, type ConditionOperator, parseOperatorName } from './condition-operators';
import { every, negate, type Outcome, outcomeOf, some } from './outcome';
import type { Condition } from './policy-document';
import { resolveText, type VariableScope } from './policy-variables';

/** Whether one line of a Condition block holds for the request. */
export function conditionHolds(condition: Condition, scope: VariableScope, log: SandboxLog): Outcome {
  const { operator: name, key, values } = condition;
  const { quantifier, base, ifExists } = parseOperatorName(name);
  const notKnown = (what: string): Outcome => {
    log(`iam: ${what} is not known to the sandbox: an Allow does not apply, a Deny does`);
    return 'unknown';
  };
  const operator = CONDITION_OPERATORS.get(base);
  if (operator === undefined && !(base === 'Null' && !ifExists)) {
    return notKnown(`condition operator ${name}`);
  }
  if (!scope.context.knows(key)) {
    return notKnown(`condition key ${key}`);
  }
  const actual = scope.context.get(key);
  if (operator === undefined) {
    return some(values.map((value) => nullHolds(value, actual === undefined)));
  }
  if (actual === undefined) {
    return outcomeOf(
      ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated),
    );
  }
  const each = actual.map((value) => valueHolds(value, values, operator, scope, log));
  if (quantifier === 'ForAllValues') {
    return every(each);
  }
  if (quantifier === undefined && each.length > 1) {
    return notKnown(
      `what ${name} means for the many values of ${key} (ForAnyValue or ForAllValues is missing); that`,
    );
  }
  return some(each);
}

function nullHolds(value: string, absent: boolean): Outcome {
  switch (value.toLowerCase()) {
    case 'true':
      return outcomeOf(absent);
    case 'false':
      return outcomeOf(!absent);
    default:
      return 'unknown';
  }
}

function valueHolds(
  actual: string,
  values: readonly string[],
  operator: ConditionOperator,
  scope: VariableScope,
  log: SandboxLog,
): Outcome {
  const found = some(values.map((value) => compare(actual, value, operator, scope, log)));
  return operator.negated ? negate(found) : found;
}

function compare(
  actual: string,
  value: string,
  operator: ConditionOperator,
  scope: VariableScope,
  log: SandboxLog,
): Outcome {
  const resolved = resolveText(value, scope, operator.wild);
  if (resolved.kind === 'unknown') {
    log(`iam: policy variable \${${resolved.key}} is not known to the sandbox`);
    return 'unknown';
  }
  if (resolved.kind === 'absent') {
    // "Not equal to nothing" would hold for everybody: safer not understood.
    return operator.negated ? 'unknown' : 'no-match';
  }
  const { units } = resolved;
  const text = units.map((unit) => (typeof unit === 'string' ? unit : '')).join('');
  const matches = operator.matches(actual, { units, text });
  return matches === undefined ? 'unknown' : outcomeOf(matches);
}
