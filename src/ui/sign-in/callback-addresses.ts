import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import { callbackUris, signOutUris } from '../../core/signin/hosted-ui';
import type { Picker } from '../pick';
import { subjectOf } from '../tree/nodes';

/** Puts the addresses to register for the app client on the clipboard, one a line, and says where they go. */
export async function copyCallbackAddresses(connection: Connection): Promise<void> {
  await vscode.env.clipboard.writeText(callbackUris(connection, vscode.env.uriScheme).join('\n'));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) Copied: paste them into "Allowed callback URLs" of the app client'),
    6000,
  );
}

/** The same for signing out in the browser. */
export async function copySignOutAddresses(connection: Connection): Promise<void> {
  await vscode.env.clipboard.writeText(signOutUris(connection).join('\n'));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) Copied: paste them into "Allowed sign-out URLs" of the app client'),
    6000,
  );
}

/** Copy Callback Addresses: of the connection that it was called on, or chosen. */
export function copyCallbackAddressesOf(picker: Picker) {
  return async (argument: unknown): Promise<void> => {
    const placeHolder = vscode.l10n.t('Callback addresses of which connection?');
    const fits = (connection: Connection) => connection.userPool !== undefined;
    await copyCallbackAddresses(await picker.connection(subjectOf(argument), placeHolder, fits));
  };
}
