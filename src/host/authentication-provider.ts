import * as vscode from 'vscode';
import type { SessionRef } from '../core/session/model';
import type { SessionStore } from '../core/session/store';
import { accountProvider } from '../ids';

type Account = vscode.AuthenticationSession;

/** What needs more than the list of sessions; it stands in the side bundle. */
export interface AccountActions {
  /** Those that hold these scopes, with tokens that are not due. Never asks the person anything. */
  withTokens(accounts: readonly Account[], scopes: readonly string[]): Promise<Account[]>;
  /** Asks the person to sign in, as somebody where told. Rejects where they stop. */
  signIn(sessionId: string | undefined, find: (ref: SessionRef) => Account | undefined): Promise<Account>;
  signOut(sessionId: string): Promise<void>;
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
  private known: ReadonlyMap<string, Account>;

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
    scopes: readonly string[] | undefined,
    { account }: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<Account[]> {
    const wanted = [...this.listed().values()].filter(({ id }) => !account || account.id === id);
    return scopes && wanted[0] ? (await this.actions()).withTokens(wanted, scopes) : wanted;
  }

  async createSession(
    _scopes: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<Account> {
    return (await this.actions()).signIn(account?.id, (ref) => this.listed().get(idOf(ref)));
  }

  async removeSession(sessionId: string): Promise<void> {
    await (await this.actions()).signOut(sessionId);
  }

  dispose(): void {
    for (const item of this.subscriptions) item.dispose();
    this.changed.dispose();
  }

  /** Compares with what was told before, so that other windows' sign-ins and sign-outs are told too. */
  private tell(): void {
    const [before, now] = [this.known, this.listed()];
    this.known = now;
    const missing = (from: typeof now, others: typeof now) =>
      [...from.values()].filter(({ id }) => !others.has(id));
    const changed = [...now.values()].filter(({ id }) => before.has(id));
    this.changed.fire({ added: missing(now, before), removed: missing(before, now), changed });
  }

  private listed(): ReadonlyMap<string, Account> {
    const entries = this.store.list().filter(({ identityKey }) => /^(user:|m2m$)/.test(identityKey));
    return new Map(
      entries.map((entry) => {
        const id = idOf(entry);
        // VS Code remembers consent by the label: the connection's id is unique, its name need not be.
        const account = { id, label: `${entry.name} (${entry.connectionId})` };
        return [id, { id, account, accessToken: '', scopes: [] }];
      }),
    );
  }
}

/** Connection ids hold no slash. */
function idOf({ connectionId, identityKey }: SessionRef): string {
  return `${connectionId}/${identityKey}`;
}
