import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection, UserPoolSettings } from '../../core/connection/model';
import { CancelledError, WorkbenchError } from '../../core/errors';
import type { AuthTokens } from '../../core/ports';
import { isApp } from '../../core/session/keys';
import type { Sessions, SignInOutcome } from '../../core/session/manager';
import type { SessionRef } from '../../core/session/model';
import { claimsOf, usernameOf } from '../../core/session/token-set';
import { findSite, type FetchDocument } from '../../core/signin/find-site';
import {
  CALLBACK_PATH,
  handlerCallback,
  loopbackCallback,
  type CallbackHost,
  type CallbackMode,
} from '../../core/signin/hosted-ui';
import type { LoopbackServer, OpenLoopback } from '../../core/signin/loopback';
import type { OAuthApi } from '../../core/signin/oauth';
import type { ContextKeys } from '../../host/context-keys';
import type { Failures } from '../../host/failures';
import { withProgress } from '../../host/progress';
import type { UriCallbacks } from '../../host/uri-callbacks';
import { commands } from '../../ids';
import { askText } from '../input';
import type { AppSignIn } from './app-sign-in';
import type { BrowserMemory } from './browser-memory';
import { cancelledPage, failedPage, foreignText, strayPage, workedPage } from './browser-pages';
import { askWish, callbackHost, chooseMode, type BrowserWish } from './browser-questions';
import { BrowserWait } from './browser-wait';

/** Cognito's codes live as long. */
const waitSeconds = 300;

export interface BrowserParts {
  readonly oauth: () => Promise<OAuthApi>;
  readonly fetchDocument: FetchDocument;
  readonly openLoopback: OpenLoopback;
  readonly callbacks: Pick<UriCallbacks, 'wait'>;
  readonly sessions: Sessions;
  readonly memory: BrowserMemory;
  readonly keys: ContextKeys;
  readonly failures: Failures;
  readonly app: AppSignIn;
  readonly waitSeconds?: number;
}

export interface BrowserOptions {
  /** Fills in the user name on the page; known where somebody signs in again. */
  readonly username?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The identity that signs in again: nothing is asked that was answered before. */
  readonly ref?: SessionRef | undefined;
}

/** Sign-in at the pool's own pages, in the person's browser. One at a time: a new one takes the place of the old. */
export class BrowserSignIn {
  private wait: BrowserWait | undefined;
  private current: { readonly abort: AbortController; readonly done: Promise<unknown> } | undefined;

  constructor(private readonly parts: BrowserParts) {}

  /**
   * Signs in and saves the session. Throws what `findSite`, `BrowserAttempt.redeem` and `Sessions.adopt` throw;
   * `signin.ports-taken`, `signin.browser-timeout`, `federation.no-id-token` (scopes without `openid`), CancelledError.
   */
  async run(connection: Connection, options: BrowserOptions, outer: AbortSignal): Promise<SignInOutcome> {
    const pool = connection.userPool;
    if (!pool) throw new WorkbenchError('signin.flow-unsupported', 'no user pool', { method: 'browser' });
    const habits = this.parts.memory.of(connection.id);
    const wish = await this.wish(connection, options.ref);
    if (wish.kind === 'app') return this.parts.app.run(connection, options.clientSecret, outer);
    requireOpenId(connection, pool);
    const host = await callbackHost(connection);
    const mode = await chooseMode(connection, host, habits);
    await this.replaceOther();
    const abort = new AbortController();
    const attempt = { pool, wish, mode, host, options };
    const done = this.attempt(connection, attempt, AbortSignal.any([outer, abort.signal]));
    const current = { abort, done };
    this.current = current;
    try {
      return await done;
    } finally {
      if (this.current === current) this.current = undefined;
    }
  }

  private async wish(connection: Connection, again: SessionRef | undefined): Promise<BrowserWish> {
    if (again === undefined) return askWish(connection, this.parts.memory.of(connection.id));
    return { kind: isApp(again) ? 'app' : 'page' };
  }

  /** The browser came back with a code: the way back works, and the provider, where one was named, is real. */
  private async remember(
    connection: Connection,
    { wish, mode }: Pick<Attempt, 'wish' | 'mode'>,
  ): Promise<void> {
    const { memory } = this.parts;
    await memory.change(connection.id, { mode, used: true });
    if (wish.identityProvider !== undefined)
      await memory.rememberProvider(connection.id, wish.identityProvider);
  }

  /** For a browser other than the system's, or a profile of it. */
  async copyAddress(): Promise<void> {
    if (!this.wait) return this.sayNobodyWaits();
    await vscode.env.clipboard.writeText(this.wait.address);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Sign-in address copied'), 4000);
  }

  /** Takes the address that the browser ended at. */
  async pasteAddress(): Promise<void> {
    const { wait } = this;
    if (!wait) return this.sayNobodyWaits();
    await askText({
      title: vscode.l10n.t('Paste Redirected Address'),
      prompt: vscode.l10n.t(
        'The whole address from the browser after the sign-in, or the one of the error page that it shows',
      ),
      signal: wait.ended,
      validate: (text) => {
        const reason = wait.paste(text);
        return reason === undefined ? undefined : foreignText(reason);
      },
    });
  }

  private async attempt(connection: Connection, how: Attempt, outer: AbortSignal): Promise<SignInOutcome> {
    const label = connectionLabel(connection);
    const title = vscode.l10n.t('Waiting for the sign-in to {0} in the browser.', label);
    return withProgress(
      title,
      (cancelled, report) => this.tokensInto(connection, how, AbortSignal.any([outer, cancelled]), report),
      [
        { label: vscode.l10n.t('Copy Address'), command: commands.copySignInAddress },
        { label: vscode.l10n.t('Paste Redirected Address…'), command: commands.pasteRedirectedAddress },
      ],
    );
  }

  private async tokensInto(
    connection: Connection,
    { pool, wish, mode, host, options }: Attempt,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<SignInOutcome> {
    const { parts } = this;
    const site = await findSite(connection, parts.fetchDocument, signal);
    const loopback = await this.listen(pool, mode, host);
    try {
      const oauth = await parts.oauth();
      const attempt = await oauth.begin({
        site,
        clientId: pool.clientId,
        clientSecret: options.clientSecret,
        scopes: pool.scopes,
        redirectUri: redirectUriOf(pool, mode, loopback),
        identityProvider: wish.identityProvider,
        prompt: wish.prompt,
        loginHint: wish.prompt ? undefined : options.username,
      });
      const stray = (error: { awsCode: string; awsMessage: string }) =>
        report(vscode.l10n.t('The browser brought this: {0}', `${error.awsCode} ${error.awsMessage}`));
      const seconds = parts.waitSeconds ?? waitSeconds;
      const wait = new BrowserWait({ attempt, site, loopback, callbacks: parts.callbacks, seconds, stray });
      const answer = await this.waiting(wait, mode, report, signal).catch(async (error: unknown) => {
        // It may have been the wrong way back: next time it is asked again.
        await parts.memory.change(connection.id, { mode: undefined });
        throw error;
      });
      try {
        if (answer.reading.kind === 'refused') throw answer.reading.error;
        await this.remember(connection, { wish, mode });
        const tokens = await attempt.redeem(answer.reading.url, signal);
        const name = nameOf(tokens);
        answer.show(workedPage(name));
        const request = { method: 'browser', username: name, clientSecret: options.clientSecret } as const;
        return await parts.sessions.adopt(connection, request, { tokens, username: name }, signal);
      } catch (error) {
        answer.show(failedPage(await parts.failures.explain(error, { connection })));
        throw error;
      }
    } finally {
      await loopback?.close(cancelledPage());
    }
  }

  /** Opens the page and waits; meanwhile the commands that copy and paste have something to act on. */
  private async waiting(
    wait: BrowserWait,
    mode: CallbackMode,
    report: (message: string) => void,
    signal: AbortSignal,
  ) {
    this.wait = wait;
    this.parts.keys.set('browserSignInWaiting', true);
    try {
      const answer = wait.answer(signal);
      void openInBrowser(wait.address).then((opened) => {
        if (!opened)
          report(vscode.l10n.t('The browser was not opened; copy the address and open it yourself.'));
      });
      if (mode === 'paste') void this.pasteAddress().catch(() => undefined);
      return await answer;
    } finally {
      if (this.wait === wait) this.wait = undefined;
      this.parts.keys.set('browserSignInWaiting', this.wait !== undefined);
    }
  }

  private async listen(pool: UserPoolSettings, mode: CallbackMode, host: CallbackHost) {
    if (mode !== 'loopback') return undefined;
    // Only the first port was asked about.
    const ports = host.portForwarded ? pool.callbackPorts.slice(0, 1) : pool.callbackPorts;
    const { language } = vscode.env;
    return this.parts.openLoopback({ ports, path: CALLBACK_PATH, stray: strayPage(), language });
  }

  private async replaceOther(): Promise<void> {
    const { current } = this;
    if (!current) return;
    current.abort.abort(new CancelledError());
    await current.done.catch(() => undefined);
  }

  private sayNobodyWaits(): void {
    void vscode.window.showInformationMessage(vscode.l10n.t('No sign-in is waiting for the browser.'));
  }
}

interface Attempt {
  readonly pool: UserPoolSettings;
  readonly wish: Extract<BrowserWish, { kind: 'page' }>;
  readonly mode: CallbackMode;
  readonly host: CallbackHost;
  readonly options: BrowserOptions;
}

/** Whether it was opened. The address goes as text: as a Uri it would be decoded and encoded anew, and Cognito compare other bytes. */
export async function openInBrowser(address: string): Promise<boolean> {
  try {
    return await vscode.env.openExternal(address as unknown as vscode.Uri);
  } catch {
    return false;
  }
}

/** An identity pool wants an ID token, which only `openid` brings; better said before a browser opens. */
function requireOpenId(connection: Connection, pool: UserPoolSettings): void {
  if (!connection.identityPool || pool.scopes.length === 0 || pool.scopes.includes('openid')) return;
  throw new WorkbenchError('federation.no-id-token', 'the scopes of the connection lack openid', {
    scopes: pool.scopes.join(' '),
  });
}

function redirectUriOf(
  pool: UserPoolSettings,
  mode: CallbackMode,
  loopback: LoopbackServer | undefined,
): string {
  const port = loopback?.port ?? pool.callbackPorts[0];
  return mode === 'uri' || port === undefined
    ? handlerCallback(vscode.env.uriScheme)
    : loopbackCallback(port);
}

/** Whom the tokens are of, in a form that people know: of an identity provider's users the address. */
function nameOf(tokens: AuthTokens): string {
  const claims = claimsOf(tokens.idToken);
  const email = typeof claims.email === 'string' && claims.email !== '' ? claims.email : undefined;
  const username = usernameOf(tokens);
  const federated = claims.identities !== undefined || username === claims.sub;
  return (federated ? (email ?? username) : username) ?? vscode.l10n.t('somebody');
}
