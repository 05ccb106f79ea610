import * as vscode from 'vscode';
import { TimeoutError } from '../../core/errors';
import { abortable } from '../../core/session/abort';
import { placedTokens } from '../../core/tokens/find';
import type { CommandHandler } from '../../host/command-registrar';
import { choosable, chooseToken } from '../tokens/choose-token';
import type { TokenViewer } from '../tokens/token-viewer';

/**
 * "Inspect as Token" on a terminal's selection: for output whose lines are too long for VS Code to ask for links, and
 * for tokens that a program has wrapped itself.
 */
export function inspectTerminalSelection({ tokens }: { readonly tokens: TokenViewer }): CommandHandler {
  return async () => {
    const [first, ...others] = placedTokens(await selectionOfTerminal()).map(choosable);
    if (!first) {
      const text = vscode.l10n.t('There is no token in what is selected in the terminal.');
      void vscode.window.showInformationMessage(text);
      return;
    }
    const { token } = await chooseToken(vscode.l10n.t('Tokens in the Selection'), [first, ...others]);
    await tokens.inspect(token, { source: vscode.l10n.t('Selection in the terminal') });
  };
}

/** Seconds: a browser may ask the person for the clipboard, and never be answered. */
const PATIENCE_S = 15;

let reading: Promise<string> | undefined;

/**
 * One reading at a time: what a second one took for the clipboard's own would be the first one's selection. One that is
 * late still puts back what it took. Throws TimeoutError.
 */
async function selectionOfTerminal(): Promise<string> {
  reading ??= throughClipboard().finally(() => {
    reading = undefined;
  });
  const late = new AbortController();
  const error = new TimeoutError(vscode.l10n.t('The clipboard'), PATIENCE_S);
  const timer = setTimeout(() => late.abort(error), PATIENCE_S * 1000);
  try {
    return await abortable(reading, late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** VS Code gives a terminal's selection to its own clipboard command alone; the text that the clipboard held comes back. */
async function throughClipboard(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  await clipboard.writeText('');
  let selected = '';
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    selected = await clipboard.readText();
    return selected;
  } finally {
    // What the person copied meanwhile stays.
    if ((await clipboard.readText()) === selected) await clipboard.writeText(before);
  }
}
