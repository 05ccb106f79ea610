import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/diagnosis';
import type { ActionId, ErrorContext } from '../../../../src/core/diagnosis';
import type { ServiceError } from '../../../../src/core/errors';
import { claims, identityId, nowMs, refusal, scene, secretConnection, sub } from './scene';

interface Expectation {
  /** Number in the error table. */
  readonly row: number;
  readonly what: string;
  readonly error: ServiceError;
  readonly context?: ErrorContext;
  readonly id?: string;
  readonly title?: readonly string[];
  readonly why?: readonly string[];
  readonly fix?: readonly string[];
  readonly causes?: readonly string[];
  readonly first: ActionId;
  readonly also?: readonly ActionId[];
  readonly cli?: readonly string[];
}

const notAuthorized = (operation: string, message: string, flow?: string): ServiceError =>
  refusal('cognito-idp', operation, 'NotAuthorizedException', message, flow ? { flow } : {});
const pool = (operation: string, code: string, message: string): ServiceError =>
  refusal('cognito-identity', operation, code, message);
const s3 = (operation: string, code: string, message = 'Access Denied', extra = {}): ServiceError =>
  refusal('s3', operation, code, message, extra);
const place = (more: Partial<ErrorContext>): ErrorContext =>
  scene({ bucket: 'notes', identityId, tokenClaims: claims, roleName: 'Readers', ...more });
const mine = `s3://notes/private/${identityId}/`;

const table: readonly Expectation[] = [
  {
    row: 1,
    what: 'wrong password, unknown user or expired invitation',
    error: notAuthorized('InitiateAuth', 'Incorrect username or password.'),
    title: ['reader'],
    why: ['does not exist', 'temporary password'],
    causes: ['password is wrong', 'PreventUserExistenceErrors', 'TemporaryPasswordValidityDays'],
    first: 'sign-in-again',
    cli: ['admin-get-user', '--region us-west-2', '--user-pool-id us-west-2_AbCdEfGhI', '--username reader'],
  },
  {
    row: 2,
    what: 'lockout, with the seconds that follow from the failures',
    error: notAuthorized('InitiateAuth', 'Password attempts exceeded'),
    context: scene({ failedAttempts: 10 }),
    title: ['locked reader out'],
    why: ['10 sign-ins', '32 seconds'],
    fix: ['32 seconds', '15 quiet minutes', 'right password is refused'],
    first: 'sign-in-again',
  },
  {
    row: 2,
    what: 'lockout caused elsewhere',
    error: notAuthorized('InitiateAuth', 'Password attempts exceeded'),
    fix: ['between 1 second and 15 minutes'],
    first: 'sign-in-again',
  },
  {
    row: 3,
    what: 'a silent lockout behind the words of a wrong password',
    error: notAuthorized('RespondToAuthChallenge', 'Incorrect username or password.'),
    context: scene({ failedAttempts: 5, connection: secretConnection }),
    title: ['reader', '5 failures'],
    why: ['also refuses the right password'],
    fix: ['1 second'],
    causes: ['locked out', 'client secret of app client 7g0client is wrong'],
    first: 'sign-in-again',
  },
  {
    row: 4,
    what: 'a secret hash that is missing',
    error: notAuthorized('InitiateAuth', 'Unable to verify secret hash for client 7g0client'),
    title: ['app client 7g0client'],
    why: ['does not know it'],
    fix: ['Show client secret'],
    first: 'set-client-secret',
  },
  {
    row: 4,
    what: 'a secret hash of another secret',
    error: notAuthorized('InitiateAuth', 'Unable to verify secret hash for client 7g0client'),
    context: scene({ connection: secretConnection }),
    why: ['is not the one of the client'],
    first: 'set-client-secret',
  },
  {
    row: 4,
    what: 'a wrong secret at GetTokensFromRefreshToken, which takes no hash',
    error: notAuthorized('GetTokensFromRefreshToken', 'Unable to verify secret hash for client 7g0client'),
    first: 'set-client-secret',
  },
  {
    row: 5,
    what: 'nothing sent to a client with a secret',
    error: notAuthorized(
      'InitiateAuth',
      'Client 7g0client is configured for secret but secret was not received',
    ),
    title: ['App client 7g0client has a secret'],
    first: 'set-client-secret',
  },
  {
    row: 5,
    what: 'the other wording',
    error: notAuthorized(
      'InitiateAuth',
      'Client 7g0client is configured with secret but SECRET_HASH was not received',
    ),
    first: 'set-client-secret',
  },
  {
    row: 6,
    what: 'a secret for a public client',
    error: notAuthorized(
      'InitiateAuth',
      'Client 7g0client is not configured for secret but secret was received',
    ),
    title: ['has no secret'],
    why: ['public client'],
    first: 'remove-client-secret',
  },
  {
    row: 7,
    what: 'the hash of a refresh after a sign-in by alias',
    error: notAuthorized(
      'InitiateAuth',
      'SecretHash does not match for the client: 7g0client',
      'REFRESH_TOKEN_AUTH',
    ),
    context: scene({ username: 'r@example.com', tokenClaims: claims, connection: secretConnection }),
    why: ['e-mail address', 'cognito:username', 'here reader'],
    first: 'sign-in-again',
    also: ['set-client-secret'],
  },
  {
    row: 7,
    what: 'the same in the words of a missing hash',
    error: notAuthorized(
      'InitiateAuth',
      'Unable to verify secret hash for client 7g0client',
      'REFRESH_TOKEN_AUTH',
    ),
    first: 'sign-in-again',
  },
  {
    row: 8,
    what: 'an SRP proof that fails for an alias',
    error: notAuthorized('RespondToAuthChallenge', 'Incorrect username or password.'),
    context: scene({ username: 'r@example.com' }),
    title: ['r@example.com'],
    why: ['USER_ID_FOR_SRP', 'after the underscore'],
    first: 'sign-in-again',
    also: ['sign-in-with-password'],
  },
  {
    row: 9,
    what: 'password flow not allowed',
    error: refusal(
      'cognito-idp',
      'InitiateAuth',
      'InvalidParameterException',
      'USER_PASSWORD_AUTH flow not enabled for this client',
    ),
    title: ['App client 7g0client', 'password flow'],
    why: ['ALLOW_USER_PASSWORD_AUTH'],
    fix: ['SRP', 'resets every setting'],
    first: 'sign-in-with-srp',
    cli: ['update-user-pool-client', '--client-id 7g0client', 'ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH'],
  },
  {
    row: 10,
    what: 'SRP not allowed',
    error: refusal(
      'cognito-idp',
      'InitiateAuth',
      'InvalidParameterException',
      'USER_SRP_AUTH is not enabled for the client.',
    ),
    why: ['ALLOW_USER_SRP_AUTH'],
    first: 'sign-in-with-password',
  },
  {
    row: 17,
    what: 'sign-up not confirmed',
    error: refusal('cognito-idp', 'InitiateAuth', 'UserNotConfirmedException', 'User is not confirmed.'),
    title: ['reader', 'confirmed'],
    fix: ['resend-confirmation-code'],
    first: 'copy-cli-command',
    cli: ['confirm-sign-up', '--client-id 7g0client', '--username reader'],
  },
  {
    row: 18,
    what: 'password reset required',
    error: refusal(
      'cognito-idp',
      'InitiateAuth',
      'PasswordResetRequiredException',
      'Password reset required for the user',
    ),
    title: ['reader', 'new password'],
    fix: ['confirm-forgot-password'],
    first: 'copy-cli-command',
    cli: ['forgot-password', '--client-id 7g0client'],
  },
  {
    row: 19,
    what: 'no such user',
    error: refusal('cognito-idp', 'InitiateAuth', 'UserNotFoundException', 'User does not exist.'),
    title: ['no user reader', 'us-west-2_AbCdEfGhI'],
    why: ['upper and lower case', 'e-mail'],
    first: 'sign-in-again',
    cli: ['describe-user-pool', 'AliasAttributes'],
  },
  {
    row: 19,
    what: 'a user deleted since the sign-in',
    error: refusal(
      'cognito-idp',
      'GetTokensFromRefreshToken',
      'UserNotFoundException',
      'User does not exist.',
    ),
    title: ['no longer exists'],
    why: ['deleted after this sign-in'],
    first: 'sign-in-again',
  },
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
  {
    row: 63,
    what: 'an identity pool that is not there',
    error: pool('GetId', 'ResourceNotFoundException', "IdentityPool 'eu-west-1:0' not found."),
    title: ['identity pool eu-west-1:00000000'],
    why: ['eu-west-1'],
    first: 'edit-connection',
  },
  {
    row: 64,
    what: 'a signed-in user taken for a guest',
    error: pool(
      'GetId',
      'NotAuthorizedException',
      'Unauthenticated access is not supported for this identity pool.',
    ),
    context: scene({ tokenClaims: claims }),
    title: ['reader for a guest'],
    why: ['no token reached'],
    first: 'edit-connection',
  },
  {
    row: 64,
    what: 'a guest where none are admitted',
    error: pool(
      'GetId',
      'NotAuthorizedException',
      'Unauthenticated access is not supported for this identity pool.',
    ),
    context: scene({ username: undefined }),
    title: ['Guests'],
    first: 'sign-in-again',
    also: ['copy-cli-command'],
    cli: ['AllowUnauthenticatedIdentities: `true`', 'update-identity-pool'],
  },
  {
    row: 65,
    what: 'a client that is not linked to the identity pool',
    error: pool(
      'GetId',
      'NotAuthorizedException',
      'Token is not from a supported provider of this identity pool.',
    ),
    context: scene({ tokenClaims: claims }),
    why: ['https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI', 'client 7g0client'],
    first: 'copy-cli-command',
    cli: [
      '--region eu-west-1',
      '"ProviderName":"cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI","ClientId":"7g0client"',
      'update-identity-pool --region eu-west-1 --cli-input-json',
    ],
  },
  {
    row: 65,
    what: 'a token for another client than the connection names',
    error: pool(
      'GetId',
      'NotAuthorizedException',
      'Token is not from a supported provider of this identity pool.',
    ),
    context: scene({
      tokenClaims: {
        ...claims,
        aud: '3kfother',
        iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_Other',
      },
    }),
    why: ['client 3kfother'],
    fix: ['names client 7g0client', 'add client 3kfother'],
    causes: ['us-west-2_Other; the connection names user pool us-west-2_AbCdEfGhI'],
    first: 'sign-in-again',
  },
  {
    row: 66,
    what: 'an access token at the identity pool',
    error: pool('GetId', 'NotAuthorizedException', 'Invalid login token. Missing a required claim: aud'),
    title: ['access token'],
    why: ['ID token', '"aud"'],
    first: 'sign-in-again',
  },
  {
    row: 67,
    what: 'a login name of another issuer',
    error: pool('GetId', 'NotAuthorizedException', "Invalid login token. Issuer doesn't match providerName"),
    context: scene({ tokenClaims: { ...claims, iss: 'https://accounts.google.com' } }),
    why: ['https://accounts.google.com', 'cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI'],
    first: 'edit-connection',
  },
  {
    row: 67,
    what: 'the same with a typographic apostrophe',
    error: pool('GetId', 'NotAuthorizedException', 'Invalid login token. Issuer doesn’t match providerName'),
    first: 'edit-connection',
  },
  {
    row: 68,
    what: 'something that is no token',
    error: pool(
      'GetId',
      'NotAuthorizedException',
      'Invalid login token. Not a valid OpenId Connect identity token.',
    ),
    why: ['SAML', 'ID token'],
    first: 'sign-in-again',
  },
  {
    row: 69,
    what: 'an expired ID token, with its age',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      `Invalid login token. Token expired: ${nowMs / 1000} >= ${nowMs / 1000 - 600}`,
    ),
    why: ['10 minutes ago'],
    first: 'refresh-credentials',
  },
  {
    row: 69,
    what: 'an expired ID token and a clock that runs late',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      `Invalid login token. Token expired: ${nowMs / 1000 + 900} >= ${nowMs / 1000 + 300}`,
    ),
    why: ['10 minutes ago', 'Your clock is 15 minutes behind'],
    first: 'refresh-credentials',
    also: ['check-clock'],
  },
  {
    row: 70,
    what: 'a signature that does not fit',
    error: pool('GetId', 'NotAuthorizedException', "Invalid login token. Couldn't verify signed token."),
    context: scene({ tokenClaims: claims }),
    title: ['signature'],
    why: ['keys that https://cognito-idp.us-west-2'],
    first: 'sign-in-again',
  },
  {
    row: 75,
    what: 'an identity that was merged away',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      `Access to Identity '${identityId}' is forbidden.`,
    ),
    context: scene({ identityId }),
    title: [identityId],
    why: ['merged'],
    first: 'refresh-credentials',
  },
  {
    row: 76,
    what: 'an identity ID of another user',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      "Logins don't match. Please include at least one valid login for this identity",
    ),
    context: scene({ identityId }),
    why: ['reader', identityId],
    first: 'refresh-credentials',
  },
  {
    row: 77,
    what: 'an identity that was deleted',
    error: pool(
      'GetCredentialsForIdentity',
      'ResourceNotFoundException',
      `Identity '${identityId}' not found.`,
    ),
    context: scene({ identityId }),
    title: [identityId],
    why: ['deleted'],
    first: 'refresh-credentials',
  },
  ...[78, 79, 80].map((row): Expectation => ({
    row,
    id: 'C78',
    what: 'a role that STS refuses, with all causes in order',
    error: pool(
      'GetCredentialsForIdentity',
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    ),
    context: scene({ tokenClaims: claims, identityId }),
    why: ['STS refused', 'administrator'],
    causes: [
      'No authenticated role',
      'cognito-identity.amazonaws.com:aud" must be eu-west-1:00000000',
      'sts:AssumeRoleWithWebIdentity',
      'mistyped',
      ':amr',
      'sts:TagSession',
      '460 bytes',
    ],
    first: 'copy-cli-command',
    cli: ['get-identity-pool-roles', '--identity-pool-id eu-west-1:00000000'],
  })),
  {
    row: 86,
    what: 'an ambiguous role',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      'The ambiguous role mapping rules for: cognito denied this request.',
    ),
    context: scene({ tokenClaims: { ...claims, 'cognito:groups': ['a', 'b'] } }),
    why: ['groups a, b', 'roles (none)'],
    first: 'edit-connection',
  },
  {
    row: 107,
    what: 'a clock that is off, measured by the signature message',
    error: refusal(
      'sts',
      'GetCallerIdentity',
      'InvalidSignatureException',
      'Signature expired: 20260714T120000Z is now earlier than 20260714T121500Z (20260714T122000Z - 5 min.)',
    ),
    title: ['clock'],
    why: ['20 minutes behind'],
    first: 'check-clock',
  },
  {
    row: 107,
    what: "S3's form, measured by the Date header",
    error: s3(
      'GetObject',
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        serverDateMs: nowMs - 20 * 60_000,
      },
    ),
    why: ['20 minutes ahead'],
    first: 'check-clock',
  },
  {
    row: 108,
    what: 'ListBuckets',
    error: s3('ListBuckets', 'AccessDenied'),
    context: place({ likelyLocations: [mine] }),
    why: ['s3:ListAllMyBuckets'],
    fix: ['s3://bucket/prefix/'],
    first: 'open-likely-locations',
  },
  {
    row: 109,
    what: 'the top of a bucket',
    error: s3('ListObjectsV2', 'AccessDenied'),
    context: place({ prefix: '', likelyLocations: [mine, 's3://notes/public/'] }),
    title: ['top of bucket notes'],
    why: ['s3:prefix'],
    fix: [mine, 's3://notes/public/'],
    first: 'open-likely-locations',
  },
  {
    row: 109,
    what: 'a folder that is not yours',
    error: s3('ListObjectsV2', 'AccessDenied'),
    context: place({ prefix: 'secret/', likelyLocations: [mine, 's3://notes/secret/'] }),
    title: ['s3://notes/secret/'],
    why: ['role Readers', 's3:prefix'],
    fix: [`Likely to work: ${mine}`],
    first: 'open-likely-locations',
  },
  {
    row: 109,
    what: 'a folder that is not yours, nothing else known',
    error: s3('ListObjectsV2', 'AccessDenied'),
    context: place({ prefix: 'secret/' }),
    fix: ['public/'],
    first: 'show-details',
  },
  {
    row: 110,
    what: 'the sub of the user pool in the path',
    error: s3('GetObject', 'AccessDenied'),
    context: place({ key: `private/${sub}/a.txt`, likelyLocations: [mine] }),
    why: [sub, identityId, '"sub"'],
    fix: [mine],
    first: 'open-likely-locations',
  },
  {
    row: 110,
    what: 'an identity ID without its region',
    error: s3('ListObjectsV2', 'AccessDenied'),
    context: place({ prefix: `private/${identityId.slice(10)}/` }),
    why: ['without its region', identityId],
    fix: [`private/${identityId}/`],
    first: 'edit-connection',
  },
  {
    row: 110,
    what: "another identity's folder",
    error: s3('HeadObject', 'Unknown', 'UnknownError', { status: 403 }),
    context: place({ key: 'private/eu-west-1:99999999-1111-4222-8333-444455556666/a.txt' }),
    why: ['belongs to identity eu-west-1:99999999', `you are ${identityId}`],
    first: 'edit-connection',
  },
  {
    row: 110,
    what: 'a prefix without its slash',
    error: s3('ListObjectsV2', 'AccessDenied'),
    context: place({ prefix: `private/${identityId}`, likelyLocations: [mine] }),
    why: ['no slash at its end'],
    fix: [mine],
    first: 'open-likely-locations',
  },
  {
    row: 111,
    what: 'a guest kept out by the session policy',
    error: s3(
      'GetObject',
      'AccessDenied',
      'User: x is not authorized because no session policy allows the s3:GetObject action',
    ),
    title: ['Guests'],
    first: 'sign-in-again',
  },
  {
    row: 112,
    what: 'an encrypted object',
    error: s3(
      'GetObject',
      'AccessDenied',
      'User: arn:aws:sts::123456789012:assumed-role/Readers/x is not authorized to perform: kms:Decrypt',
    ),
    context: scene({ bucket: 'notes', key: 'a' }),
    why: ['role Readers', 'kms:Decrypt'],
    first: 'show-details',
  },
  {
    row: 113,
    what: 'an object that may not be there',
    error: s3('GetObject', 'AccessDenied'),
    context: place({ key: 'public/a.txt' }),
    title: ['s3://notes/public/a.txt'],
    why: ['does not exist', 'no such key'],
    first: 'show-details',
  },
  {
    row: 113,
    what: 'the same by HEAD, which has no code',
    error: s3('HeadObject', '403', 'UnknownError', { status: 403 }),
    context: place({ key: 'public/a.txt' }),
    why: ['does not exist'],
    first: 'show-details',
  },
  {
    row: 114,
    what: 'a bucket in another region',
    error: s3(
      'ListObjectsV2',
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
      { region: 'ap-south-1' },
    ),
    context: place({ prefix: '' }),
    title: ['bucket notes is in ap-south-1'],
    fix: ['"s3.region"', 'ap-south-1'],
    first: 'edit-connection',
  },
  {
    row: 115,
    what: 'the same in its other form',
    error: s3(
      'ListObjectsV2',
      'AuthorizationHeaderMalformed',
      "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'ap-south-1'",
    ),
    context: place({ prefix: '' }),
    title: ['ap-south-1'],
    why: ['went to eu-west-1'],
    first: 'edit-connection',
  },
  {
    row: 116,
    what: 'keys without their session token',
    error: s3(
      'GetObject',
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    ),
    why: ['ASIA', 'session token'],
    first: 'refresh-credentials',
  },
  {
    row: 117,
    what: 'expired credentials at S3',
    error: s3('GetObject', 'ExpiredToken', 'The provided token has expired.'),
    title: ['expired'],
    first: 'refresh-credentials',
  },
  {
    row: 117,
    what: 'expired credentials at STS',
    error: refusal(
      'sts',
      'GetCallerIdentity',
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ),
    first: 'refresh-credentials',
  },
  {
    row: 119,
    what: 'an explicit deny',
    error: s3(
      'GetObject',
      'AccessDenied',
      'User: x is not authorized to perform: s3:GetObject with an explicit deny in a resource-based policy',
    ),
    context: place({ key: 'a' }),
    why: ['resource-based policy', 'wins over'],
    first: 'show-details',
  },
];

describe('diagnosis: the rows of the error table', () => {
  for (const { row, what, error, context, ...expected } of table) {
    it(`row ${row}: ${what}`, () => {
      const found = explain(error, context ?? scene());
      assert.match(found.id, expected.id ? new RegExp(`^${expected.id}$`) : new RegExp(`^[A-F]${row}$`));
      assertHolds(found.title, expected.title, 'title');
      assertHolds(found.why, expected.why, 'why');
      assertHolds(found.fix, expected.fix, 'fix');
      assert.equal(found.actions[0], expected.first);
      for (const action of expected.also ?? []) assert.ok(found.actions.includes(action), action);
      assertInOrder(found.possibleCauses?.map((cause) => cause.text) ?? [], expected.causes ?? []);
      for (const part of expected.cli ?? []) {
        assert.ok(found.cliCommand?.includes(part), `command: ${found.cliCommand} lacks ${part}`);
      }
    });
  }

  it('covers every row that the issue names (121 and 122 are in own-codes)', () => {
    const required = [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 36, 38, 40, 41, 42, 45, 46],
      ...[63, 64, 65, 66, 67, 68, 69, 70, 75, 76, 77, 78, 79, 80],
      ...[107, 108, 109, 110, 113, 114, 115, 116, 117],
    ];
    const covered = new Set(table.map((entry) => entry.row));
    assert.deepEqual(
      required.filter((row) => !covered.has(row)),
      [],
    );
  });
});

function assertHolds(text: string, parts: readonly string[] | undefined, where: string): void {
  for (const part of parts ?? []) assert.ok(text.includes(part), `${where}: "${text}" lacks "${part}"`);
}

/** Each expected fragment in some cause, later fragments in later causes. */
function assertInOrder(causes: readonly string[], parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = causes.findIndex((cause, index) => index >= from && cause.includes(part));
    assert.ok(at >= 0, `no cause after ${from} holds "${part}": ${JSON.stringify(causes, undefined, 1)}`);
    from = at + 1;
  }
}
