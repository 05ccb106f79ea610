import type { Iam } from '../iam';
import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, optionalText, requiredText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { RoleRefused, type RoleSession, type RoleSessions } from './role-sessions';
import { readSessionPolicies } from './session-policies';
import { invalidToken, readWebIdentity, type WebIdentity, type WebIdentityParts } from './web-identity';

export interface AssumeParts extends WebIdentityParts {
  readonly iam: Pick<Iam, 'findOidcProvider' | 'managedPolicyText'>;
  readonly roleSessions: RoleSessions;
}

const DEFAULT_SECONDS = 3600;

/** AssumeRoleWithWebIdentity: unsigned, the token is all the proof. */
export function assumeRoleWithWebIdentity(parts: AssumeParts): Operation {
  return async (input) => {
    const request = withValidationErrors(() => ({
      roleArn: requiredText(input, 'RoleArn', { min: 20, max: 2048 }),
      sessionName: requiredText(input, 'RoleSessionName', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }),
      token: requiredText(input, 'WebIdentityToken', { min: 4, max: 20_000, secret: true }),
      durationSeconds: readDuration(input),
      policies: readSessionPolicies(input, parts.iam),
    }));
    if (optionalText(input, 'ProviderId', { max: 2048 }) !== undefined) {
      throw invalidToken('The sandbox takes OpenID Connect tokens only, which need no ProviderId.');
    }
    const { roleArn, sessionName, durationSeconds, policies } = request;
    const identity = await readWebIdentity(parts, request.token);
    try {
      const session = parts.roleSessions.assume({
        roleArn,
        sessionName,
        federated: identity.federated,
        context: identity.context,
        tags: identity.tags,
        durationSeconds,
        ...(policies === undefined ? {} : { sessionPolicies: policies }),
      });
      return answer(session, identity, policies !== undefined || Object.keys(identity.tags).length > 0);
    } catch (error) {
      throw error instanceof RoleRefused ? refusal(error) : error;
    }
  };
}

/** STS calls a parameter that breaks its constraints a ValidationError. */
function withValidationErrors<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AwsError && error.code === 'InvalidParameterException'
      ? new AwsError('ValidationError', error.message)
      : error;
  }
}

function readDuration(input: Input): number {
  const text = optionalText(input, 'DurationSeconds');
  if (text === undefined) {
    return DEFAULT_SECONDS;
  }
  if (!/^\d{1,9}$/.test(text)) {
    throw new AwsError('MalformedInput', 'DurationSeconds must be an integer');
  }
  const seconds = Number(text);
  if (seconds < 900) {
    throw constraintError('DurationSeconds', seconds, 'have value greater than or equal to 900');
  }
  if (seconds > 43_200) {
    throw constraintError('DurationSeconds', seconds, 'have value less than or equal to 43200');
  }
  return seconds;
}

function refusal({ reason, message }: RoleRefused): AwsError {
  switch (reason) {
    case 'no-role':
    case 'trust':
    case 'tag-session':
      return new AwsError('AccessDenied', message, 403);
    case 'duration':
      return new AwsError('ValidationError', message);
    case 'packed-policy':
      return new AwsError('PackedPolicyTooLarge', message);
  }
}

function answer(session: RoleSession, identity: WebIdentity, packed: boolean): Record<string, unknown> {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, principal } = session.credentials;
  return {
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    AssumedRoleUser: { Arn: principal.arn, AssumedRoleId: principal.userId },
    Credentials: {
      SessionToken: sessionToken,
      SecretAccessKey: secretAccessKey,
      Expiration: new Date(expiresAt),
      AccessKeyId: accessKeyId,
    },
    Provider: identity.federated,
    ...(packed ? { PackedPolicySize: session.packedPercent } : {}),
  };
}
