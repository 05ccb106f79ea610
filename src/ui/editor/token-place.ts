import * as vscode from 'vscode';
import { firstToken } from '../../core/tokens/find';
import { REDACTED } from '../../core/tokens/token-shape';
import type { CommandName } from '../../ids';
import { commands } from '../../ids';
import type { HeldPlace, HeldTokens } from '../tokens/held-tokens';

/** What links carry in place of a token: where it stands. */
export interface TokenPlace {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/** Characters of a wrapped and indented token; more is no place of ours. */
const MOST = 4 * 1024 * 1024;

export function placeIn(document: vscode.TextDocument, start: number, end: number): TokenPlace {
  return { uri: document.uri.toString(), start, end };
}

export function commandLink(name: CommandName, place: TokenPlace | HeldPlace): string {
  return `command:${commands[name]}?${encodeURIComponent(JSON.stringify([place]))}`;
}

/** The token at a place of an open document, or one that is held; undefined where it is gone. */
export function tokenIn(argument: unknown, held: HeldTokens): { token: string; source: string } | undefined {
  if (isHeld(argument)) return held.get(argument.held);
  if (!isPlace(argument)) return undefined;
  const { uri, start, end } = argument;
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (document === undefined || end - start > MOST) return undefined;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const behind = document.getText(new vscode.Range(range.end, document.positionAt(end + REDACTED.length)));
  const token = firstToken(document.getText(range) + (behind === REDACTED ? REDACTED : ''));
  const name = document.uri.path.split('/').at(-1) ?? '';
  return token === undefined
    ? undefined
    : { token, source: vscode.l10n.t('{0}, line {1}', name, range.start.line + 1) };
}

function isPlace(value: unknown): value is TokenPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, start, end } = value as Partial<Record<keyof TokenPlace, unknown>>;
  return typeof uri === 'string' && isOffset(start) && isOffset(end) && start < end;
}

export function isHeld(value: unknown): value is HeldPlace {
  return (
    typeof value === 'object' && value !== null && typeof (value as { held?: unknown }).held === 'number'
  );
}

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
