import * as vscode from 'vscode';
import type { IdentityChange } from '../../core/session/identity-change';
import { plain } from '../../host/plain';

/** Says what became of an identity ID: S3 prefixes and policies that name the old one no longer fit. */
export function tellChange(change: IdentityChange | undefined, name: string): void {
  if (change) void vscode.window.showInformationMessage(plain(changeText(change, name)));
}

/** One or two sentences. */
export function changeText({ kind, from, to }: IdentityChange, name: string): string {
  switch (kind) {
    case 'linked':
      return vscode.l10n.t(
        '{0} took over the identity of the guest: {1}. What the guest stored under it is still there.',
        name,
        to,
      );
    case 'merged':
      return vscode.l10n.t(
        '{0} already had the identity {1}. The guest {2} was merged into it and can be used no longer.',
        name,
        to,
        from,
      );
    case 'replaced':
      return vscode.l10n.t(
        'The identity ID of {0} changed from {1} to {2}: the old one was merged, deleted, or somebody else’s. S3 prefixes with the old ID are no longer {0}’s.',
        name,
        from,
        to,
      );
  }
}
