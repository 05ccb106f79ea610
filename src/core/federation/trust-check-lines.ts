import * as l10n from '@vscode/l10n';
import type { Policy, Statement } from '../policy';
import { actionFinding, conditionFinding, principalFinding } from '../policy';
import type { TrustCause, TrustLine } from './trust-check';
import { isForeignPrincipal } from './trust-check-principal';
import { ASSUME, principalOf, regionOf, trustRequest, type TrustLogin } from './trust-check-request';

export interface CheckedLine {
  readonly line: TrustLine;
  /** Of a line that is not ok. */
  readonly cause?: TrustCause | undefined;
}

export interface StatementCheck {
  readonly index: number;
  readonly lines: readonly CheckedLine[];
}

type Condition = Statement['conditions'][number];

/** Every line of an Allow, whether it fits the login, in the order principal, action, conditions. */
export function statementLines(statement: Statement, policy: Policy, login: TrustLogin): StatementCheck {
  const lines = [
    principalLine(statement, login),
    actionLine(statement, login),
    ...statement.conditions.map((condition) => conditionLine(condition, statement, policy, login)),
    ...missingConditions(statement, login),
  ];
  return { index: statement.index, lines };
}

function principalLine(statement: Statement, login: TrustLogin): CheckedLine {
  const path = `Statement[${statement.index}].${statement.principals?.negated === true ? 'NotPrincipal' : 'Principal'}`;
  const wanted = principalOf(login);
  const entries = statement.principals?.entries ?? [];
  const fits = statement.principals && principalFinding(statement.principals, trustRequest(login, ASSUME));
  const found = entries.map(({ type, id }) => (type === '*' ? '"*"' : `${type} "${id}"`)).join(', ');
  if (fits?.applies === 'yes') {
    return { line: { ok: true, sentence: l10n.t('The principal is {0}.', found), path } };
  }
  const foreign = entries.find(({ id }) => isForeignPrincipal(id, regionOf(login)));
  return {
    line: {
      ok: false,
      sentence: foreign
        ? l10n.t(
            'In region {0} the principal must be Federated "{1}", and it is {2}, the name of another partition.',
            regionOf(login),
            wanted,
            found,
          )
        : l10n.t('The principal must be Federated "{0}", and it is {1}.', wanted, found || l10n.t('(none)')),
      path,
    },
    cause: foreign ? 'C85' : 'C81',
  };
}

function actionLine({ actions, index }: Statement, login: TrustLogin): CheckedLine {
  const path = `Statement[${index}].${actions.negated ? 'NotAction' : 'Action'}`;
  if (actionFinding(actions, trustRequest(login, ASSUME).action).applies === 'yes') {
    return { line: { ok: true, sentence: l10n.t('It allows {0}.', ASSUME), path } };
  }
  const found = actions.values.join(', ') || l10n.t('(none)');
  const sentence = l10n.t('The action must be {0}, and it is {1}.', ASSUME, found);
  return { line: { ok: false, sentence, path }, cause: 'C80' };
}

function conditionLine(
  condition: Condition,
  { index }: Statement,
  policy: Policy,
  login: TrustLogin,
): CheckedLine {
  const { operator, key, values } = condition;
  const path = `Statement[${index}].Condition.${operator}.${key}`;
  const { context } = trustRequest(login, ASSUME);
  const { applies, reason } = conditionFinding(condition, context, policy.hasVariables);
  const wanted = values.map((value) => `"${value}"`).join(', ');
  if (applies === 'unknown') return { line: { ok: 'unknown', sentence: reason, path }, cause: 'other' };
  if (applies === 'yes') {
    return { line: { ok: true, sentence: l10n.t('{0} {1} {2} holds.', operator, key, wanted), path } };
  }
  const [sentence, cause] = refusal(condition, wanted, login, reason);
  return { line: { ok: false, sentence, path }, cause };
}

function refusal(
  { key }: Condition,
  wanted: string,
  login: TrustLogin,
  reason: string,
): readonly [string, TrustCause] {
  const principal = principalOf(login);
  switch (key.toLowerCase()) {
    case `${principal}:aud`:
      return [l10n.t('It trusts the identity pool {0}, and this one is {1}.', wanted, login.poolId), 'C79'];
    case `${principal}:amr`:
      return [
        l10n.t('It asks that {0} is {1}, and this login has {2}.', key, wanted, login.amr.join(', ')),
        'C82',
      ];
    case `${principal}:sub`:
      return [l10n.t('It trusts the identity {0}, and this one is {1}.', wanted, login.sub), 'other'];
  }
  const colon = key.lastIndexOf(':');
  const name = key.slice(0, Math.max(colon, 0));
  if (isForeignPrincipal(name, regionOf(login))) {
    return [
      l10n.t(
        'The condition key {0} belongs to another partition; in region {1} it is {2}.',
        key,
        regionOf(login),
        principal + key.slice(colon),
      ),
      'C85',
    ];
  }
  if (isMistyped(key)) {
    return [
      l10n.t('There is no condition key {0}; it must be {1}.', key, principal + key.slice(colon)),
      'C81',
    ];
  }
  return [reason, 'other'];
}

/** Whether a key is meant to be one of the identity pool's, whatever its first half is. */
export function isMistyped(key: string): boolean {
  return /cogni?to|identity/i.test(key) && /:(aud|amr|sub)$/i.test(key) && !/^(aws|sts):/i.test(key);
}

/** What the policy would better ask as well. */
function missingConditions({ index, conditions }: Statement, login: TrustLogin): CheckedLine[] {
  const principal = principalOf(login);
  const asks = (name: string): boolean =>
    conditions.some(({ key }) => key.toLowerCase().endsWith(`:${name}`) && /cognito/i.test(key));
  const path = `Statement[${index}].Condition`;
  const warn = (sentence: string): CheckedLine => ({ line: { ok: 'warning', sentence, path } });
  return [
    ...(asks('aud')
      ? []
      : [
          warn(
            l10n.t(
              'Nothing is asked of {0}: identity pools of other AWS accounts could use this role. It should be {1}.',
              `${principal}:aud`,
              login.poolId,
            ),
          ),
        ]),
    ...(asks('amr')
      ? []
      : [
          warn(
            l10n.t(
              'Nothing is asked of {0}: guests and users who are signed in are trusted alike.',
              `${principal}:amr`,
            ),
          ),
        ]),
  ];
}
