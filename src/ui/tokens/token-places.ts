import * as vscode from 'vscode';
import { MAX_TOKEN_LENGTH } from '../../core/tokens/decode';
import { findTokens, placedTokens, tokenText } from '../../core/tokens/find';
import { choosable, type ChoosableToken } from './choose-token';

/** Tokens, and in words where they were found. */
export interface FoundTokens {
  readonly tokens: readonly [ChoosableToken, ...ChoosableToken[]];
  readonly source: string;
}

/** Characters on each side of the cursor in which a token is looked for. */
const reach = 32_768;

/**
 * The tokens of the selection, or the one that it lies in; without a selection the one that the cursor stands in, with
 * `line` else the first that goes through the cursor's line.
 */
export function tokensOfEditor(
  editor: vscode.TextEditor | undefined,
  options: { readonly line?: boolean } = {},
): FoundTokens | undefined {
  if (!editor) return undefined;
  const { document, selection } = editor;
  const name = nameOf(document);
  if (!selection.isEmpty) {
    const length = document.offsetAt(selection.end) - document.offsetAt(selection.start);
    // A whole log may be selected: what is meant is near its beginning.
    const end = document.positionAt(
      document.offsetAt(selection.start) + Math.min(length, 2 * MAX_TOKEN_LENGTH),
    );
    const above = selection.start.line;
    const placed = placedTokens(document.getText(new vscode.Range(selection.start, end)));
    const [one, ...others] = placed.map((found) => choosable({ ...found, line: above + found.line }));
    if (one) return { tokens: [one, ...others], source: vscode.l10n.t('Selection in {0}', name) };
  }
  // A double click selects one part of a token, up to the dot.
  const [first, last] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const cursor = document.offsetAt(selection.active);
  const from = Math.max(0, cursor - reach);
  const around = document.getText(
    new vscode.Range(document.positionAt(from), document.positionAt(cursor + reach)),
  );
  const hits = findTokens(around);
  const hit = hits.find(({ start, end }) => from + start <= first && last <= from + end);
  if (hit)
    return {
      tokens: [{ token: tokenText(around, hit) }],
      source: vscode.l10n.t('At the cursor in {0}', name),
    };
  if (options.line !== true || !selection.isEmpty) return undefined;
  const { range } = document.lineAt(selection.active.line);
  const [head, tail] = [document.offsetAt(range.start) - from, document.offsetAt(range.end) - from];
  const near = hits.find(({ start, end }) => start < tail && head < end);
  const line = selection.active.line + 1;
  return (
    near && {
      tokens: [{ token: tokenText(around, near) }],
      source: vscode.l10n.t('{0}, line {1}', name, line),
    }
  );
}

/**
 * The name of the file in sight, where VS Code shows extensions nothing of it: it does so with those over 50 MB. Neither
 * text nor selection nor cursor can be asked for.
 */
export function hiddenFile(): string | undefined {
  if (vscode.window.activeTextEditor) return undefined;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? nameOf(input) : undefined;
}

export async function tokensOfClipboard(): Promise<FoundTokens | undefined> {
  const [one, ...others] = placedTokens(await vscode.env.clipboard.readText()).map(choosable);
  if (!one) return undefined;
  const hidden = hiddenFile();
  const source =
    hidden === undefined
      ? vscode.l10n.t('The clipboard')
      : vscode.l10n.t('The clipboard: {0} is too large for VS Code to show it to extensions', hidden);
  return { tokens: [one, ...others], source };
}

function nameOf({ uri, isUntitled = false }: { uri: vscode.Uri; isUntitled?: boolean }): string {
  const name = uri.path.split('/').at(-1) ?? '';
  return isUntitled || name === '' ? vscode.l10n.t('an untitled document') : name;
}
