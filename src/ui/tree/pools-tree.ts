import * as vscode from 'vscode';
import type { Connection, ConnectionEntry } from '../../core/connection/model';
import { isFurtherSandboxPool } from '../../core/sandbox';

import { isApp, secretKey } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import { nextTextChange } from '../../core/time';
import type { Identities } from '../../host/identities';
import type { ConnectionSettings } from '../../host/settings';
import { commands } from '../../ids';
import type { PoolNode } from './nodes';
import { nodeId } from './nodes';
import type { Held } from './tree-items';
import { connectionItem, detailItem, heldOf, identityItem } from './tree-items';

/** The view Pools: connections, who is signed in, and what each session holds. Secrets are read on expansion only. */
export class PoolsTree implements vscode.TreeDataProvider<PoolNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<PoolNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private visible = false;
  /** What was read since the last refresh, so that one drawing reads each secret once. */
  private readonly held = new Map<string, Promise<Held | undefined>>();

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly identities: Identities,
  ) {
    // Identities tell of changed settings, too.
    this.subscriptions = [identities.onDidChange(() => this.refresh())];
  }

  refresh(): void {
    this.held.clear();
    this.changed.fire(undefined);
    this.schedule();
  }

  /** Times are redrawn only while someone can see them, and only when the shown text changes. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) this.refresh();
    else clearTimeout(this.timer);
  }

  getTreeItem(node: PoolNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'connection':
        return connectionItem(node);
      case 'identity': {
        const view = this.identities.find(node.ref);
        return view ? identityItem(node, view) : new vscode.TreeItem('');
      }
      case 'detail':
        return this.heldBy(node.ref).then((held) =>
          detailItem(node, held, this.locations(node.ref.connectionId)),
        );
      case 'sign-in':
        return actionItem(node, vscode.l10n.t('Sign in…'), 'person-add', commands.signIn);
      case 'facts':
        return factsItem(node, this.settings.find(node.connectionId));
      case 'fact':
        return factItem(node);
    }
  }

  async getChildren(node?: PoolNode): Promise<PoolNode[]> {
    if (!node) return this.roots();
    if (node.kind === 'connection' && node.entry.ok) return this.childrenOf(node.entry.connection);
    if (node.kind === 'identity') return this.detailsOf(node.ref);
    if (node.kind === 'facts') return this.factsOf(node.connectionId);
    return [];
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private roots(): PoolNode[] {
    const seen = new Map<string, number>();
    const entries = this.settings.entries().filter((entry) => !this.isEmptyFurtherPool(entry));
    return entries.map((entry): PoolNode => {
      const id = nodeId({ kind: 'connection', entry });
      const again = seen.get(id) ?? 0;
      seen.set(id, again + 1);
      return { kind: 'connection', entry, again };
    });
  }

  /** Further pools of the sandbox show once someone is signed in there. */
  private isEmptyFurtherPool(entry: ConnectionEntry): boolean {
    if (!entry.ok || !isFurtherSandboxPool(entry.connection.id)) return false;
    return this.identities.list(entry.connection.id).length === 0;
  }

  private childrenOf(connection: Connection): PoolNode[] {
    const signedIn = this.identities
      .list(connection.id)
      .map(({ ref }) => ({ kind: 'identity' as const, ref }));
    return [
      ...signedIn,
      { kind: 'sign-in', connectionId: connection.id },
      { kind: 'facts', connectionId: connection.id },
    ];
  }

  private async detailsOf(ref: SessionRef): Promise<PoolNode[]> {
    const view = this.identities.find(ref);
    const held = await this.heldBy(ref);
    if (!held || !view || view.state === 'signed-out') {
      const reason = this.identities.find(ref)?.reason ?? vscode.l10n.t('Signed out.');
      const label = vscode.l10n.t('Signed out');
      return [{ kind: 'fact' as const, connectionId: ref.connectionId, label, value: reason }];
    }
    const hasPool = view.connection?.identityPool !== undefined && !isApp(ref);
    return [...held.kinds, ...(hasPool ? ['s3' as const] : [])].map((detail) => ({
      kind: 'detail' as const,
      ref,
      detail,
    }));
  }

  private heldBy(ref: SessionRef): Promise<Held | undefined> {
    const key = secretKey(ref);
    const known = this.held.get(key);
    if (known) return known;
    const reading = this.identities.load(ref).then((session) => session && heldOf(session));
    this.held.set(key, reading);
    // What could not be read is read again by whoever asks next.
    reading.catch(() => this.held.delete(key));
    return reading;
  }

  private factsOf(connectionId: string): PoolNode[] {
    const connection = this.settings.find(connectionId);
    if (!connection) return [];
    const { userPool, identityPool, endpoints } = connection;
    const facts: [string, string | undefined][] = [
      [vscode.l10n.t('User pool'), userPool?.userPoolId],
      [vscode.l10n.t('App client'), userPool?.clientId],
      [
        vscode.l10n.t('Client secret'),
        userPool && (userPool.hasClientSecret ? vscode.l10n.t('yes') : vscode.l10n.t('none')),
      ],
      [vscode.l10n.t('Sign-in'), userPool?.signIn],
      [vscode.l10n.t('Identity pool'), identityPool?.identityPoolId],
      [vscode.l10n.t('Flow'), identityPool?.flow],
      [vscode.l10n.t('Endpoint'), endpoints?.cognitoIdp ?? endpoints?.cognitoIdentity],
    ];
    return facts.flatMap(([label, value]) =>
      value === undefined ? [] : [{ kind: 'fact' as const, connectionId, label, value }],
    );
  }

  private locations(connectionId: string): number {
    return this.settings.find(connectionId)?.s3?.locations.length ?? 0;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const running = this.identities.list().filter((view) => view.expiresAt > Date.now());
    if (!this.visible || running.length === 0) return;
    const wait = Math.min(...running.map((view) => nextTextChange(view.expiresAt - Date.now())));
    this.timer = setTimeout(() => this.refresh(), Math.max(1000, Math.min(wait, 2 ** 31 - 1)));
  }
}

function actionItem(node: PoolNode, label: string, icon: string, command: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = nodeId(node);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = { command, title: label, arguments: [node] };
  return item;
}

function factsItem(node: PoolNode, connection: Connection | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Pool facts'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = nodeId(node);
  item.iconPath = new vscode.ThemeIcon('info');
  const method = connection?.userPool?.signIn;
  item.description = method === undefined ? vscode.l10n.t('identity pool alone') : method.toUpperCase();
  return item;
}

function factItem(node: PoolNode & { kind: 'fact' }): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label);
  item.id = nodeId(node);
  item.description = node.value;
  item.tooltip = node.value;
  item.contextValue = 'fact';
  item.accessibilityInformation = { label: `${node.label}: ${node.value}` };
  return item;
}
