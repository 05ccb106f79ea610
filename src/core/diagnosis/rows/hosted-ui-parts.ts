import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import { textOf } from '../case';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client } from '../names';
import type { PossibleCause } from '../types';

export function registerFix(): string {
  return l10n.t(
    'Copy the callback addresses and paste them into "Allowed callback URLs" (console: App clients, Login pages), each as it is. Then sign in again.',
  );
}

export function encodedWrongly(): PossibleCause {
  return {
    row: 'B50',
    text: l10n.t(
      'The address is registered, but a link handler or proxy re-encoded the request on its way to the browser: copy the sign-in address and open it there yourself.',
    ),
  };
}

export function errorPageReason(c: Case): string {
  return l10n.t(
    'Its page says only that an error was encountered: {0} has no identity provider, the client id is of another pool, or the domain was deleted.',
    client(c),
  );
}

export function errorPageFix(): string {
  return l10n.t(
    'Compare client id and domain of the connection with the console, and see under Login pages whether the client has an identity provider.',
  );
}

export function callback(c: Case): string {
  return textOf(c, 'redirectUri') ?? l10n.t('the callback address');
}

export function scopes(c: Case): string {
  const asked = textOf(c, 'scopes') ?? c.context.connection?.userPool?.scopes.join(' ') ?? '';
  return asked === '' ? l10n.t('all scopes of the client') : asked;
}

export function isMachine(c: Case): boolean {
  return c.data['grantType'] === 'client_credentials';
}

export function describeClient(c: Case): string | undefined {
  return userPoolCommand(c, 'describe-user-pool-client', [
    ['--client-id', c.clientId],
    [
      '--query',
      'UserPoolClient.{CallbackURLs:CallbackURLs,LogoutURLs:LogoutURLs,AllowedOAuthFlows:AllowedOAuthFlows,AllowedOAuthScopes:AllowedOAuthScopes,SupportedIdentityProviders:SupportedIdentityProviders}',
    ],
  ]);
}

export function theirs(c: Case): string {
  return redactSecrets(c.service?.awsMessage ?? '')
    .trim()
    .slice(0, 500);
}

/** Our sentence, then Cognito's own. */
export function saying(c: Case, ours: string): string {
  const text = theirs(c);
  return text === '' ? ours : l10n.t('{0} It says: "{1}"', ours, text.slice(0, 300));
}
