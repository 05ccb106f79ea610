import type { ServiceError } from '../../../../../src/core/errors';
import { claims, connection, identityId, refusal, scene } from '../scene';
import type { Expectation } from './expectation';

const pool = (operation: string, code: string, message: string): ServiceError =>
  refusal('cognito-identity', operation, code, message);
const role = 'arn:aws:iam::123456789012:role/Editors';

/** Rows of part C that come of flows, providers, roles and developer identities. */
export const identityPoolFlowRows: readonly Expectation[] = [
  {
    row: 71,
    what: "another token under the pool's own name",
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      'Invalid login token. Not a Cognito token.',
    ),
    why: ['OpenID token that identity pool eu-west-1:00000000'],
    first: 'sign-in-as-developer',
    also: ['sign-in-with-provider'],
  },
  {
    row: 72,
    what: "a developer's token at GetId",
    error: pool('GetId', 'NotAuthorizedException', "Invalid login token. Can't pass in a Cognito token."),
    why: ['GetId'],
    fix: ['identity ID that came with the token'],
    first: 'sign-in-as-developer',
  },
  ...['NotAuthorizedException', 'InvalidParameterException'].map((code): Expectation => ({
    row: 73,
    what: `a developer provider in a public request (${code})`,
    error: pool('GetOpenIdToken', code, 'Please provide a valid public provider.'),
    why: ['signed with AWS credentials'],
    first: 'sign-in-as-developer',
    also: ['edit-connection'],
    cli: ['--query DeveloperProviderName'],
  })),
  {
    row: 74,
    what: 'an empty token',
    error: pool(
      'GetId',
      'ValidationException',
      "1 validation error detected: Value '{x=}' at 'logins' failed to satisfy constraint: Map value must satisfy constraint",
    ),
    title: ['login of reader is empty'],
    why: ['"openid"'],
    first: 'sign-in-again',
  },
  {
    row: 74,
    what: 'an empty token of a provider',
    error: pool('GetId', 'ValidationException', "Value '{x=}' at 'logins' failed to satisfy constraint"),
    context: scene({ identityKind: 'provider' }),
    first: 'sign-in-with-provider',
  },
  {
    row: 87,
    what: 'a role that the token does not have',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      'The requested role is not among the roles of this login.',
    ),
    context: scene({
      roleArn: role,
      tokenClaims: { ...claims, 'cognito:roles': ['arn:aws:iam::123456789012:role/Readers'] },
    }),
    why: [role, 'role/Readers'],
    first: 'choose-role',
    also: ['find-cause', 'edit-connection'],
  },
  {
    row: 87,
    what: 'a role for a guest',
    error: pool(
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      'The requested role is not the role of guests.',
    ),
    context: scene({ identityKind: 'guest', username: 'guest' }),
    why: ['Another role was asked for', '"cognito:roles": none', 'guests'],
    first: 'choose-role',
  },
  {
    row: 88,
    what: 'the basic flow where it is off',
    error: pool(
      'GetOpenIdToken',
      'InvalidParameterException',
      'Basic (classic) flow is not enabled, please use enhanced flow.',
    ),
    why: ['AllowClassicFlow'],
    first: 'use-enhanced-flow',
    also: ['copy-cli-command'],
    cli: ['{AllowClassicFlow: `true`}', 'update-identity-pool'],
  },
  {
    row: 89,
    what: 'the basic flow beside role mappings',
    error: pool(
      'GetOpenIdToken',
      'InvalidParameterException',
      'Basic (classic) flow is not supported with RoleMappings enabled, please use enhanced flow.',
    ),
    title: ['does not go with role mappings'],
    first: 'use-enhanced-flow',
    cli: ['get-identity-pool-roles'],
  },
  {
    row: 90,
    what: 'a login of another identity',
    error: pool('GetId', 'ResourceConflictException', 'Logins are already linked to different identities.'),
    context: scene({ identityId }),
    title: [identityId],
    why: ['leads to another identity already'],
    fix: ['unlink'],
    first: 'sign-in-with-provider',
  },
  {
    row: 91,
    what: 'a developer user that has an identity',
    error: pool('GetOpenIdTokenForDeveloperIdentity', 'DeveloperUserAlreadyRegisteredException', 'x'),
    fix: ['without an identity ID', 'merge'],
    first: 'manage-developer-identities',
    also: ['sign-in-as-developer'],
  },
  {
    row: 92,
    what: 'another name of the developer provider',
    error: pool(
      'GetOpenIdTokenForDeveloperIdentity',
      'InvalidParameterException',
      'Identity pool does not support the specified developer provider.',
    ),
    context: scene({
      connection: {
        ...connection,
        identityPool: {
          identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000000',
          flow: 'enhanced',
          developerProvider: 'login.other',
        },
      },
    }),
    why: ['"login.other"'],
    first: 'edit-connection',
    also: ['copy-cli-command'],
    cli: ['--query DeveloperProviderName'],
  },
  ...['AccessDeniedException', 'MissingAuthenticationTokenException', 'UnrecognizedClientException'].map(
    (code): Expectation => ({
      row: 93,
      what: `a developer's request without the right profile (${code})`,
      error: pool('GetOpenIdTokenForDeveloperIdentity', code, 'User: x is not authorized to perform: y'),
      title: ['AWS profile', 'GetOpenIdTokenForDeveloperIdentity'],
      why: ['cognito-identity:GetOpenIdTokenForDeveloperIdentity'],
      fix: ['cognitoWorkbench.awsProfile'],
      first: 'set-aws-profile',
    }),
  ),
  {
    row: 93,
    id: 'S.Administrator',
    what: 'an administrator who may not read roles',
    error: refusal('iam', 'GetRole', 'AccessDenied', 'User: x is not authorized to perform: iam:GetRole'),
    why: ['iam:GetRole'],
    first: 'set-aws-profile',
  },
  {
    row: 93,
    id: 'S.Administrator',
    what: 'an AWS profile whose sign-in has expired',
    error: pool('DescribeIdentityPool', 'ExpiredTokenException', 'The security token is expired'),
    title: ['AWS profile has expired'],
    fix: ['aws sso login'],
    first: 'set-aws-profile',
  },
  {
    row: 94,
    what: 'a principal tag that is no text',
    error: pool(
      'GetOpenIdTokenForDeveloperIdentity',
      'SerializationException',
      'Start of list found where not expected',
    ),
    why: ['principal tag'],
    fix: ['NAME=VALUE'],
    first: 'sign-in-as-developer',
  },
  {
    row: 95,
    what: 'a resource control policy',
    error: pool(
      'GetId',
      'AccessDeniedException',
      'User: anonymous is not authorized to perform: cognito-identity:GetId with an explicit deny in a resource control policy',
    ),
    title: ['organization forbids GetId'],
    why: ['RCP'],
    first: 'show-details',
  },
  ...['Invalid login token. Token is revoked.', 'Token has been revoked'].map((message): Expectation => ({
    row: 96,
    what: `a sign-in that the user pool has ended: ${message}`,
    error: pool('GetCredentialsForIdentity', 'NotAuthorizedException', message),
    title: ['sign-in of reader is over'],
    why: ['ServerSideTokenCheck'],
    first: 'sign-in-again',
  })),
  {
    row: 97,
    what: 'a mapping for a provider that is not there',
    error: pool(
      'SetIdentityPoolRoles',
      'InvalidParameterException',
      'cognito-idp.x is not a valid RoleMapping ProviderName or is not a configured provider.',
    ),
    why: ['cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI:7g0client'],
    first: 'copy-cli-command',
    cli: ['describe-identity-pool'],
  },
  {
    row: 98,
    what: 'a provider that cannot be reached',
    error: pool('GetId', 'ExternalServiceException', 'The identity provider failed.'),
    title: ['could not reach the provider'],
    first: 'retry',
  },
];
