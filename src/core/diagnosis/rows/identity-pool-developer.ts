import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { identityPoolCommand } from '../cli';
import { identityPool, sentence } from '../names';
import type { Row } from '../row';

const services = ['cognito-identity'] as const;
const developerOperations = [
  'GetOpenIdTokenForDeveloperIdentity',
  'LookupDeveloperIdentity',
  'MergeDeveloperIdentities',
  'UnlinkDeveloperIdentity',
];
const unsigned = [
  'AccessDenied',
  'UnauthorizedOperation',
  'MissingAuthenticationToken',
  'UnrecognizedClient',
  'InvalidClientTokenId',
  'IncompleteSignature',
];

/** Rows 73 and 91–95: developer identities, and the requests that AWS wants signed. */
export const developerRows: readonly Row[] = [
  {
    id: 'C73',
    services,
    codes: ['NotAuthorized', 'InvalidParameter'],
    fragments: ['valid public provider'],
    say: (c) => ({
      title: l10n.t('The identity pool takes no login of this provider from here'),
      why: l10n.t(
        "The provider's name is none that the public may use. The name of a developer provider works only in requests that are signed with AWS credentials.",
      ),
      fix: l10n.t(
        'Sign in as developer identity: with an AWS profile, or with the token that your backend got. If it is no developer provider, correct "loginKey" of the connection.',
      ),
      actions: ['sign-in-as-developer', 'edit-connection', 'copy-cli-command'],
      cliCommand: providerNameCommand(c),
    }),
  },
  {
    id: 'C91',
    services,
    codes: ['DeveloperUserAlreadyRegistered'],
    say: () => ({
      title: l10n.t('This developer user has another identity already'),
      why: l10n.t(
        'The user identifier is linked to one identity, and the request named a different one. A user identifier leads to one identity only.',
      ),
      fix: l10n.t(
        'Sign in without an identity ID to act as the identity that it has. Or merge the two: the merged one keeps the logins of both.',
      ),
      actions: ['manage-developer-identities', 'sign-in-as-developer'],
    }),
  },
  {
    id: 'C92',
    services,
    fragments: ['specified developer provider', 'developer provider is not'],
    say: (c) => {
      const named = c.context.connection?.identityPool?.developerProvider;
      return {
        title: l10n.t('The identity pool has another developer provider'),
        why: named
          ? l10n.t(
              '{0} does not know the name "{1}". It must be written exactly as in the pool.',
              sentence(identityPool(c)),
              named,
            )
          : l10n.t('{0} does not know the name that was sent.', sentence(identityPool(c))),
        fix: l10n.t(
          'Set "identityPool.developerProvider" of the connection to the name that the copied command shows.',
        ),
        actions: ['edit-connection', 'copy-cli-command'],
        cliCommand: providerNameCommand(c),
      };
    },
  },
  {
    id: 'C94',
    services,
    codes: ['Serialization'],
    say: () => ({
      title: l10n.t('A value has the wrong form'),
      why: l10n.t(
        'The identity pool could not read the request. Each principal tag has one text as its value: no list, no number.',
      ),
      fix: l10n.t('Write every tag as NAME=VALUE and sign in as developer identity again.'),
      actions: ['sign-in-as-developer', 'show-details'],
    }),
  },
  {
    id: 'C95',
    services: ['cognito-identity', 'sts'],
    codes: ['AccessDenied', 'NotAuthorized'],
    fragments: ['resource control policy'],
    say: (c) => ({
      title: l10n.t('A policy of your organization forbids {0}', c.operation),
      why: l10n.t(
        'A resource control policy (RCP) of AWS Organizations denies it, often because the request carries no AWS credentials. {0} and its roles are not the cause.',
        sentence(identityPool(c)),
      ),
      fix: l10n.t(
        'Ask whoever looks after the organization to except the identity pool from that policy. Nothing here can go around it.',
      ),
      actions: ['show-details', 'retry'],
    }),
  },
  {
    id: 'S.Administrator',
    services: ['cognito-identity', 'iam'],
    codes: ['ExpiredToken', 'RequestExpired'],
    say: () => ({
      title: l10n.t('The sign-in of your AWS profile has expired'),
      why: l10n.t(
        'The profile gave credentials whose time is over. They are not those of the identity here.',
      ),
      fix: l10n.t(
        'Renew them where you got them: "aws sso login --profile NAME", or what your organization uses. Then try again.',
      ),
      actions: ['set-aws-profile', 'retry'],
    }),
  },
  {
    id: 'C93',
    services,
    operations: developerOperations,
    codes: [...unsigned, 'NotAuthorized'],
    say: (c) => needsProfile(c),
  },
  {
    id: 'S.Administrator',
    services: ['cognito-identity', 'iam'],
    codes: unsigned,
    say: (c) => needsProfile(c),
  },
];

function needsProfile(c: Case): ReturnType<Row['say']> {
  return {
    title: l10n.t('Your AWS profile may not call {0}', c.operation),
    why: l10n.t(
      'AWS wants this request signed by somebody with rights in the account. The profile lacks {0}:{1}, its credentials are not known to AWS, or it belongs to another account.',
      c.service?.service ?? 'cognito-identity',
      c.operation,
    ),
    fix: l10n.t(
      'Choose another profile (setting "cognitoWorkbench.awsProfile"), or have that right added to its policy.',
    ),
    actions: ['set-aws-profile', 'show-details'],
  };
}

function providerNameCommand(c: Case): string | undefined {
  return identityPoolCommand(c, 'describe-identity-pool', [['--query', 'DeveloperProviderName']]);
}
