import * as vscode from 'vscode';
import type { Connection, ConnectionEntry, ConnectionSource, SettingsLayer } from '../core/connection/model';
import { parseConnections, toSettings } from '../core/connection/parse';
import { WorkbenchError } from '../core/errors';
import { settings } from '../ids';

type SavedSource = Exclude<ConnectionSource, 'sandbox'>;

/** The connections of this window: settings of all layers, plus the sandbox that the extension itself started. */
export class ConnectionSettings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private cached: readonly ConnectionEntry[] | undefined;
  private sandboxConnections: readonly Connection[] = [];

  constructor() {
    this.subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settings.section}.${settings.connections}`)) this.refresh();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
    ];
  }

  entries(): readonly ConnectionEntry[] {
    if (!this.cached) {
      const layers = this.layers();
      this.cached = layers.length === 0 ? [] : parseConnections(layers);
    }
    return this.cached;
  }

  find(id: string): Connection | undefined {
    for (const entry of this.entries()) if (entry.ok && entry.connection.id === id) return entry.connection;
    return undefined;
  }

  connections(): readonly Connection[] {
    return this.entries().flatMap((entry) => (entry.ok ? [entry.connection] : []));
  }

  sourceOf(id: string): ConnectionSource | undefined {
    return this.entries().find((entry) => entry.ok && entry.connection.id === id)?.source;
  }

  setSandbox(connections: readonly Connection[]): void {
    this.sandboxConnections = connections;
    this.refresh();
  }

  get sandboxes(): readonly Connection[] {
    return this.sandboxConnections;
  }

  /** The connection with this id to the sandbox that the extension started. */
  sandbox(id: string): Connection | undefined {
    return this.sandboxConnections.find((connection) => connection.id === id);
  }

  /** Minutes; see the setting. */
  refreshBeforeExpiryMinutes(): number {
    const value = vscode.workspace
      .getConfiguration(settings.section)
      .get<unknown>(settings.refreshBeforeExpiryMinutes);
    return typeof value === 'number' && value >= 1 && value <= 55 ? value : 5;
  }

  /**
   * Adds or replaces (same id) an entry in one layer, leaving the others as they are, bad ones included. Throws
   * `connection.invalid` where the setting is no list: it is the person's to mend, not ours to write over.
   */
  async save(connection: Connection, target: SavedSource): Promise<void> {
    await this.update(target, connection.id, (list) => {
      const next = list.filter((item) => idOf(item) !== connection.id);
      const at = list.findIndex((item) => idOf(item) === connection.id);
      next.splice(at < 0 ? next.length : at, 0, toSettings(connection));
      return next;
    });
  }

  /** Removes the entry that is in use; one of the same id that it hides in a farther layer stays, and shows again. */
  async remove(id: string): Promise<void> {
    const source = this.sourceOf(id);
    if (source === undefined || source === 'sandbox') return;
    await this.update(source, id, (list) => list.filter((item) => idOf(item) !== id));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    this.cached = undefined;
    this.changed.fire();
  }

  private layers(): SettingsLayer[] {
    const own = this.inspect(undefined);
    const layers: SettingsLayer[] = [];
    if (own?.globalValue !== undefined) layers.push({ source: 'user', value: own.globalValue });
    if (this.sandboxConnections.length > 0) {
      layers.push({ source: 'sandbox', value: this.sandboxConnections.map(toSettings) });
    }
    // VS Code hides the values of restricted settings in `get`, not in `inspect`: the withholding is ours here.
    if (!vscode.workspace.isTrusted) return layers;
    if (own?.workspaceValue !== undefined) layers.push({ source: 'workspace', value: own.workspaceValue });
    const folders = vscode.workspace.workspaceFolders ?? [];
    // In a single-folder window the folder's value is the workspace's.
    if (vscode.workspace.workspaceFile !== undefined) {
      for (const folder of folders) {
        const value = this.inspect(folder.uri)?.workspaceFolderValue;
        if (value !== undefined) layers.push({ source: 'folder', value });
      }
    }
    return layers;
  }

  private inspect(scope: vscode.Uri | undefined) {
    return vscode.workspace
      .getConfiguration(settings.section, scope ?? null)
      .inspect<unknown>(settings.connections);
  }

  private async update(
    target: SavedSource,
    id: string,
    change: (list: unknown[]) => unknown[],
  ): Promise<void> {
    if (target === 'folder') {
      // Of several folders that hold the id the last one's entry is in use.
      const lists = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
        const value = this.inspect(folder.uri)?.workspaceFolderValue;
        return { uri: folder.uri, list: Array.isArray(value) ? (value as unknown[]) : [] };
      });
      const held = lists.findLast(({ list }) => list.some((item) => idOf(item) === id));
      if (held)
        await this.write(held.uri, vscode.ConfigurationTarget.WorkspaceFolder, held.list, change(held.list));
      return;
    }
    const found = this.inspect(undefined);
    const value = (target === 'user' ? found?.globalValue : found?.workspaceValue) ?? [];
    if (!Array.isArray(value)) throw notAList();
    const list: unknown[] = value;
    const place =
      target === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
    await this.write(undefined, place, list, change(list));
  }

  private async write(
    scope: vscode.Uri | undefined,
    target: vscode.ConfigurationTarget,
    before: readonly unknown[],
    after: readonly unknown[],
  ): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await vscode.workspace
      .getConfiguration(settings.section, scope ?? null)
      .update(settings.connections, after.length === 0 ? undefined : after, target);
  }
}

function notAList(): WorkbenchError {
  const name = `${settings.section}.${settings.connections}`;
  const detail = vscode.l10n.t('The setting {0} is not a list, so nothing was written to it.', name);
  return new WorkbenchError('connection.invalid', `${name} is not a list`, { detail });
}

/** The id as it is read: blanks around it do not count. */
function idOf(item: unknown): unknown {
  const id: unknown = typeof item === 'object' && item !== null ? (item as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id.trim() : id;
}
