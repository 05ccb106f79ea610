import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { IAM } from '@aws-sdk/client-iam';
import { createIdentityPoolApi, createStsApi, createUserPoolApi } from '../../src/aws/index';
import type { Connection, IdentityPoolSettings } from '../../src/core/connection/model';
import type { IdentityPoolApi } from '../../src/core/ports';
import { Sessions } from '../../src/core/session/manager';
import type { DeveloperTokens } from '../../src/core/session/renewal';
import { SessionStore } from '../../src/core/session/store';
import type { SignInRequest } from '../../src/core/signin/sign-in';
import { nodeDigest } from '../../src/node/digest';
import { FakeLock, FakeSecretStorage, FakeState } from './fakes';
import { startTestSandbox, type TestSandbox } from './sandbox';

/** The sessions of core over the AWS SDK, before the sandbox, for identities of every kind. */
export class IdentityScene {
  readonly connections = new Map<string, Connection>();
  readonly store = new SessionStore({
    secrets: new FakeSecretStorage().window(),
    index: new FakeState(),
    window: new FakeState(),
  });
  readonly sessions: Sessions;
  readonly admin: CognitoIdentity;
  readonly iam: IAM;
  /** Done to every identity-pool API before it is used. */
  change: (api: IdentityPoolApi) => IdentityPoolApi = (api) => api;
  private offset = 0;

  private constructor(readonly sandbox: TestSandbox) {
    const { api: endpoint, region, admin: credentials } = sandbox.description;
    const config = { endpoint, region, credentials, maxAttempts: 1 };
    this.admin = new CognitoIdentity(config);
    this.iam = new IAM(config);
    const place = { region, endpoint };
    const observe = (): void => undefined;
    this.sessions = new Sessions({
      store: this.store,
      apis: {
        userPool: () => Promise.resolve(createUserPoolApi(place, observe)),
        identityPool: () => Promise.resolve(this.change(createIdentityPoolApi(place, observe))),
        sts: () => Promise.resolve(createStsApi(place, observe)),
      },
      digest: nodeDigest,
      clock: { now: () => Date.now() + this.offset },
      lock: new FakeLock(),
      refreshBeforeMinutes: () => 5,
      connection: (id) => this.connections.get(id),
      developerTokens: (connection, developer, identityId) =>
        this.developerToken(connection, developer, identityId),
    });
  }

  static async start(): Promise<IdentityScene> {
    return new IdentityScene(await startTestSandbox());
  }

  /** ID of a seeded identity pool, by its name. */
  pool(name: string): string {
    return this.sandbox.description.identityPools.find((one) => one.name === name)?.id ?? '';
  }

  role(name: string): string {
    return `arn:aws:iam::${this.sandbox.description.accountId}:role/${name}`;
  }

  /** A connection to a seeded identity pool, with the users of the first user pool. */
  connect(pool: string, over: Partial<IdentityPoolSettings> = {}): Connection {
    const { api } = this.sandbox.description;
    const connection: Connection = {
      id: pool,
      userPool: {
        userPoolId: this.sandbox.userPoolId,
        clientId: this.sandbox.webClientId,
        hasClientSecret: false,
        signIn: 'password',
        scopes: [],
        callbackPorts: [],
      },
      identityPool: { identityPoolId: this.pool(pool), flow: 'enhanced', ...over },
      endpoints: { cognitoIdp: api, cognitoIdentity: api, sts: api },
    };
    this.connections.set(connection.id, connection);
    return connection;
  }

  as(username: string): Omit<SignInRequest, 'connection'> {
    const { password } = this.sandbox.user(username);
    const answer = (): Promise<never> => Promise.reject(new Error('nobody should be asked'));
    return { method: 'password', username, password, answer };
  }

  /** A login of Google, as the sandbox's stand-in of it makes one. */
  async google(subject: string) {
    const provider = 'accounts.google.com';
    const token = await this.sandbox.control.loginToken({ provider, subject });
    return { provider, token, expiresAt: this.now() + 3_600_000 };
  }

  /** Moves both clocks, as time would. */
  async pass(minutes: number): Promise<void> {
    await this.sandbox.control.advance(minutes * 60);
    this.offset += minutes * 60_000;
    for (const client of [this.admin, this.iam]) client.config.systemClockOffset = this.offset;
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** What was asked of the sandbox meanwhile. */
  async requestsOf(task: () => Promise<unknown>): Promise<Record<string, number>> {
    await this.sandbox.control.resetRequests();
    await task();
    const counts = await this.sandbox.control.requests();
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  async tidy(): Promise<void> {
    this.change = (api) => api;
    await this.sandbox.control.resetFaults();
    for (const entry of this.store.list()) await this.store.remove(entry);
    this.connections.clear();
  }

  private async developerToken(...[connection, developer, identityId]: Parameters<DeveloperTokens>) {
    const answer = await this.admin.getOpenIdTokenForDeveloperIdentity({
      IdentityPoolId: connection.identityPool?.identityPoolId,
      Logins: { [developer.providerName]: developer.userId },
      IdentityId: identityId,
    });
    const { IdentityId = '', Token = '' } = answer;
    return { identityId: IdentityId, token: Token, expiresAt: this.now() + 15 * 60_000 };
  }
}
