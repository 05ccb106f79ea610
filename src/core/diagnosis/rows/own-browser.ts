import * as l10n from '@vscode/l10n';
import { redactSecrets } from '../../redact';
import type { ErrorCode } from '../../errors';
import { textOf } from '../case';
import type { Case } from '../case';
import { userPoolCommand } from '../cli';
import { client, short, user, userPool } from '../names';
import type { Words } from '../row';
import { callback, describeClient, encodedWrongly, errorPageReason, isMachine } from './hosted-ui-parts';

export type BrowserCode = Extract<
  ErrorCode,
  | 'signin.no-domain'
  | 'signin.other-issuer'
  | 'signin.ports-taken'
  | 'signin.browser-timeout'
  | 'signin.sign-out-timeout'
  | 'signin.callback-unexpected'
  | 'federation.no-id-token'
>;

/** Rows of the error table that are met as an error of our own. */
export const browserRowIds: Readonly<Partial<Record<ErrorCode, string>>> = {
  'signin.no-domain': 'B61',
  'signin.browser-timeout': 'B49',
  'signin.sign-out-timeout': 'B62',
  'federation.no-id-token': 'B56',
};

/** The product's own refusals around sign-in in the browser. */
export const browserWords: Readonly<Record<BrowserCode, (c: Case) => Words>> = {
  'signin.no-domain': noDomain,
  'signin.browser-timeout': browserTimeout,
  'signin.sign-out-timeout': signOutNotConfirmed,
  'federation.no-id-token': noIdToken,
  'signin.other-issuer': (c) => ({
    title: l10n.t('The discovery document is of another pool'),
    why: l10n.t(
      "It names the issuer {0}, and {1} is issued by {2}. Tokens of another issuer would not be this pool's, so nothing was sent.",
      textOf(c, 'found') ?? l10n.t('of another pool'),
      userPool(c),
      textOf(c, 'expected') ?? l10n.t('itself'),
    ),
    fix: l10n.t(
      'Check the user pool id and, where the connection has them, "endpoints" (cognitoIdp, jwks): the document is read there.',
    ),
    actions: ['edit-connection', 'show-details'],
  }),
  'signin.ports-taken': (c) => ({
    title: l10n.t('No callback port is free on this machine'),
    why: l10n.t(
      'Cognito sends the browser to one of the registered ports, and another program listens on each: {0}. Often it is another VS Code window that waits for a sign-in, or a development server.',
      textOf(c, 'ports') ?? '',
    ),
    fix: l10n.t(
      'End the other sign-in or program. Or add a port to "callbackPorts" of the connection and register its address for the app client.',
    ),
    actions: ['sign-in-in-browser', 'edit-connection', 'copy-callback-addresses'],
  }),
  'signin.callback-unexpected': () => ({
    title: l10n.t('Nobody waits for this sign-in'),
    why: l10n.t(
      'The browser brought an answer that belongs to no open sign-in: it was cancelled, took too long, was answered already, or its window was reloaded or closed meanwhile. The answer was thrown away.',
    ),
    fix: l10n.t('Start the sign-in again.'),
    actions: ['sign-in-in-browser'],
  }),
};

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
          'The address of the page is not set in the connection, and the discovery document of the pool could not be fetched.',
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
    fix: l10n.t(
      'Register the addresses that the button copies as sign-out URLs, or sign in as someone else next time.',
    ),
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

/** What came back without naming an attempt is no answer, but it often is the cause. */
function stateless(c: Case): string {
  const seen = textOf(c, 'seen');
  return seen === undefined
    ? ''
    : l10n.t(' The browser did bring this: "{0}".', short(redactSecrets(seen), 300));
}
