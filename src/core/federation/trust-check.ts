import * as l10n from '@vscode/l10n';
import { decide, parsePolicy, type Policy, type PolicyDecision } from '../policy';
import { type StatementCheck, statementLines } from './trust-check-lines';
import { ASSUME, TAG_SESSION, trustRequest, type TrustLogin } from './trust-check-request';

export { amrOf, type TrustLogin } from './trust-check-request';

/** Rows of the error table that a trust policy can be the cause of; `other` is none of them. */
export type TrustCause = 'C79' | 'C80' | 'C81' | 'C82' | 'C83' | 'C85' | 'other';

/** One line of a trust policy. `warning`: it works, and allows more than it should. */
export interface TrustLine {
  readonly ok: boolean | 'warning' | 'unknown';
  /** Localised. */
  readonly sentence: string;
  /** Where in the policy, e.g. `Statement[0].Action`. */
  readonly path?: string | undefined;
}

export interface TrustCheck {
  readonly allowed: boolean | 'unknown';
  /** The first thing that is wrong; undefined where nothing is. */
  readonly cause?: TrustCause | undefined;
  /** The sentence that decides it, localised. */
  readonly sentence: string;
  readonly lines: readonly TrustLine[];
  /** The statement that the lines are about: the one that decides, or the one that comes nearest. Counted from 0. */
  readonly statement?: number | undefined;
}

/**
 * Whether a role's trust policy lets a login of an identity pool in, line by line (Amazon Cognito developer guide, "Role
 * trust and permissions"). `trustPolicy` is JSON; `roleName` stands in the sentences.
 */
export function checkTrust(roleName: string, trustPolicy: string, login: TrustLogin): TrustCheck {
  const policy = parsePolicy(l10n.t('the trust policy of {0}', roleName), trustPolicy, 'trust');
  const oddities = policy.problems.map(({ path, sentence }): TrustLine => ({
    ok: false,
    sentence,
    path: path || undefined,
  }));
  if (policy.statements.length === 0) {
    const sentence = oddities[0]?.sentence ?? '';
    return { allowed: policy.unreadable ? 'unknown' : false, cause: 'other', sentence, lines: oddities };
  }

  const assume = decide([policy], trustRequest(login, ASSUME));
  const check = nearest(policy, login, assume);
  const tagging = login.needsTagSession ? decide([policy], trustRequest(login, TAG_SESSION)) : undefined;
  const lines = [
    ...oddities,
    ...check.lines.map(({ line }) => line),
    ...explicitDeny(assume),
    ...(tagging ? [tagLine(tagging, check.index)] : []),
  ];
  const allowed = both(allows(assume), tagging ? allows(tagging) : true);
  if (allowed === true) return { allowed, sentence: assume.sentence, lines, statement: check.index };
  const broken = check.lines.find(({ line }) => line.ok === false);
  const isTagging = allows(assume) === true;
  return {
    allowed,
    cause: isTagging
      ? tagging?.decision === 'implicit-deny'
        ? 'C83'
        : 'other'
      : assume.decision === 'explicit-deny'
        ? 'other'
        : (broken?.cause ?? 'other'),
    sentence:
      isTagging && tagging
        ? tagLine(tagging, check.index).sentence
        : assume.decision === 'implicit-deny'
          ? (broken?.line.sentence ?? assume.sentence)
          : assume.sentence,
    lines,
    statement: check.index,
  };
}

/** The statement that decides; where none does, the Allow in which the fewest lines are wrong. */
function nearest(policy: Policy, login: TrustLogin, { decidedBy }: PolicyDecision): StatementCheck {
  const deciding = policy.statements[decidedBy?.index ?? -1];
  const allowing = policy.statements.filter(({ effect }) => effect === 'Allow');
  const candidates = deciding?.effect === 'Allow' ? [deciding] : allowing;
  const checks = candidates.map((statement) => statementLines(statement, policy, login));
  const wrong = ({ lines }: StatementCheck): number => lines.filter(({ line }) => line.ok === false).length;
  const [best] = checks.toSorted((a, b) => wrong(a) - wrong(b));
  return (
    best ?? { index: 0, lines: [{ line: { ok: false, sentence: l10n.t('No statement allows anything.') } }] }
  );
}

function explicitDeny({ decision, sentence, decidedBy }: PolicyDecision): TrustLine[] {
  if (decision !== 'explicit-deny' || !decidedBy) return [];
  return [{ ok: false, sentence, path: `Statement[${decidedBy.index}]` }];
}

function tagLine(tagging: PolicyDecision, index: number): TrustLine {
  const path = `Statement[${tagging.decidedBy?.index ?? index}].Action`;
  switch (tagging.decision) {
    case 'allow':
      return {
        ok: true,
        sentence: l10n.t('{0} is allowed, which attributes for access control need.', TAG_SESSION),
        path,
      };
    case 'unknown':
      return { ok: 'unknown', sentence: tagging.sentence, path };
    case 'explicit-deny':
      return { ok: false, sentence: tagging.sentence, path };
    case 'implicit-deny':
      return {
        ok: false,
        sentence: l10n.t(
          'Attributes for access control are on, so the action must be {0} and {1}, and {1} is not allowed.',
          ASSUME,
          TAG_SESSION,
        ),
        path,
      };
  }
}

function allows({ decision }: PolicyDecision): TrustCheck['allowed'] {
  return decision === 'unknown' ? 'unknown' : decision === 'allow';
}

function both(a: TrustCheck['allowed'], b: TrustCheck['allowed']): TrustCheck['allowed'] {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : 'unknown';
}
