import * as vscode from 'vscode';
import { nextTextChange } from '../../core/time';
import { tellingLine, tellToken } from '../../core/tokens/tell';
import { plain } from '../../host/plain';
import { commands } from '../../ids';
import { rangeOf, tokensOf } from './document-tokens';
import { placeIn } from './token-place';

const MAX_LENSES = 200;

export interface Lenses {
  readonly lenses: vscode.CodeLens[];
  /** Milliseconds after which one of them says something else; Infinity where none will. */
  readonly changeMs: number;
}

/** A lens above each line with a token: whose it is and how long it lasts; a click inspects it. */
export function codeLenses(
  document: vscode.TextDocument,
  nowMs: number,
  cancel: vscode.CancellationToken,
): Lenses {
  const lenses: vscode.CodeLens[] = [];
  let changeMs = Infinity;
  for (const { hit, decoded } of tokensOf(document)) {
    if (cancel.isCancellationRequested || lenses.length >= MAX_LENSES) break;
    const telling = tellToken(decoded, nowMs);
    if (telling.leftMs !== undefined) changeMs = Math.min(changeMs, nextTextChange(telling.leftMs));
    lenses.push(
      new vscode.CodeLens(rangeOf(document, hit), {
        title: plain(vscode.l10n.t('{0} · Inspect', tellingLine(telling))),
        tooltip: vscode.l10n.t('Inspect this token'),
        command: commands.inspectTokenAt,
        arguments: [placeIn(document, hit.start, hit.end)],
      }),
    );
  }
  return { lenses, changeMs };
}
