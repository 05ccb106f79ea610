import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import { callbackUris } from '../../core/signin/hosted-ui';

/** Puts the addresses to register for the app client on the clipboard, one a line, and says where they go. */
export async function copyCallbackAddresses(connection: Connection): Promise<void> {
  await vscode.env.clipboard.writeText(callbackUris(connection, vscode.env.uriScheme).join('\n'));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) Copied: paste them into "Allowed callback URLs" of the app client'),
    6000,
  );
}
