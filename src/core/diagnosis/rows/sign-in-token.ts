import * as l10n from '@vscode/l10n';
import { isRefresh, textOf } from '../case';
import type { Case } from '../case';
import { client, sentence, user } from '../names';
import type { Row } from '../row';

/** Rows 39–42, 45 and 46: refresh tokens and access tokens that the user pool no longer takes. */
export const tokenRows: readonly Row[] = [
  {
    id: 'A42',
    services: ['cognito-idp'],
    codes: ['RefreshTokenReuse'],
    say: (c) => ({
      title: l10n.t('The refresh token of {0} has been used already', user(c)),
      why: l10n.t(
        '{0} replaces the refresh token at every refresh (rotation). Another window or program used this one first, so it no longer works.',
        sentence(client(c)),
      ),
      fix: l10n.t('Sign in again. Windows of VS Code take turns; another program must not share the token.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A40',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['refresh token has expired'],
    say: (c) => ({
      title: l10n.t('The sign-in of {0} has expired', user(c)),
      why: l10n.t(
        'The refresh token has reached the end of its life, which {0} sets (30 days unless set otherwise).',
        client(c),
      ),
      fix: l10n.t('Sign in again; the user name is filled in.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A40',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['refresh token has been revoked'],
    say: (c) => ({
      title: l10n.t('The sign-in of {0} was ended', user(c)),
      why: l10n.t(
        'The refresh token was revoked: by a sign-out here or elsewhere, by a global sign-out, or by an administrator.',
      ),
      fix: l10n.t('Sign in again; the user name is filled in.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A39',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['invalid refresh token'],
    when: (c) => textOf(c, 'deviceKey') !== undefined,
    say: (c) => ({
      title: l10n.t('Cognito does not accept the refresh token of {0} from this device', user(c)),
      why: l10n.t(
        'The pool tracks devices and renews a sign-in only for its own device. That one was never confirmed, or it was forgotten since.',
      ),
      fix: l10n.t('Sign in again; this device is then confirmed anew.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A41',
    services: ['cognito-idp'],
    codes: ['NotAuthorized', 'InvalidParameter', 'UnsupportedTokenType'],
    fragments: ['invalid refresh token', 'refresh token rotation', 'refresh_token_auth'],
    say: (c) => ({
      title: l10n.t('Cognito does not accept the refresh token of {0}', user(c)),
      why: l10n.t(
        'Its message does not say why. A client with refresh token rotation accepts it only through GetTokensFromRefreshToken, which is what this extension uses wherever the endpoint knows it.',
      ),
      fix: l10n.t('Sign in again; the user name is filled in.'),
      actions: ['sign-in-again', 'edit-connection'],
      possibleCauses: [
        {
          text: l10n.t(
            'The token was issued to another app client than {0}.',
            c.clientId ?? l10n.t('this one'),
          ),
        },
        {
          text: l10n.t(
            'Rotation was switched on for the client after this sign-in, or has replaced the token.',
          ),
          row: 'A41',
        },
        {
          text: l10n.t(
            'The pool remembers devices, and the token belongs to a device key that was not sent.',
          ),
          row: 'A39',
        },
      ],
    }),
  },
  {
    id: 'A46',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: ['access token has been revoked'],
    say: (c) => ({
      title: l10n.t('The access token of {0} was revoked', user(c)),
      why: l10n.t(
        "Its signature and its times are still right, so that everybody who checks only those accepts it. Cognito itself refuses it after a sign-out everywhere, a revocation, or the user's deletion.",
      ),
      fix: l10n.t('Sign in again.'),
      actions: ['sign-in-again'],
    }),
  },
  {
    id: 'A45',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    fragments: [
      'invalid access token',
      'could not verify signature for access token',
      'access token has expired',
    ],
    say: (c) => ({
      title: l10n.t('Cognito does not accept the access token'),
      why: wrongKind(c),
      fix: l10n.t('Refresh the tokens. If that does not help, sign in again.'),
      actions: ['refresh-credentials', 'sign-in-again'],
    }),
  },
  {
    id: 'A40',
    services: ['cognito-idp'],
    codes: ['NotAuthorized'],
    when: (c) => isRefresh(c),
    say: (c) => ({
      title: l10n.t('Cognito refused to renew the sign-in of {0}', user(c)),
      why: l10n.t(
        'The refresh token is no longer accepted: it has expired, was revoked, or the user was changed since.',
      ),
      fix: l10n.t('Sign in again; the user name is filled in.'),
      actions: ['sign-in-again'],
    }),
  },
];

function wrongKind(c: Case): string {
  if (c.token.use === 'id') {
    return l10n.t(
      'It was given an ID token. User pool operations want the access token (token_use "access").',
    );
  }
  return l10n.t(
    'It has expired, comes from another pool or region, or is an ID token: user pool operations want the access token.',
  );
}
