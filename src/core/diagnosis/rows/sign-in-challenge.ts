import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { user } from '../names';
import type { Row } from '../row';

/** Rows 24–27: new passwords and challenges. */
export const challengeRows: readonly Row[] = [
  {
    id: 'A25',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'InvalidParameter'],
    fragments: ['cannot modify an already provided'],
    say: (c) => ({
      title: l10n.t('Cognito refused the attribute {0}', attributeAfter(c, /already provided ([\w:.-]+)/i)),
      why: l10n.t(
        'With a new password only attributes that are still missing may be given. This one has a value already, even if it is the same.',
      ),
      fix: l10n.t(
        'Sign in again and leave that attribute out. To change it, use admin-update-user-attributes.',
      ),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A24',
    services: ['cognito-idp'],
    operations: ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge'],
    codes: ['InvalidParameter'],
    fragments: ['invalid attributes given', 'is missing', 'attributes required'],
    say: (c) => {
      const name = attributeAfter(c, /([\w:.-]+) is missing/i);
      return {
        title: l10n.t('The new password needs the attribute {0} too', name),
        why: l10n.t(
          'The pool requires this attribute of every user, and {0} has none yet. It must come together with the new password.',
          user(c),
        ),
        fix: l10n.t(
          "Give a value for each attribute that is asked for with the new password. Or have it set beforehand with the copied command and an administrator's credentials.",
        ),
        actions: ['sign-in-again', 'copy-cli-command'],
        cliCommand: userPoolCommand(c, 'admin-update-user-attributes', [
          ['--username', c.username],
          ['--user-attributes', `Name=${name},Value=VALUE`],
        ]),
      };
    },
  },
  {
    id: 'A26',
    services: ['cognito-idp'],
    codes: ['PasswordHistoryPolicyViolation'],
    say: () => ({
      title: l10n.t('This password has been used before'),
      why: l10n.t('The pool remembers earlier passwords and does not accept them again.'),
      fix: l10n.t('Choose another password.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A26',
    services: ['cognito-idp'],
    codes: ['InvalidPassword'],
    say: (c) => ({
      title: l10n.t("The new password does not meet the pool's policy"),
      why: policyReason(c),
      fix: l10n.t('Choose another password. The copied command shows the whole policy.'),
      actions: ['sign-in-again', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'describe-user-pool', [['--query', 'UserPool.Policies.PasswordPolicy']]),
    }),
  },
  {
    id: 'A27',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'InvalidParameter', 'CodeMismatch', 'ExpiredCode'],
    fragments: ['invalid session for the user', 'session is expired', 'session can only be used once'],
    say: (c) => ({
      title: l10n.t('This sign-in took too long or was overtaken'),
      why: l10n.t(
        'Each step of a sign-in carries a session that works once and for about 3 minutes. It has ended, or a newer sign-in of {0} replaced it.',
        user(c),
      ),
      fix: l10n.t(
        'Start the sign-in again; the user name is filled in. Use only the newest code if one was sent.',
      ),
      actions: ['sign-in-again'],
    }),
  },
];

/** The name that Cognito puts into its sentence. */
function attributeAfter(c: Case, pattern: RegExp): string {
  return pattern.exec(c.service?.awsMessage ?? '')?.[1] ?? l10n.t('that Cognito names');
}

/** The part that says which rule was broken: "Password did not conform with policy: Password not long enough". */
function policyReason(c: Case): string {
  const message = c.service?.awsMessage ?? '';
  const rule = /policy:\s*(.{1,300})/i.exec(message)?.[1];
  return rule
    ? l10n.t('Cognito says which rule it breaks: "{0}".', redactSecrets(rule).trim())
    : l10n.t('Its length or its kinds of characters do not suffice.');
}
