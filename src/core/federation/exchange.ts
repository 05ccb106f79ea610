import type { Connection } from '../connection/model';
import { isServiceError, WorkbenchError } from '../errors';
import type { Clock, IdentityPoolApi, StsApi } from '../ports';
import { throwIfAborted } from '../session/abort';
import type { AwsCredentials, Exchange } from '../session/model';
import { developerLoginKey, type Logins } from './logins';

export interface FederationRequest {
  readonly connection: Connection;
  /** Empty for a guest. */
  readonly logins: Logins;
  /** As stored for this identity; without it the identity pool is asked. */
  readonly identityId?: string | undefined;
  /** Instead of the connection's `roleArn`: CustomRoleArn of the enhanced flow, the role of the basic one. */
  readonly roleArn?: string | undefined;
  /** Instead of the connection's `flow`. */
  readonly flow?: Exchange['flow'] | undefined;
  /** Basic flow: tells the sessions of a role apart in CloudTrail. */
  readonly sessionName?: string | undefined;
}

export interface FederationApis {
  readonly pool: IdentityPoolApi;
  /** Asked for by the basic flow alone. */
  sts(): Promise<StsApi>;
}

export interface Federated {
  /** As the identity pool gave it back; it replaces the one that is stored. */
  readonly identityId: string;
  readonly credentials: AwsCredentials;
  readonly exchange: Exchange;
}

/**
 * Logins for AWS credentials. Enhanced flow: GetId (only without an identity ID), GetCredentialsForIdentity. Basic
 * flow: GetId, GetOpenIdToken, AssumeRoleWithWebIdentity. An identity ID that the pool no longer honours is replaced
 * once; that of a developer-authenticated user only the developer's side can replace. Throws
 * `federation.no-identity-pool`, `federation.no-role` (basic flow), CancelledError, and what the APIs throw.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
 */
export async function federate(
  request: FederationRequest,
  apis: FederationApis,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Federated> {
  const { connection, logins } = request;
  const pool = connection.identityPool;
  if (!pool) throw new WorkbenchError('federation.no-identity-pool', 'the connection has no identity pool');
  const flow = request.flow ?? pool.flow;
  // The connection names it for its own flow: a role to take is not one to ask for.
  const roleArn = request.roleArn ?? (flow === pool.flow ? pool.roleArn : undefined);
  if (flow === 'basic' && roleArn === undefined) {
    throw new WorkbenchError('federation.no-role', 'the basic flow needs the ARN of a role', { flow });
  }
  const trace = new Trace(clock, signal);

  const getId = (): Promise<string> =>
    trace.step('GetId', () =>
      apis.pool.getId({ identityPoolId: pool.identityPoolId, accountId: pool.accountId, logins }, signal),
    );
  const enhanced = (identityId: string) =>
    trace.step('GetCredentialsForIdentity', () =>
      apis.pool.getCredentialsForIdentity({ identityId, logins, customRoleArn: roleArn }, signal),
    );
  const basic = async (identityId: string) => {
    const token = await openIdToken(identityId);
    const sts = await apis.sts();
    const credentials = await trace.step('AssumeRoleWithWebIdentity', () =>
      sts.assumeRoleWithWebIdentity(
        {
          roleArn: roleArn ?? '',
          sessionName: sessionName(request.sessionName),
          token: token.token,
          durationSeconds: pool.durationSeconds,
          policy: pool.sessionPolicy,
        },
        signal,
      ),
    );
    return { identityId: token.identityId, credentials };
  };
  /** The token of a developer-authenticated user is one of the identity pool already. */
  const openIdToken = async (identityId: string) => {
    const own = logins[developerLoginKey(connection)];
    if (own !== undefined) return { identityId, token: own };
    return trace.step('GetOpenIdToken', () => apis.pool.getOpenIdToken({ identityId, logins }, signal));
  };
  const getCredentials = async (identityId: string): Promise<Federated> => {
    const answer = await (flow === 'basic' ? basic : enhanced)(identityId);
    const credentials = { ...answer.credentials, issuedAt: clock.now() };
    return { identityId: answer.identityId, credentials, exchange: { flow, steps: trace.steps } };
  };

  if (request.identityId === undefined) return getCredentials(await getId());
  try {
    return await getCredentials(request.identityId);
  } catch (error) {
    if (!isStaleIdentity(error) || developerLoginKey(connection) in logins) throw error;
    return getCredentials(await getId());
  }
}

/** The requests of an exchange with their times; none is sent once the person has stopped. */
class Trace {
  readonly steps: { operation: string; milliseconds: number }[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async step<T>(operation: string, send: () => Promise<T>): Promise<T> {
    throwIfAborted(this.signal);
    const started = this.clock.now();
    const answer = await send();
    this.steps.push({ operation, milliseconds: this.clock.now() - started });
    return answer;
  }
}

/** As STS wants it: 2 to 64 of its characters. */
function sessionName(name: string | undefined): string {
  const fit = (name ?? '').replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
  return fit.length < 2 ? 'CognitoWorkbench' : fit;
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
