import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askText } from '../../input';
import { pressed, refusal, sessionCountdown } from './common';
import type { CodeSource } from './index';

type CodeChallenge = Extract<PendingChallenge, { kind: 'code' }>;

/** A code from a message or an authenticator: where it was sent, how long the session lives, resend, back. */
export async function answerCode(challenge: CodeChallenge, codes?: CodeSource): Promise<ChallengeAnswer> {
  const resend = {
    id: 'resend',
    icon: 'refresh',
    tooltip: vscode.l10n.t('Send a new code'),
  };
  // The sandbox sends no messages and its users hold no phone: it says their codes itself.
  const known = await codes?.(challenge.username, challenge.challenge !== 'SOFTWARE_TOKEN_MFA').catch(
    () => undefined,
  );
  return pressed(async () => {
    const code = await askText({
      title: vscode.l10n.t('Code for {0}', challenge.username),
      prompt:
        known === undefined
          ? promptOf(challenge)
          : vscode.l10n.t('{0} · the sandbox says {1}', promptOf(challenge), known),
      placeHolder: '123456',
      back: challenge.canGoBack,
      buttons: challenge.canResend ? [resend] : [],
      ...sessionCountdown(challenge),
      ...refusal(challenge),
      validate: (value) =>
        /^\d{4,10}$/.test(value.replace(/[\s-]/g, ''))
          ? undefined
          : vscode.l10n.t('Enter the digits of the code, usually six.'),
    });
    return { kind: 'code', code: code.replace(/[\s-]/g, '') };
  });
}

function promptOf(challenge: CodeChallenge): string {
  const { destination, deviceName } = challenge;
  switch (challenge.challenge) {
    case 'SOFTWARE_TOKEN_MFA':
      return deviceName === undefined
        ? vscode.l10n.t('The code that your authenticator shows now')
        : vscode.l10n.t('The code that “{0}” shows now', deviceName);
    case 'SMS_MFA':
    case 'SMS_OTP':
      return destination === undefined
        ? vscode.l10n.t('The code that was sent by SMS; only the newest one counts')
        : vscode.l10n.t('The code that was sent by SMS to {0}; only the newest one counts', destination);
    case 'EMAIL_MFA':
    case 'EMAIL_OTP':
      return destination === undefined
        ? vscode.l10n.t('The code that was sent by e-mail; only the newest one counts')
        : vscode.l10n.t('The code that was sent by e-mail to {0}; only the newest one counts', destination);
  }
}
