import * as l10n from '@vscode/l10n';
import type { PolicyContext } from './context';
import { all, type Finding, no, some, unknown, YES } from './finding';
import type { ConditionLine } from './model';
import { type Operator, operatorName, operatorOf } from './operators';
import { fillVariables } from './variables';

/** Whether one line of a Condition block holds for a request (IAM user guide, "Condition operators"). */
export function conditionFinding(
  line: ConditionLine,
  context: PolicyContext,
  hasVariables: boolean,
): Finding {
  const { base, quantifier, ifExists } = operatorName(line.operator);
  const operator = operatorOf(base);
  const asksForKey = base === 'Null' && !ifExists && quantifier === undefined;
  if (!operator && !asksForKey) {
    return unknown(l10n.t('The condition operator {0} is not understood here.', line.operator));
  }
  const given = context.get(line.key);
  if (given === 'unknown') {
    return unknown(l10n.t('Whether the request has {0}, and which value, is not known here.', line.key));
  }
  if (!operator) return keyFinding(line, given === 'absent');
  const missed = no(missedSentence(line, given));
  if (given === 'absent') {
    const holds = ifExists || quantifier === 'all' || (quantifier === undefined && operator.negated);
    return holds ? YES : missed;
  }
  const each = given.map((value) => valueFinding(value, line, operator, context, hasVariables, missed));
  if (quantifier === 'all') return all(each);
  if (quantifier === undefined && given.length > 1) {
    return unknown(
      l10n.t('{0} has several values, so {1} needs ForAnyValue or ForAllValues.', line.key, line.operator),
    );
  }
  return some(each, missed.reason);
}

/** The operator Null: whether the key is there at all. */
function keyFinding(line: ConditionLine, isAbsent: boolean): Finding {
  const { key, values } = line;
  const each = values.map((value): Finding => {
    const wanted = value.toLowerCase();
    if (wanted !== 'true' && wanted !== 'false') return unknown(senseless(line, value));
    return (wanted === 'true') === isAbsent ? YES : no('');
  });
  return some(
    each,
    isAbsent
      ? l10n.t('The request lacks {0}, which the policy asks for.', key)
      : l10n.t('The request has {0}, which the policy excludes.', key),
  );
}

/** Whether one value of the request fits one of the policy's values; for negated operators: none of them. */
function valueFinding(
  given: string,
  line: ConditionLine,
  operator: Operator,
  context: PolicyContext,
  hasVariables: boolean,
  missed: Finding,
): Finding {
  const each = line.values.map((value): Finding => {
    const filled = fillVariables(value, { context, hasVariables, wild: operator.wild });
    if (!filled.ok) {
      // "Not equal to nothing" would hold for everybody: safer not understood.
      return filled.why === 'unknown' || operator.negated
        ? unknown(l10n.t('The policy variable {0} has no value that is known here.', filled.key))
        : missed;
    }
    const same = operator.compare(given, filled);
    return same === undefined ? unknown(senseless(line, value)) : same ? YES : missed;
  });
  const found = some(each, missed.reason);
  if (!operator.negated || found.applies === 'unknown') return found;
  return found.applies === 'yes' ? missed : YES;
}

function senseless({ operator }: ConditionLine, value: string): string {
  return l10n.t('The value {0} makes no sense for the condition operator {1}.', value, operator);
}

function missedSentence(
  { operator, key, values }: ConditionLine,
  given: readonly string[] | 'absent',
): string {
  const wanted = values.map(quoted).join(', ');
  return given === 'absent'
    ? l10n.t('{0} asks that {1} is {2}, and the request has no {1}.', operator, key, wanted)
    : l10n.t('{0} asks that {1} is {2}, and it is {3}.', operator, key, wanted, given.map(quoted).join(', '));
}

const quoted = (text: string): string => `"${text}"`;
