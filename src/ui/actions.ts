import * as vscode from 'vscode';
import type { ActionId, Explanation } from '../core/diagnosis/types';
import { refOf } from '../core/session/keys';
import type { FailureSubject } from '../host/failures';
import type { ConnectionSettings } from '../host/settings';
import { commands } from '../ids';
import type { AccountParts } from './account/account-parts';
import { confirmSignUpOf } from './account/sign-up';
import { copyCallbackAddresses, copySignOutAddresses } from './sign-in/callback-addresses';
import { askClientSecret } from './sign-in/credentials-prompt';

export interface ActionParts extends AccountParts {
  readonly settings: ConnectionSettings;
}

/** Does what an explanation's button promises; the simple ones are done by `Failures` itself. */
export async function runAction(
  parts: ActionParts,
  action: ActionId,
  explanation: Explanation,
  subject: FailureSubject,
): Promise<void> {
  const { connection, ref, username } = subject;
  const run = (command: string, ...rest: unknown[]) => vscode.commands.executeCommand(command, ...rest);
  const target = { ...(ref ? { ref } : {}), ...(connection ? { connectionId: connection.id } : {}) };
  const who = { ...target, ...(username === undefined ? {} : { username }) };
  switch (action) {
    case 'sign-in-again':
    case 'retry':
      await run(commands.signIn, who);
      return;
    case 'sign-in-with-srp':
      await run(commands.signIn, { ...who, method: 'srp' });
      return;
    case 'sign-in-with-password':
      await run(commands.signIn, { ...who, method: 'password' });
      return;
    case 'sign-in-with-choice':
      await run(commands.signIn, { ...who, method: 'choice' });
      return;
    case 'sign-in-with-custom':
      await run(commands.signIn, { ...who, method: 'custom' });
      return;
    case 'sign-up':
      await run(commands.signUp, target);
      return;
    case 'confirm-sign-up':
    case 'resend-code':
      if (connection && username !== undefined) {
        await confirmSignUpOf(parts, { connectionId: connection.id, username });
      }
      return;
    case 'reset-password':
      await run(commands.forgotPassword, who);
      return;
    case 'set-up-mfa':
      await run(commands.setUpMfa, target);
      return;
    case 'sign-in-as-guest':
      await run(commands.signInAsGuest, target);
      return;
    case 'choose-role':
      await run(commands.chooseRole, target);
      return;
    case 'sign-in-in-browser':
      await run(commands.signIn, { ...who, method: 'browser' });
      return;
    case 'copy-callback-addresses':
      if (!connection) return;
      // Row 62 is about signing out, which has addresses of its own.
      await (explanation.id === 'B62' ? copySignOutAddresses : copyCallbackAddresses)(connection);
      return;
    case 'set-client-secret':
      if (!connection) return;
      await parts.store.setClientSecret(connection, await askClientSecret(connection));
      await noteSecret(parts, connection.id, true);
      await run(commands.signIn, who);
      return;
    case 'remove-client-secret':
      if (!connection) return;
      await parts.store.deleteClientSecret(connection.id);
      await noteSecret(parts, connection.id, false);
      await run(commands.signIn, who);
      return;
    case 'edit-connection':
      await run(commands.editConnection, target);
      return;
    case 'refresh-credentials':
      await run(commands.refreshCredentials, target);
      return;
    case 'open-likely-locations':
      await run(commands.openS3Location, { ...target, ...addressOf(explanation) });
      return;
    case 'start-sandbox':
      await run(commands.startSandbox);
      return;
    case 'add-connection':
      await run(commands.addConnection);
      return;
    case 'sign-in-as-developer':
      await run(commands.signInAsDeveloper, who);
      return;
    case 'manage-developer-identities':
      await run(commands.manageDeveloperIdentities, target);
      return;
    case 'sign-in-with-provider':
      await run(commands.signInWithProvider, target);
      return;
    case 'set-aws-profile':
      // With a profile, what failed for want of one is tried again.
      if ((await run(commands.chooseAwsProfile)) !== undefined) subject.retry?.();
      return;
    case 'find-cause': {
      // Who was refused their first credentials has no session, and so the failure names nobody.
      const refused = connection && parts.sessions.trials.refused(connection.id);
      await run(commands.findCause, { ...target, ...(ref || !refused ? {} : { ref: refOf(refused) }) });
      return;
    }
    case 'use-enhanced-flow':
    case 'use-basic-flow':
    case 'copy-cli-command':
    case 'show-log':
    case 'check-clock':
    case 'show-details':
      return;
  }
}

/** One location is opened at once; of several the person chooses. */
function addressOf(explanation: Explanation): { address?: string } {
  const [only, second] = explanation.locations ?? [];
  return only !== undefined && second === undefined ? { address: only } : {};
}

/** The setting says whether the client has a secret; it must agree with what was just entered or removed. */
async function noteSecret(parts: ActionParts, connectionId: string, hasClientSecret: boolean): Promise<void> {
  const connection = parts.settings.find(connectionId);
  const source = parts.settings.sourceOf(connectionId);
  if (!connection?.userPool || source === undefined || source === 'sandbox') return;
  if (connection.userPool.hasClientSecret === hasClientSecret) return;
  await parts.settings.save({ ...connection, userPool: { ...connection.userPool, hasClientSecret } }, source);
}
