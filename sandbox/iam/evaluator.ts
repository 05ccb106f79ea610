import type { SandboxLog } from '../kernel/sandbox-log';
import type { AccessDecision } from '../kernel/types';
import type { ConditionContext } from './condition-context';
import { conditionHolds } from './conditions';
import { arnMatch, globMatch, wildcards } from './glob';
import { every, type Outcome, outcomeOf, some } from './outcome';
import type { Choice, Policy, PrincipalChoice, Statement } from './policy-document';
import { resolveText, type VariableScope } from './policy-variables';

export interface Question {
  readonly action: string;
  readonly context: ConditionContext;
  readonly log: SandboxLog;
  /** Asked of identity policies. */
  readonly resource?: string;
  /** Asked of trust policies. */
  readonly principal?: { readonly type: string; readonly id: string };
}

export interface PolicySet {
  /** At least one must allow. */
  readonly policies: readonly Policy[];
  /** Where given, at least one of these must allow too. */
  readonly sessionPolicies?: readonly Policy[];
}

/** Explicit deny first, whichever policy says it; then all that is not allowed is denied. */
export function evaluatePolicies(set: PolicySet, question: Question): AccessDecision {
  const own = tally(set.policies, question);
  const session = set.sessionPolicies === undefined ? undefined : tally(set.sessionPolicies, question);
  if (own.denies || session?.denies === true) {
    return { allowed: false, reason: 'explicit-deny' };
  }
  if (!own.allows) {
    return { allowed: false, reason: 'implicit-deny' };
  }
  return session?.allows === false
    ? { allowed: false, reason: 'session-policy' }
    : { allowed: true, reason: 'allowed' };
}

function tally(policies: readonly Policy[], question: Question): { allows: boolean; denies: boolean } {
  let [allows, denies] = [false, false];
  for (const { hasVariables, statements } of policies) {
    const scope = { context: question.context, enabled: hasVariables };
    for (const statement of statements) {
      const outcome = applies(statement, question, scope);
      allows ||= statement.effect === 'Allow' && outcome === 'match';
      denies ||= statement.effect === 'Deny' && outcome !== 'no-match';
    }
  }
  return { allows, denies };
}

function applies(statement: Statement, question: Question, scope: VariableScope): Outcome {
  const { action, resource, principal, log } = question;
  const subject = every([
    actionMatches(statement.actions, action),
    statement.resources === undefined || resource === undefined
      ? 'match'
      : resourceMatches(statement.resources, resource, scope, log),
    statement.principals === undefined || principal === undefined
      ? 'match'
      : principalMatches(statement.principals, principal),
  ]);
  // Conditions of statements about something else are not worth a line in the log.
  return subject === 'no-match'
    ? subject
    : every([subject, ...statement.conditions.map((condition) => conditionHolds(condition, scope, log))]);
}

function actionMatches(actions: Choice, action: string): Outcome {
  const asked = action.toLowerCase();
  const found = actions.values.some((pattern) => globMatch(wildcards(pattern.toLowerCase()), asked));
  return outcomeOf(found !== actions.negated);
}

function resourceMatches(
  resources: Choice,
  resource: string,
  scope: VariableScope,
  log: SandboxLog,
): Outcome {
  const found = some(
    resources.values.map((pattern) => {
      const resolved = resolveText(pattern, scope, true);
      switch (resolved.kind) {
        case 'text':
          return outcomeOf(arnMatch(resolved.units, resource));
        case 'absent':
          // "All but nothing" would be everything: safer not understood.
          return resources.negated ? 'unknown' : 'no-match';
        case 'unknown':
          log(`iam: policy variable \${${resolved.key}} is not known to the sandbox`);
          return 'unknown';
      }
    }),
  );
  return found === 'unknown' ? found : outcomeOf((found === 'match') !== resources.negated);
}

function principalMatches(
  choice: PrincipalChoice,
  asked: { readonly type: string; readonly id: string },
): Outcome {
  const found = choice.principals.some(
    ({ type, id }) => type === '*' || (type === asked.type && (id === asked.id || id === '*')),
  );
  return outcomeOf(found !== choice.negated);
}
