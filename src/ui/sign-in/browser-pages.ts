import * as vscode from 'vscode';
import type { Explanation } from '../../core/diagnosis/types';
import type { ForeignReason } from '../../core/signin/callback';
import type { CallbackPage } from '../../core/signin/loopback';

/** What the browser shows at the end of each way. */
export function workedPage(name: string): CallbackPage {
  return {
    good: true,
    title: vscode.l10n.t('Signed in'),
    text: vscode.l10n.t('You are signed in as {0}. Close this tab and go back to VS Code.', name),
  };
}

export function failedPage({ title, why }: Explanation): CallbackPage {
  return {
    good: false,
    title: vscode.l10n.t('The sign-in did not work'),
    text: vscode.l10n.t('{0}. {1}\nVS Code says what can be done.', title, why),
  };
}

export function cancelledPage(): CallbackPage {
  return {
    good: false,
    title: vscode.l10n.t('The sign-in was cancelled'),
    text: vscode.l10n.t('Close this tab. You can start again in VS Code.'),
  };
}

export function strayPage(): CallbackPage {
  return {
    good: false,
    title: vscode.l10n.t('Nobody waits for this sign-in'),
    text: vscode.l10n.t(
      'It was answered already, took too long, or belongs to another attempt. Start it again in VS Code.',
    ),
  };
}

export function signedOutPage(): CallbackPage {
  return {
    good: true,
    title: vscode.l10n.t('Signed out'),
    text: vscode.l10n.t('The browser is signed out of the user pool. Close this tab.'),
  };
}

/** Why what was pasted is not the answer. */
export function foreignText(reason: ForeignReason): string {
  switch (reason) {
    case 'state':
      return vscode.l10n.t('This address belongs to another sign-in attempt.');
    case 'no-state':
    case 'no-answer':
      return vscode.l10n.t(
        'This address is not complete: copy it whole, with everything behind the question mark.',
      );
    case 'address':
      return vscode.l10n.t(
        'This is not the address that the browser was sent back to. It begins with the callback address.',
      );
  }
}
