import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { plain } from '../../host/plain';
import { commands } from '../../ids';
import { askChoice } from '../input';

/** Sign in… at a connection without a user pool: by one of the other ways that identity pools have. */
export async function chooseWayIn(connection: Connection): Promise<unknown> {
  const command = await askChoice<string>({
    title: vscode.l10n.t('Sign in to {0}', plain(connectionLabel(connection))),
    placeHolder: vscode.l10n.t('This connection has an identity pool alone. How do you come in?'),
    items: [
      {
        label: vscode.l10n.t('As a guest'),
        detail: vscode.l10n.t('Without a login, where the identity pool allows it'),
        value: commands.signInAsGuest,
      },
      {
        label: vscode.l10n.t('With a provider'),
        detail: vscode.l10n.t('Google, Facebook, Login with Amazon, Apple, OpenID Connect or SAML'),
        value: commands.signInWithProvider,
      },
      {
        label: vscode.l10n.t('As a developer identity'),
        detail: vscode.l10n.t('A user of your own backend, vouched for by it or by an AWS profile'),
        value: commands.signInAsDeveloper,
      },
    ],
  });
  return vscode.commands.executeCommand(command, { connectionId: connection.id });
}
