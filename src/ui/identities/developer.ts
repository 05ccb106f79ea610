import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { Digest } from '../../core/ports';
import { kindOf, refOf } from '../../core/session/keys';
import type { DeveloperUser, SessionRef } from '../../core/session/model';
import type { OtherIdentity } from '../../core/session/other-identities';
import { withProgress } from '../../host/progress';
import { plain } from '../../host/plain';
import { commands } from '../../ids';
import { askChoice } from '../input';
import { subjectOf } from '../tree/nodes';
import type { CommandSubject } from '../tree/nodes';
import type { AdminParts } from './admin';
import { developerProviderOf } from './admin';
import { chooseAwsProfile } from './aws-profile';
import { askTokenWishes, askUserId } from './developer-questions';
import { askBackendAnswer } from './developer-paste';
import { tellChange } from './tell-change';

export interface DeveloperParts extends AdminParts {
  readonly digest: Digest;
}

type Way = 'profile' | 'wishes' | 'backend';

/** Sign In as Developer Identity…: a user of the developer's own backend, vouched for by a profile or by that backend. */
export function signInAsDeveloper(parts: DeveloperParts) {
  return async (argument: unknown): Promise<SessionRef> => {
    const subject = subjectOf(argument);
    const connection = await parts.picker.connection(
      subject,
      vscode.l10n.t('Sign in as developer identity of which connection?'),
      ({ identityPool }) => identityPool !== undefined,
      { scenes: true },
    );
    await parts.approval.ensure(connection);
    const before = await developerBefore(parts, subject);
    const retry = (): void => void vscode.commands.executeCommand(commands.signInAsDeveloper, argument);
    const about = { connection, ref: subject.ref, username: before?.userId, retry };
    return parts.failures.about({ ...about, context: { identityKind: 'developer' } }, async () => {
      const identity = await askIdentity(parts, connection, before);
      const title = vscode.l10n.t('Signing in as {0} to {1}', nameOf(identity), connectionLabel(connection));
      const { session, identityChange, storeError } = await withProgress(title, (signal) =>
        parts.sessions.beginAs(connection, identity, signal),
      );
      tellChange(identityChange, session.name);
      if (storeError) await parts.failures.show('store', storeError, { connection });
      return refOf(session);
    });
  };
}

type Developer = Extract<OtherIdentity, { kind: 'developer' }>;

const nameOf = ({ developer }: Developer): string => developer.userId;

/** Who is to be signed in again: all that was said of them then is offered. */
async function developerBefore(
  parts: DeveloperParts,
  { ref, username }: CommandSubject,
): Promise<DeveloperUser | undefined> {
  if (ref && kindOf(ref) === 'developer') {
    const session = await parts.store.load(ref).catch(() => undefined);
    if (session?.developer) return session.developer;
  }
  const userId = username ?? (ref && kindOf(ref) === 'developer' ? ref.identityKey.slice(4) : undefined);
  return userId === undefined ? undefined : { providerName: '', userId, by: 'profile' };
}

async function askIdentity(
  parts: DeveloperParts,
  connection: Connection,
  before: DeveloperUser | undefined,
): Promise<Developer> {
  const way = await askWay(parts, connection, before);
  if (way === 'backend') return askBackendAnswer(parts, connection);
  if (!parts.admin.source(connection)) await chooseAwsProfile(parts)();
  const providerName = await developerProviderOf(parts, connection);
  const userId = await askUserId(providerName, before?.userId);
  const wishes = way === 'wishes' ? await askTokenWishes(userId, before) : {};
  return { kind: 'developer', developer: { providerName, userId, by: 'profile', ...wishes } };
}

async function askWay(
  { admin }: DeveloperParts,
  connection: Connection,
  before: DeveloperUser | undefined,
): Promise<Way> {
  const source = admin.source(connection);
  const by =
    source === undefined
      ? vscode.l10n.t('an AWS profile…')
      : source.kind === 'sandbox'
        ? vscode.l10n.t('the administrator of the sandbox')
        : vscode.l10n.t('AWS profile {0}', source.profile);
  const items = [
    {
      label: vscode.l10n.t('$(key) Ask Cognito with {0}', plain(by)),
      detail: vscode.l10n.t('By the identifier of the user in your backend. Renewed by itself.'),
      value: 'profile' as const,
    },
    {
      label: vscode.l10n.t('$(settings) Ask Cognito, with more wishes…'),
      detail: vscode.l10n.t('The same, with the duration of the token and principal tags.'),
      value: 'wishes' as const,
    },
    {
      label: vscode.l10n.t('$(clippy) Paste what my backend returned'),
      detail: vscode.l10n.t('The answer of GetOpenIdTokenForDeveloperIdentity, or the token in it.'),
      value: 'backend' as const,
    },
  ];
  const isUsual = ({ value }: { value: Way }) => value === usualWay(before);
  return askChoice<Way>({
    title: vscode.l10n.t('Developer identity of {0}', plain(connectionLabel(connection))),
    placeHolder: vscode.l10n.t('Who vouches for the user?'),
    items: [...items.filter(isUsual), ...items.filter((item) => !isUsual(item))],
  });
}

function usualWay(before: DeveloperUser | undefined): Way {
  if (before?.by === 'backend') return 'backend';
  return before?.tokenSeconds !== undefined || before?.principalTags !== undefined ? 'wishes' : 'profile';
}
