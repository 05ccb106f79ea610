import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import { isServiceError } from '../../core/errors';
import type { CodeDelivery } from '../../core/ports';
import { confirmSignUp, resendConfirmationCode, signUp } from '../../core/signin/account';
import type { AccountPlace } from '../../core/signin/account';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { askText } from '../input';
import { askNewPassword } from '../sign-in/challenges/new-password';
import { subjectOf } from '../tree/nodes';
import { askUserName, placeOf } from './account-parts';
import type { AccountParts } from './account-parts';
import { askCodeUntilTaken } from './code-loop';

/** Sign Up…: name, password, the attributes that the pool asks for, the code, and then the sign-in. */
export function signUpCommand(parts: AccountParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    const place = await placeOf(parts, subject, vscode.l10n.t('Sign up at which connection?'));
    const title = vscode.l10n.t('Sign up at {0}', connectionLabel(place.connection));
    const username = await askUserName(title);
    const about = { connection: place.connection, username };
    await parts.failures.about(about, async () => {
      const { password, confirmed, delivery } = await signUpUntilTaken(place, title, username);
      if (!confirmed && !delivery) return sayNoCode(username);
      if (delivery) await confirm(parts, place, username, delivery);
      await parts.signIn.signIn({ connectionId: place.connection.id, username }, password);
    });
  };
}

/** Confirm a sign-up that waits for its code, from a failure's button; then on with the sign-in. */
export async function confirmSignUpOf(
  parts: AccountParts,
  subject: { connectionId: string; username: string },
) {
  const place = await placeOf(parts, subject, '');
  const { username } = subject;
  await parts.failures.about({ connection: place.connection, username }, async () => {
    const delivery = await withProgress(vscode.l10n.t('Asking for a new code'), (signal) =>
      resendConfirmationCode(place, username, signal),
    );
    await confirm(parts, place, username, delivery);
    await parts.signIn.signIn(subject);
  });
}

async function confirm(
  parts: AccountParts,
  place: AccountPlace,
  username: string,
  delivery: CodeDelivery | undefined,
): Promise<void> {
  await askCodeUntilTaken({
    title: vscode.l10n.t('Confirm {0}', username),
    delivery,
    known: () => parts.sandbox.codeFor(place.connection, username, true),
    resend: () => resendConfirmationCode(place, username),
    submit: async (code) => void (await confirmSignUp(place, { username, code })),
  });
}

function sayNoCode(username: string): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} is signed up, but not confirmed: Cognito sent no code, since it knows no address of this user that the pool verifies. An administrator of the pool can confirm the user.',
      plain(username),
    ),
  );
}

/** Where Cognito sends the code: the user name itself, where it is an address, else an e-mail address. */
async function addressOf(title: string, username: string): Promise<Record<string, string>> {
  if (username.includes('@')) return { email: username };
  if (/^\+\d{5,}$/.test(username)) return { phone_number: username };
  const email = await askText({
    title,
    prompt: vscode.l10n.t(
      'E-mail address, where Cognito sends the code; leave it empty if the pool asks for none',
    ),
    placeHolder: 'name@example.com',
    validate: (text) =>
      text === '' || /^\S+@\S+$/.test(text)
        ? undefined
        : vscode.l10n.t('Enter an e-mail address, or nothing.'),
  });
  return email === '' ? {} : { email };
}

/** No delivery where the pool confirms by itself, or verifies no address. A refused password or a missing attribute is asked again. */
async function signUpUntilTaken(
  place: AccountPlace,
  title: string,
  username: string,
): Promise<{ password: string; confirmed: boolean; delivery: CodeDelivery | undefined }> {
  const attributes = await addressOf(title, username);
  let password = await askNewPassword(title, 2);
  for (;;) {
    try {
      const done = await withProgress(vscode.l10n.t('Signing up {0}', username), (signal) =>
        signUp(place, { username, password, attributes }, signal),
      );
      return { password, confirmed: done.confirmed, delivery: done.delivery };
    } catch (error) {
      const missing = missingAttribute(error);
      if (isServiceError(error) && error.awsCode === 'InvalidPasswordException') {
        password = await askNewPassword(title, 2, error.awsMessage);
      } else if (missing !== undefined && attributes[missing] === undefined) {
        attributes[missing] = await askText({
          title,
          prompt: vscode.l10n.t('The pool requires the attribute {0}', missing),
          validate: (value) => (value === '' ? vscode.l10n.t('The pool requires a value.') : undefined),
        });
      } else {
        throw error;
      }
    }
  }
}

/** Cognito names what it misses: "Attributes did not conform to the schema: email: The attribute is required". */
function missingAttribute(error: unknown): string | undefined {
  if (!isServiceError(error) || error.awsCode !== 'InvalidParameterException') return undefined;
  return /schema: ([\w:]+): The attribute is required/.exec(error.awsMessage)?.[1];
}
