import * as vscode from 'vscode';
import { decodeToken, type DecodedToken } from '../../core/tokens/decode';
import { oneLine, tellToken } from '../../core/tokens/tell';
import { plain } from '../../host/plain';

/** A token in one line of a pick; no part of the token itself. */
export interface TokenLine {
  readonly label: string;
  readonly description: string;
}

/** What it is, whose, and how long it lasts. `name`: what the text calls it. */
export function tokenLine(token: string, nowMs: number, name?: string): TokenLine {
  const decoded = decoding(token);
  if (!decoded) return { label: vscode.l10n.t('Token that cannot be read'), description: '' };
  const { kind, user, time } = tellToken(decoded, nowMs, name);
  const parts = [user === undefined ? '' : oneLine(user, 60), time ?? ''];
  return { label: kind, description: plain(parts.filter((part) => part !== '').join(' · ')) };
}

function decoding(token: string): DecodedToken | undefined {
  try {
    return decodeToken(token);
  } catch {
    return undefined;
  }
}
