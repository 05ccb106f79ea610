import * as l10n from '@vscode/l10n';
import { identityPoolPrincipal } from '../../connection/derive';
import { parseRole } from '../../federation/role';
import type { Case } from '../case';
import { isGuest, requestedRole } from '../case';
import { roleCommand } from '../cli';
import { identityPool, sentence, short } from '../names';
import type { Row, Words } from '../row';
import { describeSkew } from '../skew';

const services = ['sts'] as const;
const operations = ['AssumeRoleWithWebIdentity'];

/** Rows 99–106: the last step of the basic flow, where STS says itself what it refuses. */
export const assumeRoleRows: readonly Row[] = [
  {
    id: 'D99',
    services,
    codes: ['AccessDenied'],
    fragments: ['sts:tagsession'],
    say: (c) => ({
      title: l10n.t('{0} does not let tags in', sentence(theRole(c))),
      why: l10n.t(
        'The identity pool passes attributes of the user as session tags (attributes for access control). The trust policy of the role must allow sts:TagSession beside sts:AssumeRoleWithWebIdentity.',
      ),
      fix: l10n.t(
        'Let an administrator add sts:TagSession to the trust policy; the copied command shows the policy. Or switch attributes for access control off in the pool.',
      ),
      actions: ['find-cause', 'copy-cli-command'],
      cliCommand: roleCommand(c, 'AssumeRolePolicyDocument'),
    }),
  },
  { id: 'D99', services, operations, codes: ['AccessDenied'], when: isTrust, say: notTrusted },
  { id: 'D101', services, operations, codes: ['ExpiredToken'], say: tokenTooOld },
  {
    id: 'D102',
    services,
    codes: ['InvalidIdentityToken'],
    fragments: ['verification key', 'no openidconnect provider', 'no openid connect provider'],
    say: (c) => ({
      title: l10n.t('STS has no keys for this token'),
      why: l10n.t(
        'STS verifies a token with the keys that its issuer publishes, and could not get them. The token did not come from an identity pool of AWS, or the issuer is no OpenID Connect provider in IAM of this account.',
      ),
      fix: hasEndpoints(c)
        ? l10n.t(
            'Check "endpoints" of the connection: "cognitoIdentity" and "sts" must belong to the same place. Then refresh the credentials.',
          )
        : l10n.t(
            'Refresh the credentials, so that the identity pool makes a new token. The enhanced flow does without this step.',
          ),
      actions: hasEndpoints(c)
        ? ['edit-connection', 'refresh-credentials']
        : ['refresh-credentials', 'use-enhanced-flow'],
    }),
  },
  {
    id: 'D100',
    services,
    codes: ['InvalidIdentityToken'],
    say: (c) => ({
      title: l10n.t('STS was given something that is not an identity token'),
      why: l10n.t(
        'It wants the OpenID token of {0} (GetOpenIdToken). An access token, a token that was cut off or one of a step that failed before is none.',
        identityPool(c),
      ),
      fix: l10n.t('Refresh the credentials: that begins with the first step of the basic flow again.'),
      actions: ['refresh-credentials', 'use-enhanced-flow'],
    }),
  },
  {
    id: 'D103',
    services,
    codes: ['ValidationError', 'Validation', 'InvalidParameterValue'],
    fragments: ['durationseconds'],
    say: tooLong,
  },
  {
    id: 'D104',
    services,
    codes: ['PackedPolicyTooLarge'],
    say: (c) => {
      const percent = /(\d{2,4})\s*%/.exec(c.text)?.[1];
      return {
        title: l10n.t('Session policy and tags are too large together'),
        why: percent
          ? l10n.t('AWS packs them into the session token, and they take {0}% of the room there.', percent)
          : l10n.t('AWS packs them into the session token, and they do not fit in there.'),
        fix: l10n.t(
          'Shorten "identityPool.sessionPolicy" of the connection, or pass fewer or shorter attributes as tags (attributes for access control in the pool).',
        ),
        actions: ['edit-connection', 'show-details'],
      };
    },
  },
  {
    id: 'D.MalformedPolicy',
    services,
    codes: ['MalformedPolicyDocument'],
    say: () => ({
      title: l10n.t('The session policy is not a policy'),
      why: l10n.t('AWS could not read "identityPool.sessionPolicy" of the connection as a policy document.'),
      fix: l10n.t(
        'Correct it: JSON with "Version": "2012-10-17" and a "Statement" of Effect, Action and Resource, without a Principal.',
      ),
      actions: ['edit-connection', 'show-details'],
    }),
  },
  {
    id: 'D105',
    services,
    codes: ['RegionDisabled'],
    say: (c) => ({
      title: l10n.t('STS is switched off in {0}', c.identityRegion ?? l10n.t('this region')),
      why: l10n.t('The account has not activated this region for AWS STS, so that no role can be had there.'),
      fix: l10n.t(
        'Let an administrator activate the region in IAM (Account settings, Security Token Service). Or set "endpoints.sts" of the connection to that of another region.',
      ),
      actions: ['edit-connection', 'use-enhanced-flow'],
    }),
  },
  {
    id: 'D106',
    services,
    codes: ['IDPCommunicationError'],
    say: () => ({
      title: l10n.t('STS could not reach the provider'),
      why: l10n.t('It asks the issuer of the token for its keys, and the answer did not come in time.'),
      fix: l10n.t('Try again in a moment. If it lasts, the fault is at the provider.'),
      actions: ['retry', 'show-details'],
    }),
  },
  {
    id: 'D106',
    services,
    codes: ['IDPRejectedClaim'],
    say: () => ({
      title: l10n.t('The provider no longer stands by this token'),
      why: l10n.t('It told STS that the token was revoked, or that it is not one of its own.'),
      fix: l10n.t('Sign in again to get a new one.'),
      actions: ['sign-in-again', 'sign-in-with-provider'],
    }),
  },
];

/** Plain refusals of the trust policy, not those of a proxy or an organization, which name a policy of their own. */
function isTrust(c: Case): boolean {
  return c.text === '' || /sts:assumerolewithwebidentity|not authorized/.test(c.text);
}

function notTrusted(c: Case): Words {
  const principal = identityPoolPrincipal(c.identityRegion);
  const kind = isGuest(c) ? 'unauthenticated' : 'authenticated';
  return {
    title: l10n.t('{0} does not trust this identity', sentence(theRole(c))),
    why: l10n.t(
      'AWS STS compared the token of {0} with the trust policy of the role, and no statement allows it. The answer is the same for a role that does not exist.',
      identityPool(c),
    ),
    fix: l10n.t(
      "Find the Cause holds the token against the trust policy line by line (with an administrator's AWS profile). The copied command shows the policy.",
    ),
    actions: ['find-cause', 'choose-role', 'copy-cli-command'],
    possibleCauses: [
      {
        row: 'C79',
        text: l10n.t(
          '"{0}:aud" of the trust policy is not {1}.',
          principal,
          c.identityPoolId ?? l10n.t('the id of this pool'),
        ),
      },
      { row: 'C82', text: l10n.t('"{0}:amr" does not match: this token has "{1}".', principal, kind) },
      c.context.identityId
        ? {
            row: 'D99',
            text: l10n.t('"{0}:sub" names another identity than {1}.', principal, c.context.identityId),
          }
        : undefined,
      {
        row: 'C80',
        text: l10n.t('The statement allows sts:AssumeRole; it must allow sts:AssumeRoleWithWebIdentity.'),
      },
      { row: 'C83', text: l10n.t('The pool passes tags, and the statement lacks sts:TagSession.') },
      { row: 'D99', text: l10n.t('There is no role of this name in the account, or not any more.') },
    ],
    cliCommand: roleCommand(c, 'AssumeRolePolicyDocument'),
  };
}

function tokenTooOld(c: Case): Words {
  const skew = c.skew?.tooLarge ? c.skew : undefined;
  return {
    title: l10n.t('The token for STS was too old'),
    why:
      l10n.t(
        'The OpenID token of {0} is good for 10 minutes (that of a developer identity for the time that was asked for), and STS got it later.',
        identityPool(c),
      ) + (skew ? ` ${describeSkew(skew)}` : ''),
    fix:
      c.context.identityKind === 'developer'
        ? l10n.t('Sign in as developer identity again: that makes a new token.')
        : l10n.t('Refresh the credentials: a new token is made right before it is used.'),
    actions: [
      c.context.identityKind === 'developer' ? 'sign-in-as-developer' : 'refresh-credentials',
      ...(skew ? (['check-clock'] as const) : []),
    ],
  };
}

function tooLong(c: Case): Words {
  const asked = c.context.connection?.identityPool?.durationSeconds;
  return {
    title: l10n.t('The role allows no session as long as that'),
    why: asked
      ? l10n.t(
          '{0} seconds were asked for ("identityPool.durationSeconds"). Every role has a longest duration of its own (MaxSessionDuration), one hour unless it was changed; the shortest is 900 seconds.',
          asked,
        )
      : l10n.t(
          'Every role has a longest duration of its own (MaxSessionDuration), one hour unless it was changed; the shortest is 900 seconds.',
        ),
    fix: l10n.t(
      'Set a duration that the role allows; the copied command shows it. Without "durationSeconds" a session lasts one hour.',
    ),
    actions: ['edit-connection', 'copy-cli-command'],
    cliCommand: roleCommand(c, 'MaxSessionDuration'),
  };
}

function theRole(c: Case): string {
  const name = parseRole(requestedRole(c))?.name ?? c.context.roleName;
  return name ? l10n.t('role {0}', short(name, 64)) : l10n.t('the role');
}

function hasEndpoints(c: Case): boolean {
  const { sts, cognitoIdentity } = c.context.connection?.endpoints ?? {};
  return sts !== undefined || cognitoIdentity !== undefined;
}
