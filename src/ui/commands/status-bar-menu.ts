import * as vscode from 'vscode';
import type { Identities } from '../../host/identities';
import { commands } from '../../ids';
import { lookOf } from '../identity-look';

/** A click on the status bar: what one does with the active identity, most wanted first. */
export function statusBarMenu(identities: Identities) {
  return async (): Promise<void> => {
    const view = identities.active();
    if (!view) return;
    const target = { ref: view.ref };
    const items = [
      { label: vscode.l10n.t('$(refresh) Refresh Credentials'), command: commands.refreshCredentials },
      { label: vscode.l10n.t('$(inspect) Open Inspector'), command: commands.openInspector },
      { label: vscode.l10n.t('$(copy) Copy Credentials As…'), command: commands.copyCredentials },
      {
        label: vscode.l10n.t('$(arrow-swap) Switch Active Identity…'),
        command: commands.switchIdentity,
        all: true,
      },
      { label: vscode.l10n.t('$(sign-out) Sign Out…'), command: commands.signOut },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: view.name,
      placeHolder: lookOf(view, Date.now()).sentence,
    });
    if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.all ? [] : [target]));
  };
}
