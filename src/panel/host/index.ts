/** Entry of the side bundle `dist/inspector.js`: the Inspector's extension side. */
import * as vscode from 'vscode';
import { secretKey } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import { configureText } from '../../core/text';
import { panels } from '../../ids';
import type { TabRequest } from '../protocol';
import type { InspectorDeps } from './deps';
import { InspectorPanel } from './inspector-panel';
import { TokenPanel } from './token-panel';

/** One panel per identity, and one for tokens that belong to none. */
export class Inspectors implements vscode.Disposable {
  private readonly open = new Map<string, InspectorPanel>();
  private readonly token: TokenPanel;

  constructor(private readonly deps: InspectorDeps) {
    this.token = new TokenPanel(deps);
  }

  /** Shows a token from anywhere in "Inspector: Token". */
  inspectToken(text: string, source?: string): void {
    this.token.inspect(text, source);
  }

  show(ref: SessionRef, request?: TabRequest): void {
    let panel = this.open.get(secretKey(ref));
    if (!panel) {
      void this.closeDormant(ref);
      const created = vscode.window.createWebviewPanel(
        panels.inspector,
        'Inspector',
        vscode.ViewColumn.Active,
      );
      panel = this.adopt(ref, created);
    }
    panel.reveal(request);
  }

  /** Takes up a panel that VS Code kept over a reload. */
  restore(ref: SessionRef, panel: vscode.WebviewPanel): void {
    if (this.open.has(secretKey(ref))) panel.dispose();
    else this.adopt(ref, panel);
  }

  dispose(): void {
    for (const panel of [...this.open.values()]) panel.dispose();
    this.token.dispose();
  }

  /** After a reload a tab that was not in sight has no panel yet: the one that is made now takes its place. */
  private async closeDormant(ref: SessionRef): Promise<void> {
    const name = this.deps.identities.find(ref)?.name;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const known = new Set([...this.open.values()].map((panel) => panel.shownTitle));
    const dormant = tabs.filter(
      ({ input, label }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith(panels.inspector) &&
        label === vscode.l10n.t('Inspector: {0}', name ?? '') &&
        !known.has(label),
    );
    await vscode.window.tabGroups.close(dormant, true);
  }

  private adopt(ref: SessionRef, panel: vscode.WebviewPanel): InspectorPanel {
    const key = secretKey(ref);
    const adopted: InspectorPanel = new InspectorPanel(this.deps, ref, panel, () => {
      // A newer panel of the same identity stays known.
      if (this.open.get(key) === adopted) this.open.delete(key);
    });
    this.open.set(key, adopted);
    return adopted;
  }
}

export function createInspectors(deps: InspectorDeps): Inspectors {
  if (vscode.l10n.bundle) configureText({ contents: vscode.l10n.bundle });
  return new Inspectors(deps);
}
