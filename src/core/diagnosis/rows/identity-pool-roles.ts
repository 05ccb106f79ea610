import * as l10n from '@vscode/l10n';
import { identityPoolPrincipal } from '../../connection/derive';
import type { Case } from '../case';
import { isGuest } from '../case';
import { identityPoolCommand } from '../cli';
import { identityPool, user } from '../names';
import type { Row, Words } from '../row';

/** Rows 78–86: the identity pool accepts the login and still gets no role from STS. */
export const poolRoleRows: readonly Row[] = [
  {
    id: 'C78',
    services: ['cognito-identity'],
    codes: ['InvalidIdentityPoolConfiguration'],
    say: noRole,
  },
  {
    id: 'C86',
    services: ['cognito-identity'],
    codes: ['NotAuthorized'],
    fragments: ['ambiguous role mapping'],
    say: (c) => ({
      title: l10n.t('The identity pool found no single role for {0}', user(c)),
      why: l10n.t(
        "No role mapping rule fits, or the user's groups name several roles without one that comes first, and the pool is set to deny then. The token has groups {0} and roles {1}.",
        list(c.context.tokenClaims?.['cognito:groups']),
        list(c.context.tokenClaims?.['cognito:roles']),
      ),
      fix: l10n.t(
        "Choose one of the token's roles. Or let an administrator give the groups different precedences, or correct the rules; Find the Cause goes through them one by one.",
      ),
      actions: hasRoles(c)
        ? ['choose-role', 'find-cause', 'copy-cli-command']
        : ['find-cause', 'copy-cli-command', 'edit-connection'],
      cliCommand: identityPoolCommand(c, 'get-identity-pool-roles'),
    }),
  },
];

/** One answer for every refusal of STS: the causes, most frequent first. */
function noRole(c: Case): Words {
  const guest = isGuest(c);
  const kind = guest ? 'unauthenticated' : 'authenticated';
  const pool = c.identityPoolId ?? l10n.t('this identity pool');
  const principal = identityPoolPrincipal(c.identityRegion);
  return {
    title: l10n.t('{0} could not get a role from AWS', user(c)),
    why: l10n.t(
      'The sign-in itself was accepted. Then {0} asked AWS STS for the role, and STS refused. Cognito gives one answer for all reasons.',
      identityPool(c),
    ),
    fix: l10n.t(
      "Find the Cause asks STS itself (where the pool allows the basic flow), or looks at pool and role with an administrator's AWS profile. Without either, compare the role with the causes below; the trust policy that fits is among the details.",
    ),
    actions: ['find-cause', 'copy-cli-command', 'show-details', 'retry'],
    possibleCauses: [
      {
        row: 'C78',
        text: l10n.t(
          'No {0} role is attached to the identity pool.',
          guest ? l10n.t('guest (unauthenticated)') : l10n.t('authenticated'),
        ),
      },
      {
        row: 'C78',
        text: l10n.t('The role that is attached, or that a mapping names, was deleted or renamed.'),
      },
      {
        row: 'C79',
        text: l10n.t(
          'The trust policy of the role names another identity pool: its condition "{0}:aud" must be {1}. That happens when the pool was created anew.',
          principal,
          pool,
        ),
      },
      {
        row: 'C80',
        text: l10n.t('The trust policy allows sts:AssumeRole; it must allow sts:AssumeRoleWithWebIdentity.'),
      },
      {
        row: 'C81',
        text: l10n.t(
          'The principal or a condition key of the trust policy is mistyped: the principal must be Federated "{0}", and the keys begin with that name.',
          principal,
        ),
      },
      {
        row: 'C82',
        text: l10n.t(
          'The condition "{0}:amr" asks for the other kind of user; here it must be "{1}".',
          principal,
          kind,
        ),
      },
      {
        row: 'C83',
        text: l10n.t(
          'Attributes for access control are switched on, and the trust policy lacks sts:TagSession.',
        ),
      },
      {
        row: 'C84',
        text: l10n.t('The attributes that are passed as tags are too long (460 bytes altogether).'),
      },
      c.identityRegion && principal !== standardPrincipal
        ? {
            row: 'C85',
            text: l10n.t(
              'In region {0} the provider has a name of its own: {1}.',
              c.identityRegion,
              principal,
            ),
          }
        : undefined,
    ],
    cliCommand: identityPoolCommand(c, 'get-identity-pool-roles'),
    details: c.identityPoolId
      ? [{ label: l10n.t('Trust policy that fits'), value: trustPolicy(c.identityPoolId, principal, kind) }]
      : [],
  };
}

const standardPrincipal = 'cognito-identity.amazonaws.com';

function trustPolicy(poolId: string, principal: string, kind: string): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: principal },
        Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
        Condition: {
          StringEquals: { [`${principal}:aud`]: poolId },
          'ForAnyValue:StringLike': { [`${principal}:amr`]: kind },
        },
      },
    ],
  };
  return JSON.stringify(policy, undefined, 2);
}

function hasRoles(c: Case): boolean {
  const roles = c.context.tokenClaims?.['cognito:roles'];
  return Array.isArray(roles) && roles.length > 0;
}

function list(claim: unknown): string {
  const names = Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : [];
  return names.length === 0 ? l10n.t('(none)') : names.join(', ');
}
