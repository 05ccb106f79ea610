import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/model';
import type { AwsApis, CodeDelivery, Digest } from '../../core/ports';
import type { Sessions } from '../../core/session/manager';
import type { SessionStore } from '../../core/session/store';
import type { AccountPlace, SignedInUser } from '../../core/signin/account';
import type { EndpointApproval } from '../../host/endpoint-approval';
import type { Failures } from '../../host/failures';
import type { Identities, IdentityView } from '../../host/identities';
import type { SandboxController } from '../../host/sandbox-controller';
import { askText } from '../input';
import type { Picker } from '../pick';
import { askClientSecret } from '../sign-in/credentials-prompt';
import type { SignInCommand } from '../sign-in/sign-in-command';
import type { CommandSubject } from '../tree/nodes';

export interface AccountParts {
  readonly picker: Picker;
  readonly apis: AwsApis;
  readonly digest: Digest;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly identities: Identities;
  readonly approval: EndpointApproval;
  readonly failures: Failures;
  readonly signIn: SignInCommand;
  readonly sandbox: SandboxController;
}

/** The pool that a command is about, approved and with its client secret. Throws CancelledError. */
export async function placeOf(
  parts: AccountParts,
  subject: CommandSubject,
  placeHolder: string,
): Promise<AccountPlace> {
  const connection = await parts.picker.connection(
    subject,
    placeHolder,
    (candidate) => candidate.userPool !== undefined,
  );
  await parts.approval.ensure(connection);
  return {
    connection,
    api: await parts.apis.userPool(connection),
    digest: parts.digest,
    clientSecret: await secretOf(parts, connection),
  };
}

async function secretOf(parts: AccountParts, connection: Connection): Promise<string | undefined> {
  if (!connection.userPool?.hasClientSecret) return undefined;
  return (await parts.store.clientSecret(connection)) ?? askClientSecret(connection);
}

/** The identity that a command is about, with a fresh access token. */
export async function userOf(
  parts: AccountParts,
  subject: CommandSubject,
  placeHolder: string,
): Promise<{ view: IdentityView; connection: Connection; user: SignedInUser }> {
  const view = await parts.picker.identity(subject, placeHolder);
  const { accessToken } = await parts.sessions.tokens(view.ref);
  const connection = await parts.picker.connection({ connectionId: view.ref.connectionId }, placeHolder);
  return { view, connection, user: { api: await parts.apis.userPool(connection), accessToken } };
}

export function askUserName(title: string, value?: string): Promise<string> {
  return askText({
    title,
    prompt: vscode.l10n.t(
      'User name, or an e-mail address or phone number that the pool accepts in its place',
    ),
    value: value ?? '',
    validate: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a user name.') : undefined),
  });
}

/** Where a code went, as Cognito masks it. */
export function deliveryText(delivery: CodeDelivery | undefined): string {
  const { medium, destination } = delivery ?? {};
  if (destination === undefined) return vscode.l10n.t('Cognito sent a code');
  return medium === 'SMS'
    ? vscode.l10n.t('Cognito sent a code by SMS to {0}', destination)
    : vscode.l10n.t('Cognito sent a code by e-mail to {0}', destination);
}
