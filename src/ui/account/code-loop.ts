import * as vscode from 'vscode';
import { isServiceError } from '../../core/errors';
import type { CodeDelivery } from '../../core/ports';
import { ButtonPressed, askText } from '../input';
import { deliveryText } from './account-parts';

/** Refusals after which another code can be tried. */
const answerable = new Set(['CodeMismatchException', 'ExpiredCodeException']);

/**
 * Asks for a code until it is taken: a wrong one is asked again with the reason, a new one can be sent. Throws
 * CancelledError, and every other refusal.
 */
export async function askCodeUntilTaken(question: {
  readonly title: string;
  readonly delivery: CodeDelivery | undefined;
  /** The newest code, where the sandbox "sent" it: it sends no messages. */
  readonly known: () => Promise<string | undefined>;
  readonly resend: () => Promise<CodeDelivery>;
  readonly submit: (code: string) => Promise<void>;
}): Promise<void> {
  let { delivery } = question;
  let problem: string | undefined;
  for (;;) {
    try {
      const known = await question.known().catch(() => undefined);
      const sent = deliveryText(delivery);
      const code = await askText({
        title: question.title,
        prompt: known === undefined ? sent : vscode.l10n.t('{0} · the sandbox says {1}', sent, known),
        placeHolder: '123456',
        buttons: [{ id: 'resend', icon: 'refresh', tooltip: vscode.l10n.t('Send a new code') }],
        validate: (text) => (text.trim() === '' ? vscode.l10n.t('Enter the code.') : undefined),
        ...(problem === undefined ? {} : { problem }),
      });
      await question.submit(code.trim());
      return;
    } catch (error) {
      if (error instanceof ButtonPressed) {
        delivery = await question.resend();
        problem = undefined;
      } else if (isServiceError(error) && answerable.has(error.awsCode)) {
        problem = error.awsMessage;
      } else {
        throw error;
      }
    }
  }
}
