import * as vscode from 'vscode';
import { decodedOrNot, tokenAt } from '../../core/tokens/token-at';
import { codeSpan } from '../editor/code-span';
import { linesOf } from '../editor/document-tokens';
import { headLine, linkLine, markdown, tokenText } from '../editor/hover';
import type { HeldTokens } from '../tokens/held-tokens';
import { expressionAt } from './expression-at';
import { findInHovered, type FoundToken } from './find-in-variable';
import { isSourceOf } from './frame-source';
import { untilEnd } from './session-end';
import { askWithin, SessionEnded } from './session-requests';
import { shortened } from './shortened';

/** All that may pass before the hover gives up, and one request of it. */
const PATIENCE_MS = 4000;
const REQUEST_MS = 2000;
/** Tokens of one object that are told. */
const MOST = 4;

export interface Hovered {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly frame: vscode.DebugStackFrame;
  readonly held: HeldTokens;
  readonly cancel: vscode.CancellationToken;
}

/**
 * The hover over an expression whose value in the stopped frame is a token, or an object that holds some. A token that
 * stands in the text itself has its own hover. Where the session ends meanwhile, the hover says so.
 */
export async function valueHover(hovered: Hovered): Promise<vscode.Hover | undefined> {
  const { document, position, frame, cancel } = hovered;
  const expression = expressionAt(document.lineAt(position).text, position.character);
  if (!expression || tokenAt(linesOf(document), position)) return undefined;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  const watching = cancel.onCancellationRequested(() => abort.abort());
  const range = new vscode.Range(position.line, expression.start, position.line, expression.end);
  try {
    return await untilEnd(frame.session, async (ended) => {
      const limits = { signal: abort.signal, ended, timeoutMs: REQUEST_MS };
      const ask = askWithin(frame.session, limits);
      if (!(await isSourceOf(frame, document, ask))) return undefined;
      const { tokens } = await findInHovered(ask, expression.text, frame.frameId);
      const content = textOf(tokens, expression.text, hovered);
      return content && new vscode.Hover(content, range);
    });
  } catch (error) {
    if (!(error instanceof SessionEnded)) return undefined;
    return new vscode.Hover(vscode.l10n.t('The debug session has ended: its variables are gone.'), range);
  } finally {
    clearTimeout(timer);
    watching.dispose();
  }
}

function textOf(
  tokens: readonly FoundToken[],
  expression: string,
  { held, frame }: Hovered,
): vscode.MarkdownString[] | undefined {
  const nowMs = Date.now();
  const readable = tokens.flatMap((found) => {
    const decoded = decodedOrNot(found.token);
    return decoded ? [{ ...found, decoded }] : [];
  });
  const [first, second] = readable;
  if (!first) return undefined;
  const placeOf = ({ place, token }: FoundToken) =>
    held.keep(token, vscode.l10n.t('{0} in the debugger', shortened(place)), frame.session.id);
  const where = ({ place }: FoundToken) => (place === expression ? '' : codeSpan(shortened(place)));
  if (!second) {
    const text = tokenText(first.decoded, placeOf(first), nowMs);
    return first.place === expression ? [text] : [markdown([where(first)]), text];
  }
  const shown = readable.slice(0, MOST).map((found) => {
    const { decoded } = found;
    return markdown([`${where(found)} ${headLine(decoded, nowMs)}`, linkLine(decoded, placeOf(found))]);
  });
  const left = readable.length - shown.length;
  return left === 0 ? shown : [...shown, markdown([vscode.l10n.t('and {0} more', left)])];
}
