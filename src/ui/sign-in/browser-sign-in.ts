import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection, UserPoolSettings } from '../../core/connection/model';
import { WorkbenchError } from '../../core/errors';
import type { AuthTokens } from '../../core/ports';
import { isApp } from '../../core/session/keys';
import type { Sessions, SignInOutcome } from '../../core/session/manager';
import type { SessionRef } from '../../core/session/model';
import { claimsOf, usernameOf } from '../../core/session/token-set';
import { findSite, type FetchDocument } from '../../core/signin/find-site';
import type { CallbackMode } from '../../core/signin/hosted-ui';
import type { Failures } from '../../host/failures';
import type { AppSignIn } from './app-sign-in';
import type { BrowserMemory } from './browser-memory';
import { askWish, callbackHost, chooseMode, reachablePorts, type BrowserWish } from './browser-questions';
import type { BrowserRounds } from './browser-rounds';

export interface BrowserParts {
  readonly rounds: BrowserRounds;
  readonly fetchDocument: FetchDocument;
  readonly sessions: Sessions;
  readonly memory: BrowserMemory;
  readonly failures: Failures;
  readonly app: AppSignIn;
}

export interface BrowserOptions {
  /** Fills in the user name on the page; known where somebody signs in again. */
  readonly username?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The identity that signs in again: nothing is asked that was answered before. */
  readonly ref?: SessionRef | undefined;
}

/** Sign-in at the pool's own pages, in the person's browser. */
export class BrowserSignIn {
  constructor(private readonly parts: BrowserParts) {}

  /**
   * Signs in and saves the session. Throws what `findSite`, `BrowserRounds.run` and `Sessions.adopt` throw, and
   * `federation.no-id-token` (scopes without `openid`).
   */
  async run(connection: Connection, options: BrowserOptions, outer: AbortSignal): Promise<SignInOutcome> {
    const pool = connection.userPool;
    if (!pool) throw new WorkbenchError('signin.flow-unsupported', 'no user pool', { method: 'browser' });
    const { parts } = this;
    const habits = parts.memory.of(connection.id);
    const wish = await this.wish(connection, options.ref);
    if (wish.kind === 'app') return parts.app.run(connection, options.clientSecret, outer);
    requireOpenId(connection, pool);
    const host = await callbackHost(pool.callbackPorts);
    const label = connectionLabel(connection);
    const mode = await chooseMode(vscode.l10n.t('Sign in to {0}', label), host, habits);
    const { clientSecret } = options;
    const round = {
      title: vscode.l10n.t('Waiting for the sign-in to {0} in the browser.', label),
      client: {
        clientId: pool.clientId,
        clientSecret,
        scopes: pool.scopes,
        identityProvider: wish.identityProvider,
        prompt: wish.prompt,
        loginHint: wish.prompt ? undefined : options.username,
      },
      mode,
      ports: reachablePorts(pool.callbackPorts, host),
      findSite: (signal: AbortSignal) => findSite(connection, parts.fetchDocument, signal),
      noteWay: (worked: boolean) => this.remember(connection, { wish, mode, worked }),
      nameOf,
      take(tokens: AuthTokens, signal: AbortSignal) {
        const username = nameOf(tokens);
        const request = { method: 'browser', username, clientSecret } as const;
        return parts.sessions.adopt(connection, request, { tokens, username }, signal);
      },
      explain: (error: unknown) => parts.failures.explain(error, { connection }),
    };
    return parts.rounds.run(round, outer);
  }

  private async wish(connection: Connection, again: SessionRef | undefined): Promise<BrowserWish> {
    if (again === undefined) return askWish(connection, this.parts.memory.of(connection.id));
    return { kind: isApp(again) ? 'app' : 'page' };
  }

  /** Where the browser came back with a code, the way back works, and the provider, where one was named, is real. */
  private async remember(
    connection: Connection,
    { wish, mode, worked }: { wish: Page; mode: CallbackMode; worked: boolean },
  ): Promise<void> {
    const { memory } = this.parts;
    if (!worked) return memory.change(connection.id, { mode: undefined });
    await memory.change(connection.id, { mode, used: true });
    if (wish.identityProvider !== undefined)
      await memory.rememberProvider(connection.id, wish.identityProvider);
  }
}

type Page = Extract<BrowserWish, { kind: 'page' }>;

/** An identity pool wants an ID token, which only `openid` brings; better said before a browser opens. */
function requireOpenId(connection: Connection, pool: UserPoolSettings): void {
  if (!connection.identityPool || pool.scopes.length === 0 || pool.scopes.includes('openid')) return;
  throw new WorkbenchError('federation.no-id-token', 'the scopes of the connection lack openid', {
    scopes: pool.scopes.join(' '),
  });
}

/** Whom the tokens are of, in a form that people know: of an identity provider's users the address. */
function nameOf(tokens: AuthTokens): string {
  const claims = claimsOf(tokens.idToken);
  const email = typeof claims.email === 'string' && claims.email !== '' ? claims.email : undefined;
  const username = usernameOf(tokens);
  const federated = claims.identities !== undefined || username === claims.sub;
  return (federated ? (email ?? username) : username) ?? vscode.l10n.t('somebody');
}
