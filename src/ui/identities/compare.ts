import * as vscode from 'vscode';
import { CancelledError, isCancelled } from '../../core/errors';
import { identitySheet } from '../../core/federation/identity-sheet';
import { isApp, sameRef } from '../../core/session/keys';
import type { IdentityView } from '../../host/identities';
import type { Log } from '../../host/log';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { ReadOnlyDocuments } from '../../host/read-only-documents';
import { subjectOf } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';

export interface CompareParts extends IdentityParts {
  readonly documents: ReadOnlyDocuments;
  readonly log: Log;
}

/** Compare Identities…: two side by side in VS Code's own comparison: who, identity ID, role, claims. */
export function compareIdentities(parts: CompareParts) {
  return async (argument: unknown): Promise<void> => {
    const { picker, identities } = parts;
    const first = await picker.identity(subjectOf(argument), vscode.l10n.t('Compare whom?'));
    const others = identities.choosable().filter((view) => !sameRef(view.ref, first.ref));
    if (others.length === 0) {
      const text = vscode.l10n.t('Nobody else is signed in to compare {0} with.', first.name);
      void vscode.window.showInformationMessage(plain(text));
      return;
    }
    // Those of the same connection come first: there the pool’s own rules make the difference.
    const sorted = others.toSorted((a, b) => distance(first, a) - distance(first, b));
    const second = await askOther(parts, sorted, first);
    const sheets = await withProgress(
      vscode.l10n.t('Comparing {0} with {1}', first.name, second.name),
      (signal) => Promise.all([first, second].map((view) => sheetOf(parts, view, signal))),
    );
    const [left, right] = sheets;
    if (!left || !right) throw new CancelledError();
    await vscode.commands.executeCommand('vscode.diff', left, right, `${first.name} ↔ ${second.name}`);
  };
}

async function askOther(
  parts: CompareParts,
  views: readonly IdentityView[],
  first: IdentityView,
): Promise<IdentityView> {
  return parts.picker.askIdentity(views, vscode.l10n.t('Compare {0} with whom?', plain(first.name)));
}

async function sheetOf(parts: CompareParts, view: IdentityView, signal: AbortSignal): Promise<vscode.Uri> {
  const { ref, connection, name } = view;
  if (connection?.identityPool && !isApp(ref)) {
    // A role that cannot be had is left out; what the session holds is shown all the same.
    await parts.sessions.caller(ref, signal).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      parts.log.error('compare', error);
    });
  }
  const session = await parts.sessions.load(ref);
  return parts.documents.add(`${name}.json`, connection ? identitySheet(session, connection) : '');
}

function distance(first: IdentityView, other: IdentityView): number {
  return other.ref.connectionId === first.ref.connectionId ? 0 : 1;
}
