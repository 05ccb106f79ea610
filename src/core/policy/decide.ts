import * as l10n from '@vscode/l10n';
import type { Policy, Statement } from './model';
import { type PolicyRequest, statementFinding, type StatementFinding } from './statement';

export type Verdict = 'allow' | 'explicit-deny' | 'implicit-deny' | 'unknown';

export interface PolicyDecision {
  readonly decision: Verdict;
  /** One localised sentence or two, whatever the decision: what decides it, or what comes nearest to allowing it. */
  readonly sentence: string;
  /** The statement that settles it; for `implicit-deny` and `unknown` there may be none. */
  readonly decidedBy?: DecidingStatement | undefined;
  /** What could not be told, localised. Not empty for `unknown`; elsewhere it made no difference. */
  readonly unclear: readonly string[];
}

export interface DecidingStatement {
  readonly policyName: string;
  /** The statement's Sid, else `#1` for the first. */
  readonly statement: string;
  readonly index: number;
}

interface Found {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly finding: StatementFinding;
}

/**
 * What policies of one kind decide together (IAM user guide, "Policy evaluation logic"): an explicit deny first, then
 * any allow; what is not allowed is denied. What is not understood never allows: the decision is then `unknown`.
 */
export function decide(policies: readonly Policy[], request: PolicyRequest): PolicyDecision {
  const found = policies.flatMap((policy) =>
    policy.statements.map((statement): Found => ({
      policy,
      statement,
      finding: statementFinding(statement, policy, request),
    })),
  );
  const denies = found.filter(({ statement }) => statement.effect !== 'Allow');
  const allows = found.filter(({ statement }) => statement.effect !== 'Deny');
  const unreadable = policies.filter((policy) => policy.unreadable);
  const unclear = [
    ...unreadable.map(({ name, problems }) => `${name}: ${problems[0]?.sentence ?? ''}`),
    ...found.filter(isUnclear).map((one) => `${placeOf(one)}: ${one.finding.reason}`),
  ];
  const answer = (decision: Verdict, sentence: string, by?: Found): PolicyDecision => ({
    decision,
    sentence,
    decidedBy: by && decidingStatement(by),
    unclear,
  });

  const deny = denies.find(isCertain);
  if (deny) return answer('explicit-deny', l10n.t('{0} denies {1}.', placeOf(deny), request.action), deny);
  const allow = allows.find(isCertain);
  const doubt = denies.find(isUnclear) ?? (allow ? undefined : allows.find(isUnclear));
  const mayAllow = allow !== undefined || allows.some(isUnclear);
  const isOpen = unreadable.length > 0 || (doubt !== undefined && mayAllow);
  if (isOpen) {
    return answer('unknown', l10n.t('It cannot be told here. {0}', unclear[0] ?? ''), doubt);
  }
  if (allow) return answer('allow', l10n.t('{0} allows {1}.', placeOf(allow), request.action), allow);
  return answer('implicit-deny', nothingAllows(request, allows));
}

const isCertain = ({ finding, statement }: Found): boolean =>
  finding.applies === 'yes' && statement.effect !== undefined;
const isUnclear = ({ finding, statement }: Found): boolean =>
  finding.applies === 'unknown' || (finding.applies === 'yes' && statement.effect === undefined);

/** Names the Allow that was nearest to apply: one that fails by its condition, else one that names other resources. */
function nothingAllows({ action }: PolicyRequest, allows: readonly Found[]): string {
  const nearest =
    allows.find(({ finding }) => finding.part === 'condition') ??
    allows.find(({ finding }) => finding.part === 'resource') ??
    allows.find(({ finding }) => finding.part === 'principal');
  const sentence = l10n.t('No statement allows {0}.', action);
  return nearest
    ? l10n.t('{0} Nearest is {1}: {2}', sentence, placeOf(nearest), nearest.finding.reason)
    : sentence;
}

function decidingStatement({ policy, statement }: Found): DecidingStatement {
  return { policyName: policy.name, statement: statementName(statement), index: statement.index };
}

/** The Sid, else the number, counted from 1. */
export function statementName({ sid, index }: Statement): string {
  return sid ?? `#${index + 1}`;
}

function placeOf({ policy, statement }: Found): string {
  return l10n.t('Statement {0} of {1}', statementName(statement), policy.name);
}
