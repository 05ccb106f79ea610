import * as vscode from 'vscode';
import { findTokens, tokenText } from '../../core/tokens/find';
import { plain } from '../../host/plain';
import { commands } from '../../ids';
import type { TokenViewer } from '../tokens/token-viewer';
import { tokenLine } from './token-line';

/** Tokens of one session that are kept at most; the oldest go first. */
const MAX_TOKENS = 100;
/** Characters of an unfinished token that are kept until more is printed. */
const MAX_TAIL = 65_536;

interface Printed {
  readonly name: string;
  tokens: string[];
  /** The end of what was printed, from where a token begins that may go on. */
  tail: string;
}

/**
 * Tokens that debugged programs printed, offered in the status bar while their session runs. They are held in memory
 * alone and gone with the session.
 */
export class PrintedTokens implements vscode.Disposable {
  private readonly sessions = new Map<string, Printed>();
  private readonly muted = new Set<string>();
  private readonly ended: vscode.Disposable;
  private item: vscode.StatusBarItem | undefined;

  constructor(private readonly viewer: TokenViewer) {
    this.ended = vscode.debug.onDidTerminateDebugSession(({ id }) => {
      this.muted.delete(id);
      if (this.sessions.delete(id)) this.draw();
    });
  }

  take(session: Pick<vscode.DebugSession, 'id' | 'name'>, text: string): void {
    if (this.muted.has(session.id)) return;
    const printed = this.sessions.get(session.id) ?? { name: session.name, tokens: [], tail: '' };
    const before = printed.tokens.length;
    read(printed, text);
    if (printed.tokens.length === 0 && printed.tail === '') return;
    this.sessions.set(session.id, printed);
    if (printed.tokens.length !== before) this.draw();
  }

  /** How many are offered. */
  get count(): number {
    return this.all().length;
  }

  /** Asks which, the newest first, and shows it. */
  async choose(): Promise<void> {
    const nowMs = Date.now();
    const items = this.all().map(({ token, session }) => ({
      ...tokenLine(token, nowMs),
      detail: plain(vscode.l10n.t('printed by {0}', session)),
      token,
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No debugged program that is running has printed a token.'),
      );
      return;
    }
    const mute = { label: vscode.l10n.t('$(bell-slash) Offer no more of these sessions'), token: undefined };
    const chosen = await vscode.window.showQuickPick([...items, mute], {
      title: vscode.l10n.t('Tokens in the Debug Console'),
      placeHolder: vscode.l10n.t('Inspect which one?'),
      matchOnDescription: true,
    });
    if (chosen === undefined) return;
    if (chosen.token === undefined) return this.mute();
    await this.viewer.inspect(chosen.token, { source: vscode.l10n.t('Printed to the Debug Console') });
  }

  dispose(): void {
    this.ended.dispose();
    this.item?.dispose();
    this.sessions.clear();
  }

  private mute(): void {
    for (const id of this.sessions.keys()) this.muted.add(id);
    this.sessions.clear();
    this.draw();
  }

  private all(): { readonly token: string; readonly session: string }[] {
    return [...this.sessions.values()].flatMap(({ tokens, name }) =>
      tokens.toReversed().map((token) => ({ token, session: name })),
    );
  }

  private draw(): void {
    const { count } = this;
    if (count === 0) return this.item?.hide();
    this.item ??= this.create();
    this.item.text = `$(key) ${count === 1 ? vscode.l10n.t('1 token printed') : vscode.l10n.t('{0} tokens printed', count)}`;
    this.item.show();
  }

  private create(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem(
      'cognitoWorkbench.printedTokens',
      vscode.StatusBarAlignment.Left,
      -10,
    );
    item.name = vscode.l10n.t('Cognito: Tokens in the Debug Console');
    item.tooltip = vscode.l10n.t(
      'The debugged program printed tokens. They are kept in memory alone, until the session ends.',
    );
    item.command = commands.showPrintedTokens;
    return item;
  }
}

/** Adds what is found in a piece of output, each token once; one at the very end may go on in the next piece. */
function read(printed: Printed, text: string): void {
  const whole = printed.tail + text;
  printed.tail = '';
  // A line break ends what a program prints: adapters do not wrap.
  for (const hit of findTokens(whole, { wrapped: false })) {
    const token = tokenText(whole, hit);
    const others = printed.tokens.filter((known) => known !== token && !token.startsWith(known));
    printed.tokens = [...others, token].slice(-MAX_TOKENS);
    if (hit.end === whole.length) printed.tail = whole.slice(hit.start).slice(0, MAX_TAIL);
  }
  if (printed.tail === '') printed.tail = unfinished(whole);
}

/** The last word of a text, where it has the look of a token's beginning. */
function unfinished(text: string): string {
  const earliest = Math.max(0, text.length - MAX_TAIL);
  let start = text.length;
  while (start > earliest && /[\w.=%-]/.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start);
  const anchor = Math.max(word.indexOf('eyJ'), word.indexOf('ewo'));
  return anchor < 0 ? '' : word.slice(anchor);
}
