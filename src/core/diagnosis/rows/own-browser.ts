import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../../errors';
import { textOf } from '../case';
import type { Case } from '../case';
import { userPool } from '../names';
import type { Words } from '../row';
import { browserTimeout, noDomain, noIdToken, signOutNotConfirmed } from './hosted-ui';

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
