import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import { isServiceError } from '../../core/errors';
import {
  associateSoftwareToken,
  getUser,
  setUserMfaPreference,
  verifySoftwareToken,
} from '../../core/signin/account';
import type { SignedInUser } from '../../core/signin/account';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { askChoice } from '../input';
import type { Choice } from '../input';
import { askAuthenticatorCode } from '../sign-in/challenges/authenticator';
import { subjectOf } from '../tree/nodes';
import { userOf } from './account-parts';
import type { AccountParts } from './account-parts';

type Factor = 'totp' | 'sms' | 'email' | 'off';

/** Set Up MFA…: an authenticator app by QR code, or codes by SMS or e-mail; or none any more. */
export function setUpMfaCommand(parts: AccountParts) {
  return async (argument: unknown): Promise<void> => {
    const { view, connection, user } = await userOf(
      parts,
      subjectOf(argument),
      vscode.l10n.t('Set up MFA for whom?'),
    );
    const about = { connection, ref: view.ref, username: view.name };
    await parts.failures.about(about, async () => {
      const now = await withProgress(vscode.l10n.t('Reading the MFA settings of {0}', view.name), (signal) =>
        getUser(user, signal),
      );
      const factor = await askChoice<Factor>({
        title: vscode.l10n.t('MFA of {0}', view.name),
        placeHolder:
          now.mfaMethods.length === 0
            ? vscode.l10n.t('No second factor is set up')
            : vscode.l10n.t('Set up now: {0}', now.mfaMethods.join(', ')),
        items: factors(now.mfaMethods.length > 0),
      });
      if (factor === 'totp') await setUpAuthenticator(user, view.name, connectionLabel(connection));
      await setUserMfaPreference(user, preferenceFor(factor));
      void vscode.window.showInformationMessage(
        plain(
          factor === 'off'
            ? vscode.l10n.t('{0} signs in without a second factor, where the pool allows that.', view.name)
            : vscode.l10n.t('The next sign-in of {0} asks for this second factor.', view.name),
        ),
      );
    });
  };
}

function factors(some: boolean): Choice<Factor>[] {
  return [
    {
      label: vscode.l10n.t('$(shield) Authenticator app'),
      detail: vscode.l10n.t('By QR code; codes change every 30 seconds'),
      value: 'totp',
    },
    {
      label: vscode.l10n.t('$(device-mobile) Code by SMS'),
      detail: vscode.l10n.t('To the verified phone number of the user'),
      value: 'sms',
    },
    {
      label: vscode.l10n.t('$(mail) Code by e-mail'),
      detail: vscode.l10n.t('To the verified e-mail address of the user'),
      value: 'email',
    },
    ...(some ? [{ label: vscode.l10n.t('$(circle-slash) No second factor'), value: 'off' as const }] : []),
  ];
}

function preferenceFor(factor: Factor) {
  const on = { enabled: true, preferred: true };
  const off = { enabled: false, preferred: false };
  switch (factor) {
    case 'totp':
      return { softwareToken: on };
    case 'sms':
      return { sms: on };
    case 'email':
      return { email: on };
    case 'off':
      return { softwareToken: off, sms: off, email: off };
  }
}

/** The QR code, and its first code until one is right. */
async function setUpAuthenticator(user: SignedInUser, username: string, issuer: string): Promise<void> {
  const made = await associateSoftwareToken(user, { issuer, username });
  let problem: string | undefined;
  for (;;) {
    const { code, deviceName } = await askAuthenticatorCode(
      { username, ...made },
      problem === undefined ? {} : { problem },
    );
    try {
      if (await verifySoftwareToken(user, { code, deviceName })) return;
      problem = vscode.l10n.t('Cognito did not take this code. Enter the next one.');
    } catch (error) {
      const wrong = isServiceError(error) && error.awsCode === 'EnableSoftwareTokenMFAException';
      if (!wrong && !(isServiceError(error) && error.awsCode === 'CodeMismatchException')) throw error;
      problem = vscode.l10n.t(
        'That code is not right. Check the clock of the authenticator, and enter the next one.',
      );
    }
  }
}
