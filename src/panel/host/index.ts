/** Entry of the side bundle `dist/inspector.js`: the Inspector's extension side. */
import * as vscode from 'vscode';
import type { SessionRef } from '../../core/session/model';
import { configureText } from '../../core/text';
import { panels } from '../../ids';
import type { TabId } from '../protocol';
import type { InspectorDeps } from './deps';
import { InspectorPanel } from './inspector-panel';

/** One panel per identity. */
export class Inspectors implements vscode.Disposable {
  private readonly open = new Map<string, InspectorPanel>();

  constructor(private readonly deps: InspectorDeps) {}

  show(ref: SessionRef, request?: { tab: TabId; address?: string }): void {
    const key = keyOf(ref);
    let panel = this.open.get(key);
    if (!panel) {
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
    this.adopt(ref, panel);
  }

  dispose(): void {
    for (const panel of [...this.open.values()]) panel.dispose();
  }

  private adopt(ref: SessionRef, panel: vscode.WebviewPanel): InspectorPanel {
    const key = keyOf(ref);
    const adopted = new InspectorPanel(this.deps, ref, panel, () => this.open.delete(key));
    this.open.set(key, adopted);
    return adopted;
  }
}

function keyOf(ref: SessionRef): string {
  return JSON.stringify([ref.connectionId, ref.identityKey]);
}

export function createInspectors(deps: InspectorDeps): Inspectors {
  if (vscode.l10n.bundle) configureText({ contents: vscode.l10n.bundle });
  return new Inspectors(deps);
}
