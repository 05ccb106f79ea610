import * as l10n from '@vscode/l10n';
import { isRefresh } from '../case';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client, sentence, user, userPool } from '../names';
import type { Row } from '../row';

/** Rows 4–7, 9, 10, 22 and 23: the app client's secret, its flows, and ids that do not fit together. */
export const clientRows: readonly Row[] = [
  {
    id: 'A6',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'InvalidParameter'],
    fragments: ['not configured for secret'],
    say: (c) => ({
      title: l10n.t('{0} has no secret, but one was sent', sentence(client(c))),
      why: l10n.t('It is a public client, and Cognito refuses a secret hash for those.'),
      fix: l10n.t('Remove the client secret from this connection and sign in again.'),
      actions: ['remove-client-secret', 'edit-connection'],
    }),
  },
  {
    id: 'A5',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'InvalidParameter'],
    fragments: ['secret was not received', 'secret_hash was not received'],
    say: (c) => ({
      title: l10n.t('{0} has a secret, and none was sent', sentence(client(c))),
      why: l10n.t('Cognito expects a secret hash with every sign-in through this client.'),
      fix: secretFix(),
      actions: ['set-client-secret', 'edit-connection'],
    }),
  },
  {
    id: 'A7',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['secrethash does not match', 'unable to verify secret hash'],
    when: (c) => isRefresh(c) && c.operation !== 'GetTokensFromRefreshToken',
    say: refreshHash,
  },
  {
    id: 'A7',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['secrethash does not match'],
    say: refreshHash,
  },
  {
    id: 'A4',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['unable to verify secret hash'],
    say: (c) => ({
      title: l10n.t('Cognito could not verify the secret of {0}', client(c)),
      why: c.hasClientSecret
        ? l10n.t(
            'The secret that is stored for this connection is not the one of the client, or the hash was made for another user name.',
          )
        : l10n.t('The client has a secret, and this connection does not know it.'),
      fix: secretFix(),
      actions: ['set-client-secret', 'edit-connection'],
    }),
  },
  {
    id: 'A9',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['user_password_auth'],
    say: (c) => ({
      title: l10n.t('{0} does not allow the password flow', sentence(client(c))),
      why: l10n.t(
        'ALLOW_USER_PASSWORD_AUTH is not among its authentication flows. SRP, where the password never leaves this machine, is allowed by default.',
      ),
      fix: l10n.t(
        'Sign in with SRP. Or let an administrator allow the flow with the copied command, but compare it with describe-user-pool-client first: an update resets every setting of the client that it does not name.',
      ),
      actions: ['sign-in-with-srp', 'copy-cli-command', 'edit-connection'],
      cliCommand: allowFlows(c),
    }),
  },
  {
    id: 'A10',
    services: ['cognito-idp'],
    codes: ['InvalidParameter'],
    fragments: ['user_srp_auth'],
    say: (c) => ({
      title: l10n.t('{0} does not allow SRP sign-in', sentence(client(c))),
      why: l10n.t('ALLOW_USER_SRP_AUTH ("Secure remote password") is not among its authentication flows.'),
      fix: l10n.t(
        'Sign in with the password flow if the client allows that. Or let an administrator allow SRP with the copied command, but compare it with describe-user-pool-client first: an update resets every setting of the client that it does not name.',
      ),
      actions: ['sign-in-with-password', 'copy-cli-command', 'edit-connection'],
      cliCommand: allowFlows(c),
    }),
  },
  {
    id: 'A22',
    services: ['cognito-idp'],
    codes: ['ResourceNotFound'],
    fragments: ['user pool client', 'app client', 'client id'],
    say: (c) => ({
      title: l10n.t('There is no such app client in {0}', c.region ?? l10n.t('this region')),
      why: l10n.t(
        'Cognito was asked in {0}, the region of {1}, and does not know {2} there. The client belongs to another pool or region, or it was deleted.',
        c.region ?? l10n.t('the region'),
        userPool(c),
        client(c),
      ),
      fix: l10n.t(
        'Compare the two ids with the console: User pools, your pool, App clients. Then correct the connection.',
      ),
      actions: ['edit-connection', 'copy-cli-command'],
      cliCommand: userPoolCommand(c, 'list-user-pool-clients', []),
    }),
  },
  {
    id: 'A23',
    services: ['cognito-idp'],
    codes: ['ResourceNotFound'],
    fragments: ['user pool'],
    say: (c) => ({
      title: l10n.t('There is no {0} in {1}', userPool(c), c.region ?? l10n.t('this region')),
      why: l10n.t(
        'The region is the part of the id before the underscore. The pool was deleted, or the id is mistyped.',
      ),
      fix: l10n.t('Copy the user pool id from the console again and correct the connection.'),
      actions: ['edit-connection'],
    }),
  },
];

function refreshHash(c: Case): ReturnType<Row['say']> {
  return {
    title: l10n.t('Cognito refused the secret hash of the refresh'),
    why: l10n.t(
      'The sign-in used an e-mail address or phone number. The hash of a refresh must be made with the real user name, which stands in the tokens as "cognito:username" or "username"{0}.',
      realName(c),
    ),
    fix: l10n.t(
      'Sign in as {0} once more: the real name is kept from then on. If it happens again, check the client secret.',
      user(c),
    ),
    actions: ['sign-in-again', 'set-client-secret'],
  };
}

function realName(c: Case): string {
  const claims = c.context.tokenClaims;
  const name = claims?.['cognito:username'] ?? claims?.['username'];
  return typeof name === 'string' ? l10n.t(' (here {0})', name) : '';
}

function secretFix(): string {
  return l10n.t(
    'Set the client secret: it is in the console under App clients, "Show client secret". It is kept in VS Code\'s secret storage, and the hash is computed from it, the user name and the client id.',
  );
}

function allowFlows(c: Case): string | undefined {
  return userPoolCommand(c, 'update-user-pool-client', [
    ['--client-id', c.clientId],
    [
      '--explicit-auth-flows',
      ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    ],
  ]);
}
