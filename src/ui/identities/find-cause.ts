import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { CancelledError } from '../../core/errors';
import { guestIdentityKey, isApp, refOf } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import { plain } from '../../host/plain';
import type { ConnectionSettings } from '../../host/settings';
import type { InspectorOpener } from '../inspector-opener';
import { subjectOf, type CommandSubject } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';

export interface FindCauseParts extends IdentityParts {
  readonly settings: ConnectionSettings;
  readonly inspector: InspectorOpener;
}

/** What Really Failed?: the Inspector of an identity, which looks for what AWS hides behind its answer. */
export function findCause(parts: FindCauseParts) {
  return async (argument: unknown): Promise<void> => {
    const ref = await subjectRef(parts, subjectOf(argument));
    if (isApp(ref)) {
      const text = vscode.l10n.t('An app gets no AWS credentials, so there is nothing to look for.');
      void vscode.window.showInformationMessage(text);
      return;
    }
    const connection = parts.settings.find(ref.connectionId);
    if (connection) await parts.approval.ensure(connection);
    await parts.inspector.open(ref, { tab: 'credentials', findCause: true });
  };
}

/**
 * Whom it is about: the one that is named; else whoever was refused their first credentials, or the active identity
 * (asked where there are both); else, where nobody is there at all, a guest of a connection.
 */
async function subjectRef(parts: FindCauseParts, subject: CommandSubject): Promise<SessionRef> {
  if (subject.ref) return subject.ref;
  const candidates = candidatesOf(parts, subject.connectionId);
  const [only, second] = candidates;
  if (only && second) return askWho(candidates);
  if (only) return only.ref;
  const connection = await parts.picker.connection(
    subject,
    vscode.l10n.t('What failed on which connection? Nobody is signed in, so it is tried as a guest.'),
    ({ identityPool }) => identityPool !== undefined,
    { scenes: true },
  );
  return { connectionId: connection.id, identityKey: guestIdentityKey };
}

interface Candidate {
  readonly ref: SessionRef;
  readonly name: string;
  readonly connection: Connection;
  readonly refused: boolean;
}

function candidatesOf(
  { settings, sessions, identities }: FindCauseParts,
  connectionId?: string,
): Candidate[] {
  const wanted = settings
    .connections()
    .filter(({ id, identityPool }) => identityPool && (connectionId === undefined || id === connectionId));
  const refused = wanted.flatMap((connection) => {
    const found = sessions.trials.refused(connection.id);
    return found ? [{ ref: refOf(found), name: found.name, connection, refused: true }] : [];
  });
  const active = identities.active();
  const signedIn =
    connectionId === undefined
      ? active?.connection
        ? [active]
        : identities.choosable()
      : identities.choosable(connectionId);
  return [
    ...refused,
    ...signedIn.flatMap(({ ref, name, connection }) =>
      connection?.identityPool && !isApp(ref) ? [{ ref, name, connection, refused: false }] : [],
    ),
  ];
}

async function askWho(candidates: readonly Candidate[]): Promise<SessionRef> {
  const items = candidates.map(({ ref, name, connection, refused }) => ({
    label: `$(${refused ? 'warning' : 'account'}) ${plain(name)}`,
    description: plain(connectionLabel(connection)),
    ...(refused ? { detail: vscode.l10n.t('Was refused AWS credentials') } : {}),
    ref,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('What failed for whom?'),
    matchOnDescription: true,
  });
  if (!chosen) throw new CancelledError();
  return chosen.ref;
}
