import * as vscode from 'vscode';
import type { DeveloperIdentityApi } from '../../core/admin-port';
import { connectionLabel } from '../../core/connection/derive';
import { parseIdentityPoolId } from '../../core/connection/ids';
import type { Connection } from '../../core/connection/model';
import { CancelledError } from '../../core/errors';
import { kindOf } from '../../core/session/keys';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { askChoice, askText } from '../input';
import { subjectOf } from '../tree/nodes';
import type { AdminParts } from './admin';
import { developerProviderOf } from './admin';
import { chooseAwsProfile } from './aws-profile';
import { userIdProblem } from './developer-questions';

/** An identity with all the users of the developer's backend that lead to it. */
interface Found {
  readonly identityId: string;
  readonly users: readonly string[];
}

/** What the three errands share. */
interface Errand {
  readonly parts: AdminParts;
  readonly connection: Connection;
  readonly api: DeveloperIdentityApi;
  /** The user that the command was called on. */
  readonly known: string | undefined;
}

/** Manage Developer Identities…: look up, merge, unlink. */
export function manageDeveloperIdentities(parts: AdminParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    const connection = await parts.picker.connection(
      subject,
      vscode.l10n.t('Manage the developer identities of which connection?'),
      ({ identityPool }) => identityPool !== undefined,
      { scenes: true },
    );
    const retry = (): void =>
      void vscode.commands.executeCommand(commands.manageDeveloperIdentities, argument);
    const about = { connection, retry, context: { identityKind: 'developer' as const } };
    await parts.failures.about(about, async () => {
      const errand = await askErrand(connection);
      if (!parts.admin.source(connection)) await chooseAwsProfile(parts)();
      const api = await parts.admin.adminFor(connection);
      const { ref } = subject;
      const known = ref && kindOf(ref) === 'developer' ? ref.identityKey.slice(4) : undefined;
      await errand({ parts, connection, api, known });
    });
  };
}

async function askErrand(connection: Connection): Promise<(errand: Errand) => Promise<void>> {
  return askChoice({
    title: vscode.l10n.t('Developer identities of {0}', plain(connectionLabel(connection))),
    placeHolder: vscode.l10n.t('What do you want to do?'),
    items: [
      {
        label: vscode.l10n.t('$(search) Look Up…'),
        detail: vscode.l10n.t('The identity of a user, or the users of an identity'),
        value: lookUp,
      },
      {
        label: vscode.l10n.t('$(git-merge) Merge Two Users…'),
        detail: vscode.l10n.t('Both lead to one identity from then on'),
        value: merge,
      },
      {
        label: vscode.l10n.t('$(debug-disconnect) Unlink a User…'),
        detail: vscode.l10n.t('The user leads to the identity no longer'),
        value: unlink,
      },
    ],
  });
}

async function lookUp({ connection, api, known }: Errand): Promise<void> {
  const wanted = await askUser(
    vscode.l10n.t('Look up'),
    vscode.l10n.t('Identifier of the user in your backend, or an identity ID (REGION:GUID)'),
    known,
  );
  const found = await findIdentity(api, wanted);
  const chosen = await askChoice<{ copy: string } | { signIn: string }>({
    title: vscode.l10n.t('Identity {0}', found.identityId),
    placeHolder:
      found.users.length === 0
        ? vscode.l10n.t('No user of your backend leads to it')
        : found.users.length === 1
          ? vscode.l10n.t('1 user of your backend leads to it')
          : vscode.l10n.t('{0} users of your backend lead to it', found.users.length),
    items: [
      {
        label: `$(copy) ${found.identityId}`,
        description: vscode.l10n.t('Copy the identity ID'),
        value: { copy: found.identityId },
      },
      ...found.users.map((user) => ({
        label: `$(account) ${plain(user)}`,
        description: vscode.l10n.t('Sign in as this user'),
        value: { signIn: user },
      })),
    ],
  });
  if ('copy' in chosen) {
    await vscode.env.clipboard.writeText(chosen.copy);
    return;
  }
  const target = { connectionId: connection.id, username: chosen.signIn };
  await vscode.commands.executeCommand(commands.signInAsDeveloper, target);
}

async function merge({ parts, connection, api, known }: Errand): Promise<void> {
  const title = vscode.l10n.t('Merge two users');
  const source = await askUser(
    title,
    vscode.l10n.t('The user whose identity is given up (its ID works no longer)'),
    known,
    1,
  );
  const destination = await askUser(title, vscode.l10n.t('The user whose identity both shall have'), '', 2);
  const providerName = await developerProviderOf(parts, connection);
  const [from, to] = await withProgress(
    vscode.l10n.t('Looking up {0} and {1}', source, destination),
    (signal) =>
      Promise.all(
        [source, destination].map((userIdentifier) =>
          api.lookupDeveloperIdentity({ userIdentifier }, signal),
        ),
      ),
  );
  if (!from || !to) throw new CancelledError();
  if (from.identityId === to.identityId) {
    tell(vscode.l10n.t('{0} and {1} have one identity already: {2}.', source, destination, to.identityId));
    return;
  }
  await confirm(
    vscode.l10n.t('Merge {0} into {1}?', source, destination),
    vscode.l10n.t(
      'Identity {0} of {1} is switched off; what is stored under it in S3 stays there and is not moved. Both users have {2} from then on. This cannot be undone.',
      from.identityId,
      source,
      to.identityId,
    ),
    vscode.l10n.t('Merge'),
  );
  const left = await withProgress(vscode.l10n.t('Merging {0} into {1}', source, destination), (signal) =>
    api.mergeDeveloperIdentities({ source, destination, providerName }, signal),
  );
  const gone = [from.identityId, to.identityId].filter((id) => id !== left).join(', ');
  tell(
    vscode.l10n.t(
      '{0} and {1} now have the identity {2}. {3} can be used no longer.',
      source,
      destination,
      left,
      gone,
    ),
  );
}

async function unlink({ parts, connection, api, known }: Errand): Promise<void> {
  const user = await askUser(
    vscode.l10n.t('Unlink a user'),
    vscode.l10n.t('Identifier of the user in your backend'),
    known,
  );
  const providerName = await developerProviderOf(parts, connection);
  const { identityId, users } = await findIdentity(api, user);
  const others = users.filter((one) => one !== user).length;
  await confirm(
    vscode.l10n.t('Unlink {0} from identity {1}?', user, identityId),
    others === 0
      ? vscode.l10n.t(
          'It is the last user of your backend with this identity. Without a login of a provider nobody reaches it again, and {0} gets a new identity at the next sign-in. This cannot be undone.',
          user,
        )
      : vscode.l10n.t(
          '{0} gets a new identity at the next sign-in. Other users that keep this one: {1}. This cannot be undone.',
          user,
          others,
        ),
    vscode.l10n.t('Unlink'),
  );
  await withProgress(vscode.l10n.t('Unlinking {0}', user), (signal) =>
    api.unlinkDeveloperIdentity({ identityId, userIdentifier: user, providerName }, signal),
  );
  tell(vscode.l10n.t('{0} no longer leads to identity {1}.', user, identityId));
}

/** By either of the two; all pages of the users. */
async function findIdentity(api: DeveloperIdentityApi, wanted: string): Promise<Found> {
  return withProgress(vscode.l10n.t('Looking up {0}', wanted), async (signal) => {
    const identityId = parseIdentityPoolId(wanted)
      ? wanted
      : (await api.lookupDeveloperIdentity({ userIdentifier: wanted }, signal)).identityId;
    const users: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await api.lookupDeveloperIdentity({ identityId, nextToken }, signal);
      users.push(...page.userIdentifiers);
      nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
    } while (nextToken !== undefined);
    return { identityId, users };
  });
}

async function askUser(
  title: string,
  prompt: string,
  known: string | undefined,
  step?: number,
): Promise<string> {
  const text = await askText({
    title,
    prompt,
    value: known ?? '',
    validate: userIdProblem,
    ...(step === undefined ? {} : { step, totalSteps: 2 }),
  });
  return text.trim();
}

async function confirm(question: string, detail: string, go: string): Promise<void> {
  const chosen = await vscode.window.showWarningMessage(plain(question), { modal: true, detail }, go);
  if (chosen !== go) throw new CancelledError();
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(plain(text));
}
