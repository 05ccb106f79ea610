import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { duration } from '../duration';
import { lockoutSeconds, longestLockoutSeconds } from '../lockout';
import { client, user } from '../names';
import type { Row, Words } from '../row';
import { describeSkew } from '../skew';
import type { PossibleCause } from '../types';

const wrongPassword = ['incorrect username or password'];

/** Rows 1–3 and 8: wrong passwords, and what hides behind the same words. */
export const passwordRows: readonly Row[] = [
  {
    id: 'A2',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'TooManyFailedAttempts'],
    fragments: ['password attempts exceeded'],
    say: lockedOut,
  },
  {
    id: 'A3',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: wrongPassword,
    when: (c) => lockoutSeconds(c.context.failedAttempts) !== undefined,
    say: (c) => ({
      title: l10n.t('Cognito refused {0} again, after {1} failures', user(c), c.context.failedAttempts ?? 5),
      why: l10n.t(
        'After five failures in a row Cognito also refuses the right password for a while, often with the words that it uses for a wrong one. Every further try makes the wait longer.',
      ),
      fix: l10n.t(
        'Wait {0}, then try once with the right password. 15 quiet minutes clear the count.',
        waitOf(c),
      ),
      actions: ['sign-in-again', 'copy-cli-command'],
      possibleCauses: [
        { text: l10n.t('The account is locked out for the moment.') },
        ...passwordCauses(c),
        c.hasClientSecret
          ? {
              text: l10n.t(
                'The stored client secret of {0} is wrong; failures with it count as well.',
                client(c),
              ),
            }
          : undefined,
      ],
      cliCommand: checkUser(c),
    }),
  },
  {
    id: 'A8',
    services: ['cognito-idp'],
    operations: ['RespondToAuthChallenge'],
    codes: ['NotAuthorized'],
    fragments: wrongPassword,
    when: (c) => isAlias(c.username),
    say: (c) => ({
      title: l10n.t('Cognito refused the password proof for {0}', user(c)),
      why: l10n.t(
        'The proof of the password (SRP) does not fit. Most often the password is wrong. You signed in with an e-mail address or phone number, which Cognito replaces by its own user name (USER_ID_FOR_SRP); the proof was made with that name and with the part of the pool id after the underscore.',
      ),
      fix: l10n.t(
        'Type the password again. If you are sure of it, sign in with the user name itself, or with the password flow, which does not need the proof.',
      ),
      actions: ['sign-in-again', 'sign-in-with-password', 'copy-cli-command'],
      possibleCauses: passwordCauses(c),
      cliCommand: checkUser(c),
    }),
  },
  {
    id: 'A1',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: wrongPassword,
    say: (c) => ({
      title: l10n.t('Cognito refused the sign-in of {0}', user(c)),
      why: l10n.t(
        'The user name or the password is not right. Cognito says the same of a user that does not exist and of a temporary password that has expired.',
      ),
      fix: l10n.t(
        "Check both and sign in again. To see which of the three it is, run the copied command with an administrator's credentials: it shows whether the user exists and in what state.",
      ),
      actions: c.skew?.tooLarge
        ? ['sign-in-again', 'check-clock', 'copy-cli-command']
        : ['sign-in-again', 'copy-cli-command'],
      possibleCauses: passwordCauses(c),
      cliCommand: checkUser(c),
    }),
  },
];

function lockedOut(c: Case): Words {
  const seconds = lockoutSeconds(c.context.failedAttempts);
  const count = c.context.failedAttempts;
  return {
    title: l10n.t('Cognito has locked {0} out for a while', user(c)),
    why:
      seconds === undefined || count === undefined
        ? l10n.t(
            'Too many sign-ins failed, here or in another program. From the fifth failure on Cognito waits 1 second and doubles the wait with each further one, up to about 15 minutes.',
          )
        : l10n.t(
            '{0} sign-ins in a row failed. From the fifth on Cognito waits 1 second and doubles the wait with each further failure: now {1}.',
            count,
            duration(seconds * 1000),
          ),
    fix: l10n.t(
      'Wait {0}, then try once. Until then the right password is refused too, and each try lengthens the wait; 15 quiet minutes clear the count.',
      waitOf(c),
    ),
    actions: ['sign-in-again'],
  };
}

function waitOf(c: Case): string {
  const seconds = lockoutSeconds(c.context.failedAttempts);
  return seconds === undefined
    ? l10n.t('between 1 second and {0}', duration(longestLockoutSeconds * 1000))
    : duration(seconds * 1000);
}

function passwordCauses(c: Case): readonly (PossibleCause | undefined)[] {
  return [
    { text: l10n.t('The password is wrong.') },
    {
      text: l10n.t(
        'There is no user {0} in this pool: {1} hides that (PreventUserExistenceErrors). User names can be case-sensitive.',
        user(c),
        client(c),
      ),
    },
    {
      text: l10n.t(
        'The password is a temporary one from an invitation and has expired (TemporaryPasswordValidityDays).',
      ),
    },
    c.skew?.tooLarge
      ? { text: l10n.t('{0} The password proof carries the time.', describeSkew(c.skew)) }
      : undefined,
  ];
}

function checkUser(c: Case): string | undefined {
  return userPoolCommand(c, 'admin-get-user', [['--username', c.username]]);
}

/** An e-mail address or a phone number rather than a user name. */
function isAlias(name: string | undefined): boolean {
  return name !== undefined && (name.includes('@') || /^\+\d/.test(name));
}
