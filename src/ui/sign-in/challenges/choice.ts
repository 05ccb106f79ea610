import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askChoice, askText } from '../../input';
import { pressed, refusal } from './common';

/** SELECT_CHALLENGE, SELECT_MFA_TYPE, MFA_SETUP: the offers as Cognito named them, explained. */
export function answerChoice(
  challenge: Extract<PendingChallenge, { kind: 'choice' }>,
): Promise<ChallengeAnswer> {
  return pressed(async () => ({
    kind: 'choice',
    option: await askChoice<string>({
      title: vscode.l10n.t('Sign-in of {0}', challenge.username),
      placeHolder:
        challenge.challenge === 'MFA_SETUP'
          ? vscode.l10n.t('The pool wants a second factor. Which one do you set up?')
          : vscode.l10n.t('How do you want to go on?'),
      back: challenge.canGoBack,
      items: challenge.options.map((option) => ({ ...wordsOf(option), description: option, value: option })),
    }),
  }));
}

function wordsOf(option: string): { label: string; detail?: string } {
  switch (option) {
    case 'PASSWORD':
      return { label: vscode.l10n.t('$(key) Password'), detail: vscode.l10n.t('Sent to Cognito over TLS') };
    case 'PASSWORD_SRP':
      return {
        label: vscode.l10n.t('$(lock) Password by SRP'),
        detail: vscode.l10n.t('The password does not leave this machine'),
      };
    case 'SMS_OTP':
    case 'SMS_MFA':
      return { label: vscode.l10n.t('$(device-mobile) Code by SMS') };
    case 'EMAIL_OTP':
    case 'EMAIL_MFA':
      return { label: vscode.l10n.t('$(mail) Code by e-mail') };
    case 'SOFTWARE_TOKEN_MFA':
      return { label: vscode.l10n.t('$(shield) Authenticator app') };
    case 'WEB_AUTHN':
      return {
        label: vscode.l10n.t('$(globe) Passkey'),
        detail: vscode.l10n.t("A passkey belongs to the pool's own domain: goes on in the browser"),
      };
    default:
      return { label: option };
  }
}

/** A password that was not asked for at the start. */
export function answerPassword(
  challenge: Extract<PendingChallenge, { kind: 'password' }>,
): Promise<ChallengeAnswer> {
  return pressed(async () => ({
    kind: 'password',
    password: await askText({
      title: vscode.l10n.t('Sign-in of {0}', challenge.username),
      prompt: vscode.l10n.t('Password of {0}', challenge.username),
      password: true,
      back: challenge.canGoBack,
      ...refusal(challenge),
      validate: (value) => (value === '' ? vscode.l10n.t('Enter the password.') : undefined),
    }),
  }));
}

/** A passkey can only be used on the pool's own domain. */
export async function answerPasskey(
  challenge: Extract<PendingChallenge, { kind: 'web-authn' }>,
): Promise<ChallengeAnswer> {
  return pressed(async () => ({
    kind: await askChoice<'browser'>({
      title: vscode.l10n.t('Sign-in of {0}', challenge.username),
      placeHolder: vscode.l10n.t("A passkey works only on the page of the pool's own domain"),
      back: challenge.canGoBack,
      items: [{ label: vscode.l10n.t('$(globe) Sign in in the browser'), value: 'browser' }],
    }),
  }));
}
