import * as vscode from 'vscode';
import { connectionLabel } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import type { ProviderLogin } from '../../core/federation/providers-login';
import { refOf } from '../../core/session/keys';
import type { SessionRef } from '../../core/session/model';
import { withProgress } from '../../host/progress';
import { commands } from '../../ids';
import { subjectOf } from '../tree/nodes';
import type { IdentityParts } from './identity-parts';
import { nameOfLogin, providerUser, storedLogin } from './provider-known';
import type { ProviderUser } from './provider-known';
import { askLogin } from './provider-login';
import type { LoginParts } from './provider-login';
import { tellChange } from './tell-change';

export type ProviderParts = IdentityParts & LoginParts;

/** Sign In with Provider…: a user of Google, an OpenID Connect or a SAML provider, …, without a user pool between. */
export function signInWithProvider(parts: ProviderParts) {
  return async (argument: unknown): Promise<SessionRef> => {
    const subject = subjectOf(argument);
    const connection = await parts.picker.connection(
      subject,
      vscode.l10n.t('Sign in with a provider to which connection?'),
      ({ identityPool }) => identityPool !== undefined,
      { scenes: true },
    );
    await parts.approval.ensure(connection);
    const before = await providerUser(parts.store, connection, subject.ref);
    const retry = (): void => void vscode.commands.executeCommand(commands.signInWithProvider, argument);
    const about = { connection, ref: before?.ref, username: before?.name, retry };
    return parts.failures.about({ ...about, context: { identityKind: 'provider' } }, async () => {
      const label = connectionLabel(connection);
      const login = await askLogin(parts, connection, vscode.l10n.t('Sign in to {0}', label), before);
      const user = identityOf(connection, login, before);
      const title = vscode.l10n.t('Signing in as {0} to {1}', user.name, label);
      const { session, identityChange, storeError } = await withProgress(title, (signal) =>
        parts.sessions.beginAs(connection, { kind: 'provider', login: storedLogin(login), ...user }, signal),
      );
      tellChange(identityChange, session.name);
      if (storeError) await parts.failures.show('store', storeError, { connection });
      return refOf(session);
    });
  };
}

/** A token that only its maker can read does not tell whose it is: whoever signs in again stays who they are. */
function identityOf(
  connection: Connection,
  login: ProviderLogin,
  before: ProviderUser | undefined,
): { readonly subject: string; readonly name: string } {
  const isOpaque = login.displayName === undefined && login.expiresAt === undefined;
  const same = before?.ref.identityKey === `idp:${login.provider}:${before?.subject}`;
  if (before && same && isOpaque) {
    return { subject: before.subject, name: before.name ?? nameOfLogin(connection, login) };
  }
  return { subject: login.subject, name: nameOfLogin(connection, login) };
}
