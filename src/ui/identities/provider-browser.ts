import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection, OidcProviderSettings } from '../../core/connection/model';
import { DEFAULT_CALLBACK_PORTS } from '../../core/connection/schema';
import { issuerName } from '../../core/federation/providers';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { loginFor } from '../../core/federation/providers-login';
import type { AuthTokens, Digest } from '../../core/ports';
import type { FetchDocument } from '../../core/signin/find-site';
import { findIssuer } from '../../core/signin/issuer-site';
import type { Failures } from '../../host/failures';
import { plain } from '../../host/plain';
import type { ConnectionSettings } from '../../host/settings';
import { askChoice } from '../input';
import type { BrowserMemory } from '../sign-in/browser-memory';
import { callbackHost, chooseMode, reachablePorts } from '../sign-in/browser-questions';
import type { BrowserRounds } from '../sign-in/browser-rounds';
import { noIdToken, providerFault } from './provider-browser-faults';
import { askOidcClient } from './provider-client';
import { labelOf, nameOfLogin, oidcProviderOf } from './provider-known';

export interface ProviderBrowserParts {
  readonly rounds: BrowserRounds;
  readonly memory: BrowserMemory;
  readonly fetchDocument: FetchDocument;
  readonly digest: Digest;
  readonly failures: Failures;
  readonly settings: ConnectionSettings;
}

/** The sign-in page of an OpenID Connect provider, in the person's browser: authorization code with PKCE. */
export class ProviderBrowser {
  constructor(private readonly parts: ProviderBrowserParts) {}

  /**
   * The ID token that the page brings. `issuer` empty: asked for, as is the client where the connection does not name
   * it. Throws `federation.provider-failed`, and as `findIssuer` and `BrowserRounds.run`.
   */
  async login(connection: Connection, issuer: string, title: string, again: boolean): Promise<ProviderLogin> {
    const { parts } = this;
    const known = oidcProviderOf(connection, issuer);
    const client = known ?? (await askOidcClient(issuer, title));
    const provider = { kind: 'oidc', issuer: client.issuer } as const;
    const label = labelOf(connection, provider);
    const habitsOf = `${connection.id} ${issuerName(client.issuer)}`;
    const habits = parts.memory.of(habitsOf);
    const prompt = habits.used && !again ? await askPrompt(title, label) : undefined;
    const ports = client.callbackPorts ?? DEFAULT_CALLBACK_PORTS;
    const host = await callbackHost(ports);
    // A provider takes addresses of this machine from any client; those of VS Code's own would have to be allowed.
    const mode = await chooseMode(plain(title), host, habits, ['loopback', 'paste']);
    const loginOf = ({ idToken }: AuthTokens): ProviderLogin => {
      if (idToken === undefined) throw noIdToken(client);
      return loginFor(provider, idToken, parts.digest);
    };
    const fault = (error: unknown): unknown => providerFault(error, client);
    try {
      const login = await parts.rounds.run({
        title: vscode.l10n.t('Waiting for the sign-in to {0} in the browser.', label),
        client: { clientId: client.clientId, scopes: scopesOf(client), prompt },
        mode,
        ports: reachablePorts(ports, host),
        findSite: (signal) => findIssuer(client.issuer, parts.fetchDocument, signal),
        noteWay: (worked) =>
          parts.memory.change(habitsOf, worked ? { mode, used: true } : { mode: undefined }),
        nameOf: (tokens) => nameOfLogin(connection, loginOf(tokens)),
        take: async (tokens) => loginOf(tokens),
        explain: (error) => parts.failures.explain(fault(error), { connection }),
      });
      if (!known) void this.offerToKeep(connection, client);
      return login;
    } catch (error) {
      throw fault(error);
    }
  }

  /** What was typed once need not be typed again. */
  private async offerToKeep(connection: Connection, client: OidcProviderSettings): Promise<void> {
    const { settings, failures } = this.parts;
    const source = settings.sourceOf(connection.id);
    if (source === undefined || source === 'sandbox') return;
    const add = vscode.l10n.t('Add to Connection');
    const text = vscode.l10n.t(
      'Add {0} to the providers of {1}? Its sign-in page is then one choice away.',
      issuerName(client.issuer),
      connectionLabel(connection),
    );
    if ((await vscode.window.showInformationMessage(plain(text), add)) !== add) return;
    try {
      const now = settings.find(connection.id) ?? connection;
      const pool = now.identityPool;
      if (!pool || oidcProviderOf(now, client.issuer)) return;
      const providers = [...(pool.providers ?? []), client];
      await settings.save({ ...now, identityPool: { ...pool, providers } }, source);
    } catch (error) {
      await failures.show('save', error, { connection });
    }
  }
}

/** The provider's page may still know somebody. */
function askPrompt(title: string, label: string): Promise<'login' | undefined> {
  return askChoice<'login' | undefined>({
    title: plain(title),
    placeHolder: vscode.l10n.t('Who signs in at {0}?', label),
    items: [
      {
        label: vscode.l10n.t('In the browser'),
        detail: vscode.l10n.t('The page may still know who you are.'),
        value: undefined,
      },
      {
        label: vscode.l10n.t('In the browser, as someone else'),
        detail: vscode.l10n.t('The page asks again, whoever the browser is signed in as.'),
        value: 'login',
      },
    ],
  });
}

/** `openid` brings the ID token, `email` and `profile` a name for the person. */
function scopesOf({ scopes = ['email', 'profile'] }: OidcProviderSettings): readonly string[] {
  return [...new Set(['openid', ...scopes])];
}
