import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
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
        'Give the groups different precedences, or choose one of the token\'s roles as "roleArn" in the connection. The copied command shows the mapping.',
      ),
      actions: ['edit-connection', 'copy-cli-command'],
      cliCommand: identityPoolCommand(c, 'get-identity-pool-roles'),
    }),
  },
];

/** One answer for every refusal of STS: the causes, most frequent first. */
function noRole(c: Case): Words {
  const guest = c.username === undefined && !c.token.known;
  const kind = guest ? 'unauthenticated' : 'authenticated';
  const pool = c.identityPoolId ?? l10n.t('this identity pool');
  const principal = trustPrincipal(c.identityRegion);
  return {
    title: l10n.t('{0} could not get a role from AWS', user(c)),
    why: l10n.t(
      'The sign-in itself was accepted. Then {0} asked AWS STS for the role, and STS refused. Cognito gives one answer for all reasons; only an administrator can see which it is.',
      identityPool(c),
    ),
    fix: l10n.t(
      'Look at the roles of the pool with the copied command, then at the trust policy of the role in IAM, in the order of the causes below. The trust policy that fits is among the details.',
    ),
    actions: ['copy-cli-command', 'show-details', 'retry'],
    possibleCauses: [
      {
        row: 'C78',
        text: l10n.t(
          'No {0} role is attached to the identity pool.',
          guest ? l10n.t('guest (unauthenticated)') : l10n.t('authenticated'),
        ),
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

/** The provider's name in the partition of a region. */
function trustPrincipal(region: string | undefined): string {
  if (region?.startsWith('us-gov-')) return 'cognito-identity-us-gov.amazonaws.com';
  if (region?.startsWith('cn-')) return `cognito-identity.${region}.amazonaws.com.cn`;
  return standardPrincipal;
}

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

function list(claim: unknown): string {
  const names = Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : [];
  return names.length === 0 ? l10n.t('(none)') : names.join(', ');
}
