import * as vscode from 'vscode';
import { loginKeyOf } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { CancelledError } from '../../core/errors';
import { developerLoginKey } from '../../core/federation/logins';
import { kindOf } from '../../core/session/keys';
import type { Session } from '../../core/session/model';
import { formatTimeLeft } from '../../core/time';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { askChoice } from '../input';
import { subjectOf } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';
import { labelOfKey } from './provider-known';

/** A login by which an identity can be reached, as far as it is known here. */
interface HeldLogin {
  readonly key: string;
  readonly label: string;
  /** The user pool's, which every sign-in renews. */
  readonly own: boolean;
  readonly expiresAt?: number | undefined;
}

/** Unlink Login…: the identity can no longer be reached by one of its logins. */
export function unlinkLogin(parts: IdentityParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Unlink a login of whom?'));
    const { ref, connection, name } = view;
    const retry = (): void => void vscode.commands.executeCommand(commands.unlinkLogin, { ref });
    await parts.failures.about({ connection, ref, username: name, retry }, async () => {
      const session = await parts.sessions.load(ref);
      const held = connection?.identityPool ? loginsHeld(connection, session) : [];
      if (held.length === 0) {
        tell(vscode.l10n.t('{0} has no login that could be unlinked.', name));
        return;
      }
      const login = await askLogin(held, name);
      await confirm(login, held.length === 1, session);
      const title = vscode.l10n.t('Unlinking {0} from {1}', login.label, name);
      const left = await withProgress(title, (signal) => parts.sessions.unlink(ref, login.key, signal));
      const { identityId = '' } = session;
      tell(
        left
          ? vscode.l10n.t('{0} no longer leads to the identity {1}.', login.label, identityId)
          : vscode.l10n.t(
              '{0} no longer leads to the identity {1}, and {2} is signed out.',
              login.label,
              identityId,
              name,
            ),
      );
    });
  };
}

/** A developer's own login is not the person's to unlink: that takes an administrator (Manage Developer Identities…). */
function loginsHeld(connection: Connection, session: Session): HeldLogin[] {
  const own = kindOf(session) === 'user' ? loginKeyOf(connection) : undefined;
  const others = (session.logins ?? []).filter(({ provider }) => provider !== developerLoginKey(connection));
  return [
    ...(own === undefined ? [] : [{ key: own, label: vscode.l10n.t('User pool'), own: true }]),
    ...others.map(({ provider, expiresAt }) => ({
      key: provider,
      label: labelOfKey(connection, provider),
      own: false,
      expiresAt,
    })),
  ];
}

function askLogin(held: readonly HeldLogin[], name: string): Promise<HeldLogin> {
  return askChoice({
    title: vscode.l10n.t('Unlink a login of {0}', plain(name)),
    placeHolder: vscode.l10n.t('Which login shall no longer lead to this identity?'),
    items: held.map((login) => ({
      label: plain(login.label),
      description: timeOf(login),
      detail: plain(login.key),
      value: login,
    })),
  });
}

function timeOf({ own, expiresAt }: HeldLogin): string {
  if (own || expiresAt === undefined) return '';
  const left = expiresAt - Date.now();
  return left > 0 ? formatTimeLeft(left) : vscode.l10n.t('ended: sign in with it again first');
}

/** What is lost cannot be had again. */
async function confirm(login: HeldLogin, last: boolean, session: Session): Promise<void> {
  const { name, identityId = '' } = session;
  const go = vscode.l10n.t('Unlink');
  const chosen = await vscode.window.showWarningMessage(
    plain(vscode.l10n.t('Unlink {0} from {1}?', login.label, name)),
    { modal: true, detail: plain(lossText(login, last, name, identityId)) },
    go,
  );
  if (chosen !== go) throw new CancelledError();
}

function lossText({ own, label }: HeldLogin, last: boolean, name: string, identityId: string): string {
  if (last) {
    return vscode.l10n.t(
      'It is the last login of {0} that is known here. Without one nobody reaches the identity {1} again; what is stored under it in S3 stays there. The next sign-in gets a new identity. This cannot be undone.',
      name,
      identityId,
    );
  }
  return own
    ? vscode.l10n.t(
        'The user {0} gets a new identity at the next sign-in. The identity {1}, with what is stored under it in S3, stays with the other logins. This cannot be undone.',
        name,
        identityId,
      )
    : vscode.l10n.t(
        'Whoever signs in with {0} alone gets a new identity from then on. The identity {1}, with what is stored under it in S3, stays with the other logins.',
        label,
        identityId,
      );
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(plain(text));
}
