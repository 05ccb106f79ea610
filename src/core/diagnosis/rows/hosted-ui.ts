import * as l10n from '@vscode/l10n';
import { isRefresh } from '../case';
import { client, short, user, userPool } from '../names';
import type { Row } from '../row';
import {
  callback,
  describeClient,
  encodedWrongly,
  errorPageFix,
  errorPageReason,
  isMachine,
  registerFix,
  saying,
  scopes,
  theirs,
} from './hosted-ui-parts';
import { signOutNotConfirmed } from './own-browser';

const AUTHORIZE = '/oauth2/authorize';
const TOKEN = '/oauth2/token';

/** Part B of the error table: the hosted pages and their OAuth endpoints. */
export const hostedUiRows: readonly Row[] = [
  {
    id: 'B62',
    services: ['oauth'],
    operations: ['/logout'],
    say: signOutNotConfirmed,
  },
  {
    id: 'B49',
    services: ['oauth'],
    operations: [AUTHORIZE],
    codes: ['redirect_mismatch'],
    say: (c) => ({
      title: l10n.t('{0} does not list the callback address', client(c)),
      why: l10n.t(
        'Cognito compares the address byte for byte with the "Allowed callback URLs" of the app client: scheme, port, path and a closing slash all count. It was sent {0}.',
        callback(c),
      ),
      fix: registerFix(),
      actions: ['copy-callback-addresses', 'copy-cli-command', 'sign-in-in-browser'],
      possibleCauses: [encodedWrongly()],
      cliCommand: describeClient(c),
    }),
  },
  {
    id: 'B51',
    services: ['cognito-idp'],
    operations: ['CreateUserPoolClient', 'UpdateUserPoolClient'],
    codes: ['InvalidParameter', 'InvalidOAuthFlow'],
    fragments: ['https', 'callback', 'redirect uri', 'redirect_uri'],
    say: (c) => ({
      title: l10n.t('Cognito does not accept a callback address of {0}', client(c)),
      why: saying(
        c,
        l10n.t(
          'A callback address is https, or a scheme of an app such as vscode://, or plain http on localhost, 127.0.0.1 or [::1]. It has no fragment.',
        ),
      ),
      fix: l10n.t(
        'Register the addresses that "Copy Callback Addresses" gives: http://localhost with each port, and the one of VS Code.',
      ),
      actions: ['copy-callback-addresses'],
    }),
  },
  {
    id: 'B59',
    services: ['oauth'],
    codes: ['invalid_scope'],
    say: (c) => ({
      title: l10n.t('{0} is not allowed one of the scopes', client(c)),
      why: saying(
        c,
        l10n.t(
          'The connection asks for: {0}. Each of them must be ticked for the app client; custom scopes begin with the identifier of their resource server, which may have been renamed.',
          scopes(c),
        ),
      ),
      fix: l10n.t(
        'Compare with AllowedOAuthScopes, which the copied command lists, and correct "scopes" of the connection.',
      ),
      actions: ['edit-connection', 'copy-cli-command'],
      cliCommand: describeClient(c),
    }),
  },
  {
    id: 'B60',
    services: ['oauth'],
    operations: [AUTHORIZE],
    fragments: [
      'failed with error',
      'trigger',
      'lambda',
      'attribute',
      'saml',
      'identity provider',
      'idp',
      'user.email',
      'already found an entry',
    ],
    say: (c) => ({
      title: l10n.t('The sign-in page ended with an error of the pool'),
      why: l10n.t('Cognito says: "{0}"', theirs(c)),
      fix: l10n.t(
        'A Lambda trigger, the identity provider, or the attribute mapping between the two stopped it. Look at the trigger named there and its log in CloudWatch, or, for a provider, whether every attribute that the pool requires is mapped. The pool lists its triggers under Extensions.',
      ),
      actions: ['sign-in-in-browser', 'show-details'],
    }),
  },
  {
    id: 'B58',
    services: ['oauth'],
    operations: [AUTHORIZE],
    codes: ['invalid_request', 'unsupported_response_type'],
    say: (c) => ({
      title: l10n.t('The sign-in page did not take the request'),
      why: saying(
        c,
        l10n.t(
          'A parameter is missing or unknown to it. Cognito Workbench asks for the authorization code only, since Cognito knows no hybrid response types; so the name of an identity provider or a stand-in that is not complete are likely.',
        ),
      ),
      fix: l10n.t(
        'Sign in without naming an identity provider: the page offers those that the app client allows.',
      ),
      actions: ['sign-in-in-browser', 'edit-connection'],
    }),
  },
  {
    id: 'B52',
    services: ['oauth'],
    codes: ['unauthorized_client', 'unsupported_grant_type'],
    say: (c) =>
      isMachine(c)
        ? {
            title: l10n.t('{0} may not sign in as itself', client(c)),
            why: saying(
              c,
              l10n.t(
                'Client credentials are not among its OAuth grant types. A client that has them can have no other grant.',
              ),
            ),
            fix: l10n.t(
              'Use an app client whose only grant is client_credentials, and allow it at least one custom scope.',
            ),
            actions: ['edit-connection', 'copy-cli-command'],
            cliCommand: describeClient(c),
          }
        : {
            title: l10n.t('{0} may not use the authorization code', client(c)),
            why: saying(
              c,
              l10n.t(
                'Either "Authorization code grant" is not among its OAuth grant types, or the callback address is not one of its own. It was sent {0}.',
                callback(c),
              ),
            ),
            fix: l10n.t(
              'Allow the grant in the console under App clients, Login pages, and register the callback addresses. The copied command shows AllowedOAuthFlows and CallbackURLs as they are.',
            ),
            actions: ['copy-callback-addresses', 'copy-cli-command', 'sign-in-in-browser'],
            cliCommand: describeClient(c),
          },
  },
  {
    id: 'B53',
    services: ['oauth'],
    codes: ['invalid_client'],
    say: (c) => ({
      title: c.hasClientSecret
        ? l10n.t('Cognito refused the secret of {0}', client(c))
        : l10n.t('{0} is not accepted without its secret', client(c)),
      why: c.hasClientSecret
        ? l10n.t(
            'The secret that is stored for this connection is not one of the client, or there is no such client in {0}.',
            userPool(c),
          )
        : l10n.t(
            'The client probably has a secret, and this connection does not know it; or there is no such client in {0}.',
            userPool(c),
          ),
      fix: l10n.t(
        'Enter the secret: it is in the console under App clients, "Show client secret". It is kept in VS Code\'s secret storage.',
      ),
      actions: ['set-client-secret', 'edit-connection'],
    }),
  },
  {
    id: 'B55',
    services: ['oauth'],
    codes: ['invalid_grant'],
    when: (c) => isRefresh(c) || c.data['grantType'] === 'refresh_token',
    say: (c) => ({
      title: l10n.t('Cognito takes the refresh token of {0} no longer', user(c)),
      why: l10n.t(
        'It has expired, was revoked, or belongs to another app client. With rotation the new one ends when the first would have.',
      ),
      fix: l10n.t('Sign in again.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'B54',
    services: ['oauth'],
    operations: [TOKEN],
    codes: ['invalid_grant'],
    say: (c) => ({
      title: l10n.t('Cognito takes the sign-in code no longer'),
      why: saying(
        c,
        l10n.t(
          'A code works once and for five minutes, together with the secret that this window made for it. It came too late, was used already, or the client may not read "email_verified" while the scope "email" is asked for.',
        ),
      ),
      fix: l10n.t('Start the sign-in again and finish it in the window of the browser that opens then.'),
      actions: ['sign-in-in-browser'],
    }),
  },
  {
    id: 'B61',
    services: ['oauth'],
    operations: [AUTHORIZE],
    codes: ['error_page', 'server_error', 'temporarily_unavailable'],
    say: (c) => ({
      title: l10n.t('The sign-in page shows an error without saying which'),
      why: saying(c, errorPageReason(c)),
      fix: errorPageFix(),
      actions: ['edit-connection', 'copy-cli-command', 'sign-in-in-browser'],
      cliCommand: describeClient(c),
    }),
  },
  {
    id: 'B60',
    services: ['oauth'],
    operations: [AUTHORIZE],
    codes: ['access_denied', 'login_required', 'interaction_required', 'consent_required'],
    say: (c) => ({
      title: l10n.t('The sign-in was refused in the browser'),
      why: saying(c, l10n.t('It was cancelled there, or the identity provider did not let {0} in.', user(c))),
      fix: l10n.t('Sign in again, if need be as someone else.'),
      actions: ['sign-in-in-browser'],
    }),
  },
  {
    // Last: the pages name errors that no document lists.
    id: 'B61',
    services: ['oauth'],
    operations: [AUTHORIZE],
    say: (c) => ({
      title: l10n.t('The sign-in page shows the error “{0}”', short(c.code, 80)),
      why: saying(c, errorPageReason(c)),
      fix: errorPageFix(),
      actions: ['edit-connection', 'copy-cli-command', 'sign-in-in-browser'],
      cliCommand: describeClient(c),
    }),
  },
];
