import * as vscode from 'vscode';
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

let reading: Promise<unknown> = Promise.resolve();

/** One after the other: what a second reading took for the clipboard's own would be the first one's selection. */
function selectionOfTerminal(): Promise<string> {
  const read = reading.then(throughClipboard);
  reading = read.catch(() => undefined);
  return read;
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
