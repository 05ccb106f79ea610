import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Sessions } from '../../core/session/manager';
import type { Failures } from '../../host/failures';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import type { ConnectionSettings } from '../../host/settings';
import { settings as ids } from '../../ids';
import type { Picker } from '../pick';
import { subjectOf } from '../tree/nodes';

const setting = `${ids.section}.${ids.connections}`;

/** Edit Connection…: the entry itself, where the schema completes and checks. */
export function editConnection(picker: Picker, settings: ConnectionSettings) {
  return async (argument: unknown): Promise<void> => {
    const entry = (argument as { entry?: Partial<Record<string, unknown>> | null } | null | undefined)?.entry;
    const problem =
      entry?.['ok'] === false && typeof entry['label'] === 'string'
        ? { label: entry['label'], source: entry['source'] }
        : undefined;
    const subject = subjectOf(argument);
    const id = problem
      ? problem.label
      : (await picker.connection(subject, vscode.l10n.t('Edit which connection?'))).id;
    const source = problem?.source ?? (id === undefined ? undefined : settings.sourceOf(id));
    if (source === 'sandbox') {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The connection of the sandbox comes and goes with it and is not in the settings.'),
      );
      return;
    }
    await openSetting(source === 'user' ? 'user' : 'workspace');
    if (id !== undefined) revealId(id);
  };
}

async function openSetting(where: 'user' | 'workspace'): Promise<void> {
  const command =
    where === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile';
  await vscode.commands.executeCommand(command, { revealSetting: { key: setting, edit: false } });
}

/** Puts the cursor on the entry: the settings editor only knows the whole list. */
function revealId(id: string): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor?.document.fileName.endsWith('.json')) return;
  const at = editor.document.getText().indexOf(`"${id}"`);
  if (at < 0) return;
  const position = editor.document.positionAt(at);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
}

/** Remove Connection…: after asking, signs its identities out, forgets its secrets and takes it from the settings. */
export function removeConnection(
  picker: Picker,
  settings: ConnectionSettings,
  sessions: Sessions,
  failures: Failures,
) {
  return async (argument: unknown): Promise<void> => {
    const connection = await picker.connection(
      subjectOf(argument),
      vscode.l10n.t('Remove which connection?'),
      (candidate) => settings.sourceOf(candidate.id) !== 'sandbox',
    );
    const label = connectionLabel(connection);
    const remove = vscode.l10n.t('Remove');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove the connection {0}?', label),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Its identities are signed out, their tokens revoked, and its client secret is forgotten. The pools themselves stay as they are.',
        ),
      },
      remove,
    );
    if (chosen !== remove) return;
    const unrevoked = await withProgress(vscode.l10n.t('Removing {0}', label), (signal) =>
      sessions.forget(connection.id, {}, signal),
    );
    await settings.remove(connection.id);
    const [first] = unrevoked;
    if (!first) return;
    const { why } = await failures.explain(first.revokeError, { connection });
    const names = unrevoked.map(({ name }) => name).join(', ');
    const text = vscode.l10n.t(
      'The connection {0} is removed, but Cognito could not be told to revoke the refresh token of {1}: {2}',
      label,
      names,
      why,
    );
    void vscode.window.showWarningMessage(plain(text));
  };
}
