import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { SessionRef } from '../../core/session/model';
import { refOf } from '../../core/session/keys';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { subjectOf } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';
import { tellChange } from './tell-change';

/** Continue as Guest: an identity without a sign-in, where the identity pool allows it. */
export function signInAsGuest(parts: IdentityParts) {
  return async (argument: unknown): Promise<SessionRef> => {
    const connection = await parts.picker.connection(
      subjectOf(argument),
      vscode.l10n.t('Continue as a guest of which connection?'),
      ({ identityPool }) => identityPool !== undefined,
      { scenes: true },
    );
    await parts.approval.ensure(connection);
    const retry = (): void => void vscode.commands.executeCommand(commands.signInAsGuest, argument);
    return parts.failures.about({ connection, retry, context: { identityKind: 'guest' } }, async () => {
      const title = vscode.l10n.t('Continuing as a guest of {0}', connectionLabel(connection));
      const { session, identityChange, storeError } = await withProgress(title, (signal) =>
        parts.sessions.beginAs(connection, { kind: 'guest' }, signal),
      );
      tellChange(identityChange, session.name);
      if (storeError) await parts.failures.show('store', storeError, { connection });
      return refOf(session);
    });
  };
}
