import * as vscode from 'vscode';
import type { Explanation } from '../../core/diagnosis/types';
import { CancelledError, isCancelled, WorkbenchError } from '../../core/errors';
import { bareToken } from '../../core/tokens/decode';
import { firstToken } from '../../core/tokens/find';
import { commands, panels } from '../../ids';
import type { HostMessage, PageMessage } from '../protocol';
import type { InspectorDeps } from './deps';
import { pageHtml } from './html';
import { handleRequest, isRequestName } from './requests';
import type { TokenRequestHandlers } from './requests';
import { copyTokenAs } from './token-share';
import { askCognito } from './token-revoked';
import { nothing, partTexts, tokenView } from './token-view';
import type { HeldToken } from './token-view';

/**
 * "Inspector: Token", for tokens that belong to no connection: one panel, which holds one token in memory and nowhere
 * else. VS Code does not bring it back after a reload.
 */
export class TokenPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private subscriptions: vscode.Disposable[] = [];
  private readonly running = new Map<string, AbortController>();
  private held: HeldToken | undefined;
  private revision = 0;
  private page = 0;
  private ready = false;
  private readonly handlers: TokenRequestHandlers = {
    'token/load': async (_input, signal) => (this.held ? tokenView(this.deps, this.held, signal) : nothing()),
    'token/reveal': async () => ({ parts: partTexts(this.token().text) }),
    'token/copy': async () => {
      await vscode.env.clipboard.writeText(bareToken(this.token().text));
      return {};
    },
    'token/copyAs': async () => copyTokenAs(this.token().text),
    'token/fetchKeys': async (_input, signal) => {
      this.held = { text: this.token().text, source: this.token().source, fetchKeys: true };
      return tokenView(this.deps, this.held, signal);
    },
    'token/useKeys': async ({ keys }, signal) => {
      const held = this.token();
      const pasted = await this.deps.verifyWithKeys(held.text, keys);
      this.held = { ...held, pasted };
      return tokenView(this.deps, this.held, signal);
    },
    'token/askCognito': async (_input, signal) => askCognito(this.deps, this.token().text, signal),
  };

  constructor(private readonly deps: InspectorDeps) {}

  inspect(text: string, source?: string): void {
    this.held = { text: firstToken(text) ?? text, source };
    this.revision += 1;
    this.abortAll();
    const panel = this.panel ?? this.open();
    panel.reveal();
    this.sendChanged();
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const { deps } = this;
    const panel = vscode.window.createWebviewPanel(
      panels.token,
      vscode.l10n.t('Inspector: {0}', vscode.l10n.t('Token')),
      vscode.ViewColumn.Active,
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [deps.dist] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(deps.media, 'inspector-light.svg'),
      dark: vscode.Uri.joinPath(deps.media, 'inspector-dark.svg'),
    };
    this.panel = panel;
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: PageMessage) => this.receive(message)),
      panel.onDidChangeViewState(() => this.sendChanged()),
      panel.onDidDispose(() => this.closed()),
      deps.onDidChangeConnections(() => {
        this.revision += 1;
        this.sendChanged();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, deps.dist, panel.title, 'cognito-token');
    return panel;
  }

  /** With the panel goes the token. */
  private closed(): void {
    this.panel = undefined;
    this.held = undefined;
    this.ready = false;
    this.abortAll();
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private token(): HeldToken {
    if (this.held) return this.held;
    throw new WorkbenchError('token.malformed', 'the panel holds no token', {
      part: 'token',
      reason: 'empty',
    });
  }

  private abortAll(): void {
    for (const abort of this.running.values()) abort.abort(new CancelledError());
  }

  private sendChanged(): void {
    if (this.ready && this.panel?.visible) this.post({ type: 'token/changed', revision: this.revision });
  }

  private post(message: HostMessage): void {
    void this.panel?.webview.postMessage(message);
  }

  private receive(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.page += 1;
        this.post({ type: 'l10n', contents: vscode.l10n.bundle });
        this.sendChanged();
        return;
      case 'cancel':
        this.running.get(`${this.page} ${message.requestId}`)?.abort(new CancelledError());
        return;
      case 'request':
        void this.answer(message.requestId, message.name, message.input);
        return;
      case 'command':
        if (message.command === 'inspectToken') void vscode.commands.executeCommand(commands.inspectToken);
        return;
      case 'action':
        void this.deps.failures.run(message.action, message.explanation, {});
        return;
    }
  }

  private async answer(requestId: number, name: string, input: unknown): Promise<void> {
    const { page, panel } = this;
    const key = `${page} ${requestId}`;
    const abort = new AbortController();
    this.running.set(key, abort);
    // A page that was made anew counts its requests from 1 again.
    const reply = (message: HostMessage) => {
      if (page === this.page && panel === this.panel) this.post(message);
    };
    try {
      if (!isRequestName(this.handlers, name)) throw new Error(`unknown request: ${name}`);
      const output = await handleRequest(this.handlers, name, input, abort.signal);
      reply({ type: 'response', requestId, output });
    } catch (error) {
      reply({ type: 'failure', requestId, explanation: await this.explain(name, error) });
    } finally {
      this.running.delete(key);
    }
  }

  /** Undefined for a cancelled request: the page stays as it is. */
  private async explain(name: string, error: unknown): Promise<Explanation | undefined> {
    if (isCancelled(error)) return undefined;
    this.deps.log.error(name, error);
    return this.deps.failures.explain(error);
  }
}
