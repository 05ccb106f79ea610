import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import { isRefresh, textOf } from '../case';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client, short, user, userPool } from '../names';
import type { Row, Words } from '../row';
import type { PossibleCause } from '../types';

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
];

/** Row 49 as it is met most often: the page shows the mismatch to the person and never comes back. */
export function browserTimeout(c: Case): Words {
  return {
    title: l10n.t('Nothing came back from the browser'),
    why: l10n.t(
      'The sign-in was not finished within {0} minutes. If the page shows an error ("redirect_mismatch", "An error was encountered with the requested page"), Cognito never sends the browser back: most likely the app client does not list {1} as a callback address.{2}',
      Math.round(Number(c.data['seconds'] ?? 300) / 60),
      callback(c),
      stateless(c),
    ),
    fix: l10n.t(
      'Copy the callback addresses and register them as "Allowed callback URLs" of {0}, each as it is. Then sign in again.',
      client(c),
    ),
    actions: ['copy-callback-addresses', 'sign-in-in-browser', 'copy-cli-command'],
    possibleCauses: [
      {
        row: 'B49',
        text: l10n.t('The callback address is not registered, or differs in port, path or slash.'),
      },
      encodedWrongly(),
      { row: 'B61', text: errorPageReason(c) },
      { text: l10n.t('The tab was closed, or the sign-in is still open in it.') },
    ],
    cliCommand: describeClient(c),
  };
}

/** Row 61, found out before a browser opens. */
export function noDomain(c: Case): Words {
  const asked = c.data['asked'] !== false;
  return {
    title: l10n.t('{0} has no sign-in page', userPool(c)),
    why: asked
      ? l10n.t('Its discovery document names none: the pool has no domain, or the domain was deleted.')
      : l10n.t(
          'The address of the page is not set in the connection, and the discovery document of the pool could not be had.',
        ),
    fix: l10n.t(
      'Give the pool a domain (console: Branding, Domain), or set "domain" of the connection to the one that it has. Until then sign in with SRP.',
    ),
    actions: ['edit-connection', 'sign-in-with-srp', 'copy-cli-command'],
    cliCommand: userPoolCommand(c, 'describe-user-pool', [['--query', 'UserPool.[Domain,CustomDomain]']]),
  };
}

/** Row 62: `logout_uri` must be listed, and Cognito shows its own page where it is not. */
export function signOutNotConfirmed(c: Case): Words {
  return {
    title: l10n.t('The browser did not come back from signing out'),
    why: l10n.t(
      'You are signed out here. Whether the browser is, its page says: "Required parameters missing" or "redirect_mismatch" mean that {0} does not list {1} among its "Allowed sign-out URLs".',
      client(c),
      callback(c),
    ),
    fix: l10n.t('Register the address as a sign-out URL too, or sign in as someone else next time.'),
    actions: ['copy-callback-addresses', 'copy-cli-command'],
    cliCommand: describeClient(c),
  };
}

/** Row 56: the identity pool wants an ID token, which only the scope `openid` brings. */
export function noIdToken(c: Case): Words {
  if (isMachine(c)) {
    return {
      title: l10n.t('An app that signs in as itself gets no AWS credentials'),
      why: l10n.t(
        'Client credentials bring an access token alone. Identity pools want an ID token, which stands for a user.',
      ),
      fix: l10n.t('Use the access token for APIs. For AWS credentials sign in as a user.'),
      actions: ['sign-in-again'],
    };
  }
  return {
    title: l10n.t('There is no ID token to trade for AWS credentials'),
    why: l10n.t(
      'Identity pools want the ID token, and the session of {0} has none. In browser sign-in it is missing when the scope "openid" was not asked for or is not allowed.',
      user(c),
    ),
    fix: l10n.t(
      'Add "openid" to "scopes" of the connection and allow it for the app client, then sign in again.',
    ),
    actions: ['edit-connection', 'sign-in-again'],
  };
}

/** Row 57: without a refresh token there is nothing that could renew the session. */
export function noRefreshToken(c: Case): Words {
  return {
    title: l10n.t('The sign-in of {0} has expired', user(c)),
    why: l10n.t(
      'It came without a refresh token, so nothing can renew it. Cognito gives one with the authorization code only; the implicit grant (response_type=token) never brings one.',
    ),
    fix: l10n.t('Sign in again; the user name is filled in.'),
    actions: ['sign-in-again'],
  };
}

function registerFix(): string {
  return l10n.t(
    'Copy the callback addresses and paste them into "Allowed callback URLs" (console: App clients, Login pages), each as it is. Then sign in again.',
  );
}

function encodedWrongly(): PossibleCause {
  return {
    row: 'B50',
    text: l10n.t(
      'The address is registered, but a link handler or proxy re-encoded the request on its way to the browser: copy the sign-in address and open it there yourself.',
    ),
  };
}

function errorPageReason(c: Case): string {
  return l10n.t(
    'Its page says only that an error was encountered: {0} has no identity provider, the client id is of another pool, or the domain was deleted.',
    client(c),
  );
}

function errorPageFix(): string {
  return l10n.t(
    'Compare client id and domain of the connection with the console, and see under Login pages whether the client has an identity provider.',
  );
}

function callback(c: Case): string {
  return textOf(c, 'redirectUri') ?? l10n.t('the callback address');
}

/** What came back without naming an attempt is no answer, but it often is the cause. */
function stateless(c: Case): string {
  const seen = textOf(c, 'seen');
  return seen === undefined
    ? ''
    : l10n.t(' The browser did bring this: "{0}".', short(redactSecrets(seen), 300));
}

function scopes(c: Case): string {
  const asked = textOf(c, 'scopes') ?? c.context.connection?.userPool?.scopes.join(' ') ?? '';
  return asked === '' ? l10n.t('all scopes of the client') : asked;
}

function isMachine(c: Case): boolean {
  return c.data['grantType'] === 'client_credentials';
}

function describeClient(c: Case): string | undefined {
  return userPoolCommand(c, 'describe-user-pool-client', [
    ['--client-id', c.clientId],
    [
      '--query',
      'UserPoolClient.{CallbackURLs:CallbackURLs,LogoutURLs:LogoutURLs,AllowedOAuthFlows:AllowedOAuthFlows,AllowedOAuthScopes:AllowedOAuthScopes,SupportedIdentityProviders:SupportedIdentityProviders}',
    ],
  ]);
}

function theirs(c: Case): string {
  return redactSecrets(c.service?.awsMessage ?? '')
    .trim()
    .slice(0, 500);
}

/** Our sentence, then Cognito's own. */
function saying(c: Case, ours: string): string {
  const text = theirs(c);
  return text === '' ? ours : l10n.t('{0} It says: "{1}"', ours, text.slice(0, 300));
}
