import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { Explanation } from '../../core/diagnosis/types';
import { kindOf, sameRef } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import type { FailureSubject } from '../../host/failures';
import type { IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import { commands, settings } from '../../ids';
import type { HostMessage, InspectorRequestName, PanelState, TabRequest } from '../protocol';
import { credentialRequests } from './credential-requests';
import type { InspectorDeps } from './deps';
import { pageHtml } from './html';
import { PageLine } from './page-line';
import type { Answered } from './page-line';
import { locationsOf, s3Requests } from './s3-requests';
import { SignatureFindings } from './signature-findings';
import { tokenRequests } from './token-requests';

const commandOf = {
  refresh: commands.refreshCredentials,
  copyCredentials: commands.copyCredentials,
  signOut: commands.signOut,
  signIn: commands.signIn,
  showLog: commands.showLog,
  chooseRole: commands.chooseRole,
  chooseAwsProfile: commands.chooseAwsProfile,
  inspectToken: commands.inspectToken,
} as const;

/** The Inspector of one identity: answers its page, and tells it when the session changes. */
export class InspectorPanel implements vscode.Disposable {
  private readonly line: PageLine<InspectorRequestName>;
  private readonly subscriptions: vscode.Disposable[];
  private revision = 0;
  private ended = false;
  private tabRequest: PanelState['tabRequest'];
  private label: string | undefined;
  private shownName: string | undefined;

  constructor(
    private readonly deps: InspectorDeps,
    readonly ref: SessionRef,
    private readonly panel: vscode.WebviewPanel,
    private readonly onEnd: () => void,
  ) {
    const post = (message: HostMessage) => this.line.post(message);
    const findings = new SignatureFindings(deps);
    this.line = new PageLine({
      webview: panel.webview,
      handlers: {
        ...tokenRequests(deps, ref, findings),
        ...credentialRequests(deps, ref, post),
        ...s3Requests(deps, ref, post),
      },
      log: deps.log,
      ready: () => this.sendState(),
      command: (command) => void this.runCommand(command),
      action: (action, explanation) => void deps.failures.run(action, explanation, this.subject()),
      explain: (error, name, input) => this.explain(error, name, input),
      answered: (answer) => this.tellMissed(answer),
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [deps.dist] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(deps.media, 'inspector-light.svg'),
      dark: vscode.Uri.joinPath(deps.media, 'inspector-dark.svg'),
    };
    this.subscriptions = [
      this.line,
      panel.onDidChangeViewState(() => this.sendState()),
      panel.onDidDispose(() => this.dispose()),
      deps.identities.onDidChange(() => this.changed()),
      deps.onDidChangeConnections(() => findings.clear()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settings.section}.${settings.awsProfile}`)) this.changed();
      }),
    ];
    panel.title = this.title();
    panel.webview.html = pageHtml(panel.webview, deps.dist, panel.title);
  }

  reveal(request?: TabRequest): void {
    if (request) this.tabRequest = { id: Date.now(), ...request };
    this.panel.reveal();
    this.sendState();
  }

  dispose(): void {
    this.ended = true;
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
    this.onEnd();
  }

  get shownTitle(): string {
    return this.panel.title;
  }

  /** What the page shows may be other now. */
  private changed(): void {
    this.revision += 1;
    this.sendState();
  }

  /** Who was refused their first credentials has a name, and no session. */
  private name(): string {
    // Still known once the session is gone.
    this.shownName = (this.deps.identities.find(this.ref) ?? this.refused())?.name ?? this.shownName;
    return this.shownName ?? this.ref.identityKey;
  }

  private refused(): { readonly name: string } | undefined {
    const last = this.deps.sessions.trials.refused(this.ref.connectionId);
    return last && sameRef(last, this.ref) ? last : undefined;
  }

  private notice(view: IdentityView | undefined): string | undefined {
    if (view) return view.reason;
    return this.refused()
      ? vscode.l10n.t('AWS refused it credentials, so there is no session.')
      : vscode.l10n.t('Signed out.');
  }

  private title(): string {
    const view = this.deps.identities.find(this.ref);
    const name = this.name();
    const ambiguous = this.deps.identities.list().filter((item) => item.name === name).length > 1;
    const place = this.place(view?.connection ?? this.deps.connection(this.ref.connectionId));
    return ambiguous
      ? vscode.l10n.t('Inspector: {0} ({1})', name, place)
      : vscode.l10n.t('Inspector: {0}', name);
  }

  /** Still known once the session is gone. */
  private place(connection: Connection | undefined): string {
    if (connection) this.label = connectionLabel(connection);
    return this.label ?? this.ref.connectionId;
  }

  private state(): PanelState {
    const view = this.deps.identities.find(this.ref);
    const connection = view?.connection;
    return {
      ref: this.ref,
      connectionId: this.ref.connectionId,
      connectionLabel: this.place(connection),
      name: this.name(),
      kind: kindOf(this.ref),
      state: view?.state ?? 'signed-out',
      expiresAt: view?.expiresAt,
      hasUserPool: connection?.userPool !== undefined,
      hasIdentityPool: connection?.identityPool !== undefined,
      notice: this.notice(view),
      revision: this.revision,
      tabRequest: this.tabRequest,
    };
  }

  private sendState(): void {
    if (!this.line.ready || !this.panel.visible) return;
    this.panel.title = this.title();
    this.line.post({ type: 'state', state: this.state() });
  }

  /** A page that is covered is made anew when it shows again. Whoever waits for a download is told all the same. */
  private tellMissed({ name, output, explanation, reached }: Answered): void {
    if (name !== 's3/download' || this.ended || (reached && this.panel.visible)) return;
    if (output && 'saved' in output && output.saved) tellSaved(output.path);
    if (explanation) this.deps.failures.tell(explanation, this.subject());
  }

  private async explain(error: unknown, name: string, input: unknown): Promise<Explanation> {
    const view = this.deps.identities.find(this.ref);
    const session = await this.deps.identities.load(this.ref).catch(() => undefined);
    const asked = input as { bucket?: string; prefix?: string; key?: string } | undefined;
    // A failure of its own (the secret store, say) must not keep this one from being told.
    const locations = name.startsWith('s3/') ? await locationsOf(this.deps, this.ref).catch(() => []) : [];
    return this.deps.failures.explain(error, {
      connection: view?.connection,
      ref: this.ref,
      context: {
        ...(session?.identityId ? { identityId: session.identityId } : {}),
        ...(session?.caller ? { roleName: session.caller.roleName } : {}),
        ...(asked?.bucket === undefined ? {} : { bucket: asked.bucket }),
        ...(asked?.prefix === undefined ? {} : { prefix: asked.prefix }),
        ...(asked?.key === undefined ? {} : { key: asked.key }),
        likelyLocations: locations.filter((item) => item.problem === undefined).map((item) => item.address),
      },
    });
  }

  private async runCommand(command: keyof typeof commandOf): Promise<void> {
    if (!Object.hasOwn(commandOf, command)) return;
    await vscode.commands.executeCommand(commandOf[command], { ref: this.ref });
  }

  private subject(): FailureSubject {
    const { ref } = this;
    return { ref, connection: this.deps.connection(ref.connectionId) };
  }
}

function tellSaved(path: string | undefined): void {
  void vscode.window.showInformationMessage(plain(vscode.l10n.t('Downloaded to {0}.', path ?? '')));
}
