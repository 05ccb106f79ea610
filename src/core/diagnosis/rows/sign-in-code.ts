import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client, sentence, user, userPool } from '../names';
import type { Row, Words } from '../row';
import type { ActionId } from '../types';

/** Rows 28–35 and 44: codes, second factors, and the scope that account operations want. */
export const codeAndFactorRows: readonly Row[] = [
  {
    id: 'A28',
    services: ['cognito-idp'],
    codes: ['CodeMismatch'],
    say: (c) => ({
      title: l10n.t('That code is not right'),
      why: l10n.t(
        'It is mistyped, or a newer one was sent since: each sign-in and each request for a code sends another, and only the newest counts.',
      ),
      fix: l10n.t('Use the code of the newest message, or the one that the authenticator shows now.'),
      actions: actionsFor(c),
    }),
  },
  {
    id: 'A29',
    services: ['cognito-idp'],
    codes: ['ExpiredCode'],
    say: (c) => ({
      title: l10n.t('That code no longer counts'),
      why: /already been used/.test(c.text)
        ? l10n.t("An authenticator's code works once, and this one was used already.")
        : l10n.t('It is older than codes of this kind may be, or none was asked for.'),
      fix: /already been used/.test(c.text)
        ? l10n.t('Wait for the next code, which comes within 30 seconds.')
        : l10n.t('Have a new code sent and use that one.'),
      actions: actionsFor(c, 'resend-code'),
    }),
  },
  {
    id: 'A30',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['missing required parameter session'],
    say: () => ({
      title: l10n.t('The sign-in lost its session'),
      why: l10n.t(
        'A step was answered without the session of the step before, so Cognito cannot tell whose it is.',
      ),
      fix: l10n.t(
        'Start the sign-in again; the user name is filled in. If it happens again, the log helps to report it.',
      ),
      actions: ['sign-in-again', 'show-log'],
    }),
  },
  {
    id: 'A31',
    services: ['cognito-idp'],
    operations: ['AssociateSoftwareToken', 'VerifySoftwareToken', 'SetUserMFAPreference'],
    codes: ['NotAuthorized'],
    fragments: ['does not have required scopes'],
    say: (c) => lacksScope(c, l10n.t('This sign-in may not set up MFA for {0}', user(c))),
  },
  {
    id: 'A44',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['does not have required scopes'],
    say: (c) => lacksScope(c, l10n.t('This sign-in may not use {0}', c.operation)),
  },
  {
    id: 'A32',
    services: ['cognito-idp'],
    codes: ['SoftwareTokenMFANotFound'],
    say: (c) => ({
      title: l10n.t('Authenticator apps are switched off in this user pool'),
      why: l10n.t('{0} does not allow time-based codes (TOTP) as a second factor.', sentence(userPool(c))),
      fix: l10n.t(
        'Have them allowed in the MFA settings of the pool. The copied command shows the settings as they are.',
      ),
      actions: ['copy-cli-command'],
      cliCommand: userPoolCommand(c, 'get-user-pool-mfa-config', []),
    }),
  },
  {
    id: 'A33',
    services: ['cognito-idp'],
    codes: ['EnableSoftwareTokenMFA'],
    say: (c) => ({
      title: l10n.t('The code does not fit the new authenticator'),
      why: l10n.t('The clock of the authenticator is off, or it still has the secret of an earlier QR code.'),
      fix: l10n.t(
        'Set the clock of the device by the network, scan the newest QR code, and enter the next code.',
      ),
      actions: c.skew?.tooLarge ? ['set-up-mfa', 'check-clock'] : ['set-up-mfa'],
    }),
  },
  {
    id: 'A34',
    services: ['cognito-idp'],
    codes: ['InvalidSmsRoleAccessPolicy', 'InvalidSmsRoleTrustRelationship', 'InvalidEmailRoleAccessPolicy'],
    say: (c) => {
      const byMail = c.code === 'InvalidEmailRoleAccessPolicy';
      return {
        title: byMail
          ? l10n.t('The user pool may not send e-mail')
          : l10n.t('The user pool may not send text messages'),
        why: roleReason(c.code),
        fix: l10n.t(
          'Only an administrator can mend that. The copied command shows the role and the external ID that the pool uses.',
        ),
        actions: ['copy-cli-command', 'sign-in-again'],
        cliCommand: userPoolCommand(c, 'describe-user-pool', [
          ['--query', byMail ? 'UserPool.EmailConfiguration' : 'UserPool.SmsConfiguration'],
        ]),
      };
    },
  },
  {
    id: 'A35',
    services: ['cognito-idp'],
    codes: ['MFAMethodNotFound'],
    say: (c) => ({
      title: l10n.t('{0} has no second factor, and the pool asks for one', user(c)),
      why: l10n.t(
        '{0} requires MFA, and neither a phone number nor an e-mail address nor an authenticator of this user can serve.',
        sentence(userPool(c)),
      ),
      fix: l10n.t(
        "Where the pool allows authenticator apps, the sign-in leads through their set-up. Otherwise have a phone number set with the copied command and an administrator's credentials.",
      ),
      actions: beforeTokens(c) ? ['sign-in-again', 'copy-cli-command'] : ['set-up-mfa', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'admin-update-user-attributes', [
        ['--username', c.username],
        [
          '--user-attributes',
          ['Name=phone_number,Value=PHONE-NUMBER', 'Name=phone_number_verified,Value=true'],
        ],
      ]),
    }),
  },
];

function beforeTokens(c: Case): boolean {
  return c.operation === 'InitiateAuth' || c.operation === 'RespondToAuthChallenge';
}

/** The button that leads back to where the code was asked for. */
function actionsFor(c: Case, first?: ActionId): readonly ActionId[] {
  switch (c.operation) {
    case 'ConfirmSignUp':
      return first ? [first, 'confirm-sign-up'] : ['confirm-sign-up', 'resend-code'];
    case 'ConfirmForgotPassword':
      return ['reset-password'];
    case 'VerifySoftwareToken':
      return ['set-up-mfa'];
    default:
      return ['sign-in-again'];
  }
}

function lacksScope(c: Case, title: string): Words {
  return {
    title,
    why: l10n.t(
      'The access token lacks the scope aws.cognito.signin.user.admin. A token of the browser sign-in has it only where {0} allows the scope and the connection asks for it.',
      client(c),
    ),
    fix: l10n.t(
      'Sign in with SRP, whose tokens always carry that scope. Or allow it for the client and add it to "scopes" of the connection.',
    ),
    actions: ['sign-in-with-srp', 'edit-connection'],
  };
}

function roleReason(code: string): string {
  switch (code) {
    case 'InvalidSmsRoleAccessPolicy':
      return l10n.t('The IAM role that the pool uses for SMS does not allow sns:Publish.');
    case 'InvalidSmsRoleTrustRelationship':
      return l10n.t(
        'The IAM role that the pool uses for SMS does not trust cognito-idp.amazonaws.com, or expects another external ID.',
      );
    default:
      return l10n.t('Amazon SES does not let the pool send from the address that it is set to use.');
  }
}
