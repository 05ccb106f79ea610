import * as vscode from 'vscode';
import { formatTimeLeft } from '../core/time';
import type { IdentityView } from '../host/identities';

/** State of an identity in an icon and a few words; the same in tree, status bar and picks. */
export interface IdentityLook {
  readonly icon: vscode.ThemeIcon;
  /** `59 min`, `expired`, `signed out`. */
  readonly time: string;
  /** A sentence for tooltips and screen readers. */
  readonly sentence: string;
}

export function lookOf(view: IdentityView, nowMs: number): IdentityLook {
  const time = formatTimeLeft(view.expiresAt - nowMs);
  if (view.failed) {
    return {
      icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
      time: view.state === 'expired' ? vscode.l10n.t('expired') : time,
      sentence: vscode.l10n.t('{0}: {1}', view.name, view.reason ?? ''),
    };
  }
  switch (view.state) {
    case 'valid':
      return {
        icon: new vscode.ThemeIcon('account'),
        time,
        sentence: vscode.l10n.t('{0} is signed in, {1} left', view.name, time),
      };
    case 'expiring':
      return {
        icon: new vscode.ThemeIcon('account', new vscode.ThemeColor('list.warningForeground')),
        time,
        sentence: vscode.l10n.t('{0} is signed in, only {1} left', view.name, time),
      };
    case 'expired':
      return {
        icon: new vscode.ThemeIcon('clock', new vscode.ThemeColor('disabledForeground')),
        time: vscode.l10n.t('expired'),
        sentence: vscode.l10n.t('{0}: expired; Refresh Credentials renews it', view.name),
      };
    case 'signed-out':
      return {
        icon: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
        time: vscode.l10n.t('signed out'),
        sentence: vscode.l10n.t('{0} is signed out. {1}', view.name, view.reason ?? ''),
      };
  }
}
