import * as l10n from '@vscode/l10n';
import { userPoolCommand } from '../cli';
import { client, sentence, user, userPool } from '../names';
import type { Row } from '../row';

/** What Cognito answers to sign-ups, confirmations and forgotten passwords, beside what it answers to sign-ins. */
export const accountRows: readonly Row[] = [
  {
    id: 'N.account.user-exists',
    services: ['cognito-idp'],
    codes: ['UsernameExists'],
    say: (c) => ({
      title: l10n.t('There is a user {0} already', user(c)),
      why: l10n.t('Somebody signed up to {0} by this name, or an administrator made the user.', userPool(c)),
      fix: l10n.t('If it is you, sign in or reset the password. Otherwise sign up by another name.'),
      actions: ['sign-in-again', 'reset-password', 'sign-up'],
    }),
  },
  {
    id: 'N.account.alias-exists',
    services: ['cognito-idp'],
    codes: ['AliasExists'],
    say: (c) => ({
      title: l10n.t('Another user has the address of {0} already', user(c)),
      why: l10n.t(
        'People sign in to {0} with this e-mail address or phone number, so only one confirmed user can have it.',
        userPool(c),
      ),
      fix: l10n.t('If that user is you, sign in as that one. Otherwise sign up with another address.'),
      actions: ['sign-in-again', 'sign-up'],
    }),
  },
  {
    id: 'N.account.sign-up-closed',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['signup is not permitted'],
    say: (c) => ({
      title: l10n.t('Nobody can sign up to {0}', userPool(c)),
      why: l10n.t('Only administrators make users there (AllowAdminCreateUserOnly).'),
      fix: l10n.t(
        "Have the user made: the copied command does it with an administrator's credentials, and Cognito sends an invitation.",
      ),
      actions: ['copy-cli-command', 'sign-in-again'],
      cliCommand: userPoolCommand(c, 'admin-create-user', [['--username', c.username]]),
    }),
  },
  {
    id: 'N.account.attribute-not-writable',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['attempted to write unauthorized attribute'],
    say: (c) => ({
      title: l10n.t('{0} may not write one of the attributes', sentence(client(c))),
      why: l10n.t('An app client writes only the attributes that are among its WriteAttributes.'),
      fix: l10n.t(
        'Leave the attribute out, or have the client allowed to write it. The copied command shows what it may write.',
      ),
      actions: ['sign-up', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool-client', [
        ['--client-id', c.clientId],
        ['--query', 'UserPoolClient.WriteAttributes'],
      ]),
    }),
  },
  {
    id: 'N.account.confirmed-already',
    services: ['cognito-idp'],
    operations: ['ConfirmSignUp', 'ResendConfirmationCode'],
    codes: ['NotAuthorized', 'InvalidParameter'],
    fragments: ['user cannot be confirmed', 'already confirmed'],
    say: (c) => ({
      title: l10n.t('{0} needs no code any more', user(c)),
      why: l10n.t('The sign-up was confirmed before, or an administrator changed the state of the user.'),
      fix: l10n.t('Sign in, or reset the password if you do not know it.'),
      actions: ['sign-in-again', 'reset-password'],
    }),
  },
  {
    id: 'N.account.no-address',
    services: ['cognito-idp'],
    operations: ['ForgotPassword', 'ResendConfirmationCode'],
    codes: ['InvalidParameter', 'NotAuthorized'],
    fragments: ['no registered/verified email', 'auto verification not turned on', 'contact administrator'],
    say: (c) => ({
      title: l10n.t('Cognito has nowhere to send a code for {0}', user(c)),
      why: l10n.t(
        'The user has no e-mail address or phone number that was verified, or {0} leaves such things to administrators.',
        userPool(c),
      ),
      fix: l10n.t(
        "Have an administrator help: the copied command does it with an administrator's credentials. Then sign in.",
      ),
      actions: ['copy-cli-command', 'sign-in-again'],
      cliCommand:
        c.operation === 'ForgotPassword'
          ? userPoolCommand(c, 'admin-set-user-password', [
              ['--username', c.username],
              ['--password', 'NEW-PASSWORD'],
              ['--permanent', true],
            ])
          : userPoolCommand(c, 'admin-confirm-sign-up', [['--username', c.username]]),
    }),
  },
  {
    id: 'N.account.not-resettable',
    services: ['cognito-idp'],
    operations: ['ForgotPassword'],
    codes: ['NotAuthorized'],
    fragments: ['cannot be reset in the current state'],
    say: (c) => ({
      title: l10n.t('The password of {0} cannot be reset yet', user(c)),
      why: l10n.t(
        'The user has not chosen a password: the temporary one of the invitation still counts, or the password is kept by another identity provider.',
      ),
      fix: l10n.t(
        "Sign in with the temporary password. A new invitation brings another one: the copied command sends it with an administrator's credentials.",
      ),
      actions: ['sign-in-again', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'admin-create-user', [
        ['--username', c.username],
        ['--message-action', 'RESEND'],
      ]),
    }),
  },
  {
    id: 'N.account.code-not-sent',
    services: ['cognito-idp'],
    codes: ['CodeDeliveryFailure'],
    say: (c) => ({
      title: l10n.t('Cognito could not send the code for {0}', user(c)),
      why: l10n.t(
        'Its e-mail or SMS service did not take the message: an address that cannot be, or an account of SES or SNS that may not send there.',
      ),
      fix: l10n.t(
        'Check the address, then have a new code sent. The copied command shows how {0} sends.',
        userPool(c),
      ),
      actions: ['resend-code', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool', [
        ['--query', 'UserPool.{Email:EmailConfiguration,Sms:SmsConfiguration}'],
      ]),
    }),
  },
];
