import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import type { PlacedToken } from '../../core/tokens/find';
import { plain } from '../../host/plain';
import { tokenLine } from './token-line';

export interface ChoosableToken {
  readonly token: string;
  /** Where it stands, in a line of its own; not shown where it is empty. */
  readonly place?: string;
  /** What the text calls it. */
  readonly name?: string | undefined;
}

/** With where it stands in its text: the name that the text gives it, and the line. */
export function choosable({ token, name, line }: PlacedToken): ChoosableToken {
  const where = vscode.l10n.t('line {0}', line);
  return { token, name, place: name === undefined ? where : `${name} · ${where}` };
}

/** The only one of these tokens, or the one that the person chooses. Throws CancelledError. */
export async function chooseToken<T extends ChoosableToken>(
  title: string,
  [first, ...others]: readonly [T, ...T[]],
): Promise<T> {
  if (others.length === 0) return first;
  const nowMs = Date.now();
  const items = [first, ...others].map((found) => ({
    ...tokenLine(found.token, nowMs, found.name),
    ...(found.place ? { detail: plain(found.place) } : {}),
    found,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which one?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) throw new CancelledError();
  return chosen.found;
}
