import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { kindOf, providerIdentityKey } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import type { SessionStore } from '../../core/session/store';
import type { IdentityView } from '../../host/identities';
import { plain } from '../../host/plain';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { subjectOf } from '../tree/nodes';
import type { ProviderParts } from './provider';
import { labelOfKey, nameOfLogin, storedLogin } from './provider-known';
import { askLogin } from './provider-login';
import { tellChange } from './tell-change';

/** Link Login…: a provider's login that leads to this identity too, from now on. */
export function linkLogin(parts: ProviderParts) {
  return async (argument: unknown): Promise<void> => {
    const view = await parts.picker.identity(subjectOf(argument), vscode.l10n.t('Link a login to whom?'));
    const { ref, connection, name } = view;
    if (!connection || !canLink(view)) return sayWhyNot(view);
    await parts.approval.ensure(connection);
    const retry = (): void => void vscode.commands.executeCommand(commands.linkLogin, { ref });
    await parts.failures.about({ connection, ref, username: name, retry }, async () => {
      const login = await askLogin(parts, connection, vscode.l10n.t('Link a login to {0}', name));
      if (isSecondOf(view, login)) {
        const label = labelOfKey(connection, login.provider);
        tell(
          vscode.l10n.t(
            '{0} has a login of {1} already; an identity holds one of each provider.',
            name,
            label,
          ),
        );
        return;
      }
      const before = await identityOf(parts.store, connection, login);
      const label = labelOfKey(connection, login.provider);
      const title = vscode.l10n.t('Linking the login of {0} to {1}', label, name);
      const { session, identityChange, storeError } = await withProgress(title, (signal) =>
        parts.sessions.link(ref, storedLogin(login), signal),
      );
      tellChange(identityChange, name);
      if (storeError) await parts.failures.show('store', storeError, { connection, ref });
      tellLink(session.identityId ?? '', before, nameOfLogin(connection, login), name);
    });
  };
}

function canLink({ ref, connection }: IdentityView): boolean {
  const kind = kindOf(ref);
  return connection?.identityPool !== undefined && kind !== 'guest' && kind !== 'app';
}

/** The other user of the provider that the identity itself is known by: AWS would take them for the other alone. */
function isSecondOf({ ref }: IdentityView, { provider, subject }: ProviderLogin): boolean {
  const own = ref.identityKey.startsWith(providerIdentityKey(provider, ''));
  return own && ref.identityKey !== providerIdentityKey(provider, subject);
}

function sayWhyNot({ ref, connection, name }: IdentityView): void {
  if (!connection?.identityPool || kindOf(ref) !== 'guest') {
    tell(vscode.l10n.t('{0} has no identity in an identity pool that a login could be linked to.', name));
    return;
  }
  const go = vscode.l10n.t('Sign In with Provider…');
  const text = vscode.l10n.t('A guest has no login to link another one to. Sign in with the provider.');
  void vscode.window.showInformationMessage(text, go).then((chosen) => {
    if (chosen === go) void vscode.commands.executeCommand(commands.signInWithProvider, connectionOf(ref));
  });
}

const connectionOf = ({ connectionId }: SessionRef): object => ({ connectionId });

/** The identity that the login led to so far, where it was signed in with here. */
async function identityOf(
  store: SessionStore,
  { id }: Connection,
  { provider, subject }: ProviderLogin,
): Promise<string | undefined> {
  const ref = { connectionId: id, identityKey: providerIdentityKey(provider, subject) };
  return (await store.load(ref).catch(() => undefined))?.identityId;
}

function tellLink(identityId: string, before: string | undefined, login: string, name: string): void {
  const text =
    before === undefined || before === identityId
      ? vscode.l10n.t('{0} now leads to the identity of {1}: {2}.', login, name, identityId)
      : vscode.l10n.t(
          '{0} now leads to the identity of {1}: {2}. The identity {3} that it had was merged into it and can be used no longer.',
          login,
          name,
          identityId,
          before,
        );
  tell(text);
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(plain(text));
}
