import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import { createIdentityPoolApi, createStsApi, createUserPoolApi } from '../../src/aws/index';
import type { Connection } from '../../src/core/connection/model';
import type { UserPoolApi } from '../../src/core/ports';
import { Sessions } from '../../src/core/session/manager';
import { SessionStore } from '../../src/core/session/store';
import type { AccountPlace } from '../../src/core/signin/account';
import type { SignInRequest } from '../../src/core/signin/sign-in';
import { nodeDigest } from '../../src/node/digest';
import { FakeLock, FakeSecretStorage, FakeState } from './fakes';
import { startTestSandbox, type TestSandbox } from './sandbox';

/** Sessions over the real adapters before a sandbox with a user for every challenge; one clock for both sides. */
export class ChallengeScene {
  readonly api: UserPoolApi;
  readonly store: SessionStore;
  readonly sessions: Sessions;
  readonly connections = new Map<string, Connection>();
  private offset = 0;

  private constructor(readonly sandbox: TestSandbox) {
    const place = { region: sandbox.description.region, endpoint: sandbox.description.api };
    const observe = (): void => undefined;
    this.api = createUserPoolApi(place, observe);
    this.store = new SessionStore({
      secrets: new FakeSecretStorage().window(),
      index: new FakeState(),
      window: new FakeState(),
    });
    for (const pool of sandbox.description.userPools) {
      const [client] = pool.clients;
      this.connections.set(pool.id, {
        id: pool.id.toLowerCase().replaceAll('_', '-'),
        name: pool.name,
        userPool: {
          userPoolId: pool.id,
          clientId: client?.id ?? '',
          hasClientSecret: false,
          signIn: 'srp',
          scopes: [],
          callbackPorts: [],
        },
        endpoints: { cognitoIdp: sandbox.description.api },
      });
    }
    this.sessions = new Sessions({
      store: this.store,
      apis: {
        userPool: () => Promise.resolve(this.api),
        identityPool: () => Promise.resolve(createIdentityPoolApi(place, observe)),
        sts: () => Promise.resolve(createStsApi(place, observe)),
      },
      digest: nodeDigest,
      clock: { now: () => this.now() },
      lock: new FakeLock(),
      refreshBeforeMinutes: () => 5,
      connection: (id) => [...this.connections.values()].find((one) => one.id === id),
    });
  }

  static async start(): Promise<ChallengeScene> {
    return new ChallengeScene(await startTestSandbox());
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** Moves both clocks, as time would. */
  async pass(seconds: number): Promise<void> {
    await this.sandbox.control.advance(seconds);
    this.offset += seconds * 1000;
  }

  /** The connection to the pool that has this user. */
  connectionOf(username: string): Connection {
    const pool = this.sandbox.description.userPools.find(({ users }) =>
      users.some((user) => user.username === username),
    );
    const connection = this.connections.get(pool?.id ?? '');
    assert.ok(connection, `no pool has ${username}`);
    return connection;
  }

  user(username: string) {
    const users = this.sandbox.description.userPools.flatMap((pool) => pool.users);
    const found = users.find((user) => user.username === username);
    assert.ok(found, `the seed has ${username}`);
    return found;
  }

  signIn(username: string, over: Partial<SignInRequest> = {}) {
    const { password, signIn = 'srp' } = this.user(username);
    return this.sessions.signIn(this.connectionOf(username), {
      method: signIn,
      username,
      password,
      answer: ({ kind }) => Promise.reject(new Error(`nobody should be asked ${kind}`)),
      ...over,
    });
  }

  place(username: string): AccountPlace {
    return { connection: this.connectionOf(username), api: this.api, digest: nodeDigest };
  }

  /** The code that a user's authenticator shows, `steps` of 30 seconds from now. */
  totp(secret: string | undefined, steps = 0): string {
    assert.ok(secret, 'the seed has no secret');
    const timestamp = this.now() + steps * 30_000;
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
  }

  /** The newest code in the outbox. */
  async newestCode(): Promise<string> {
    const messages = await this.sandbox.control.outbox();
    const { code } = messages.at(-1) ?? {};
    assert.ok(code, 'the outbox has no code');
    return code;
  }
}
