import * as vscode from 'vscode';
import type { ServiceError } from '../../../core/errors';
import type { ChallengeAnswer } from '../../../core/signin/challenge';
import { BackPressed, ButtonPressed } from '../../input';

/** Back and the buttons of an input, as answers of the challenge. */
export async function pressed(ask: () => Promise<ChallengeAnswer>): Promise<ChallengeAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BackPressed) return { kind: 'back' };
    if (error instanceof ButtonPressed && error.id === 'resend') return { kind: 'resend' };
    throw error;
  }
}

/** Time left of the challenge's session, for the prompt. */
export function sessionCountdown(challenge: { endsAt?: number | undefined }): { countdown?: () => string } {
  const { endsAt } = challenge;
  if (endsAt === undefined) return {};
  return {
    countdown: () => {
      const seconds = Math.ceil((endsAt - Date.now()) / 1000);
      if (seconds <= 0) return vscode.l10n.t('time is up, the sign-in will start again');
      const minutes = Math.floor(seconds / 60);
      return vscode.l10n.t('{0} left', `${minutes}:${String(seconds % 60).padStart(2, '0')}`);
    },
  };
}

/** Why the answer before was refused, in Cognito's words. */
export function refusal(challenge: { problem?: ServiceError | undefined; notice?: string | undefined }): {
  problem?: string;
} {
  const text = challenge.problem?.awsMessage ?? challenge.notice;
  return text === undefined ? {} : { problem: text };
}
