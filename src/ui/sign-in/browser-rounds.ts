import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import type { AuthTokens } from '../../core/ports';
import {
  CALLBACK_PATH,
  handlerCallback,
  loopbackCallback,
  type CallbackMode,
  type HostedUiSite,
} from '../../core/signin/hosted-ui';
import type { LoopbackServer, OpenLoopback } from '../../core/signin/loopback';
import type { BrowserRequest, OAuthApi } from '../../core/signin/oauth';
import type { Explanation } from '../../core/diagnosis/types';
import type { ContextKeys } from '../../host/context-keys';
import { withProgress } from '../../host/progress';
import type { UriCallbacks } from '../../host/uri-callbacks';
import { commands } from '../../ids';
import { askText } from '../input';
import { cancelledPage, failedPage, foreignText, strayPage, workedPage } from './browser-pages';
import { BrowserWait } from './browser-wait';

/** Cognito's codes live as long. */
const waitSeconds = 300;

export interface RoundParts {
  readonly oauth: () => Promise<OAuthApi>;
  readonly openLoopback: OpenLoopback;
  readonly callbacks: Pick<UriCallbacks, 'wait'>;
  readonly keys: ContextKeys;
  readonly waitSeconds?: number;
}

/** One sign-in at a page, and what is made of its tokens. */
export interface Round<T> {
  /** Of the progress notification. */
  readonly title: string;
  readonly client: Omit<BrowserRequest, 'site' | 'redirectUri'>;
  readonly mode: CallbackMode;
  /** Loopback ports to listen on; the first names the address that is pasted. */
  readonly ports: readonly number[];
  findSite(signal: AbortSignal): Promise<HostedUiSite>;
  /** Whether the way back worked: the browser brought a code, or nothing usable. */
  noteWay(worked: boolean): Promise<void>;
  /** Whose tokens they are, for the page that the browser shows. Throws where they are of no use. */
  nameOf(tokens: AuthTokens): string;
  take(tokens: AuthTokens, signal: AbortSignal): Promise<T>;
  explain(error: unknown): Promise<Explanation>;
}

/** Sign-ins at pages in the person's browser. One at a time: a new one takes the place of the old. */
export class BrowserRounds {
  private wait: BrowserWait | undefined;
  private current: { readonly abort: AbortController; readonly done: Promise<unknown> } | undefined;

  constructor(private readonly parts: RoundParts) {}

  /**
   * Opens the page and takes its answer. Throws what `findSite`, `BrowserAttempt.redeem` and `take` throw;
   * `signin.ports-taken`, `signin.browser-timeout`, CancelledError.
   */
  async run<T>(round: Round<T>, outer?: AbortSignal): Promise<T> {
    await this.replaceOther();
    const abort = new AbortController();
    const ended = outer ? AbortSignal.any([outer, abort.signal]) : abort.signal;
    const links = [
      { label: vscode.l10n.t('Copy Address'), command: commands.copySignInAddress },
      { label: vscode.l10n.t('Paste Redirected Address…'), command: commands.pasteRedirectedAddress },
    ];
    const done = withProgress(
      round.title,
      (cancelled, report) => this.attempt(round, AbortSignal.any([ended, cancelled]), report),
      links,
    );
    const current = { abort, done };
    this.current = current;
    try {
      return await done;
    } finally {
      if (this.current === current) this.current = undefined;
    }
  }

  /** For a browser other than the system's, or a profile of it. */
  async copyAddress(): Promise<void> {
    if (!this.wait) return sayNobodyWaits();
    await vscode.env.clipboard.writeText(this.wait.address);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Sign-in address copied'), 4000);
  }

  /** Takes the address that the browser ended at. */
  async pasteAddress(): Promise<void> {
    const { wait } = this;
    if (!wait) return sayNobodyWaits();
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

  private async attempt<T>(
    round: Round<T>,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<T> {
    const { parts } = this;
    const site = await round.findSite(signal);
    const loopback = await this.listen(round);
    try {
      const oauth = await parts.oauth();
      const attempt = await oauth.begin({
        ...round.client,
        site,
        redirectUri: redirectUriOf(round, loopback),
      });
      const stray = (error: { awsCode: string; awsMessage: string }) =>
        report(vscode.l10n.t('The browser brought this: {0}', `${error.awsCode} ${error.awsMessage}`));
      const seconds = parts.waitSeconds ?? waitSeconds;
      const wait = new BrowserWait({ attempt, site, loopback, callbacks: parts.callbacks, seconds, stray });
      const answer = await this.waiting(wait, round.mode, report, signal).catch(async (error: unknown) => {
        // It may have been the wrong way back: next time it is asked again.
        await round.noteWay(false);
        throw error;
      });
      try {
        if (answer.reading.kind === 'refused') throw answer.reading.error;
        await round.noteWay(true);
        const tokens = await attempt.redeem(answer.reading.url, signal);
        answer.show(workedPage(round.nameOf(tokens)));
        return await round.take(tokens, signal);
      } catch (error) {
        answer.show(failedPage(await round.explain(error)));
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

  private async listen({ mode, ports }: Pick<Round<unknown>, 'mode' | 'ports'>) {
    if (mode !== 'loopback') return undefined;
    const { language } = vscode.env;
    return this.parts.openLoopback({ ports, path: CALLBACK_PATH, stray: strayPage(), language });
  }

  private async replaceOther(): Promise<void> {
    const { current } = this;
    if (!current) return;
    current.abort.abort(new CancelledError());
    await current.done.catch(() => undefined);
  }
}

function sayNobodyWaits(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('No sign-in is waiting for the browser.'));
}

/** Whether it was opened. The address goes as text: as a Uri it would be decoded and encoded anew, and Cognito compare other bytes. */
export async function openInBrowser(address: string): Promise<boolean> {
  try {
    return await vscode.env.openExternal(address as unknown as vscode.Uri);
  } catch {
    return false;
  }
}

function redirectUriOf(
  { mode, ports }: Pick<Round<unknown>, 'mode' | 'ports'>,
  loopback: LoopbackServer | undefined,
): string {
  const port = loopback?.port ?? ports[0];
  return mode === 'uri' || port === undefined
    ? handlerCallback(vscode.env.uriScheme)
    : loopbackCallback(port);
}
