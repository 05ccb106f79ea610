import * as l10n from '@vscode/l10n';
import { conditionFinding } from './conditions';
import type { PolicyContext } from './context';
import { all, type Finding, no, some, unknown, YES } from './finding';
import type { Choice, Policy, PrincipalChoice, Statement } from './model';
import { fits, fitsArn, wildTokens } from './pattern';
import { fillVariables } from './variables';

/** What is asked of policies. */
export interface PolicyRequest {
  /** `service:Operation`; case does not matter. */
  readonly action: string;
  /** An ARN. Asked of identity policies. */
  readonly resource?: string | undefined;
  /** Asked of trust policies. */
  readonly principal?: { readonly type: string; readonly id: string } | undefined;
  readonly context: PolicyContext;
}

export type StatementPart = 'principal' | 'action' | 'resource' | 'condition' | 'statement';

export interface StatementFinding extends Finding {
  /** What the reason is about; undefined for `yes`. */
  readonly part?: StatementPart | undefined;
}

/** Whether a statement applies to a request, whatever its effect. The first part that surely does not apply settles it. */
export function statementFinding(
  statement: Statement,
  policy: Policy,
  request: PolicyRequest,
): StatementFinding {
  const { actions, resources, principals, conditions, problem } = statement;
  const parts: readonly [StatementPart, () => Finding][] = [
    ['action', () => actionFinding(actions, request.action)],
    ['principal', () => (principals ? principalFinding(principals, request) : YES)],
    ['resource', () => (resources ? resourceFinding(resources, policy, request) : YES)],
    [
      'condition',
      () => all(conditions.map((line) => conditionFinding(line, request.context, policy.hasVariables))),
    ],
    ['statement', () => (problem === undefined ? YES : unknown(problem))],
  ];
  let unclear: StatementFinding | undefined;
  for (const [part, find] of parts) {
    const found = find();
    if (found.applies === 'no' && problem === undefined) return { ...found, part };
    if (found.applies === 'no') return { ...unknown(problem ?? ''), part: 'statement' };
    if (found.applies === 'unknown') unclear ??= { ...found, part };
  }
  return unclear ?? YES;
}

/** Whether Action or NotAction names the operation. */
export function actionFinding(actions: Choice, action: string): Finding {
  const asked = action.toLowerCase();
  const named = actions.values.some((pattern) => fits(wildTokens(pattern.toLowerCase()), asked));
  return named !== actions.negated ? YES : no(l10n.t('It is not about {0}.', action));
}

/** Whether Principal or NotPrincipal names who asks. */
export function principalFinding(choice: PrincipalChoice, { principal }: PolicyRequest): Finding {
  if (!principal) return YES;
  const named = choice.entries.some(
    ({ type, id }) => type === '*' || (type === principal.type && (id === principal.id || id === '*')),
  );
  return named !== choice.negated ? YES : no(l10n.t('It is not about the principal {0}.', principal.id));
}

function resourceFinding(choice: Choice, { hasVariables }: Policy, request: PolicyRequest): Finding {
  const { resource, context } = request;
  if (resource === undefined) return YES;
  const elsewhere = no(l10n.t('It is about other resources than {0}.', resource));
  const each = choice.values.map((pattern): Finding => {
    const filled = fillVariables(pattern, { context, hasVariables, wild: true });
    if (filled.ok) return fitsArn(filled.tokens, resource, true) ? YES : elsewhere;
    // "All but nothing" would be everything: safer not understood.
    return filled.why === 'unknown' || choice.negated
      ? unknown(l10n.t('The policy variable {0} has no value that is known here.', filled.key))
      : elsewhere;
  });
  const found = some(each, elsewhere.reason);
  if (!choice.negated || found.applies === 'unknown') return found;
  return found.applies === 'yes' ? elsewhere : YES;
}
