import * as vscode from 'vscode';
import type { SessionIndexEntry, SessionRef } from '../core/session/model';
import type { SessionStore } from '../core/session/store';
import { accountProvider } from '../ids';

/** What needs more than the list of sessions; it stands in the side bundle. */
export interface AccountActions {
  /** Tokens that are not due; undefined where only a sign-in would bring some. Never asks the person anything. */
  tokens(ref: SessionRef): Promise<AccountTokens | undefined>;
  /** Asks the person to sign in; undefined where they stop. */
  signIn(known: SessionRef | undefined): Promise<SessionRef | undefined>;
  signOut(ref: SessionRef): Promise<void>;
}

export interface AccountTokens {
  readonly accessToken: string;
  readonly idToken?: string | undefined;
  readonly scopes: readonly string[];
}

/**
 * The sessions as accounts of VS Code: one account and one session for each identity that holds user-pool tokens.
 * Other extensions get tokens only with the person's consent, which VS Code asks for; without scopes (that is how
 * VS Code itself draws its menu) no token is read, let alone renewed.
 */
export class CognitoAccounts implements vscode.AuthenticationProvider, vscode.Disposable {
  private readonly changed =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.changed.event;
  private readonly subscriptions: { dispose(): void }[];
  private known = new Map<string, vscode.AuthenticationSession>();

  constructor(
    private readonly store: Pick<SessionStore, 'list' | 'onDidChange'>,
    private readonly actions: () => Promise<AccountActions>,
  ) {
    this.known = this.listed();
    this.subscriptions = [
      store.onDidChange(() => this.tell()),
      vscode.authentication.registerAuthenticationProvider(accountProvider, 'Cognito', this, {
        supportsMultipleAccounts: true,
      }),
    ];
  }

  async getSessions(
    scopes?: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    const wanted = [...this.listed().values()].filter(
      (session) => options.account === undefined || options.account.id === session.account.id,
    );
    if (scopes === undefined || wanted.length === 0) return wanted;
    const filled = await Promise.all(wanted.map((session) => this.fill(session)));
    return filled.filter(
      (session) => session !== undefined && scopes.every((scope) => session.scopes.includes(scope)),
    ) as vscode.AuthenticationSession[];
  }

  async createSession(
    _scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const ref = await (await this.actions()).signIn(options.account && refOf(options.account.id));
    const made = ref && this.listed().get(idOf(ref));
    const filled = made && (await this.fill(made));
    if (!filled) throw new vscode.CancellationError();
    return filled;
  }

  async removeSession(sessionId: string): Promise<void> {
    const ref = refOf(sessionId);
    if (ref) await (await this.actions()).signOut(ref);
  }

  dispose(): void {
    for (const item of this.subscriptions) item.dispose();
    this.changed.dispose();
  }

  private async fill(
    session: vscode.AuthenticationSession,
  ): Promise<vscode.AuthenticationSession | undefined> {
    const ref = refOf(session.id);
    const tokens = ref && (await (await this.actions()).tokens(ref));
    return tokens && { ...session, ...tokens };
  }

  /** Compares with what was told before, so that other windows' sign-ins and sign-outs are told too. */
  private tell(): void {
    const before = this.known;
    const now = this.listed();
    this.known = now;
    const added = [...now].flatMap(([id, session]) => (before.has(id) ? [] : [session]));
    const removed = [...before].flatMap(([id, session]) => (now.has(id) ? [] : [session]));
    const changed = [...now].flatMap(([id, session]) => (before.has(id) ? [session] : []));
    this.changed.fire({ added, removed, changed });
  }

  private listed(): Map<string, vscode.AuthenticationSession> {
    return new Map(
      this.store
        .list()
        .filter(hasTokens)
        .map((entry) => [idOf(entry), sessionOf(entry)]),
    );
  }
}

function hasTokens({ identityKey }: SessionRef): boolean {
  return identityKey === 'm2m' || identityKey.startsWith('user:');
}

/** The label is what VS Code remembers consent by, so it holds the connection's id, which is unique. */
function sessionOf(entry: SessionIndexEntry): vscode.AuthenticationSession {
  const id = idOf(entry);
  return {
    id,
    accessToken: '',
    account: { id, label: `${entry.name} (${entry.connectionId})` },
    scopes: [],
  };
}

/** Connection ids hold no slash. */
function idOf({ connectionId, identityKey }: SessionRef): string {
  return `${connectionId}/${identityKey}`;
}

function refOf(id: string): SessionRef | undefined {
  const slash = id.indexOf('/');
  return slash < 0 ? undefined : { connectionId: id.slice(0, slash), identityKey: id.slice(slash + 1) };
}
