import * as vscode from 'vscode';
import { isWorkbenchError } from '../../core/errors';
import type { Sessions } from '../../core/session/manager';
import type { SessionRef } from '../../core/session/model';
import type { SessionStore } from '../../core/session/store';
import { formatClock, formatTimeLeft } from '../../core/time';
import type { Failures } from '../../host/failures';
import type { Identities, IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { tellChange } from '../identities/tell-change';
import { commands } from '../../ids';
import { kindOf } from '../../core/session/keys';
import type { Picker } from '../pick';
import type { BrowserSignOut } from '../sign-in/browser-sign-out';
import type { SignInCommand } from '../sign-in/sign-in-command';
import { subjectOf } from '../tree/nodes';

export interface SessionParts {
  readonly picker: Picker;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly identities: Identities;
  readonly failures: Failures;
  readonly signIn: SignInCommand;
  readonly browserSignOut: BrowserSignOut;
}

/** Errors after which only a new sign-in helps. */
const needsSignIn = new Set([
  'session.expired',
  'session.missing',
  'session.unreadable',
  'session.other-configuration',
  'federation.login-expired',
]);

/** Refresh Credentials: the daily gesture. A dead session opens the sign-in used last, user name filled in. */
export function refreshCredentials(parts: SessionParts) {
  return async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument);
    if (parts.identities.choosable().length === 0) {
      await parts.signIn.signIn(subject);
      return;
    }
    const view = await parts.picker.identity(subject, vscode.l10n.t('Refresh whose credentials?'));
    await refreshOne(parts, view);
  };
}

async function refreshOne(parts: SessionParts, view: IdentityView): Promise<void> {
  const { ref, connection } = view;
  const retry = () =>
    void refreshOne(parts, view).catch((error: unknown) => parts.failures.show('refreshCredentials', error));
  if (view.state === 'signed-out') {
    if (view.reason !== undefined) void vscode.window.showWarningMessage(plain(view.reason));
    await signInAgain(parts, view);
    return;
  }
  await parts.failures.about({ connection, ref, username: view.name, retry }, async () => {
    try {
      const outcome = await withProgress(
        vscode.l10n.t('Refreshing the credentials of {0}', view.name),
        (signal) => parts.sessions.refresh(ref, {}, signal),
      );
      const { until } = outcome;
      tellChange(outcome.identityChange, view.name);
      const time = formatClock(until).slice(0, 5);
      const left = formatTimeLeft(until - Date.now());
      void vscode.window.showInformationMessage(
        plain(
          outcome.session.credentials
            ? vscode.l10n.t('The AWS credentials of {0} are valid until {1} ({2}).', view.name, time, left)
            : vscode.l10n.t('The tokens of {0} are valid until {1} ({2}).', view.name, time, left),
        ),
      );
    } catch (error) {
      if (!isWorkbenchError(error) || error.code === 'cancelled') throw error;
      const explanation = await parts.failures.explain(error, { connection, ref, username: view.name });
      parts.identities.noteFailure(ref, error, `${explanation.title}. ${explanation.why}`);
      // A disabled user cannot sign in either; an administrator has to enable the user first.
      if (!needsSignIn.has(error.code) || error.data['reason'] === 'user-disabled') throw error;
      // A session that is missing has been told of when it was found to be.
      if (error.code !== 'session.missing')
        void vscode.window.showWarningMessage(plain(`${explanation.title}. ${explanation.why}`));
      await signInAgain(parts, view);
    }
  });
}

/** In the way of its kind. */
async function signInAgain(parts: SessionParts, view: IdentityView): Promise<void> {
  const { ref } = view;
  if (kindOf(ref) === 'guest') {
    await vscode.commands.executeCommand(commands.signInAsGuest, { connectionId: ref.connectionId });
    return;
  }
  if (kindOf(ref) === 'developer') {
    await vscode.commands.executeCommand(commands.signInAsDeveloper, { ref });
    return;
  }
  if (kindOf(ref) === 'provider') {
    await vscode.commands.executeCommand(commands.signInWithProvider, { ref });
    return;
  }
  await parts.signIn.signIn({
    ref: view.ref,
    connectionId: view.ref.connectionId,
    username: await nameOf(parts, view),
  });
}

async function nameOf(parts: SessionParts, view: IdentityView): Promise<string> {
  const session = await parts.store.load(view.ref).catch(() => undefined);
  return session?.signInName ?? view.name;
}

/** Sign Out…: revokes the refresh token and forgets the session; what could not be revoked is said. */
export function signOut(parts: SessionParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Sign out whom?'));
    const session = await parts.store.load(view.ref).catch(() => undefined);
    const outcome = await withProgress(vscode.l10n.t('Signing out {0}', view.name), (signal) =>
      parts.sessions.signOut(view.ref, { revoke: view.state !== 'signed-out' }, signal),
    );
    // Answered when the person likes, or never.
    void parts.browserSignOut.offer(view.connection, session);
    if (outcome.revokeError === undefined) return;
    const explanation = await parts.failures.explain(outcome.revokeError, { connection: view.connection });
    void vscode.window.showWarningMessage(
      plain(
        vscode.l10n.t(
          '{0} is signed out here, but Cognito could not be told to revoke the refresh token: {1}',
          view.name,
          explanation.why,
        ),
      ),
    );
  };
}

/** Switch Active Identity…: the node's, or a pick over all connections. */
export function switchIdentity(parts: Pick<SessionParts, 'picker' | 'store' | 'identities'>) {
  return async (argument: unknown): Promise<SessionRef | undefined> => {
    const { ref } = subjectOf(argument);
    const named = ref ? parts.identities.find(ref) : undefined;
    const view =
      named ??
      (await parts.picker.askIdentity(
        parts.identities.choosable(),
        vscode.l10n.t('Who do you want to act as?'),
      ));
    await parts.store.setActive(view.ref);
    return view.ref;
  };
}
