import type { Connection } from '../../src/core/connection/model';
import { ServiceError, type ServiceName } from '../../src/core/errors';
import type {
  AuthAnswer,
  AuthTokens,
  AwsApis,
  Clock,
  IdentityPoolApi,
  StsApi,
  UserPoolApi,
} from '../../src/core/ports';
import type { AwsCredentials, CallerIdentity } from '../../src/core/session/model';
import { Deferred } from './fakes';
import { userPoolOf } from './user-pool-stub';

export function testConnection(over: Partial<Connection> = {}): Connection {
  return {
    id: 'shop-dev',
    userPool: {
      userPoolId: 'us-east-1_Sandbox01',
      clientId: '7g0exampleclientid0co',
      hasClientSecret: false,
      signIn: 'srp',
      scopes: [],
      callbackPorts: [],
    },
    identityPool: { identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000', flow: 'enhanced' },
    ...over,
  };
}

export function serviceError(
  service: ServiceName,
  operation: string,
  awsCode: string,
  awsMessage = awsCode,
): ServiceError {
  return new ServiceError({ service, operation, awsCode, awsMessage, status: 400, requestId: 'req-1' });
}

/** A token that can be read, with a signature that nobody would accept. */
export function fakeJwt(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'fake', typ: 'JWT' })}.${part(claims)}.${Buffer.from('no signature').toString('base64url')}`;
}

/** Counts calls per operation; any operation can be made to fail, or to wait until it is let go. */
export class Calls {
  readonly log: { operation: string; request: unknown }[] = [];
  private readonly faults = new Map<string, Error[]>();
  private readonly gates = new Map<string, Deferred>();
  private readonly arrivals = new Map<string, Deferred>();

  count(operation?: string): number {
    return this.log.filter((call) => operation === undefined || call.operation === operation).length;
  }

  names(): string[] {
    return this.log.map((call) => call.operation);
  }

  last(operation: string): Record<string, unknown> {
    const call = this.log.findLast((entry) => entry.operation === operation);
    if (!call) throw new Error(`${operation} was not called`);
    return call.request as Record<string, unknown>;
  }

  reset(): void {
    this.log.length = 0;
  }

  fail(operation: string, ...errors: Error[]): void {
    this.faults.set(operation, [...(this.faults.get(operation) ?? []), ...errors]);
  }

  /** Holds the operation; `arrived` resolves when a call waits there. */
  hold(operation: string): { arrived: Promise<void>; letGo: () => void } {
    const [gate, arrival] = [new Deferred(), new Deferred()];
    this.gates.set(operation, gate);
    this.arrivals.set(operation, arrival);
    return {
      arrived: arrival.promise,
      letGo: () => {
        this.gates.delete(operation);
        gate.resolve();
      },
    };
  }

  async enter(operation: string, request: unknown): Promise<void> {
    this.log.push({ operation, request });
    this.arrivals.get(operation)?.resolve();
    await (this.gates.get(operation)?.promise ?? new Promise((resolve) => setImmediate(resolve)));
    const fault = this.faults.get(operation)?.shift();
    if (fault) throw fault;
  }
}

export interface FakeUser {
  readonly username: string;
  readonly password: string;
  readonly sub: string;
  readonly claims?: Record<string, unknown>;
  disabled?: boolean;
}

/** A user pool with refresh tokens that it remembers; password flow only. */
export class FakeUserPool implements Partial<UserPoolApi> {
  readonly calls = new Calls();
  readonly users = new Map<string, FakeUser>();
  rotation = false;
  knowsGetTokens = true;
  lifetimeSeconds = 3600;
  readonly revoked: string[] = [];
  readonly spent: string[] = [];
  private readonly refreshTokens = new Map<string, FakeUser>();
  private serial = 0;

  constructor(private readonly clock: Clock) {}

  add(user: FakeUser): FakeUser {
    this.users.set(user.username, user);
    return user;
  }

  async initiateAuth(request: Parameters<UserPoolApi['initiateAuth']>[0]): Promise<AuthAnswer> {
    await this.calls.enter('InitiateAuth', request);
    if (request.flow === 'REFRESH_TOKEN_AUTH') {
      return { kind: 'tokens', tokens: this.refresh(request.parameters.REFRESH_TOKEN ?? '', 'InitiateAuth') };
    }
    const user = this.users.get(request.parameters.USERNAME ?? '');
    if (!user || user.password !== request.parameters.PASSWORD) {
      throw this.refusal('InitiateAuth', 'Incorrect username or password.');
    }
    return { kind: 'tokens', tokens: { ...this.issue(user), refreshToken: this.newRefreshToken(user) } };
  }

  async respondToAuthChallenge(): Promise<AuthAnswer> {
    await this.calls.enter('RespondToAuthChallenge', {});
    throw this.refusal('RespondToAuthChallenge', 'Invalid session for the user.');
  }

  async getTokensFromRefreshToken(
    request: Parameters<UserPoolApi['getTokensFromRefreshToken']>[0],
  ): Promise<AuthTokens> {
    await this.calls.enter('GetTokensFromRefreshToken', request);
    if (!this.knowsGetTokens) {
      throw serviceError('cognito-idp', 'GetTokensFromRefreshToken', 'UnknownOperationException');
    }
    return this.refresh(request.refreshToken, 'GetTokensFromRefreshToken');
  }

  async revokeToken(request: Parameters<UserPoolApi['revokeToken']>[0]): Promise<void> {
    await this.calls.enter('RevokeToken', request);
    this.revoked.push(request.refreshToken);
    this.refreshTokens.delete(request.refreshToken);
  }

  private refresh(token: string, operation: string): AuthTokens {
    if (this.spent.includes(token)) {
      throw serviceError(
        'cognito-idp',
        operation,
        'RefreshTokenReuseException',
        'Refresh token reuse detected',
      );
    }
    const user = this.refreshTokens.get(token);
    if (!user) throw this.refusal(operation, 'Refresh Token has been revoked');
    if (user.disabled) throw this.refusal(operation, 'User is disabled.');
    if (!this.rotation) return this.issue(user);
    this.spent.push(token);
    this.refreshTokens.delete(token);
    return { ...this.issue(user), refreshToken: this.newRefreshToken(user) };
  }

  private newRefreshToken(user: FakeUser): string {
    const token = `refresh-${(this.serial += 1)}-${user.username}`;
    this.refreshTokens.set(token, user);
    return token;
  }

  private issue(user: FakeUser): AuthTokens {
    const iat = Math.floor(this.clock.now() / 1000);
    const shared = { sub: user.sub, iat, exp: iat + this.lifetimeSeconds, jti: String((this.serial += 1)) };
    return {
      idToken: fakeJwt({ ...shared, token_use: 'id', 'cognito:username': user.username, ...user.claims }),
      accessToken: fakeJwt({ ...shared, token_use: 'access', username: user.username }),
      expiresIn: this.lifetimeSeconds,
    };
  }

  private refusal(operation: string, message: string): ServiceError {
    return serviceError('cognito-idp', operation, 'NotAuthorizedException', message);
  }
}

/** An identity pool that gives each login its own identity ID; `merged` maps an ID to the one that survived. */
export class FakeIdentityPool implements IdentityPoolApi {
  readonly calls = new Calls();
  readonly merged = new Map<string, string>();
  lifetimeSeconds = 3600;
  private readonly identities = new Map<string, string>();
  private serial = 0;

  constructor(private readonly clock: Clock) {}

  async getId(request: Parameters<IdentityPoolApi['getId']>[0]): Promise<string> {
    await this.calls.enter('GetId', request);
    const login = subjectOf(request.logins) ?? `guest ${this.identities.size}`;
    const known = this.identities.get(login);
    if (known !== undefined) return known;
    const identityId = `us-east-1:identity-${this.identities.size + 1}`;
    this.identities.set(login, identityId);
    return identityId;
  }

  async getCredentialsForIdentity(
    request: Parameters<IdentityPoolApi['getCredentialsForIdentity']>[0],
  ): ReturnType<IdentityPoolApi['getCredentialsForIdentity']> {
    await this.calls.enter('GetCredentialsForIdentity', request);
    const serial = (this.serial += 1);
    return {
      identityId: this.merged.get(request.identityId) ?? request.identityId,
      credentials: {
        accessKeyId: `ASIAFAKE${serial}`,
        secretAccessKey: `secret-${serial}`,
        sessionToken: `session-token-${serial}`,
        expiresAt: this.clock.now() + this.lifetimeSeconds * 1000,
      },
    };
  }

  async getOpenIdToken(
    request: Parameters<IdentityPoolApi['getOpenIdToken']>[0],
  ): ReturnType<IdentityPoolApi['getOpenIdToken']> {
    await this.calls.enter('GetOpenIdToken', request);
    const identityId = this.merged.get(request.identityId) ?? request.identityId;
    return { identityId, token: fakeJwt({ sub: identityId, aud: 'the identity pool' }) };
  }

  async unlinkIdentity(request: Parameters<IdentityPoolApi['unlinkIdentity']>[0]): Promise<void> {
    await this.calls.enter('UnlinkIdentity', request);
  }

  /** Forgets every identity, as when they were deleted in the console. */
  forgetIdentities(): void {
    this.identities.clear();
  }
}

export class FakeSts implements StsApi {
  readonly calls = new Calls();
  roleName = 'Readers';

  private serial = 0;

  constructor(private readonly clock: Clock) {}

  async assumeRoleWithWebIdentity(
    request: Parameters<StsApi['assumeRoleWithWebIdentity']>[0],
  ): ReturnType<StsApi['assumeRoleWithWebIdentity']> {
    await this.calls.enter('AssumeRoleWithWebIdentity', request);
    const serial = (this.serial += 1);
    return {
      accessKeyId: `ASIABASIC${serial}`,
      secretAccessKey: `basic-secret-${serial}`,
      sessionToken: `basic-session-token-${serial}`,
      expiresAt: this.clock.now() + (request.durationSeconds ?? 3600) * 1000,
    };
  }

  async getCallerIdentity(credentials: AwsCredentials): Promise<CallerIdentity> {
    await this.calls.enter('GetCallerIdentity', credentials);
    const { roleName } = this;
    return {
      accountId: '123456789012',
      arn: `arn:aws:sts::123456789012:assumed-role/${roleName}/CognitoIdentityCredentials`,
      roleName,
    };
  }
}

export class FakeAws implements AwsApis {
  readonly users: FakeUserPool;
  readonly identities: FakeIdentityPool;
  readonly caller: FakeSts;

  constructor(clock: Clock) {
    this.users = new FakeUserPool(clock);
    this.identities = new FakeIdentityPool(clock);
    this.caller = new FakeSts(clock);
  }

  userPool(): Promise<UserPoolApi> {
    return Promise.resolve(userPoolOf(this.users));
  }

  identityPool(): Promise<IdentityPoolApi> {
    return Promise.resolve(this.identities);
  }

  sts(): Promise<StsApi> {
    return Promise.resolve(this.caller);
  }

  /** Every call so far, in both services, by name. */
  requests(): string[] {
    return [...this.users.calls.names(), ...this.identities.calls.names(), ...this.caller.calls.names()];
  }

  reset(): void {
    for (const service of [this.users, this.identities, this.caller]) service.calls.reset();
  }
}

function subjectOf(logins: Readonly<Record<string, string>>): string | undefined {
  const [token] = Object.values(logins);
  if (token === undefined) return undefined;
  const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { sub: string }).sub;
}
