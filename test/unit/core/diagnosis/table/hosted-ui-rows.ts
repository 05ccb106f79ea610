import type { ServiceError } from '../../../../../src/core/errors';
import { connection, refusal, scene, secretConnection } from '../scene';
import type { Expectation } from './expectation';

const redirectUri = 'http://localhost:8400/callback';

const page = (code: string, description = ''): ServiceError =>
  refusal('oauth', '/oauth2/authorize', code, description, { redirectUri });
const token = (code: string, description = '', extra: Record<string, string> = {}): ServiceError =>
  refusal('oauth', '/oauth2/token', code, description, { redirectUri, status: 400, ...extra });

/** Part B, as far as it is an answer of the pages; rows 56 and 57 and the waits are in own-codes. */
export const hostedUiRows: readonly Expectation[] = [
  {
    row: 49,
    what: 'a callback address that is not registered (the address of the error page was pasted)',
    error: page('redirect_mismatch'),
    title: ['app client 7g0client'],
    why: ['byte for byte', redirectUri],
    fix: ['Allowed callback URLs'],
    first: 'copy-callback-addresses',
    cli: ['describe-user-pool-client', '--client-id 7g0client', 'CallbackURLs'],
  },
  {
    row: 50,
    what: 'a callback address that is right and was re-encoded on its way',
    error: page('redirect_mismatch'),
    id: 'B49',
    causes: ['re-encoded'],
    first: 'copy-callback-addresses',
  },
  {
    row: 51,
    what: 'a callback address that cannot be registered',
    error: refusal(
      'cognito-idp',
      'UpdateUserPoolClient',
      'InvalidParameterException',
      'http://192.168.0.7:8400/callback: redirect URI must be HTTPS',
    ),
    why: ['localhost', 'vscode://'],
    first: 'copy-callback-addresses',
  },
  {
    row: 52,
    what: 'a client without the code grant, or another callback address than the page got',
    error: token('unauthorized_client'),
    title: ['authorization code'],
    why: ['grant types', redirectUri],
    first: 'copy-callback-addresses',
    cli: ['AllowedOAuthFlows'],
  },
  {
    row: 52,
    what: 'a client that may not sign in as itself',
    error: token('unauthorized_client', '', { grantType: 'client_credentials' }),
    title: ['as itself'],
    fix: ['only grant is client_credentials'],
    first: 'edit-connection',
  },
  {
    row: 53,
    what: 'a secret that was not sent',
    error: token('invalid_client'),
    title: ['without its secret'],
    first: 'set-client-secret',
  },
  {
    row: 53,
    what: 'a wrong secret',
    error: token('invalid_client', 'invalid_client_secret'),
    context: scene({ connection: secretConnection }),
    title: ['refused the secret of app client 7g0client'],
    first: 'set-client-secret',
  },
  {
    row: 54,
    what: 'a code that was used or has expired',
    error: token('invalid_grant', 'Invalid code'),
    why: ['once and for five minutes', 'Invalid code'],
    first: 'sign-in-in-browser',
  },
  {
    row: 55,
    what: 'a refresh token that the token endpoint no longer takes',
    error: token('invalid_grant', '', { grantType: 'refresh_token' }),
    title: ['refresh token of reader'],
    first: 'sign-in-again',
  },
  {
    row: 58,
    what: 'a parameter that the page does not know',
    error: page('invalid_request', 'response_type is not supported'),
    why: ['hybrid', 'response_type is not supported'],
    first: 'sign-in-in-browser',
  },
  {
    row: 59,
    what: 'a scope that the client is not allowed',
    error: page('invalid_scope'),
    context: scene({
      connection: { ...connection, userPool: { ...connection.userPool!, scopes: ['openid', 'shop/read'] } },
    }),
    why: ['openid shop/read', 'resource server'],
    fix: ['AllowedOAuthScopes'],
    first: 'edit-connection',
    cli: ['AllowedOAuthScopes'],
  },
  {
    row: 60,
    what: "a trigger's own words",
    error: page('invalid_request', 'PreSignUp failed with error Only @example.com may sign up.'),
    why: ['PreSignUp failed with error Only @example.com may sign up.'],
    fix: ['CloudWatch'],
    first: 'sign-in-in-browser',
  },
  {
    row: 60,
    what: 'an attribute that the identity provider does not map',
    error: page('invalid_request', 'attributes required: [email]'),
    why: ['attributes required: [email]'],
    fix: ['mapped'],
    first: 'sign-in-in-browser',
  },
  {
    row: 60,
    what: 'somebody who pressed Cancel at the provider',
    error: page('access_denied', 'The user said no'),
    title: ['refused in the browser'],
    why: ['The user said no'],
    first: 'sign-in-in-browser',
  },
  {
    row: 61,
    what: 'the error page that does not say which error',
    error: page('error_page'),
    why: ['no identity provider', 'domain was deleted'],
    first: 'edit-connection',
  },
  {
    row: 61,
    what: 'the error page with an error that no document lists',
    error: page('Login pages unavailable', 'Please contact an administrator.'),
    title: ['“Login pages unavailable”'],
    why: ['no identity provider', 'contact an administrator'],
    first: 'edit-connection',
    also: ['sign-in-in-browser'],
  },
  {
    row: 62,
    what: 'a sign-out address that is not registered',
    error: refusal('oauth', '/logout', 'invalid_request', 'Required parameters missing', { redirectUri }),
    why: ['Allowed sign-out URLs', redirectUri],
    first: 'copy-callback-addresses',
  },
];
