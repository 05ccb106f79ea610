import * as l10n from '@vscode/l10n';
import { isRole, type RoleFacts } from './role';

/**
 * `custom-role`: CustomRoleArn. `token-*`: a role mapping of type Token. `mapping-rules`: one of type Rules.
 * `default-role`: none. `guest-role`: no login. `basic-role`: the basic flow, in which nobody chooses but the caller.
 */
export type RoleRuleId =
  | 'basic-role'
  | 'guest-role'
  | 'custom-role'
  | 'token-preferred'
  | 'token-ambiguous'
  | 'mapping-rules'
  | 'default-role';

/** `fits`: token and role agree with it. `possible`: nothing speaks against it. `excluded`: token or role does. */
export type RoleFit = 'fits' | 'possible' | 'excluded';

export interface RoleRule {
  readonly id: RoleRuleId;
  readonly fit: RoleFit;
  readonly title: string;
  /** One sentence: why it fits, or why not. */
  readonly reason: string;
}

/** The ways in which an identity pool chooses a role, in its own order. */
export function roleRules(facts: RoleFacts): RoleRule[] {
  if (facts.flow === 'basic') return [basicRule(facts)];
  if (facts.kind === 'guest') return [guestRule(facts)];
  const custom = customRule(facts);
  // Only user pools put roles into their tokens.
  if (facts.kind !== 'user') return [...(custom ? [custom] : []), mappingRule(facts), defaultRule(facts)];
  const others = [preferredRule(facts), ambiguousRule(facts), mappingRule(facts), defaultRule(facts)];
  if (custom?.fit !== 'fits') return custom ? [custom, ...others] : others;
  const reason = l10n.t('A role is asked for, which goes before this.');
  return [custom, ...others.map((rule) => ({ ...rule, fit: 'excluded' as const, reason }))];
}

function basicRule({ kind }: RoleFacts): RoleRule {
  return {
    id: 'basic-role',
    fit: 'fits',
    title: l10n.t('The role that was named'),
    reason:
      kind === 'guest'
        ? l10n.t(
            'In the basic flow the caller names the role, and STS gives it to whom the role’s trust policy lets in: here to the unauthenticated identities of this identity pool.',
          )
        : l10n.t(
            'In the basic flow the caller names the role, and STS gives it to whom the role’s trust policy lets in. Role mappings and default roles of the identity pool play no part.',
          ),
  };
}

function guestRule({ received }: RoleFacts): RoleRule {
  return {
    id: 'guest-role',
    fit: 'fits',
    title: l10n.t('The unauthenticated role'),
    reason: received
      ? l10n.t('Whoever comes without a login gets this role of the identity pool: {0}.', received.name)
      : l10n.t('Whoever comes without a login gets this role of the identity pool.'),
  };
}

function customRule({ customRole, chosenBy, received, roles }: RoleFacts): RoleRule | undefined {
  if (customRole === undefined) return undefined;
  const rule = (fit: RoleFit, reason: string): RoleRule => ({
    id: 'custom-role',
    fit,
    title:
      chosenBy === 'person'
        ? l10n.t('The role that you chose')
        : l10n.t('The role that the connection asks for'),
    reason,
  });
  if (chosenBy === 'person' && received && isRole(received, customRole)) {
    return rule(
      'fits',
      roles.includes(customRole)
        ? l10n.t('You chose this role, and it is among the roles in the token.')
        : l10n.t('You chose this role. It is not in the token, so a rule of the identity pool allows it.'),
    );
  }
  if (!received) return rule('possible', l10n.t('The role asked for is {0}.', customRole));
  if (!isRole(received, customRole)) {
    return rule('excluded', l10n.t('The role asked for is {0}, which is not the role received.', customRole));
  }
  return rule(
    'fits',
    roles.includes(customRole)
      ? l10n.t('The connection asks for this role, and it is among the roles in the token.')
      : l10n.t(
          'The connection asks for this role. It is not in the token, so a rule of the identity pool allows it.',
        ),
  );
}

function preferredRule({ preferredRole, received, tie }: RoleFacts): RoleRule {
  const rule = (fit: RoleFit, reason: string): RoleRule => ({
    id: 'token-preferred',
    fit,
    title: l10n.t('Role from the token: the preferred role'),
    reason,
  });
  if (preferredRole === undefined) {
    return rule(
      'excluded',
      tie
        ? l10n.t('The token names roles but prefers none of them.')
        : l10n.t('The token names no preferred role.'),
    );
  }
  if (!received) return rule('possible', l10n.t('The token prefers {0}.', preferredRole));
  return isRole(received, preferredRole)
    ? rule('fits', l10n.t('The role received is the preferred role in the token.'))
    : rule('excluded', l10n.t('This would have given {0}, the preferred role in the token.', preferredRole));
}

function ambiguousRule({ preferredRole, tie }: RoleFacts): RoleRule {
  const rule = (fit: RoleFit, reason: string): RoleRule => ({
    id: 'token-ambiguous',
    fit,
    title: l10n.t('Role from the token: ambiguous, so the authenticated role'),
    reason,
  });
  if (preferredRole !== undefined) {
    return rule('excluded', l10n.t('The token names a preferred role, so nothing is ambiguous.'));
  }
  return rule(
    'possible',
    tie
      ? l10n.t(
          'The token names roles and prefers none. Where the identity pool does not refuse that, it gives the default authenticated role.',
        )
      : l10n.t(
          'The token names no role. Where the identity pool does not refuse that, it gives the default authenticated role.',
        ),
  );
}

function mappingRule({ received }: RoleFacts): RoleRule {
  return {
    id: 'mapping-rules',
    fit: 'possible',
    title: l10n.t('A rule of the identity pool'),
    reason: received
      ? l10n.t('A rule that compares claims of the token can choose any role, {0} too.', received.name)
      : l10n.t('A rule that compares claims of the token can choose any role.'),
  };
}

function defaultRule({ received }: RoleFacts): RoleRule {
  return {
    id: 'default-role',
    fit: 'possible',
    title: l10n.t('The default authenticated role'),
    reason: received
      ? l10n.t(
          'Without a role mapping everybody who is signed in gets this role; {0} may be it.',
          received.name,
        )
      : l10n.t('Without a role mapping everybody who is signed in gets this role.'),
  };
}
