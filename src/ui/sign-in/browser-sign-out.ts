import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import { isWorkbenchError, WorkbenchError } from '../../core/errors';
import type { Session } from '../../core/session/model';
import { findSite, type FetchDocument } from '../../core/signin/find-site';
import {
  SIGNED_OUT_PATH,
  handlerCallback,
  isPlainChoice,
  logoutUrl,
  loopbackSignedOut,
} from '../../core/signin/hosted-ui';
import type { LoopbackServer, OpenLoopback } from '../../core/signin/loopback';
import type { Failures } from '../../host/failures';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { cancelledPage, signedOutPage, strayPage } from './browser-pages';
import type { BrowserMemory } from './browser-memory';
import { callbackHost } from './browser-questions';
import { openInBrowser } from './browser-rounds';

const waitSeconds = 60;

export interface BrowserSignOutParts {
  readonly fetchDocument: FetchDocument;
  readonly openLoopback: OpenLoopback;
  readonly failures: Failures;
  readonly memory: BrowserMemory;
  readonly waitSeconds?: number;
}

/** Signing out here leaves the browser signed in at the hosted pages: its cookie would let the next sign-in through. */
export class BrowserSignOut {
  constructor(private readonly parts: BrowserSignOutParts) {}

  /** Offers to end the browser's session too, where this one came from there. Resolves when it is done or declined. */
  async offer(connection: Connection | undefined, session: Session | undefined): Promise<void> {
    if (!connection?.userPool || session?.signInMethod !== 'browser') return;
    const signOut = vscode.l10n.t('Sign Out in the Browser');
    const chosen = await vscode.window.showInformationMessage(
      plain(
        vscode.l10n.t(
          '{0} is signed out here. The browser may still be signed in, so that the next sign-in does not ask who you are.',
          session.name,
        ),
      ),
      signOut,
    );
    if (chosen !== signOut) return;
    try {
      await withProgress(vscode.l10n.t('Signing {0} out in the browser', session.name), (signal) =>
        this.run(connection, signal),
      );
    } catch (error) {
      await this.parts.failures.show('browserSignOut', error, { connection });
    }
  }

  private async run(connection: Connection, signal: AbortSignal): Promise<void> {
    const pool = connection.userPool;
    if (!pool) return;
    const site = await findSite(connection, this.parts.fetchDocument, signal);
    const loopback = await this.listen(connection, pool.callbackPorts);
    const port = loopback?.port ?? pool.callbackPorts[0];
    const back = port === undefined ? handlerCallback(vscode.env.uriScheme) : loopbackSignedOut(port);
    try {
      const returned = loopback && this.comesBack(loopback, back, signal);
      void openInBrowser(logoutUrl(site, pool.clientId, back));
      await returned;
    } finally {
      await loopback?.close(cancelledPage());
    }
  }

  /** On the ports of the sign-in; without a free one nobody listens, and the browser's page is the answer. */
  private async listen(
    connection: Connection,
    ports: readonly number[],
  ): Promise<LoopbackServer | undefined> {
    const host = await callbackHost(ports);
    const reaches = isPlainChoice(host) || host.portForwarded || this.cameByPort(connection);
    if (!host.ports || !reaches) return undefined;
    try {
      const { language } = vscode.env;
      return await this.parts.openLoopback({ ports, path: SIGNED_OUT_PATH, stray: strayPage(), language });
    } catch (error) {
      if (isWorkbenchError(error) && error.code === 'signin.ports-taken') return undefined;
      throw error;
    }
  }

  private cameByPort({ id }: Connection): boolean {
    return this.parts.memory.of(id).mode === 'loopback';
  }

  /** Cognito shows its own page where the address is not registered, and never comes back. */
  private async comesBack(loopback: LoopbackServer, redirectUri: string, signal: AbortSignal): Promise<void> {
    const seconds = this.parts.waitSeconds ?? waitSeconds;
    const over = new AbortController();
    const timer = setTimeout(() => {
      const text = 'the browser did not come back from signing out';
      over.abort(new WorkbenchError('signin.sign-out-timeout', text, { redirectUri, seconds }));
    }, seconds * 1000);
    try {
      const isStray = (url: string) => new URL(url).search !== '';
      const judge = (url: string) => (isStray(url) ? strayPage() : undefined);
      const arrival = await loopback.next(judge, AbortSignal.any([signal, over.signal]));
      arrival.answer(signedOutPage());
    } finally {
      clearTimeout(timer);
    }
  }
}
