import * as l10n from '@vscode/l10n';
import { isRole, type RoleFacts } from './role';

/** The answer in one sentence or two. */
export function summary(facts: RoleFacts): string {
  const { received, customRole, preferredRole, tie } = facts;
  if (!received) return l10n.t('Which role the credentials have is not known yet.');
  const { name } = received;
  if (facts.flow === 'basic') {
    return l10n.t(
      'You have the role {0} because it was named in the basic flow, and its trust policy lets you in.',
      name,
    );
  }
  if (facts.kind === 'guest') {
    return l10n.t(
      'You have the role {0} because you come without a login: it is the unauthenticated role of the identity pool.',
      name,
    );
  }
  if (facts.chosenBy === 'person' && customRole !== undefined && isRole(received, customRole)) {
    return l10n.t('You have the role {0} because you chose it.', name);
  }
  if (facts.kind !== 'user' && customRole === undefined) {
    return l10n.t(
      'You have the role {0}: the default authenticated role of the identity pool, or a rule of the pool chose it by your token.',
      name,
    );
  }
  if (customRole !== undefined && isRole(received, customRole)) {
    return l10n.t('You have the role {0} because the connection asks for it.', name);
  }
  if (preferredRole !== undefined) {
    return isRole(received, preferredRole)
      ? l10n.t(
          'You have the role {0}. It is the preferred role in your token: the role of your group with the lowest precedence number.',
          name,
        )
      : l10n.t(
          'You have the role {0}, although your token prefers {1}. This identity pool does not take the role from the token: it is the default authenticated role, or a rule chose it.',
          name,
          preferredRole,
        );
  }
  return tie
    ? l10n.t(
        'You have the role {0}. Your token names {1} roles and prefers none, because groups with the same precedence have different roles; the identity pool decided without it.',
        name,
        facts.roles.length,
      )
    : l10n.t(
        'You have the role {0}. Your token names no role, so it is the default authenticated role of the identity pool, or a rule chose it.',
        name,
      );
}

/** What the token shows, one sentence each. */
export function tokenShows({ kind, groups, roles, preferredRole, tie }: RoleFacts): string[] {
  if (kind !== 'user') return [];
  const sentences = [
    groups.length === 0
      ? l10n.t('Groups (cognito:groups): none.')
      : l10n.t('Groups (cognito:groups): {0}.', groups.join(', ')),
    roles.length === 0
      ? l10n.t('Roles of the groups (cognito:roles): none.')
      : l10n.t('Roles of the groups (cognito:roles): {0}.', roles.join(', ')),
  ];
  if (preferredRole !== undefined) {
    sentences.push(l10n.t('Preferred role (cognito:preferred_role): {0}.', preferredRole));
  } else if (tie) {
    sentences.push(l10n.t('Preferred role (cognito:preferred_role): none, so the groups tie in precedence.'));
  }
  return sentences;
}

/** What only an administrator can see, one sentence each. */
export function adminOnly({ kind, flow, groups, tie }: RoleFacts): string[] {
  const policies = l10n.t('What the role allows: its policies and its trust policy (IAM).');
  if (flow === 'basic') return [policies];
  if (kind === 'guest') {
    return [l10n.t('Which role is the unauthenticated one (GetIdentityPoolRoles).'), policies];
  }
  return [
    l10n.t(
      'Whether the identity pool takes roles from the token, by rules, or not at all, and its default authenticated role (GetIdentityPoolRoles).',
    ),
    l10n.t('What it does where the token is ambiguous: give the authenticated role, or refuse.'),
    ...(tie || groups.length > 1
      ? [l10n.t('The precedence of each group, and which role belongs to which group (ListGroups).')]
      : []),
    policies,
  ];
}
