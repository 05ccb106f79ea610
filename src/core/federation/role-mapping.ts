import * as l10n from '@vscode/l10n';
import type { IdentityPoolRoles, RoleMapping } from '../admin-port';
import {
  mappingOf,
  type RoleLogin,
  rolesOf,
  ruleFinding,
  samlRolesOf,
  type TokenRoles,
} from './role-mapping-claims';

export type { Claims, RoleLogin } from './role-mapping-claims';

export interface RoleMappingQuestion {
  /** What GetIdentityPoolRoles says. */
  readonly roles: IdentityPoolRoles;
  readonly login: RoleLogin;
  /** CustomRoleArn of GetCredentialsForIdentity. */
  readonly customRoleArn?: string | undefined;
}

/** One thing that the identity pool looks at. `skipped`: it does not count here. */
export interface RoleStep {
  readonly ok: boolean | 'skipped';
  /** Localised. */
  readonly sentence: string;
}

export interface RoleChoice {
  /** `no-role`: the pool would have to give a role that it does not have. */
  readonly outcome: 'role' | 'denied' | 'no-role';
  readonly roleArn?: string | undefined;
  /** Key of the mapping that was used. */
  readonly mappingKey?: string | undefined;
  readonly steps: readonly RoleStep[];
  /** The sentence that decides it, localised. */
  readonly decidedBy: string;
}

/**
 * Which role an identity pool gives to a login in the enhanced flow, and by which rule (Amazon Cognito developer guide,
 * "Using role-based access control"; SetIdentityPoolRoles). Nothing is asked of AWS.
 */
export function chooseRole({ roles, login, customRoleArn }: RoleMappingQuestion): RoleChoice {
  if (login.kind === 'guest') return guestRole(roles, customRoleArn);
  const used = mappingOf(roles, login);
  const saml = samlRolesOf(login);
  if (saml.roles.length > 0 && used?.mapping.type !== 'Rules') {
    const start = step(true, l10n.t('The SAML assertion names roles itself: {0}.', listed(saml.roles)));
    const mapping = used?.mapping ?? ({ type: 'Token', ambiguous: 'AuthenticatedRole', rules: [] } as const);
    const choice = roleFromToken(roles, mapping, saml, customRoleArn);
    return { ...choice, mappingKey: used?.key, steps: [start, ...choice.steps] };
  }
  if (!used) return unmapped(roles, login.key, customRoleArn);
  const { key, mapping } = used;
  const start: RoleStep = {
    ok: true,
    sentence:
      mapping.type === 'Token'
        ? l10n.t('The identity pool takes the role of {0} from the token.', key)
        : l10n.t('The identity pool chooses the role of {0} by {1} rules.', key, mapping.rules.length),
  };
  const choice =
    mapping.type === 'Token'
      ? roleFromToken(roles, mapping, rolesOf(login.claims), customRoleArn)
      : roleFromRules(roles, mapping, login.claims, customRoleArn);
  return { ...choice, mappingKey: key, steps: [start, ...choice.steps] };
}

function guestRole(roles: IdentityPoolRoles, customRoleArn: string | undefined): RoleChoice {
  if (customRoleArn !== undefined && customRoleArn !== roles.unauthenticated) {
    return denied([], l10n.t('A guest cannot ask for a role, here {0}.', customRoleArn));
  }
  const sentence = l10n.t('Guests get the unauthenticated role of the identity pool.');
  return roles.unauthenticated === undefined
    ? noRole([], l10n.t('The identity pool has no unauthenticated role, which guests would get.'))
    : given([], roles.unauthenticated, sentence);
}

function unmapped(roles: IdentityPoolRoles, key: string, customRoleArn: string | undefined): RoleChoice {
  const steps = [step('skipped', l10n.t('The identity pool has no role mapping for {0}.', key))];
  if (customRoleArn !== undefined && customRoleArn !== roles.authenticated) {
    return denied(
      steps,
      l10n.t('{0} was asked for, but without a role mapping there is nothing to choose from.', customRoleArn),
    );
  }
  return defaultRole(
    roles,
    steps,
    l10n.t('Without a role mapping everybody who is signed in gets the authenticated role.'),
  );
}

function roleFromToken(
  roles: IdentityPoolRoles,
  mapping: RoleMapping,
  token: TokenRoles,
  customRoleArn: string | undefined,
): RoleChoice {
  const steps: RoleStep[] = [];
  if (customRoleArn !== undefined) {
    return token.roles.includes(customRoleArn)
      ? given(
          steps,
          customRoleArn,
          l10n.t('{0} was asked for, and it is among the roles in the token.', customRoleArn),
        )
      : denied(
          steps,
          l10n.t(
            '{0} was asked for, but it is not among the roles in the token: {1}.',
            customRoleArn,
            listed(token.roles),
          ),
        );
  }
  if (token.preferred !== undefined) {
    return given(
      steps,
      token.preferred,
      l10n.t('The token prefers {0} (cognito:preferred_role).', token.preferred),
    );
  }
  const why =
    token.roles.length > 0
      ? l10n.t('The token names roles but prefers none of them: {0}.', listed(token.roles))
      : l10n.t('The token names no role.');
  return ambiguous(roles, mapping, steps, why);
}

function roleFromRules(
  roles: IdentityPoolRoles,
  mapping: RoleMapping,
  claims: Readonly<Record<string, unknown>>,
  customRoleArn: string | undefined,
): RoleChoice {
  const steps: RoleStep[] = [];
  const matching: { readonly number: number; readonly roleArn: string }[] = [];
  for (const [index, rule] of mapping.rules.entries()) {
    const number = index + 1;
    if (customRoleArn === undefined && matching.length > 0) {
      steps.push(step('skipped', l10n.t('Rule {0}: not looked at, since an earlier rule fits.', number)));
      continue;
    }
    const { fits, sentence } = ruleFinding(rule, claims);
    steps.push(step(fits, l10n.t('Rule {0}: {1}', number, sentence)));
    if (fits === true) matching.push({ number, roleArn: rule.roleArn });
  }
  const wanted = matching.find(({ roleArn }) => customRoleArn === undefined || roleArn === customRoleArn);
  if (wanted) {
    return given(
      steps,
      wanted.roleArn,
      customRoleArn === undefined
        ? l10n.t('Rule {0} is the first that fits; it gives {1}.', wanted.number, wanted.roleArn)
        : l10n.t('{0} was asked for, and rule {1}, which fits, gives it.', wanted.roleArn, wanted.number),
    );
  }
  if (customRoleArn !== undefined) {
    return denied(steps, l10n.t('{0} was asked for, but no rule that fits gives it.', customRoleArn));
  }
  return ambiguous(roles, mapping, steps, l10n.t('No rule fits.'));
}

/** AmbiguousRoleResolution; `why` there is no single role. */
function ambiguous(
  roles: IdentityPoolRoles,
  mapping: RoleMapping,
  steps: readonly RoleStep[],
  why: string,
): RoleChoice {
  const after = (sentence: string): string => `${why} ${sentence}`;
  switch (mapping.ambiguous) {
    case 'AuthenticatedRole':
      return defaultRole(
        roles,
        steps,
        after(l10n.t('In that case the identity pool is set to give the authenticated role.')),
      );
    case 'Deny':
      return denied(steps, after(l10n.t('In that case the identity pool is set to deny.')));
    case undefined:
      return denied(
        steps,
        after(l10n.t('The identity pool does not say what to do in that case, so it denies.')),
      );
  }
}

function defaultRole(
  { authenticated }: IdentityPoolRoles,
  steps: readonly RoleStep[],
  sentence: string,
): RoleChoice {
  if (authenticated !== undefined) return given(steps, authenticated, sentence);
  return noRole(
    [...steps, step(true, sentence)],
    l10n.t('The identity pool has no authenticated role, which this login would get.'),
  );
}

const step = (ok: RoleStep['ok'], sentence: string): RoleStep => ({ ok, sentence });

function given(steps: readonly RoleStep[], roleArn: string, sentence: string): RoleChoice {
  return { outcome: 'role', roleArn, steps: [...steps, step(true, sentence)], decidedBy: sentence };
}

function denied(steps: readonly RoleStep[], sentence: string): RoleChoice {
  return { outcome: 'denied', steps: [...steps, step(false, sentence)], decidedBy: sentence };
}

function noRole(steps: readonly RoleStep[], sentence: string): RoleChoice {
  return { outcome: 'no-role', steps: [...steps, step(false, sentence)], decidedBy: sentence };
}

function listed(roles: readonly string[]): string {
  return roles.length === 0 ? l10n.t('(none)') : roles.join(', ');
}
