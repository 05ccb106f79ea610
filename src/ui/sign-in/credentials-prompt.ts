import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection, SignInMethod } from '../../core/connection/model';
import { plain } from '../../host/plain';
import type { SandboxPool } from '../../host/sandbox-controller';
import { askChoice, askText } from '../input';
import type { Choice } from '../input';

export interface NameAndPassword {
  readonly username: string;
  /** Undefined where the flow asks for none at the start. */
  readonly password: string | undefined;
  /** The flow that a user of the sandbox is there to show. */
  readonly method?: SignInMethod | undefined;
  /** The pool of the sandbox that the chosen user belongs to. */
  readonly connection?: Connection | undefined;
}

/** Asks who and, where the flow wants it, with which password; the sandbox's users are offered by name, their passwords filled in. */
export async function askNameAndPassword(
  connection: Connection,
  known: { username?: string | undefined; pools: readonly SandboxPool[]; method: SignInMethod },
): Promise<NameAndPassword> {
  const title = vscode.l10n.t('Sign in to {0}', connectionLabel(connection));
  if (known.pools.length > 0) {
    const chosen = await askSandboxUser(title, known.pools);
    if (chosen) return chosen;
  }
  const username = await askText({
    title,
    prompt: vscode.l10n.t(
      'User name, or an e-mail address or phone number that the pool accepts in its place',
    ),
    value: known.username ?? '',
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a user name.') : undefined),
  });
  // A choice-based sign-in asks for the password when the person chooses it.
  if (known.method === 'choice') return { username, password: undefined };
  const optional = known.method === 'custom';
  const password = await askText({
    title,
    prompt: optional
      ? vscode.l10n.t(
          "Password of {0}; leave it empty where the pool's own challenges ask for none",
          username,
        )
      : vscode.l10n.t('Password of {0}', username),
    password: true,
    validate: (value) => (value === '' && !optional ? vscode.l10n.t('Enter the password.') : undefined),
  });
  return { username, password: password === '' ? undefined : password };
}

/** The sandbox's users by pool, each with what it is for; undefined for somebody else. */
async function askSandboxUser(
  title: string,
  pools: readonly SandboxPool[],
): Promise<NameAndPassword | undefined> {
  type Answer = NameAndPassword | undefined;
  const items = pools.flatMap(({ connection, users }, index): Choice<Answer>[] => [
    ...(index === 0
      ? []
      : [
          {
            label: plain(connectionLabel(connection)),
            kind: vscode.QuickPickItemKind.Separator,
            value: undefined,
          },
        ]),
    ...users.map(({ username, password, groups, hint, signIn }): Choice<Answer> => ({
      label: plain(username),
      description: plain(groups.join(', ')),
      ...(hint === undefined ? {} : { detail: plain(hint) }),
      value: { username, password, method: signIn, connection },
    })),
  ]);
  return askChoice<Answer>({
    title,
    placeHolder: vscode.l10n.t('Who do you want to be?'),
    items: [...items, { label: vscode.l10n.t('Another user…'), value: undefined }],
  });
}

export async function askClientSecret(connection: Connection): Promise<string> {
  return askText({
    title: vscode.l10n.t('Client secret of {0}', connectionLabel(connection)),
    prompt: vscode.l10n.t(
      'The app client {0} has a secret. It is kept in the secret storage. Amazon Cognito console → User pools → App clients → Show client secret.',
      connection.userPool?.clientId ?? '',
    ),
    password: true,
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter the client secret.') : undefined),
  }).then((value) => value.trim());
}
