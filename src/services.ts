import * as vscode from 'vscode';
import type { Explanation } from './core/diagnosis/types';
import type { ActionId } from './core/diagnosis/types';
import type { Sessions } from './core/session/manager';
import type { SessionRef } from './core/session/model';
import { SessionStore } from './core/session/store';
import type { SessionLoss } from './core/session/store';
import { CognitoAccounts } from './host/authentication-provider';
import { CommandRegistrar } from './host/command-registrar';
import { ContextKeys } from './host/context-keys';
import { DisposableStore } from './host/disposables';
import { Failures } from './host/failures';
import type { FailureSubject } from './host/failures';
import { Identities } from './host/identities';
import { Log } from './host/log';
import { plain } from './host/plain';
import { ConnectionSettings } from './host/settings';
import { mementoStore, secretStore } from './host/state';
import { commands, panels, views } from './ids';
import type { CommandName } from './ids';
import { HoverCapability } from './ui/debug/hover-capability';
import { watchStoppedFrames } from './ui/debug/hover-watch';
import { watchDebugOutput } from './ui/debug/output-watch';
import type { PrintedTokens } from './ui/debug/printed-tokens';
import { registerTools } from './ui/lm/register-tools';
import type { Tools } from './ui/lm/register-tools';
import { registerTokenPlaces } from './ui/editor/register';
import { StatusBar } from './ui/status-bar';
import { HeldTokens } from './ui/tokens/held-tokens';
import type { PoolNode } from './ui/tree/nodes';
import { PoolsTree } from './ui/tree/pools-tree';
import type { Workbench } from './workbench';

/** What activation builds and everything later is given: cheap, without Node's modules, without an SDK. */
export interface BaseServices {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly keys: ContextKeys;
  readonly settings: ConnectionSettings;
  readonly store: SessionStore;
  readonly identities: Identities;
  readonly failures: Failures;
  readonly tree: PoolsTree;
  /** Tokens that hovers over variables showed. */
  readonly held: HeldTokens;
}

/** What a host test may reach. */
export interface TestHandle extends Pick<BaseServices, 'context' | 'store' | 'tree' | 'failures'> {
  readonly sessions: () => Promise<Sessions>;
  readonly accounts: vscode.AuthenticationProvider;
  readonly tools: () => Promise<Tools>;
  readonly printed: () => Promise<PrintedTokens>;
  /** As if the system had handed this window an address. */
  readonly handleUri: (uri: vscode.Uri) => Promise<void>;
  readonly commandsWithoutHandler: () => readonly string[];
}

/**
 * The first half of the composition: what VS Code shows by itself (tree, status bar), and the commands as promises.
 * The second half, `workbench.ts`, is a side bundle that loads at the first gesture.
 */
export function createServices(context: vscode.ExtensionContext): vscode.Disposable & TestHandle {
  const owned = new DisposableStore();
  const log = owned.add(new Log('Cognito Workbench'));
  const keys = new ContextKeys();
  const settings = owned.add(new ConnectionSettings());
  const store = owned.add(
    new SessionStore({
      secrets: secretStore(context.secrets),
      index: mementoStore(context.globalState),
      window: mementoStore(context.workspaceState),
    }),
  );
  const identities = owned.add(new Identities(store, settings));
  owned.add(store.onDidLose((loss) => void tellLoss(loss)));

  const act = async (action: ActionId, explanation: Explanation, subject: FailureSubject) =>
    (await workbench()).act(action, explanation, subject);
  const diagnosis = async () => {
    const loaded = await import('./core/diagnosis/index');
    if (vscode.l10n.bundle) loaded.configureText({ contents: vscode.l10n.bundle });
    return loaded;
  };
  const failures = new Failures(log, diagnosis, act);
  const tree = owned.add(new PoolsTree(settings, identities));
  owned.add(new StatusBar(identities));

  const held = new HeldTokens();
  let made: Promise<Workbench> | undefined;
  const base: BaseServices = { context, log, keys, settings, store, identities, failures, tree, held };
  const workbench = () =>
    (made ??= import('./workbench')
      .then(({ createWorkbench }) => owned.add(createWorkbench(base)))
      .catch((error: unknown) => {
        // What could not be loaded is tried again at the next gesture.
        made = undefined;
        throw error;
      }));

  const registrar = owned.add(new CommandRegistrar((what, error) => void failures.show(what, error)));
  for (const name of Object.keys(commands) as CommandName[]) {
    registrar.register(name, async (argument) => (await workbench()).handlers[name](argument));
  }
  owned.add(showTree(tree, async (ref) => (await workbench()).nameRole(ref)));
  owned.add(
    vscode.window.registerWebviewPanelSerializer(panels.inspector, {
      deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) =>
        (await workbench()).restoreInspector(panel, state),
    }),
  );

  const accounts = owned.add(new CognitoAccounts(store, async () => (await workbench()).accounts));
  const handleUri = async (uri: vscode.Uri) => (await workbench()).handleUri(uri.toString(true));
  owned.add(vscode.window.registerUriHandler({ handleUri }));

  owned.add(registerTools(async () => (await workbench()).tools));

  const noteConnections = () => keys.set('noConnections', settings.entries().length === 0);
  owned.add(settings.onDidChange(noteConnections));
  // What nobody waits for: it costs as much as all of the above, and the view is the first that needs to know.
  const later = setImmediate(() => {
    noteConnections();
    const capability = new HoverCapability();
    owned.add(watchDebugOutput(async () => (await workbench()).printed, capability));
    owned.add(watchStoppedFrames(held, capability, () => import('./ui/editor/index')));
    owned.add(
      registerTokenPlaces({
        viewer: async () => (await workbench()).tokenViewer,
        holding: (fileNames) => keys.set('filesWithTokens', fileNames),
        failed: (what, error) => log.error(what, error),
        asked: (what, error) => void failures.show(what, error),
      }),
    );
  });
  owned.add({ dispose: () => clearImmediate(later) });
  void resumeSandbox(context, workbench).catch((error: unknown) => log.error('sandbox', error));

  return {
    context,
    store,
    tree,
    failures,
    sessions: async () => (await workbench()).sessions,
    accounts,
    tools: async () => (await workbench()).tools,
    printed: async () => (await workbench()).printed,
    handleUri,
    commandsWithoutHandler: () => registrar.missing(),
    dispose: () => owned.dispose(),
  };
}

/** The view; opening an identity's node asks once for each set of credentials which role they are. */
function showTree(tree: PoolsTree, nameRole: (ref: SessionRef) => Promise<void>): vscode.Disposable {
  const view = vscode.window.createTreeView<PoolNode>(views.pools, { treeDataProvider: tree });
  tree.setVisible(view.visible);
  return vscode.Disposable.from(
    view,
    view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)),
    view.onDidExpandElement(({ element }) => {
      if (element.kind === 'identity') void nameRole(element.ref);
    }),
  );
}

/** A sandbox that was running before a reload is taken up again; without its record nothing is loaded. */
async function resumeSandbox(
  context: vscode.ExtensionContext,
  workbench: () => Promise<Workbench>,
): Promise<void> {
  const record = vscode.Uri.joinPath(context.globalStorageUri, 'sandbox.json');
  try {
    await vscode.workspace.fs.stat(record);
  } catch {
    return;
  }
  await (await workbench()).sandbox.resume();
}

/** A stored session that cannot be used is gone from the tree: say why, and offer the way back. */
async function tellLoss({ ref, name, reason }: SessionLoss): Promise<void> {
  const go = vscode.l10n.t('Sign In');
  const text = plain(vscode.l10n.t('{0} is signed out. {1}', name, lossText(reason)));
  const chosen = await vscode.window.showWarningMessage(text, go);
  if (chosen === go) await vscode.commands.executeCommand(commands.signIn, { ref, username: name });
}

function lossText(reason: string): string {
  switch (reason) {
    case 'missing':
      return vscode.l10n.t('Its tokens are no longer in the secret storage.');
    case 'newer-version':
      return vscode.l10n.t('It was stored by a newer version of Cognito Workbench.');
    default:
      return vscode.l10n.t('What is stored of it cannot be read.');
  }
}
