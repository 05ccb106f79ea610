import * as vscode from 'vscode';
import { nextTextChange } from '../core/time';
import type { Identities } from '../host/identities';
import { plain } from '../host/plain';
import { commands } from '../ids';
import { lookOf } from './identity-look';

/** The active identity and its time left. Drawn from the index: no secret is read, no SDK loaded. */
export class StatusBar implements vscode.Disposable {
  private made: vscode.StatusBarItem | undefined;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly identities: Identities) {
    this.subscription = identities.onDidChange(() => this.draw());
    this.draw();
  }

  draw(): void {
    clearTimeout(this.timer);
    const view = this.identities.active();
    if (!view) {
      this.made?.hide();
      return;
    }
    const item = (this.made ??= makeItem());
    const now = Date.now();
    const look = lookOf(view, now);
    const ended = view.state === 'expired' || view.state === 'signed-out';
    const icon = view.failed ? 'error' : ended ? 'clock' : 'key';
    item.text = `$(${icon}) ${plain(view.name)} · ${look.time}`;
    item.tooltip = vscode.l10n.t('{0}\nClick for refresh, inspect, switch, sign out.', look.sentence);
    item.accessibilityInformation = { label: vscode.l10n.t('Cognito: {0}', look.sentence) };
    const warn = view.state === 'expiring' || view.state === 'expired' || view.failed;
    item.backgroundColor = warn ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
    if (view.expiresAt > now) {
      const wait = Math.max(1000, nextTextChange(view.expiresAt - now));
      this.timer = setTimeout(() => this.draw(), Math.min(wait, 2 ** 31 - 1));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.made?.dispose();
  }
}

function makeItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'cognitoWorkbench.identity',
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = vscode.l10n.t('Cognito Identity');
  item.command = commands.statusBarMenu;
  return item;
}
