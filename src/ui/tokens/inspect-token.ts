import * as vscode from 'vscode';
import { isWorkbenchError } from '../../core/errors';
import { decodeToken } from '../../core/tokens/decode';
import { firstToken } from '../../core/tokens/find';
import { inspectSelection } from '../debug/inspect-variable';
import { openDetail } from '../commands/inspector-commands';
import type { InspectorParts } from '../commands/inspector-commands';
import { plain } from '../../host/plain';
import { askText } from '../input';
import { subjectOf } from '../tree/nodes';
import { chooseToken } from './choose-token';
import { hiddenFile, tokensOfClipboard, tokensOfEditor } from './token-places';
import type { TokenViewer } from './token-viewer';

export interface InspectTokenParts extends InspectorParts {
  readonly tokens: TokenViewer;
}

/**
 * Inspect Token…: of a node of the tree; else the token in the editor's selection or at its cursor, else what the selection
 * is worth in a program that is stopped, else the clipboard's, else asks for one. From an editor's context menu (called with
 * its address) also the token in the cursor's line, and nothing from elsewhere.
 */
export function inspectToken(parts: InspectTokenParts) {
  return async (argument: unknown): Promise<void> => {
    if (subjectOf(argument).detail) return openDetail(parts)(argument);
    const editor = vscode.window.activeTextEditor;
    const fromMenu = argument instanceof vscode.Uri;
    const written = tokensOfEditor(editor, { line: fromMenu });
    if (!written && (await inspectSelection(parts.tokens, editor))) return;
    if (!written && fromMenu) return sayNoneHere(editor);
    const found = written ?? (await tokensOfClipboard());
    if (found) {
      const { source } = found;
      const { token } = await chooseToken(plain(source), found.tokens);
      return parts.tokens.inspect(token, { source });
    }
    const text = await askToken(vscode.l10n.t('Inspect Token'), hiddenFile());
    await parts.tokens.inspect(text, { source: vscode.l10n.t('Pasted') });
  };
}

/** Whoever chose it in an editor means what is there, not what the clipboard holds. */
function sayNoneHere(editor: vscode.TextEditor | undefined): void {
  void vscode.window.showInformationMessage(
    editor?.selection.isEmpty === false
      ? vscode.l10n.t('There is no token in the selection.')
      : vscode.l10n.t('There is no token in this line.'),
  );
}

/**
 * Asks for a token, and says what is wrong with one that cannot be read. `hidden`: name of the file in sight that only
 * VS Code itself can read. Throws CancelledError.
 */
export async function askToken(title: string, hidden?: string): Promise<string> {
  return askText({
    title,
    prompt:
      hidden === undefined
        ? vscode.l10n.t('Paste a token, or a text with one in it: nothing of it is stored or sent anywhere')
        : vscode.l10n.t(
            '{0} is too large for VS Code to show it to extensions: copy the token there and paste it here',
            plain(hidden),
          ),
    placeHolder: 'eyJ…',
    password: true,
    validate: tokenProblem,
  });
}

/** What keeps a text from being inspected as a token; undefined for one that can be. */
export function tokenProblem(text: string): string | undefined {
  if (text.trim() === '') return vscode.l10n.t('Paste a token.');
  try {
    decodeToken(firstToken(text) ?? text);
    return undefined;
  } catch (error) {
    if (!isWorkbenchError(error)) throw error;
    return problemOf(error.code, error.data['part'], error.data['reason']);
  }
}

function problemOf(code: string, part: unknown, reason: unknown): string {
  if (code === 'token.too-large') return vscode.l10n.t('The text is too long for a token.');
  if (part === 'token')
    return vscode.l10n.t(
      'No token in it: one has three parts with dots between them, five if it is encrypted.',
    );
  const name =
    part === 'header'
      ? vscode.l10n.t('header')
      : part === 'claims'
        ? vscode.l10n.t('payload')
        : vscode.l10n.t('signature');
  switch (reason) {
    case 'empty':
      return vscode.l10n.t('The {0} of the token is empty.', name);
    case 'base64':
      return vscode.l10n.t('The {0} of the token is no base64url: it is cut, or changed by a copy.', name);
    case 'utf8':
      return vscode.l10n.t('The {0} of the token is no UTF-8 text.', name);
    case 'too-deep':
      return vscode.l10n.t('The {0} of the token is nested too deep.', name);
    default:
      return vscode.l10n.t('The {0} of the token is no JSON object: it is cut, or no token.', name);
  }
}
