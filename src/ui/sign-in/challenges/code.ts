import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askText } from '../../input';
import { pressed, refusal, sessionCountdown } from './common';

type CodeChallenge = Extract<PendingChallenge, { kind: 'code' }>;

/** A code from a message or an authenticator: where it was sent, how long the session lives, resend, back. */
export function answerCode(challenge: CodeChallenge): Promise<ChallengeAnswer> {
  const resend = {
    id: 'resend',
    icon: 'refresh',
    tooltip: vscode.l10n.t('Send a new code'),
  };
  return pressed(async () => {
    const code = await askText({
      title: vscode.l10n.t('Code for {0}', challenge.username),
      prompt: promptOf(challenge),
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
        : vscode.l10n.t('The code that {0} shows now', deviceName);
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
