import type { ServiceError } from '../../../../../src/core/errors';
import { claims, refusal, scene } from '../scene';
import type { Expectation } from './expectation';

const notAuthorized = (operation: string, message: string, flow?: string): ServiceError =>
  refusal('cognito-idp', operation, 'NotAuthorizedException', message, flow ? { flow } : {});
const pool = (operation: string, code: string, message: string): ServiceError =>
  refusal('cognito-identity', operation, code, message);

export const userTokenRows: readonly Expectation[] = [
  {
    row: 20,
    what: 'a disabled user',
    error: notAuthorized('InitiateAuth', 'User is disabled.'),
    title: ['reader is disabled'],
    why: ['administrator', 'Nothing on this machine'],
    first: 'copy-cli-command',
    cli: ['admin-enable-user', '--username reader'],
  },
  {
    row: 21,
    what: 'an expired temporary password',
    error: notAuthorized(
      'InitiateAuth',
      'Temporary password has expired and must be reset by an administrator.',
    ),
    why: ['TemporaryPasswordValidityDays'],
    first: 'copy-cli-command',
    cli: ['admin-create-user', '--message-action RESEND'],
  },
  {
    row: 22,
    what: 'a client that the pool does not have',
    error: refusal(
      'cognito-idp',
      'InitiateAuth',
      'ResourceNotFoundException',
      'User pool client 7g0client does not exist.',
    ),
    title: ['us-west-2'],
    why: ['us-west-2_AbCdEfGhI', '7g0client'],
    first: 'edit-connection',
  },
  {
    row: 24,
    what: 'a required attribute that is missing',
    error: refusal(
      'cognito-idp',
      'RespondToAuthChallenge',
      'InvalidParameterException',
      'Invalid attributes given, name is missing',
    ),
    title: ['attribute name'],
    first: 'sign-in-again',
    cli: ['admin-update-user-attributes', 'Name=name,Value=VALUE'],
  },
  {
    row: 25,
    what: 'an attribute that is there already',
    error: notAuthorized('RespondToAuthChallenge', 'Cannot modify an already provided email'),
    title: ['attribute email'],
    fix: ['leave that attribute out'],
    first: 'sign-in-again',
  },
  {
    row: 26,
    what: 'a password against the policy',
    error: refusal(
      'cognito-idp',
      'RespondToAuthChallenge',
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ),
    title: ['policy'],
    why: ['Password not long enough'],
    first: 'sign-in-again',
    cli: ['PasswordPolicy'],
  },
  {
    row: 26,
    what: 'a password used before',
    error: refusal(
      'cognito-idp',
      'RespondToAuthChallenge',
      'PasswordHistoryPolicyViolationException',
      'Password has previously been used',
    ),
    title: ['used before'],
    first: 'sign-in-again',
  },
  {
    row: 27,
    what: 'a session that is spent',
    error: notAuthorized('RespondToAuthChallenge', 'Invalid session for the user, session is expired.'),
    why: ['once', '3 minutes'],
    first: 'sign-in-again',
  },
  {
    row: 36,
    what: 'throttling, of any service',
    error: pool('GetId', 'TooManyRequestsException', 'Rate exceeded'),
    title: ['GetId'],
    why: ['how often GetId'],
    first: 'retry',
  },
  {
    row: 38,
    what: 'a web application firewall',
    error: refusal(
      'cognito-idp',
      'InitiateAuth',
      'ForbiddenException',
      'Request not allowed due to WAF block.',
    ),
    title: ['firewall'],
    why: ['WAF'],
    fix: ['VPN'],
    first: 'retry',
  },
  {
    row: 40,
    what: 'a refresh token past its life',
    error: notAuthorized('GetTokensFromRefreshToken', 'Refresh Token has expired'),
    title: ['reader has expired'],
    why: ['7g0client', '30 days'],
    first: 'sign-in-again',
  },
  {
    row: 40,
    what: 'a revoked refresh token',
    error: notAuthorized('GetTokensFromRefreshToken', 'Refresh Token has been revoked'),
    why: ['revoked'],
    first: 'sign-in-again',
  },
  {
    row: 41,
    what: 'a refresh token that Cognito calls invalid',
    error: notAuthorized('InitiateAuth', 'Invalid Refresh Token.', 'REFRESH_TOKEN_AUTH'),
    why: ['GetTokensFromRefreshToken'],
    causes: ['another app client', 'Rotation', 'devices'],
    first: 'sign-in-again',
  },
  {
    row: 42,
    what: 'a refresh token used twice',
    error: refusal(
      'cognito-idp',
      'GetTokensFromRefreshToken',
      'RefreshTokenReuseException',
      'Refresh token reuse detected',
    ),
    why: ['App client 7g0client replaces', 'Another window'],
    first: 'sign-in-again',
  },
  {
    row: 45,
    what: 'an ID token where an access token belongs',
    error: notAuthorized('GetUser', 'Invalid Access Token'),
    context: scene({ tokenClaims: claims }),
    why: ['given an ID token'],
    first: 'refresh-credentials',
  },
  {
    row: 45,
    what: 'an access token of another pool',
    error: notAuthorized('GetUser', 'Could not verify signature for Access Token'),
    why: ['another pool or region'],
    first: 'refresh-credentials',
  },
  {
    row: 46,
    what: 'a revoked access token',
    error: notAuthorized('GetUser', 'Access Token has been revoked'),
    why: ['signature and its times are still right'],
    first: 'sign-in-again',
  },
];
