import * as l10n from '@vscode/l10n';
import { isRefresh } from '../case';
import type { Case } from '../case';
import { userPoolClientCommand, userPoolCommand } from '../cli';
import { client, user, userPool } from '../names';
import type { Row, Words } from '../row';

/** Rows 17–21: the state that the user is in. */
export const userRows: readonly Row[] = [
  {
    id: 'A17',
    services: ['cognito-idp'],
    codes: ['UserNotConfirmed'],
    say: (c) => ({
      title: l10n.t('{0} has not confirmed the sign-up yet', user(c)),
      why: l10n.t(
        'Cognito sent a code when the user signed up, and waits for it before it lets the user in.',
      ),
      fix: l10n.t('Enter the code: a new one is sent now, and counts alone.'),
      actions: ['confirm-sign-up', 'copy-cli-command', 'sign-in-again'],
      cliCommand: c.hasClientSecret
        ? userPoolCommand(c, 'admin-confirm-sign-up', [['--username', c.username]])
        : userPoolClientCommand(c, 'confirm-sign-up', [
            ['--username', c.username],
            ['--confirmation-code', 'CODE'],
          ]),
    }),
  },
  {
    id: 'A18',
    services: ['cognito-idp'],
    codes: ['PasswordResetRequired'],
    say: (c) => ({
      title: l10n.t('{0} must set a new password first', user(c)),
      why: l10n.t('An administrator asked for a reset, or the user was imported without a password.'),
      fix: l10n.t('Reset the password: a code is sent, with which a new one is set.'),
      actions: ['reset-password', 'copy-cli-command', 'sign-in-again'],
      cliCommand: c.hasClientSecret
        ? userPoolCommand(c, 'admin-set-user-password', [
            ['--username', c.username],
            ['--password', 'NEW-PASSWORD'],
            ['--permanent', true],
          ])
        : userPoolClientCommand(c, 'forgot-password', [['--username', c.username]]),
    }),
  },
  { id: 'A19', services: ['cognito-idp'], codes: ['UserNotFound'], when: isGone, say: goneUser },
  {
    id: 'A19',
    services: ['cognito-idp'],
    codes: ['UserNotFound'],
    say: (c) => ({
      title: l10n.t('There is no user {0} in {1}', user(c), userPool(c)),
      why: l10n.t(
        'No user has this name. In many pools upper and lower case count, and an e-mail address or phone number works only where the pool allows it for sign-in.',
      ),
      fix: l10n.t(
        'Type the user name exactly as the pool has it. The copied command shows what the pool accepts for sign-in.',
      ),
      actions: ['sign-in-again', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool', [
        [
          '--query',
          'UserPool.{SignInWith:UsernameAttributes,Aliases:AliasAttributes,CaseSensitive:UsernameConfiguration.CaseSensitive}',
        ],
      ]),
    }),
  },
  {
    id: 'A20',
    services: ['cognito-idp', 'cognito-identity'],
    codes: ['NotAuthorized'],
    fragments: ['user is disabled'],
    say: (c) => ({
      title: l10n.t('{0} is disabled', user(c)),
      why: l10n.t(
        'An administrator switched this user off in {0}. Nothing on this machine can change that.',
        userPool(c),
      ),
      fix: l10n.t(
        "Have the user enabled (the copied command does it with an administrator's credentials), or sign in as somebody else. AWS credentials that were issued before stay valid until they expire.",
      ),
      actions: ['copy-cli-command', 'sign-in-again'],
      cliCommand: userPoolCommand(c, 'admin-enable-user', [['--username', c.username]]),
    }),
  },
  {
    id: 'A21',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['temporary password has expired'],
    say: (c) => ({
      title: l10n.t('The temporary password of {0} has expired', user(c)),
      why: l10n.t(
        'The invitation is older than the pool allows (TemporaryPasswordValidityDays, 7 days unless set otherwise).',
      ),
      fix: l10n.t(
        "Have a new invitation sent: the copied command does it with an administrator's credentials. Then sign in with the new temporary password.",
      ),
      actions: ['copy-cli-command', 'sign-in-again'],
      cliCommand: userPoolCommand(c, 'admin-create-user', [
        ['--username', c.username],
        ['--message-action', 'RESEND'],
      ]),
    }),
  },
];

/** Not a mistyped name: the user was there when the session began. */
function isGone(c: Case): boolean {
  return isRefresh(c) || c.operation === 'GetUser';
}

function goneUser(c: Case): Words {
  return {
    title: l10n.t('{0} no longer exists in {1}', user(c), userPool(c)),
    why: l10n.t(
      'The user was deleted after this sign-in, so {0} issues no new tokens for it. AWS credentials that were issued before stay valid until they expire.',
      client(c),
    ),
    fix: l10n.t('Sign in as another user, or again once the user has been created anew.'),
    actions: ['sign-in-again'],
  };
}
