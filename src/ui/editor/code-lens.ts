import * as vscode from 'vscode';
import { nextTextChange } from '../../core/time';
import { tellingLine, tellToken } from '../../core/tokens/tell';
import { plain } from '../../host/plain';
import { commands } from '../../ids';
import { rangeOf, tokensOf } from './document-tokens';
import { placeIn } from './token-place';

const MAX_LENSES = 200;
/** They stand side by side; more than fit would hide each other. */
const MAX_IN_LINE = 4;

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
  const inLine = new Map<number, number>();
  for (const { hit, decoded } of tokensOf(document)) {
    if (cancel.isCancellationRequested || lenses.length >= MAX_LENSES) break;
    const range = rangeOf(document, hit);
    const before = inLine.get(range.start.line) ?? 0;
    if (before >= MAX_IN_LINE) continue;
    inLine.set(range.start.line, before + 1);
    const telling = tellToken(decoded, nowMs);
    if (telling.leftMs !== undefined) changeMs = Math.min(changeMs, nextTextChange(telling.leftMs));
    lenses.push(
      new vscode.CodeLens(range, {
        title: plain(vscode.l10n.t('{0} · Inspect', tellingLine(telling))),
        tooltip: vscode.l10n.t('Inspect this token'),
        command: commands.inspectTokenAt,
        arguments: [placeIn(document, hit.start, hit.end)],
      }),
    );
  }
  return { lenses, changeMs };
}
