import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import { isServiceError } from '../../core/errors';
import { changePassword, confirmForgotPassword, forgotPassword } from '../../core/signin/account';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { askText } from '../input';
import { askNewPassword } from '../sign-in/challenges/new-password';
import type { CommandSubject } from '../tree/nodes';
import { subjectOf } from '../tree/nodes';
import { askUserName, placeOf, userOf } from './account-parts';
import type { AccountParts } from './account-parts';
import { askCodeUntilTaken } from './code-loop';

/** Forgot Password…: the code, a new password, and then the sign-in. */
export function forgotPasswordCommand(parts: AccountParts) {
  return (argument: unknown): Promise<void> => resetPassword(parts, subjectOf(argument));
}

export async function resetPassword(parts: AccountParts, subject: CommandSubject): Promise<void> {
  const place = await placeOf(parts, subject, vscode.l10n.t('Which connection?'));
  const title = vscode.l10n.t('Forgotten password at {0}', connectionLabel(place.connection));
  const username = subject.username ?? (await askUserName(title));
  await parts.failures.about({ connection: place.connection, username }, async () => {
    const send = () =>
      withProgress(vscode.l10n.t('Asking for a code for {0}', username), (signal) =>
        forgotPassword(place, username, signal),
      );
    const delivery = await send();
    let chosen: string | undefined;
    await askCodeUntilTaken({
      title,
      delivery,
      known: () => parts.sandbox.codeFor(place.connection, username, true),
      resend: send,
      submit: async (code) => {
        chosen = await untilAllowed(title, (password) =>
          confirmForgotPassword(place, { username, code, password }),
        );
      },
    });
    void vscode.window.showInformationMessage(plain(vscode.l10n.t('{0} has a new password.', username)));
    await parts.signIn.signIn({ connectionId: place.connection.id, username }, chosen);
  });
}

/** Change Password… of somebody who is signed in. */
export function changePasswordCommand(parts: AccountParts) {
  return async (argument: unknown): Promise<void> => {
    const { view, connection, user } = await userOf(
      parts,
      subjectOf(argument),
      vscode.l10n.t('Change whose password?'),
    );
    const title = vscode.l10n.t('Change the password of {0}', view.name);
    await parts.failures.about({ connection, ref: view.ref, username: view.name }, async () => {
      let problem: string | undefined;
      do {
        const previous = await askText({
          title,
          prompt: vscode.l10n.t('The password now; leave it empty if {0} has none yet', view.name),
          placeHolder: vscode.l10n.t('The password now'),
          password: true,
          ...(problem === undefined ? {} : { problem }),
        });
        try {
          await untilAllowed(title, (proposed) =>
            changePassword(user, { proposed, ...(previous === '' ? {} : { previous }) }),
          );
          problem = undefined;
        } catch (error) {
          if (!isWrongPassword(error)) throw error;
          problem = vscode.l10n.t('That is not the password of {0}.', view.name);
        }
      } while (problem !== undefined);
      void vscode.window.showInformationMessage(plain(vscode.l10n.t('{0} has a new password.', view.name)));
    });
  };
}

/** Cognito says of the password now what it says of one at a sign-in. A lockout is another refusal. */
function isWrongPassword(error: unknown): boolean {
  return (
    isServiceError(error) &&
    error.awsCode === 'NotAuthorizedException' &&
    /incorrect username or password/i.test(error.awsMessage)
  );
}

/** Asks for a new password until the pool's policy allows it; the one that it took. */
async function untilAllowed(title: string, submit: (password: string) => Promise<void>): Promise<string> {
  const refusals = new Set(['InvalidPasswordException', 'PasswordHistoryPolicyViolationException']);
  let problem: string | undefined;
  for (;;) {
    const password = await askNewPassword(title, 2, problem);
    try {
      await submit(password);
      return password;
    } catch (error) {
      if (!isServiceError(error) || !refusals.has(error.awsCode)) throw error;
      problem = error.awsMessage;
    }
  }
}
