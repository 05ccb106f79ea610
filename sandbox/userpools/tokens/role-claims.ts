import type { Group } from '../model';

export interface RoleClaims {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  /** Absent when two groups of the best precedence bring different roles. */
  readonly preferredRole: string | undefined;
}

/** What a user's groups say in the tokens: the lowest precedence wins, groups without one come last. */
export function roleClaims(groups: readonly Group[]): RoleClaims {
  const rank = (group: Group): number => group.precedence ?? Number.POSITIVE_INFINITY;
  const ordered = [...groups].sort((left, right) => {
    const [a, b] = [rank(left), rank(right)];
    return a === b ? (left.name < right.name ? -1 : 1) : a < b ? -1 : 1;
  });
  const withRole = ordered.filter((group) => group.roleArn !== undefined);
  const roles = [...new Set(withRole.flatMap(({ roleArn }) => (roleArn === undefined ? [] : [roleArn])))];
  const best = withRole[0];
  const candidates =
    best === undefined
      ? []
      : withRole.filter((group) => rank(group) === rank(best)).map(({ roleArn }) => roleArn);
  return {
    groups: ordered.map(({ name }) => name),
    roles,
    preferredRole: new Set(candidates).size === 1 ? candidates[0] : undefined,
  };
}
