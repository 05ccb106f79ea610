import * as vscode from 'vscode';
import { identityPoolRegion, s3Region } from '../../core/connection/derive';
import { formatCredentials } from '../../core/credentials/formats';
import type { CredentialsFormat } from '../../core/credentials/formats';
import { WorkbenchError } from '../../core/errors';
import type { Sessions } from '../../core/session/manager';
import { kindOf } from '../../core/session/keys';
import type { TokenSet } from '../../core/session/model';
import type { Failures } from '../../host/failures';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { askChoice } from '../input';
import type { Choice } from '../input';
import type { Picker } from '../pick';
import { subjectOf } from '../tree/nodes';
import type { DetailKind } from '../tree/nodes';

export interface CopyParts {
  readonly picker: Picker;
  readonly sessions: Sessions;
  readonly failures: Failures;
}

type TokenName = 'idToken' | 'accessToken' | 'refreshToken';

const tokenOfDetail: Partial<Record<DetailKind, TokenName>> = {
  'id-token': 'idToken',
  'access-token': 'accessToken',
  'refresh-token': 'refreshToken',
};

/** Copy Token…: a fresh one, refreshed first where it is due. */
export function copyToken(parts: CopyParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    const view = await parts.picker.identity(subject, vscode.l10n.t('Copy whose token?'));
    if (!['user', 'app'].includes(kindOf(view.ref))) {
      const text = vscode.l10n.t(
        '{0} holds no user-pool tokens. What it gives to the identity pool can be copied in the Inspector.',
        view.name,
      );
      void vscode.window.showInformationMessage(plain(text));
      return;
    }
    const named = subject.detail ? tokenOfDetail[subject.detail] : undefined;
    const which = named ?? (await askToken(view.name));
    await parts.failures.about(
      { connection: view.connection, ref: view.ref, username: view.name },
      async () => {
        const tokens = await withProgress(vscode.l10n.t('Getting the token of {0}', view.name), (signal) =>
          parts.sessions.tokens(view.ref, signal),
        );
        await copyText(tokenText(tokens, which), vscode.l10n.t('Token copied'));
      },
    );
  };
}

function askToken(name: string): Promise<TokenName> {
  return askChoice<TokenName>({
    title: vscode.l10n.t('Copy Token of {0}', name),
    placeHolder: vscode.l10n.t('Which token?'),
    items: [
      {
        label: vscode.l10n.t('ID token'),
        detail: vscode.l10n.t('Who the user is. Identity pools and API Gateway authorizers take this one.'),
        value: 'idToken',
      },
      {
        label: vscode.l10n.t('Access token'),
        detail: vscode.l10n.t(
          'What the user may do. User-pool APIs such as GetUser and your own APIs take this one.',
        ),
        value: 'accessToken',
      },
      {
        label: vscode.l10n.t('Refresh token'),
        detail: vscode.l10n.t('Buys new tokens for days: treat it as a password.'),
        value: 'refreshToken',
      },
    ],
  });
}

function tokenText(tokens: TokenSet, which: TokenName): string {
  const found = tokens[which];
  if (found === undefined)
    throw new WorkbenchError('session.missing', `the session holds no ${which}`, { which });
  return found;
}

/** Copy Credentials As…: all three values and their end, for the shell at hand. */
export function copyCredentials(parts: CopyParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Copy whose credentials?'));
    const format = await askFormat(view.name);
    await parts.failures.about(
      { connection: view.connection, ref: view.ref, username: view.name },
      async () => {
        const credentials = await withProgress(
          vscode.l10n.t('Getting the credentials of {0}', view.name),
          (signal) => parts.sessions.credentials(view.ref, signal),
        );
        const { connection } = view;
        const region = connection ? (s3Region(connection) ?? identityPoolRegion(connection)) : undefined;
        const expiration = new Date(credentials.expiresAt).toISOString();
        const text = formatCredentials(format, credentials, { region: region ?? 'us-east-1', expiration });
        await copyText(text, vscode.l10n.t('Credentials copied'));
      },
    );
  };
}

function askFormat(name: string): Promise<CredentialsFormat> {
  const items: Choice<CredentialsFormat>[] = [
    { label: 'bash', description: vscode.l10n.t('export lines for bash, zsh, sh'), value: 'bash' },
    { label: 'PowerShell', description: '$env:…', value: 'powershell' },
    { label: 'cmd', description: 'set …', value: 'cmd' },
    { label: '.env', description: vscode.l10n.t('for docker, dotenv and the like'), value: 'dotenv' },
    { label: 'JSON', description: vscode.l10n.t('as credential_process prints it'), value: 'json' },
  ];
  return askChoice({
    title: vscode.l10n.t('Copy Credentials of {0} As', name),
    placeHolder: vscode.l10n.t('In which form?'),
    items,
  });
}

async function copyText(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${said}`, 4000);
}
