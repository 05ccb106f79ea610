import * as vscode from 'vscode';
import type { DecodedToken } from '../../core/tokens/decode';
import { findTokens, type TokenHit, tokenText } from '../../core/tokens/find';
import { decodedOrNot, type Lines } from '../../core/tokens/token-at';

/** Characters; larger documents are looked at only where the pointer is. */
export const MAX_DOCUMENT = 5 * 1024 * 1024;
/** Tokens of one document that are shown by themselves. */
const MAX_TOKENS = 500;

export interface DocumentToken {
  readonly hit: TokenHit;
  readonly decoded: DecodedToken;
}

interface Found {
  readonly version: number;
  readonly tokens: readonly DocumentToken[];
}

const known = new WeakMap<vscode.TextDocument, Found>();

/** The tokens of a whole document, remembered until it changes; none of a large one. */
export function tokensOf(document: vscode.TextDocument): readonly DocumentToken[] {
  const before = known.get(document);
  if (before?.version === document.version) return before.tokens;
  const tokens = isLarge(document) ? [] : search(document.getText());
  known.set(document, { version: document.version, tokens });
  return tokens;
}

/** Asks for the length without making one text of all lines. */
export function isLarge(document: vscode.TextDocument): boolean {
  return document.offsetAt(new vscode.Position(document.lineCount, 0)) > MAX_DOCUMENT;
}

/** A large document is not searched, so it may. */
export function mayHoldTokens(document: vscode.TextDocument): boolean {
  return tokensOf(document).length > 0 || isLarge(document);
}

export function linesOf(document: vscode.TextDocument): Lines {
  return { count: document.lineCount, textOf: (line) => document.lineAt(line).text };
}

export function rangeOf(document: vscode.TextDocument, hit: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(hit.start), document.positionAt(hit.end));
}

function search(text: string): DocumentToken[] {
  return findTokens(text, { limit: MAX_TOKENS }).flatMap((hit) => {
    const decoded = decodedOrNot(tokenText(text, hit));
    return decoded ? [{ hit, decoded }] : [];
  });
}
