import * as vscode from 'vscode';
import { isCancelled, isWorkbenchError } from '../../core/errors';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import type { TokenViewer } from '../tokens/token-viewer';
import type { OpenDevtools } from './console-calls';
import { tokensOfPrinted } from './printed-objects';
import { PrintedText } from './printed-text';
import { SessionEnded } from './session-requests';
import { shortened } from './shortened';
import { tokenLine } from '../tokens/token-line';

/** What became of objects that were read; told only where there is nothing to choose. */
type Outcome = 'read' | 'cut' | 'ended' | 'silent';

/**
 * Tokens that debugged programs printed, offered in the status bar while their session runs. They are held in memory
 * alone and gone with the session. Objects are asked for when the person wants to see the tokens, and not before.
 */
export class PrintedTokens implements vscode.Disposable {
  private readonly sessions = new Map<string, PrintedText>();
  private readonly muted = new Set<string>();
  private readonly ended: vscode.Disposable;
  private item: vscode.StatusBarItem | undefined;

  constructor(
    private readonly viewer: TokenViewer,
    private readonly open: OpenDevtools,
  ) {
    this.ended = vscode.debug.onDidTerminateDebugSession(({ id }) => {
      this.muted.delete(id);
      if (this.sessions.delete(id)) this.draw();
    });
  }

  take(session: vscode.DebugSession, text: string, reference: number, category: string): void {
    if (this.muted.has(session.id)) return;
    const printed = this.sessions.get(session.id) ?? new PrintedText(session);
    const changed = printed.take(text, reference, category);
    if (printed.isEmpty) return;
    this.sessions.set(session.id, printed);
    if (changed) this.draw();
  }

  /** How many are offered. */
  get count(): number {
    return this.all().length;
  }

  /** Asks which, the newest first, and shows it. */
  async choose(): Promise<void> {
    const outcome = await this.readObjects();
    const nowMs = Date.now();
    const items = this.all().map(({ token, place, session }) => ({
      ...tokenLine(token, nowMs),
      detail: plain(
        place === ''
          ? vscode.l10n.t('printed by {0}', session)
          : vscode.l10n.t('{0}, printed by {1}', shortened(place), session),
      ),
      token,
    }));
    if (items.length === 0) return sayNothing(outcome);
    const mute = {
      label: vscode.l10n.t('$(bell-slash) Stop offering tokens from these sessions'),
      token: undefined,
    };
    const chosen = await vscode.window.showQuickPick([...items, mute], {
      title: vscode.l10n.t('Tokens in the Debug Console'),
      placeHolder: vscode.l10n.t('Inspect which one?'),
      matchOnDescription: true,
      matchOnDetail: true,
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

  private async readObjects(): Promise<Outcome> {
    const waiting = [...this.sessions.values()].filter(({ references }) => references.length > 0);
    if (waiting.length === 0) return 'read';
    let outcome: Outcome = 'read';
    const title = vscode.l10n.t('Reading what was printed from the debugger');
    await withProgress(title, async (signal) => {
      for (const printed of waiting) {
        try {
          const references = [...printed.references];
          const found = await tokensOfPrinted(printed.session, references, this.open, signal);
          printed.wasRead(references, found.tokens);
          if (found.cut) outcome = 'cut';
        } catch (error) {
          if (isCancelled(error)) throw error;
          outcome = outcomeOf(error);
        }
      }
    });
    this.draw();
    return outcome;
  }

  private mute(): void {
    for (const id of this.sessions.keys()) this.muted.add(id);
    this.sessions.clear();
    this.draw();
  }

  private all(): { readonly token: string; readonly place: string; readonly session: string }[] {
    return [...this.sessions.values()].flatMap(({ tokens, session }) =>
      tokens.toReversed().map((found) => ({ ...found, session: session.name })),
    );
  }

  private draw(): void {
    const { count } = this;
    const unread = [...this.sessions.values()].some(({ references }) => references.length > 0);
    if (count === 0 && !unread) return this.item?.hide();
    this.item ??= this.create();
    const text = unread
      ? vscode.l10n.t('Tokens printed')
      : count === 1
        ? vscode.l10n.t('1 token printed')
        : vscode.l10n.t('{0} tokens printed', count);
    this.item.text = `$(key) ${text}`;
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

function outcomeOf(error: unknown): Outcome {
  if (error instanceof SessionEnded) return 'ended';
  if (isWorkbenchError(error) && error.code === 'timeout') return 'silent';
  throw error;
}

function sayNothing(outcome: Outcome): void {
  switch (outcome) {
    case 'ended':
      return warn(vscode.l10n.t('The debug session has ended: what it printed is gone.'));
    case 'silent':
      return warn(vscode.l10n.t('The debugger did not answer when it was asked for what was printed.'));
    case 'cut':
      return warn(
        vscode.l10n.t(
          'The debugger gives only the beginning of the tokens in what was printed. Print the value itself, or inspect the variable while the program is stopped.',
        ),
      );
    case 'read':
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No debugged program that is running has printed a token.'),
      );
  }
}

const warn = (text: string): void => void vscode.window.showWarningMessage(text);
