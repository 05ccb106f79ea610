import * as vscode from 'vscode';
import { findLeaks } from '../../core/tokens/leaks';
import { REDACTED, cutToken } from '../../core/tokens/redact-token';
import { tokenAt } from '../../core/tokens/token-at';
import { isLarge, linesOf, rangeOf } from './document-tokens';
import { leakCodes, sourceName } from './leak-guard';

/** The quick fix on a token, or on an access key that the leak guard has marked. */
export function redactActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const ours = context.diagnostics.filter(({ source }) => source === sourceName);
  return [...redactedToken(document, range, ours), ...redactedKeys(document, ours)];
}

function redactedToken(
  document: vscode.TextDocument,
  { start }: vscode.Range,
  ours: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const found = tokenAt(linesOf(document), start);
  if (found === undefined || (!found.decoded.encrypted && found.decoded.signature === '')) return [];
  const range = new vscode.Range(
    new vscode.Position(found.start.line, found.start.character),
    new vscode.Position(found.end.line, found.end.character),
  );
  const marks = ours.filter(({ code, range: at }) => code === leakCodes.token && at.intersection(range));
  const redacted = cutToken(document.getText(range));
  return [action(vscode.l10n.t('Redact Token'), document, range, redacted, marks)];
}

function redactedKeys(
  document: vscode.TextDocument,
  ours: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const marks = ours.filter(({ code }) => code === leakCodes.accessKey);
  if (marks.length === 0 || isLarge(document)) return [];
  return findLeaks(document.getText(), Date.now()).flatMap((leak) => {
    const own = marks.filter(({ range }) => range.isEqual(rangeOf(document, leak)));
    if (leak.secret === undefined || own.length === 0) return [];
    const range = rangeOf(document, leak.secret);
    return [action(vscode.l10n.t('Redact Secret Access Key'), document, range, REDACTED, own)];
  });
}

function action(
  title: string,
  document: vscode.TextDocument,
  range: vscode.Range,
  text: string,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.edit = new vscode.WorkspaceEdit();
  made.edit.replace(document.uri, range, text);
  if (diagnostics.length > 0) {
    made.diagnostics = diagnostics;
    made.isPreferred = true;
  }
  return made;
}
