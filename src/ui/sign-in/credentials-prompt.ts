import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { SandboxUser } from '../../core/sandbox';
import type { ChallengeAnswer, PendingChallenge } from '../../core/signin/sign-in';
import { askChoice, askText } from '../input';

export interface NameAndPassword {
  readonly username: string;
  readonly password: string;
}

/** Asks who and with which password; the sandbox's users are offered by name, their passwords filled in. */
export async function askNameAndPassword(
  connection: Connection,
  known: { username?: string | undefined; users: readonly SandboxUser[] },
): Promise<NameAndPassword> {
  const title = vscode.l10n.t('Sign in to {0}', connectionLabel(connection));
  if (known.users.length > 0) {
    const other = vscode.l10n.t('Another user…');
    const user = await askChoice<SandboxUser | undefined>({
      title,
      placeHolder: vscode.l10n.t('Who do you want to be?'),
      items: [
        ...known.users.map((item) => ({
          label: item.username,
          description: item.groups.join(', '),
          ...(item.hint ? { detail: item.hint } : {}),
          value: item,
        })),
        { label: other, value: undefined },
      ],
    });
    if (user) return { username: user.username, password: user.password };
  }
  const username = await askText({
    title,
    prompt: vscode.l10n.t(
      'User name, or an e-mail address or phone number that the pool accepts in its place',
    ),
    value: known.username ?? '',
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a user name.') : undefined),
  });
  const password = await askText({
    title,
    prompt: vscode.l10n.t('Password of {0}', username),
    password: true,
    validate: (value) => (value === '' ? vscode.l10n.t('Enter the password.') : undefined),
  });
  return { username, password };
}

export async function askClientSecret(connection: Connection): Promise<string> {
  return askText({
    title: vscode.l10n.t('Client secret of {0}', connectionLabel(connection)),
    prompt: vscode.l10n.t(
      'The app client {0} has a secret. It is kept in the secret storage. Amazon Cognito console → User pools → App clients → Show client secret.',
      connection.userPool?.clientId ?? '',
    ),
    password: true,
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter the client secret.') : undefined),
  }).then((value) => value.trim());
}

/** NEW_PASSWORD_REQUIRED: a new password twice, then each attribute that the pool still wants. */
export async function answerChallenge(challenge: PendingChallenge): Promise<ChallengeAnswer> {
  const totalSteps = 2 + challenge.requiredAttributes.length;
  const title = vscode.l10n.t('{0} must choose a new password', challenge.username);
  let problem = challenge.problem?.awsMessage;
  for (;;) {
    const newPassword = await askText({
      title,
      prompt: vscode.l10n.t('New password'),
      password: true,
      step: 1,
      totalSteps,
      validate: (value) => (value === '' ? vscode.l10n.t('Enter a new password.') : undefined),
      ...(problem === undefined ? {} : { problem }),
    });
    const again = await askText({
      title,
      prompt: vscode.l10n.t('The new password again'),
      password: true,
      step: 2,
      totalSteps,
    });
    if (again !== newPassword) {
      problem = vscode.l10n.t('The two passwords differ. Enter it again.');
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [index, name] of challenge.requiredAttributes.entries()) {
      attributes[name] = await askText({
        title,
        prompt: vscode.l10n.t('The pool requires the attribute {0}', name),
        step: 3 + index,
        totalSteps,
        validate: (value) => (value === '' ? vscode.l10n.t('The pool requires a value.') : undefined),
      });
    }
    return { newPassword, attributes };
  }
}
