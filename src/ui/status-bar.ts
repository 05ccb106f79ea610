import * as vscode from 'vscode';
import { nextTextChange } from '../core/time';
import type { Identities } from '../host/identities';
import { plain } from '../host/plain';
import { commands } from '../ids';
import { lookOf } from './identity-look';

/** The active identity and its time left. Drawn from the index: no secret is read, no SDK loaded. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly identities: Identities) {
    this.item = vscode.window.createStatusBarItem(
      'cognitoWorkbench.identity',
      vscode.StatusBarAlignment.Left,
      10,
    );
    this.item.name = vscode.l10n.t('Cognito Identity');
    this.item.command = commands.statusBarMenu;
    this.subscription = identities.onDidChange(() => this.draw());
    this.draw();
  }

  draw(): void {
    clearTimeout(this.timer);
    const view = this.identities.active();
    if (!view) {
      this.item.hide();
      return;
    }
    const now = Date.now();
    const look = lookOf(view, now);
    const ended = view.state === 'expired' || view.state === 'signed-out';
    const icon = view.failed ? 'error' : ended ? 'clock' : 'key';
    this.item.text = `$(${icon}) ${plain(view.name)} · ${look.time}`;
    this.item.tooltip = vscode.l10n.t('{0}\nClick for refresh, inspect, switch, sign out.', look.sentence);
    this.item.accessibilityInformation = { label: vscode.l10n.t('Cognito: {0}', look.sentence) };
    const warn = view.state === 'expiring' || view.state === 'expired' || view.failed;
    this.item.backgroundColor = warn ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
    if (view.expiresAt > now) {
      const wait = Math.max(1000, nextTextChange(view.expiresAt - now));
      this.timer = setTimeout(() => this.draw(), Math.min(wait, 2 ** 31 - 1));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.item.dispose();
  }
}
