import { loginKeyOf } from '../connection/derive';
import type { Connection } from '../connection/model';
import { isServiceError, WorkbenchError } from '../errors';
import type { Clock, IdentityPoolApi } from '../ports';
import { throwIfAborted } from '../session/abort';
import type { AwsCredentials } from '../session/model';

export interface FederationRequest {
  readonly connection: Connection;
  readonly idToken: string | undefined;
  /** As stored for this identity; without it the identity pool is asked. */
  readonly identityId?: string | undefined;
  /** Instead of the connection's `roleArn`. */
  readonly customRoleArn?: string | undefined;
}

export interface Federated {
  /** As the identity pool gave it back; it replaces the one that is stored. */
  readonly identityId: string;
  readonly credentials: AwsCredentials;
}

/**
 * Enhanced flow: an ID token for AWS credentials, by GetId (only without an identity ID) and GetCredentialsForIdentity.
 * An identity ID that the pool no longer honours is replaced once. Throws `federation.no-identity-pool`,
 * `federation.no-id-token`, `signin.flow-unsupported` (basic flow), CancelledError, and what the API throws.
 */
export async function federate(
  request: FederationRequest,
  api: IdentityPoolApi,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Federated> {
  const { connection } = request;
  const pool = connection.identityPool;
  if (!pool) throw new WorkbenchError('federation.no-identity-pool', 'the connection has no identity pool');
  if (pool.flow !== 'enhanced') {
    throw new WorkbenchError('signin.flow-unsupported', 'basic flow: not built yet', { flow: pool.flow });
  }
  const logins = loginsOf(connection, request.idToken);

  const getId = (): Promise<string> => {
    throwIfAborted(signal);
    return api.getId({ identityPoolId: pool.identityPoolId, accountId: pool.accountId, logins }, signal);
  };
  const getCredentials = async (identityId: string): Promise<Federated> => {
    throwIfAborted(signal);
    const customRoleArn = request.customRoleArn ?? pool.roleArn;
    const answer = await api.getCredentialsForIdentity({ identityId, logins, customRoleArn }, signal);
    const credentials = { ...answer.credentials, issuedAt: clock.now() };
    return { identityId: answer.identityId, credentials };
  };

  if (request.identityId === undefined) return getCredentials(await getId());
  try {
    return await getCredentials(request.identityId);
  } catch (error) {
    if (!isStaleIdentity(error)) throw error;
    return getCredentials(await getId());
  }
}

/** Whether the identity pool refused the token as too old; a fresh one may be accepted (our clock may be behind). */
export function isExpiredLogin(error: unknown): boolean {
  return refused(error, 'NotAuthorizedException', /token (is )?expired/i);
}

/** Whether the stored identity ID was merged away, given to another login, or deleted (error rows 75 to 77). */
export function isStaleIdentity(error: unknown): boolean {
  return (
    refused(error, 'NotAuthorizedException', /access to identity .* is forbidden|logins don't match/i) ||
    refused(error, 'ResourceNotFoundException', /identity .* not found/i)
  );
}

function refused(error: unknown, awsCode: string, message: RegExp): boolean {
  return (
    isServiceError(error) &&
    error.service === 'cognito-identity' &&
    error.awsCode === awsCode &&
    message.test(error.awsMessage)
  );
}

function loginsOf(connection: Connection, idToken: string | undefined): Record<string, string> {
  const key = loginKeyOf(connection);
  if (!idToken || key === undefined) {
    const detail = idToken ? 'no login key' : 'no ID token';
    throw new WorkbenchError('federation.no-id-token', `nothing to give to the identity pool: ${detail}`, {
      detail,
    });
  }
  return { [key]: idToken };
}
