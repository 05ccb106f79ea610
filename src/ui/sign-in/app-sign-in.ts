import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { WorkbenchError } from '../../core/errors';
import type { Sessions, SignInOutcome } from '../../core/session/manager';
import type { AppTokens } from '../../core/session/renewal';
import { findSite, type FetchDocument } from '../../core/signin/find-site';
import type { OAuthApi } from '../../core/signin/oauth';
import { withProgress } from '../../host/progress';
import { askText } from '../input';
import type { BrowserMemory } from './browser-memory';

export interface AppSignInParts {
  readonly appTokens: AppTokens;
  readonly sessions: Sessions;
  readonly memory: BrowserMemory;
}

/** Client credentials for an access token: asks the pool's token endpoint, wherever the hosted pages stand. */
export function appTokensFrom(oauth: () => Promise<OAuthApi>, fetchDocument: FetchDocument): AppTokens {
  return async (connection, clientSecret, scopes, signal = new AbortController().signal) => {
    const site = await findSite(connection, fetchDocument, signal);
    const clientId = connection.userPool?.clientId ?? '';
    return (await oauth()).clientTokens({ site, clientId, clientSecret, scopes }, signal);
  };
}

/** Signs an app in as itself (client credentials): no user, no browser, an access token for its custom scopes. */
export class AppSignIn {
  constructor(private readonly parts: AppSignInParts) {}

  /** Throws what the token endpoint refuses, `signin.secret-missing`, CancelledError. */
  async run(
    connection: Connection,
    clientSecret: string | undefined,
    outer: AbortSignal,
  ): Promise<SignInOutcome> {
    const { appTokens, sessions, memory } = this.parts;
    if (clientSecret === undefined) {
      throw new WorkbenchError('signin.secret-missing', 'client credentials need the secret', {
        connectionId: connection.id,
      });
    }
    const text = await askText({
      title: vscode.l10n.t('Sign in to {0} as the app itself', connectionLabel(connection)),
      prompt: vscode.l10n.t(
        'Custom scopes with spaces between them, each RESOURCE-SERVER/SCOPE; empty for all that the client has',
      ),
      value: memory.of(connection.id).appScopes ?? '',
    });
    const scopes = text.split(/\s+/).filter((scope) => scope !== '');
    const title = vscode.l10n.t('Getting an access token for {0}', connectionLabel(connection));
    const outcome = await withProgress(title, async (cancelled) => {
      const signal = AbortSignal.any([outer, cancelled]);
      const tokens = await appTokens(connection, clientSecret, scopes, signal);
      return sessions.adoptApp(connection, tokens, clientSecret, signal);
    });
    await memory.change(connection.id, { appScopes: scopes.join(' ') });
    return outcome;
  }
}
