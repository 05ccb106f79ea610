import * as vscode from 'vscode';
import { findTokens, tokenText } from '../../core/tokens/find';
import { tellingLine, tellToken } from '../../core/tokens/tell';
import { decodedOrNot } from '../../core/tokens/token-at';

/** A token in a terminal's output. It is kept in memory alone, for as long as VS Code keeps the link. */
export class TokenLink extends vscode.TerminalLink {
  constructor(
    start: number,
    length: number,
    tooltip: string,
    readonly token: string,
    readonly source: string,
  ) {
    super(start, length, tooltip);
  }
}

/** The tokens of a line as VS Code gives it: in one piece, also where the terminal is narrower. */
export function tokenLinks(line: string, terminal: string, nowMs: number): TokenLink[] {
  return findTokens(line, { wrapped: false }).flatMap((hit) => {
    const token = tokenText(line, hit);
    const decoded = decodedOrNot(token);
    if (decoded === undefined) return [];
    const tooltip = vscode.l10n.t('Inspect {0}', tellingLine(tellToken(decoded, nowMs)));
    return [new TokenLink(hit.start, hit.end - hit.start, tooltip, token, terminal)];
  });
}
