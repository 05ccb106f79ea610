import * as vscode from 'vscode';
import { identityPoolRegion, userPoolRegion } from '../../core/connection/derive';
import type { Connection } from '../../core/connection/model';
import { kindOf } from '../../core/session/keys';
import type { IdentityView } from '../../host/identities';
import type { Tool } from './register-tools';
import type { ToolParts } from './tools';

/** The configured connections and who is signed in, with times. Reads no secret. */
export function listConnectionsTool({ settings, identities }: ToolParts): Tool {
  return {
    prepare: () => ({
      invocationMessage: vscode.l10n.t('Listing Cognito connections'),
      confirmationMessages: {
        title: vscode.l10n.t('List Cognito connections?'),
        message: vscode.l10n.t(
          'The language model gets the names and IDs of your connections, and the names of those who are signed in. Tokens, passwords and keys stay here.',
        ),
      },
    }),
    run: async () =>
      JSON.stringify(
        { connections: settings.connections().map((item) => described(item, identities.list(item.id))) },
        undefined,
        2,
      ),
  };
}

function described(connection: Connection, views: readonly IdentityView[]) {
  const { id, name, userPool, identityPool } = connection;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(userPool && {
      userPool: {
        id: userPool.userPoolId,
        clientId: userPool.clientId,
        region: userPoolRegion(connection),
        signIn: userPool.signIn,
      },
    }),
    ...(identityPool && {
      identityPool: { id: identityPool.identityPoolId, region: identityPoolRegion(connection) },
    }),
    identities: views.map((view) => ({
      name: view.name,
      kind: kindOf(view.ref),
      active: view.active,
      state: view.state,
      expiresAt: new Date(view.expiresAt).toISOString(),
    })),
  };
}
