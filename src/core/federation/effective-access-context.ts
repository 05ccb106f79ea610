import { identityPoolPrincipal } from '../connection/derive';
import { type ContextValues, keysLike, policyContext, type PolicyContext } from '../policy';
import { parseRole } from './role';
import { regionOf } from './trust-check-request';

/** What the requests of a session carry, as far as it follows from the session. */
export interface SessionFacts {
  readonly poolId: string;
  readonly identityId: string;
  readonly amr: readonly string[];
  readonly roleArn: string;
  /** `AROA…`; without it `aws:userid` is not known. */
  readonly roleId?: string | undefined;
  /** As in the ARN of the session; `CognitoIdentityCredentials` in the enhanced flow. */
  readonly sessionName?: string | undefined;
  /** Principal tags; undefined where they are not known. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly nowMs: number;
  /** False where S3 is reached without TLS. */
  readonly isSecure?: boolean | undefined;
}

/** Keys that S3 requests of ours do not have, and keys that belong to other kinds of principals. */
const ABSENT = keysLike(
  ...[
    'aws:username',
    'aws:SourceIdentity',
    'aws:ViaAWSService',
    'aws:CalledVia*',
    'aws:PrincipalServiceName*',
  ],
  ...['s3:prefix', 's3:delimiter', 's3:max-keys', 's3:VersionId', 's3:x-amz-*', 's3:RequestObjectTag*'],
  ...['s3:object-lock-*', 's3:if-match', 's3:if-none-match', 'sts:*'],
);
const TAGS = keysLike('aws:PrincipalTag/*');
const OF_IDENTITY_POOLS = keysLike('cognito-identity*');

/** The condition keys of one S3 request. `own` are those of the operation, e.g. `s3:prefix`. */
export function sessionContext(session: SessionFacts, own: ContextValues): PolicyContext {
  const { poolId, identityId, amr, roleArn, roleId, tags, nowMs } = session;
  const principal = identityPoolPrincipal(regionOf({ poolId }));
  const accountId = parseRole(roleArn)?.accountId;
  const values: ContextValues = {
    [`${principal}:aud`]: poolId,
    [`${principal}:amr`]: amr,
    [`${principal}:sub`]: identityId,
    'aws:FederatedProvider': principal,
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': String(session.isSecure ?? true),
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1000)),
    ...(accountId === undefined ? {} : { 'aws:PrincipalAccount': accountId }),
    ...(roleId === undefined
      ? {}
      : { 'aws:userid': `${roleId}:${session.sessionName ?? 'CognitoIdentityCredentials'}` }),
    ...Object.fromEntries(
      Object.entries(tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
    ...own,
  };
  return policyContext(values, (key) =>
    TAGS(key) ? tags !== undefined : ABSENT(key) || OF_IDENTITY_POOLS(key),
  );
}
