import * as l10n from '@vscode/l10n';
import type { GroupFact } from '../admin-port';

/** One group of the user, in the order in which groups count. */
export interface GroupRow {
  readonly name: string;
  readonly precedence?: number | undefined;
  readonly roleArn?: string | undefined;
  /** Its role is the preferred one. */
  readonly wins: boolean;
  /** Why, or why not. Localised. */
  readonly sentence: string;
}

export interface GroupsExplanation {
  readonly rows: readonly GroupRow[];
  /** The role that `cognito:preferred_role` would name now. */
  readonly preferredRole?: string | undefined;
  /** Which group wins, in one sentence. Localised. */
  readonly sentence: string;
}

/** Which group gives the preferred role: the lowest precedence wins, and no precedence comes last (user pools API, GroupType). */
export function explainGroups(groups: readonly GroupFact[]): GroupsExplanation {
  const sorted = groups.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const withRole = sorted.filter(({ roleArn }) => roleArn !== undefined);
  const [first] = withRole;
  const best = first ? withRole.filter((group) => rank(group) === rank(first)) : [];
  const isTie = new Set(best.map(({ roleArn }) => roleArn)).size > 1;
  const preferredRole = isTie ? undefined : first?.roleArn;
  const rows = sorted.map((group): GroupRow => {
    const wins = preferredRole !== undefined && best.includes(group);
    return { ...group, wins, sentence: groupSentence(group, wins, isTie && best.includes(group), best) };
  });
  return { rows, preferredRole, sentence: overall(groups, best, isTie, preferredRole) };
}

function rank({ precedence }: GroupFact): number {
  return precedence ?? Number.POSITIVE_INFINITY;
}

function groupSentence(group: GroupFact, wins: boolean, ties: boolean, best: readonly GroupFact[]): string {
  if (group.roleArn === undefined) return l10n.t('It has no role.');
  if (wins) return l10n.t('Its precedence is the lowest of all groups with a role: its role is preferred.');
  if (ties) {
    const others = best.filter((other) => other !== group).map(({ name }) => name);
    return l10n.t('It ties with {0}, which has another role: no role is preferred.', others.join(', '));
  }
  return l10n.t('Groups with a lower precedence come first: {0}.', best.map(({ name }) => name).join(', '));
}

function overall(
  groups: readonly GroupFact[],
  best: readonly GroupFact[],
  isTie: boolean,
  preferredRole: string | undefined,
): string {
  const names = best.map(({ name }) => name).join(', ');
  if (groups.length === 0) return l10n.t('The user is in no group.');
  if (best.length === 0) return l10n.t("None of the user's groups has a role.");
  if (isTie)
    return l10n.t('{0} have the same precedence and different roles, so no role is preferred.', names);
  return l10n.t('The preferred role is {0}, the role of {1}.', preferredRole ?? '', names);
}
