import * as vscode from 'vscode';
import { connectionLabel } from '../core/connection/derive';
import type { Connection } from '../core/connection/model';
import { CancelledError, WorkbenchError } from '../core/errors';
import { isFurtherSandboxPool, isSandboxScene } from '../core/sandbox';
import type { Identities, IdentityView } from '../host/identities';
import { plain } from '../host/plain';
import type { ConnectionSettings } from '../host/settings';
import { lookOf } from './identity-look';
import type { CommandSubject } from './tree/nodes';

/** Finds what a command acts on: the node it was called on, else the active one, else the only one, else asks. */
export class Picker {
  constructor(
    private readonly settings: ConnectionSettings,
    private readonly identities: Identities,
  ) {}

  /**
   * `scenes`: also those of the sandbox that show what identity pools can do. Throws CancelledError,
   * `connection.not-found` when there is none that fits, `connection.invalid` when the named
   * does not.
   */
  async connection(
    subject: CommandSubject,
    placeHolder: string,
    fits: (connection: Connection) => boolean = () => true,
    options: { readonly scenes?: boolean } = {},
  ): Promise<Connection> {
    if (subject.connectionId !== undefined) {
      const named = this.settings.find(subject.connectionId);
      if (named && fits(named)) return named;
      if (named)
        throw new WorkbenchError('connection.invalid', 'the command is not for such a connection', {
          connectionId: named.id,
          detail: vscode.l10n.t('this command is for connections of another kind'),
        });
      throw new WorkbenchError('connection.not-found', 'no such connection', {
        connectionId: subject.connectionId,
      });
    }
    // Further pools of the sandbox are reached through its first: their users are offered there.
    const candidates = this.settings
      .connections()
      .filter((connection) => fits(connection) && !isFurtherSandboxPool(connection.id))
      .filter((connection) => options.scenes === true || !isSandboxScene(connection.id));
    const [only, second] = candidates;
    if (!only) throw new WorkbenchError('connection.not-found', 'no connection has what is needed');
    if (!second) return only;
    const items = candidates.map((connection) => ({
      label: plain(connectionLabel(connection)),
      description: plain(poolOf(connection, options.scenes === true)),
      connection,
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    if (!chosen) throw new CancelledError();
    return chosen.connection;
  }

  /**
   * The identity of the node, else the active one, else asks; never another one than was named. Throws CancelledError
   * or `session.missing`.
   */
  async identity(subject: CommandSubject, placeHolder: string): Promise<IdentityView> {
    if (subject.ref) {
      const named = this.identities.find(subject.ref);
      if (named) return named;
      throw new WorkbenchError('session.missing', 'this identity is signed out', { ...subject.ref });
    }
    const active = this.identities.active();
    if (
      active?.connection &&
      (subject.connectionId === undefined || subject.connectionId === active.ref.connectionId)
    ) {
      return active;
    }
    return this.askIdentity(this.identities.choosable(subject.connectionId), placeHolder);
  }

  /** Always asks, unless there is only one. */
  async askIdentity(views: readonly IdentityView[], placeHolder: string): Promise<IdentityView> {
    const [only, second] = views;
    if (!only) throw new WorkbenchError('session.missing', 'nobody is signed in');
    if (!second) return only;
    const items = views.map((view) => {
      const look = lookOf(view, Date.now());
      return {
        label: `$(${view.active ? 'check' : look.icon.id}) ${plain(view.name)}`,
        description: plain(view.connection ? connectionLabel(view.connection) : view.ref.connectionId),
        detail: look.time,
        view,
      };
    });
    const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    if (!chosen) throw new CancelledError();
    return chosen.view;
  }
}

/** The pool that the choice is about. */
function poolOf({ userPool, identityPool }: Connection, identityPoolFirst: boolean): string {
  const ids = [userPool?.userPoolId, identityPool?.identityPoolId].filter((id) => id !== undefined);
  return (identityPoolFirst ? ids.at(-1) : ids[0]) ?? '';
}
