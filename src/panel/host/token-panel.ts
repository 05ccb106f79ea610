import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { Explanation } from '../../core/diagnosis/types';
import { CancelledError, WorkbenchError } from '../../core/errors';
import { bareToken, decodeToken } from '../../core/tokens/decode';
import { firstToken } from '../../core/tokens/find';
import { keySource } from '../../core/tokens/key-source';
import { commands, panels } from '../../ids';
import type { TokenRequestName, TokenView } from '../protocol';
import type { InspectorDeps } from './deps';
import { pageHtml } from './html';
import { PageLine } from './page-line';
import type { TokenRequestHandlers } from './requests';
import { SignatureFindings } from './signature-findings';
import { copyTokenAs } from './token-share';
import { askCognito } from './token-revoked';
import { fetchedKeys, nothing, partTexts, tokenView } from './token-view';
import type { HeldToken } from './token-view';

/**
 * "Inspector: Token", for tokens that belong to no connection: one panel, which holds one token in memory and nowhere
 * else. VS Code does not bring it back after a reload.
 */
export class TokenPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private subscriptions: vscode.Disposable[] = [];
  private line: PageLine<TokenRequestName> | undefined;
  private held: HeldToken | undefined;
  private revision = 0;
  private inspected = 0;
  private readonly handlers: TokenRequestHandlers = {
    'token/load': async (_input, signal) => (this.held ? tokenView(this.deps, this.held, signal) : nothing()),
    'token/reveal': async () => ({ parts: partTexts(this.token().text) }),
    'token/copy': async () => {
      await vscode.env.clipboard.writeText(bareToken(this.token().text));
      return {};
    },
    'token/copyAs': async () => copyTokenAs(this.token().text),
    'token/fetchKeys': async (_input, signal) => {
      const held = this.token();
      const fetched = await fetchedKeys(this.deps, held, signal);
      return this.judgedBy(held, { fetched }, signal);
    },
    'token/useKeys': async ({ keys }, signal) => {
      const held = this.token();
      const pasted = await this.deps.verifyWithKeys(held.text, keys);
      return this.judgedBy(held, { pasted }, signal);
    },
    'token/askCognito': async (_input, signal) => askCognito(this.deps, this.token().text, signal),
  };

  constructor(private readonly deps: InspectorDeps) {}

  inspect(text: string, source?: string): void {
    const findings = new SignatureFindings(this.deps);
    this.held = { text: firstToken(text) ?? text, source, findings };
    this.revision += 1;
    this.inspected += 1;
    this.line?.abortAll();
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
    this.line = new PageLine({
      webview: panel.webview,
      handlers: this.handlers,
      log: deps.log,
      ready: () => this.sendChanged(),
      command: (command) => {
        if (command === 'inspectToken') void vscode.commands.executeCommand(commands.inspectToken);
      },
      action: (action, explanation) =>
        void deps.failures.run(action, explanation, { connection: this.connection() }),
      explain: (error) => this.explain(error),
    });
    this.subscriptions = [
      this.line,
      panel.onDidChangeViewState(() => this.sendChanged()),
      panel.onDidDispose(() => this.closed()),
      deps.onDidChangeConnections(() => {
        this.revision += 1;
        this.held?.findings.clear();
        this.sendChanged();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, deps.dist, panel.title, 'cognito-token');
    return panel;
  }

  /** With the panel goes the token. */
  private closed(): void {
    this.panel = undefined;
    this.line = undefined;
    this.held = undefined;
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private token(): HeldToken {
    if (this.held) return this.held;
    throw new WorkbenchError('token.malformed', 'the panel holds no token', {
      part: 'token',
      reason: 'empty',
    });
  }

  /** Whose pool issued the token; undefined where none is known. */
  private connection(): Connection | undefined {
    try {
      return this.held && keySource(decodeToken(this.held.text), this.deps.connections()).connection;
    } catch {
      return undefined;
    }
  }

  private async explain(error: unknown): Promise<Explanation> {
    const connection = this.connection();
    const explanation = await this.deps.failures.explain(error, { connection });
    if (connection) return explanation;
    return { ...explanation, actions: explanation.actions.filter((action) => action !== 'edit-connection') };
  }

  /** Other keys take the place of those before. Throws CancelledError where another token came meanwhile. */
  private judgedBy(
    held: HeldToken,
    keys: Pick<HeldToken, 'fetched' | 'pasted'>,
    signal: AbortSignal,
  ): Promise<TokenView> {
    const { text, source, findings } = held;
    if (this.held?.findings !== findings) throw new CancelledError();
    this.held = { text, source, findings, ...keys };
    return tokenView(this.deps, this.held, signal);
  }

  private sendChanged(): void {
    if (!this.line?.ready || !this.panel?.visible) return;
    this.line.post({ type: 'token/changed', revision: this.revision, token: this.inspected });
  }
}
