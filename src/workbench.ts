/** Entry of the side bundle `dist/workbench.js`: the second half of the composition, built at the first gesture. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { AdminKeyring } from './core/admin-credentials';
import type { ProfileKeys } from './core/admin-credentials';
import { adminPlaces } from './core/connection/admin-places';
import { identityPoolRegion, originOf, s3Region, userPoolRegion } from './core/connection/derive';
import type { Connection } from './core/connection/model';
import { WorkbenchError } from './core/errors';
import type { AwsApis, S3Api, SignatureVerifier } from './core/ports';
import { developerTokensBy } from './core/session/developer-tokens';
import { Sessions } from './core/session/manager';
import { secretKey } from './core/session/keys';
import { ReplacedTokens } from './core/session/replaced-tokens';
import type { SessionRef } from './core/session/model';
import type { SessionStore } from './core/session/store';
import type { OAuthApi } from './core/signin/oauth';
import { configureText } from './core/text';
import { AdminAccess } from './host/admin-access';
import type { AdminAccessDeps } from './host/admin-access';
import type { AccountActions } from './host/authentication-provider';
import type { CommandHandler } from './host/command-registrar';
import { DisposableStore } from './host/disposables';
import { EndpointApproval } from './host/endpoint-approval';
import type { ActionRunner, Failures } from './host/failures';
import type { Log } from './host/log';
import { ReadOnlyDocuments } from './host/read-only-documents';
import { SandboxController } from './host/sandbox-controller';
import type { ConnectionSettings } from './host/settings';
import { mementoStore, secretStore } from './host/state';
import { UriCallbacks } from './host/uri-callbacks';
import { commands } from './ids';
import type { CommandName } from './ids';
import { openDevtools } from './node/devtools-socket';
import { nodeDigest } from './node/digest';
import { fetchJson } from './node/fetch-json';
import { FileLock } from './node/file-lock';
import { createFileWriter } from './node/file-writer';
import { openLoopback } from './node/loopback-server';
import { sandboxProcess } from './node/sandbox-process';
import type { InspectorDeps } from './panel/host/deps';
import type { BaseServices } from './services';
import { accountActions } from './ui/accounts';
import { runAction } from './ui/actions';
import { commandHandlers } from './ui/commands/handlers';
import { AddConnection } from './ui/connections/add-connection';
import { PrintedTokens } from './ui/debug/printed-tokens';
import { askMfaCode } from './ui/identities/admin';
import { ProviderBrowser } from './ui/identities/provider-browser';
import type { InspectorOpener } from './ui/inspector-opener';
import type { Tools } from './ui/lm/register-tools';
import { languageModelTools } from './ui/lm/tools';
import { Picker } from './ui/pick';
import { AppSignIn, appTokensFrom } from './ui/sign-in/app-sign-in';
import { BrowserMemory } from './ui/sign-in/browser-memory';
import { BrowserRounds } from './ui/sign-in/browser-rounds';
import { BrowserSignIn } from './ui/sign-in/browser-sign-in';
import { BrowserSignOut } from './ui/sign-in/browser-sign-out';
import { SignInCommand } from './ui/sign-in/sign-in-command';
import type { TokenViewer } from './ui/tokens/token-viewer';

export interface Workbench extends vscode.Disposable {
  readonly handlers: Readonly<Record<CommandName, CommandHandler>>;
  readonly act: ActionRunner;
  readonly sandbox: SandboxController;
  readonly sessions: Sessions;
  readonly accounts: AccountActions;
  /** A callback that the system handed to this window. */
  readonly handleUri: (address: string) => Promise<void>;
  /** Shows a token from anywhere, in the one panel for such. */
  readonly tokenViewer: TokenViewer;
  /** Tokens that debugged programs printed. */
  readonly printed: PrintedTokens;
  readonly tools: Tools;
  /** Takes up an Inspector that VS Code kept over a reload; closes it when its identity is gone. */
  readonly restoreInspector: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
  /** Asks STS for the role of credentials that have none noted yet; failures go to the log alone. */
  nameRole(ref: SessionRef): Promise<void>;
}

export function createWorkbench(base: BaseServices): Workbench {
  const { context, log, settings, store, identities, failures } = base;
  if (vscode.l10n.bundle) configureText({ contents: vscode.l10n.bundle });
  const owned = new DisposableStore();
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const storage = context.globalStorageUri;
  const lock = new FileLock(vscode.Uri.joinPath(storage, 'locks').fsPath);
  const apis = awsApis(log);
  const oauth = lazyOAuth(log);
  const process = sandboxProcess(vscode.Uri.joinPath(dist, 'sandbox.js').fsPath, storage.fsPath);
  const sandbox = owned.add(new SandboxController(process, lock, settings, identities, base.keys, log));
  const approval = new EndpointApproval(mementoStore(context.globalState), settings);
  const clock = { now: () => Date.now() };
  const admin = new AdminAccess({
    sandboxKeys: (connection) => sandbox.adminKeys(connection),
    keyring: new AdminKeyring(profileKeys, clock),
    approval,
    api: adminApis(log),
  });
  const replaced = new ReplacedTokens();
  owned.add(store.onDidChange(({ removed }) => removed.forEach((ref) => replaced.forget(ref))));
  const sessions = new Sessions({
    replaced,
    store,
    apis,
    digest: nodeDigest,
    clock,
    lock,
    refreshBeforeMinutes: () => settings.refreshBeforeExpiryMinutes(),
    connection: (id) => settings.find(id),
    appTokens: appTokensFrom(oauth, fetchJson),
    developerTokens: developerTokensBy((connection) => admin.adminFor(connection), clock),
  });
  const picker = new Picker(settings, identities);
  const callbacks = uriCallbacks(context, failures);
  const memory = new BrowserMemory(mementoStore(context.globalState));
  const pages = { fetchDocument: fetchJson, openLoopback, failures };
  const app = new AppSignIn({ appTokens: appTokensFrom(oauth, fetchJson), sessions, memory });
  const rounds = new BrowserRounds({ oauth, openLoopback, callbacks, keys: base.keys });
  const browser = new BrowserSignIn({ ...pages, rounds, sessions, memory, app });
  const providerBrowser = new ProviderBrowser({ ...pages, rounds, memory, digest: nodeDigest, settings });
  const browserSignOut = new BrowserSignOut({ ...pages, memory });
  const signIn = new SignInCommand({
    picker,
    sessions,
    store,
    identities,
    approval,
    sandbox,
    failures,
    browser,
  });
  const verifier = lazyVerifier(log, settings);
  const inspector = inspectors(owned, {
    dist,
    media: vscode.Uri.joinPath(context.extensionUri, 'media'),
    home: vscode.Uri.file(homedir()),
    identities,
    sessions,
    connection: (id) => settings.find(id),
    admin,
    failures,
    log,
    connections: () => settings.connections(),
    onDidChangeConnections: settings.onDidChange,
    verifier,
    verifyWithKeys: async (token, keys) => (await import('./node/verify')).verifyWithKeys(token, keys),
    userPool: async (connection) => {
      await approval.ensure(connection);
      return apis.userPool(connection);
    },
    s3: s3Source(owned, sessions, store, settings, log),
    openFile: (target) => (target.scheme === 'file' ? createFileWriter(target.fsPath) : undefined),
  });
  const addConnection = new AddConnection(settings, fetchJson, async (connectionId) =>
    vscode.commands.executeCommand(commands.signIn, { connectionId }),
  );
  const account = { apis, digest: nodeDigest, approval };
  const printed = owned.add(new PrintedTokens(inspector, openDevtools));
  const parts = {
    ...base,
    ...account,
    rounds,
    providerBrowser,
    browserSignOut,
    picker,
    sessions,
    sandbox,
    signIn,
    inspector,
    verifier,
    tokens: inspector,
    printed,
    addConnection,
    admin,
    profiles: async () => (await import('./aws/index')).listProfiles(),
    replaced,
    documents: owned.add(new ReadOnlyDocuments()),
  };
  return {
    handlers: commandHandlers(parts),
    act: (action, explanation, subject) => runAction(parts, action, explanation, subject),
    sandbox,
    sessions,
    accounts: accountActions({ sessions, signIn, failures, log }),
    handleUri: (address) => callbacks.handle(address),
    tokenViewer: inspector,
    printed,
    tools: languageModelTools({ settings, identities }),
    restoreInspector: (panel, state) => inspector.restore(panel, state),
    async nameRole(ref) {
      try {
        const session = await identities.load(ref);
        if (session?.credentials && session.credentials.expiresAt > Date.now()) await sessions.caller(ref);
      } catch (error) {
        log.error('caller', error);
      }
    },
    dispose: () => owned.dispose(),
  };
}

/** The SDK's clients, made at their first use and kept per region and endpoint. */
function awsApis(log: Log): AwsApis {
  const made = new Map<string, unknown>();
  const once = <T>(key: readonly unknown[], make: () => T): T => {
    const name = JSON.stringify(key);
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  };
  const loaded = () => import('./aws/index');
  const observe = callLog(log);
  return {
    async userPool(connection) {
      const { createUserPoolApi } = await loaded();
      const region = needed(userPoolRegion(connection), connection);
      const endpoint = connection.endpoints?.cognitoIdp;
      return once(['userPool', region, endpoint], () => createUserPoolApi({ region, endpoint }, observe));
    },
    async identityPool(connection) {
      const { createIdentityPoolApi } = await loaded();
      const region = needed(identityPoolRegion(connection), connection);
      const endpoint = connection.endpoints?.cognitoIdentity;
      return once(['identityPool', region, endpoint], () =>
        createIdentityPoolApi({ region, endpoint }, observe),
      );
    },
    async sts(connection) {
      const { createStsApi } = await loaded();
      const region = needed(identityPoolRegion(connection), connection);
      const endpoint = connection.endpoints?.sts;
      return once(['sts', region, endpoint], () => createStsApi({ region, endpoint }, observe));
    },
  };
}

/** One set of clients for each connection that is asked about; they share their sockets. */
function adminApis(log: Log): AdminAccessDeps['api'] {
  const observe = callLog(log);
  return async (connection, keys, refused) => {
    const { createAdminApi } = await import('./aws/index');
    return createAdminApi(adminPlaces(connection), keys, observe, refused);
  };
}

const profileKeys: ProfileKeys = async (request, signal) => {
  const aws = await import('./aws/index');
  return aws.profileKeys(request, askMfaCode, signal);
};

function callLog(log: Log) {
  return (record: {
    service: string;
    operation: string;
    host: string;
    milliseconds: number;
    requestId?: string | undefined;
    failure?: string | undefined;
  }) => {
    const { service, operation, host, milliseconds, requestId, failure } = record;
    const outcome = failure ?? `ok ${requestId ?? ''}`;
    log.debug(`${service}:${operation} at ${host}: ${Math.round(milliseconds)} ms, ${outcome}`);
  };
}

function needed(region: string | undefined, connection: Connection): string {
  if (region !== undefined) return region;
  throw new WorkbenchError('connection.invalid', 'the connection has no such pool', {
    connectionId: connection.id,
  });
}

/** The OAuth library, loaded at the first sign-in in the browser. */
function lazyOAuth(log: Log): () => Promise<OAuthApi> {
  let made: OAuthApi | undefined;
  const observe = callLog(log);
  return async () => {
    const { createOAuthApi } = await import('./node/oauth');
    made ??= createOAuthApi({ observe: (record) => observe({ service: 'oauth', ...record }) });
    return made;
  };
}

function uriCallbacks(context: vscode.ExtensionContext, failures: Failures): UriCallbacks {
  return new UriCallbacks({
    secrets: secretStore(context.secrets),
    hash: (state) =>
      Buffer.from(nodeDigest.sha256(Buffer.from(state)))
        .toString('hex')
        .slice(0, 32),
    unexpected: () =>
      void failures.show(
        'callback',
        new WorkbenchError('signin.callback-unexpected', 'a callback came that nobody waits for'),
      ),
  });
}

/** One S3 client per identity and configuration, so that connections and bucket regions are kept. */
function s3Source(
  owned: DisposableStore,
  sessions: Sessions,
  store: SessionStore,
  settings: ConnectionSettings,
  log: Log,
) {
  const made = new Map<string, { configuration: string; api: S3Api }>();
  // A client keeps the credentials that it was given: it goes with its session.
  owned.add(store.onDidChange(({ removed }) => removed.forEach((ref) => made.delete(secretKey(ref)))));
  return async (ref: SessionRef): Promise<S3Api> => {
    const connection = settings.find(ref.connectionId);
    if (!connection) throw new WorkbenchError('connection.not-found', 'no such connection', { ...ref });
    const { createS3Api } = await import('./aws/index');
    const { s3, endpoints } = connection;
    const configuration = JSON.stringify([originOf(connection), s3, endpoints]);
    const known = made.get(secretKey(ref));
    if (known?.configuration === configuration) return known.api;
    const options = {
      region: needed(s3Region(connection), connection),
      endpoint: endpoints?.s3,
      checksums: endpoints?.s3Checksums ?? (endpoints?.s3 === undefined ? 'supported' : 'required'),
      credentials: (signal?: AbortSignal) => sessions.credentials(ref, signal),
    } as const;
    const api = createS3Api(options, callLog(log));
    made.set(secretKey(ref), { configuration, api });
    return api;
  };
}

/** Keys come over https, or from an endpoint that a connection names (decision 9). */
function lazyVerifier(log: Log, settings: ConnectionSettings): () => Promise<SignatureVerifier> {
  let verifier: SignatureVerifier | undefined;
  return async () => {
    const { createFetchingVerifier } = await import('./node/verify');
    verifier ??= createFetchingVerifier({
      allowHttp: (url) =>
        settings.connections().some(({ endpoints }) => {
          const base = endpoints?.jwks ?? endpoints?.cognitoIdp;
          return base !== undefined && url.startsWith(`${base.replace(/\/+$/, '')}/`);
        }),
      observe: (url, ms) => log.debug(`keys from ${url}: ${Math.round(ms)} ms`),
    });
    return verifier;
  };
}

function inspectors(owned: DisposableStore, deps: InspectorDeps) {
  const create = async () => owned.add((await import('./panel/host/index')).createInspectors(deps));
  let made: ReturnType<typeof create> | undefined;
  const load = () =>
    (made ??= create().catch((error: unknown) => {
      // What could not be loaded is tried again at the next gesture.
      made = undefined;
      throw error;
    }));
  const open: InspectorOpener['open'] = async (ref, request) => (await load()).show(ref, request);
  const inspect: TokenViewer['inspect'] = async (text, options) =>
    (await load()).inspectToken(text, options?.source);
  return {
    open,
    inspect,
    async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
      const ref = (state as { ref?: SessionRef } | undefined)?.ref;
      if (ref && deps.identities.find(ref)) (await load()).restore(ref, panel);
      else panel.dispose();
    },
  };
}
