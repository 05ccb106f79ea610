import * as vscode from 'vscode';
import { MAX_TOKEN_LENGTH } from '../../core/tokens/decode';
import { findTokens, firstToken, tokenText } from '../../core/tokens/find';

/** A token, and in words where it was found. */
export interface FoundToken {
  readonly text: string;
  readonly source: string;
}

/** Characters on each side of the cursor in which a token is looked for. */
const reach = 32_768;

/** The token of the selection, or that it lies in; without a selection the one that the cursor stands in. */
export function tokenOfEditor(editor: vscode.TextEditor | undefined): FoundToken | undefined {
  if (!editor) return undefined;
  const { document, selection } = editor;
  const name = nameOf(document);
  if (!selection.isEmpty) {
    const length = document.offsetAt(selection.end) - document.offsetAt(selection.start);
    // A whole log may be selected: the first token of it is near its beginning, or was not meant.
    const end = document.positionAt(
      document.offsetAt(selection.start) + Math.min(length, 2 * MAX_TOKEN_LENGTH),
    );
    const text = firstToken(document.getText(new vscode.Range(selection.start, end)));
    if (text !== undefined) return { text, source: vscode.l10n.t('Selection in {0}', name) };
  }
  // A double click selects one part of a token, up to the dot.
  const [first, last] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const cursor = document.offsetAt(selection.active);
  const from = Math.max(0, cursor - reach);
  const around = document.getText(
    new vscode.Range(document.positionAt(from), document.positionAt(cursor + reach)),
  );
  const hit = findTokens(around).find(({ start, end }) => from + start <= first && last <= from + end);
  return hit && { text: tokenText(around, hit), source: vscode.l10n.t('At the cursor in {0}', name) };
}

export async function tokenOfClipboard(): Promise<FoundToken | undefined> {
  const text = firstToken(await vscode.env.clipboard.readText());
  return text === undefined ? undefined : { text, source: vscode.l10n.t('The clipboard') };
}

function nameOf({ uri, isUntitled }: vscode.TextDocument): string {
  const name = uri.path.split('/').at(-1) ?? '';
  return isUntitled || name === '' ? vscode.l10n.t('an untitled document') : name;
}
