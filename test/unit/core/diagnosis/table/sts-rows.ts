import type { Connection } from '../../../../../src/core/connection/model';
import type { ErrorContext } from '../../../../../src/core/diagnosis';
import type { ServiceError } from '../../../../../src/core/errors';
import { connection, identityId, nowMs, refusal, scene } from '../scene';
import type { Expectation } from './expectation';

const sts = (code: string, message: string): ServiceError =>
  refusal('sts', 'AssumeRoleWithWebIdentity', code, message);

const basic: Connection = {
  ...connection,
  identityPool: {
    identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000000',
    flow: 'basic',
    roleArn: 'arn:aws:iam::123456789012:role/app/Readers',
    durationSeconds: 7200,
  },
};
const flow = (more: Partial<ErrorContext> = {}): ErrorContext =>
  scene({ connection: basic, identityId, ...more });

/** Part D: the last step of the basic flow. */
export const stsRows: readonly Expectation[] = [
  {
    row: 99,
    what: 'a trust policy that does not fit',
    error: sts('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
    context: flow(),
    title: ['Role Readers does not trust'],
    why: ['trust policy', 'does not exist'],
    causes: [
      '"cognito-identity.amazonaws.com:aud" of the trust policy is not eu-west-1:00000000',
      'this token has "authenticated"',
      identityId,
      'must allow sts:AssumeRoleWithWebIdentity',
      'sts:TagSession',
      'no role of this name',
    ],
    first: 'find-cause',
    also: ['choose-role', 'copy-cli-command'],
    cli: ['aws iam get-role --role-name Readers --query Role.AssumeRolePolicyDocument'],
  },
  {
    row: 99,
    what: 'the same for a guest, of a role that is chosen for the identity',
    error: sts('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
    context: flow({ identityKind: 'guest', roleArn: 'arn:aws:iam::123456789012:role/Guests' }),
    title: ['Role Guests'],
    causes: ['this token has "unauthenticated"'],
    first: 'find-cause',
    cli: ['--role-name Guests'],
  },
  {
    row: 99,
    what: 'tags that the trust policy does not let in',
    error: sts('AccessDenied', 'User: x is not authorized to perform: sts:TagSession on resource: y'),
    context: flow(),
    title: ['Role Readers does not let tags in'],
    first: 'find-cause',
  },
  {
    row: 100,
    what: 'something that is no token',
    error: sts(
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    ),
    context: flow(),
    why: ['GetOpenIdToken'],
    first: 'refresh-credentials',
    also: ['use-enhanced-flow'],
  },
  {
    row: 101,
    what: 'a token that is too old',
    error: sts('ExpiredTokenException', 'Token expired: current date/time X must be before the expiration Y'),
    context: flow({ serverDateMs: nowMs + 20 * 60_000 }),
    why: ['10 minutes', 'Your clock is 20 minutes behind'],
    first: 'refresh-credentials',
    also: ['check-clock'],
  },
  {
    row: 101,
    what: "a developer's token that is too old",
    error: sts('ExpiredTokenException', 'Token too old'),
    context: flow({ identityKind: 'developer' }),
    first: 'sign-in-as-developer',
  },
  {
    row: 102,
    what: 'a token without keys',
    error: sts('InvalidIdentityToken', "Couldn't retrieve verification key from your identity provider"),
    context: flow(),
    why: ['OpenID Connect provider in IAM'],
    first: 'refresh-credentials',
  },
  {
    row: 102,
    what: 'a token of a stand-in at the STS of AWS',
    error: sts('InvalidIdentityToken', 'No OpenIDConnect provider found in your account'),
    context: flow({ connection: { ...basic, endpoints: { cognitoIdentity: 'http://127.0.0.1:4566' } } }),
    fix: ['"cognitoIdentity" and "sts" must belong to the same place'],
    first: 'edit-connection',
  },
  {
    row: 103,
    what: 'a session that is too long',
    error: sts(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ),
    context: flow(),
    why: ['7200 seconds', 'MaxSessionDuration'],
    first: 'edit-connection',
    cli: ['--role-name Readers --query Role.MaxSessionDuration'],
  },
  {
    row: 104,
    what: 'policy and tags that are too large',
    error: sts('PackedPolicyTooLarge', 'Packed size of session tags consumes 147% of allotted space.'),
    context: flow(),
    why: ['147%'],
    fix: ['identityPool.sessionPolicy'],
    first: 'edit-connection',
  },
  {
    row: 104,
    id: 'D.MalformedPolicy',
    what: 'a session policy that is none',
    error: sts('MalformedPolicyDocument', 'Syntax errors in policy.'),
    context: flow(),
    why: ['identityPool.sessionPolicy'],
    first: 'edit-connection',
  },
  {
    row: 105,
    what: 'a region that is off',
    error: sts('RegionDisabledException', 'STS is not activated in this region for account'),
    context: flow(),
    title: ['eu-west-1'],
    fix: ['endpoints.sts'],
    first: 'edit-connection',
  },
  {
    row: 106,
    what: 'a provider that does not answer',
    error: sts('IDPCommunicationError', 'x'),
    context: flow(),
    first: 'retry',
  },
  {
    row: 106,
    what: 'a provider that takes its token back',
    error: sts('IDPRejectedClaim', 'x'),
    context: flow(),
    why: ['revoked'],
    first: 'sign-in-again',
  },
];
