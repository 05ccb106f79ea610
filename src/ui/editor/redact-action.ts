import * as vscode from 'vscode';
import { findKeys } from '../../core/tokens/leaks';
import { redactText } from '../../core/tokens/redact-text';
import { isUsable, REDACTED, type RedactHow, redactionOf } from '../../core/tokens/redact-token';
import { tokenAt } from '../../core/tokens/token-at';
import { isLarge, linesOf, rangeOf, tokensOf } from './document-tokens';
import { leakCodes, sourceName } from './leak-guard';

/** The quick fixes on a token, or on an access key that the leak guard has marked; and those for the whole file. */
export function redactActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const ours = context.diagnostics.filter(({ source }) => source === sourceName);
  const here = [...redactedToken(document, range, ours), ...redactedKeys(document, ours)];
  return here.length === 0 ? [] : [...here, ...redactedFile(document)];
}

function redactedToken(
  document: vscode.TextDocument,
  { start }: vscode.Range,
  ours: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const found = tokenAt(linesOf(document), start);
  if (found === undefined) return [];
  const { decoded } = found;
  const range = new vscode.Range(
    new vscode.Position(found.start.line, found.start.character),
    new vscode.Position(found.end.line, found.end.character),
  );
  const marks = ours.filter(({ code, range: at }) => code === leakCodes.token && at.intersection(range));
  const actions: vscode.CodeAction[] = [];
  for (const how of ['cut', 'mask'] as const) {
    const text = redactionOf(document.getText(range), decoded, how);
    if (text === undefined) continue;
    const action = replacing(titleOf(how, decoded), document, range, text);
    // The one that takes no more than it must is what VS Code's own "fix" does.
    actions.push(marks.length === 0 ? action : ofMarks(action, marks, how === 'cut'));
  }
  return actions;
}

function titleOf(how: RedactHow, decoded: Parameters<typeof isUsable>[0]): string {
  if (decoded.encrypted) return vscode.l10n.t('Redact Token');
  if (how === 'cut') return vscode.l10n.t('Redact Token: Cut Signature');
  return isUsable(decoded)
    ? vscode.l10n.t('Redact Token: Cut Signature, Mask Personal Claims')
    : vscode.l10n.t('Redact Token: Mask Personal Claims');
}

function redactedKeys(
  document: vscode.TextDocument,
  ours: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const marks = ours.filter(({ code }) => code === leakCodes.accessKey);
  if (marks.length === 0 || isLarge(document)) return [];
  return keysOf(document).flatMap((key) => {
    const own = marks.filter(({ range }) => range.isEqual(rangeOf(document, key)));
    if (own.length === 0) return [];
    const title = vscode.l10n.t('Redact Secret Access Key');
    return [ofMarks(replacing(title, document, rangeOf(document, key.secret), REDACTED), own, true)];
  });
}

/** Redacts the whole file; what that changes is found out when it is chosen. */
class RedactFile extends vscode.CodeAction {
  constructor(
    title: string,
    readonly document: vscode.TextDocument,
    readonly how: RedactHow,
  ) {
    super(title, vscode.CodeActionKind.QuickFix);
  }
}

function redactedFile(document: vscode.TextDocument): RedactFile[] {
  if (isLarge(document)) return [];
  const tokens = tokensOf(document).filter(({ decoded }) => isUsable(decoded));
  const keys = keysOf(document).length;
  if (tokens.length + keys < 2) return [];
  const { l10n } = vscode;
  const whole =
    keys === 0
      ? l10n.t('Redact All Tokens in File')
      : tokens.length === 0
        ? l10n.t('Redact All Secret Access Keys in File')
        : l10n.t('Redact All Tokens and Keys in File');
  // Nothing but a header can be read of encrypted ones.
  if (tokens.every(({ decoded }) => decoded.encrypted)) return [new RedactFile(whole, document, 'cut')];
  const cut = l10n.t('{0}: Cut Signatures', whole);
  const mask = l10n.t('{0}: Cut Signatures, Mask Personal Claims', whole);
  return [new RedactFile(cut, document, 'cut'), new RedactFile(mask, document, 'mask')];
}

/** The same action, with what it changes in the document as it is now. */
export function withEdit(action: vscode.CodeAction): vscode.CodeAction {
  if (!(action instanceof RedactFile)) return action;
  const { document, how } = action;
  action.edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of redactText(document.getText(), how)) {
    action.edit.replace(document.uri, rangeOf(document, { start, end }), text);
  }
  return action;
}

const keysOf = (document: vscode.TextDocument) =>
  findKeys(
    document.getText(),
    tokensOf(document).map(({ hit }) => hit),
  );

function ofMarks(action: vscode.CodeAction, marks: vscode.Diagnostic[], preferred: boolean) {
  action.diagnostics = marks;
  action.isPreferred = preferred;
  return action;
}

function replacing(
  title: string,
  document: vscode.TextDocument,
  range: vscode.Range,
  text: string,
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.edit = new vscode.WorkspaceEdit();
  made.edit.replace(document.uri, range, text);
  return made;
}
