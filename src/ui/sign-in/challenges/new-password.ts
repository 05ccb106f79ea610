import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askText } from '../../input';
import { pressed } from './common';

/** NEW_PASSWORD_REQUIRED: a new password twice, then each attribute that the pool still wants. */
export function answerNewPassword(
  challenge: Extract<PendingChallenge, { kind: 'new-password' }>,
): Promise<ChallengeAnswer> {
  const totalSteps = 2 + challenge.requiredAttributes.length;
  const title = vscode.l10n.t('{0} must choose a new password', challenge.username);
  return pressed(async () => {
    const newPassword = await askNewPassword(title, totalSteps, challenge.problem?.awsMessage);
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
    return { kind: 'new-password', newPassword, attributes };
  });
}

/** A new password, twice; asked again until both agree. */
export async function askNewPassword(title: string, totalSteps: number, problem?: string): Promise<string> {
  for (;;) {
    const first = await askText({
      title,
      prompt: vscode.l10n.t('New password'),
      // Stays where the prompt gives way to what is wrong.
      placeHolder: vscode.l10n.t('New password'),
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
    if (again === first) return first;
    problem = vscode.l10n.t('The two passwords differ. Enter it again.');
  }
}
