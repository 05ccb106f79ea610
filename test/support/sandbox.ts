import assert from 'node:assert/strict';
import type { OutboxMessage } from '../../sandbox/control/outbox';
import type { FaultKind } from '../../sandbox/control/faults';
import type { SandboxDescription, SandboxUser } from '../../sandbox/description';
import { startSandbox, type SandboxOptions } from '../../sandbox/start';

export interface FaultOrder {
  /** An operation of any service by its API name, `jwks`, `discovery`, or `*`. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** Milliseconds of a delay; HTTP status of `status` and `html`. */
  readonly value?: number;
  readonly times?: number;
}

export interface LoginTokenOrder {
  /** A key of Logins: `accounts.google.com`, …, or the ARN of the seeded SAML provider. */
  readonly provider: string;
  readonly subject: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** An hour where it is not given; may be in the past. */
  readonly expiresInSeconds?: number;
  readonly audience?: string;
}

/** The control API, over HTTP as every other test and tool uses it. */
export class SandboxControl {
  constructor(private readonly url: string) {}

  outbox(): Promise<readonly (OutboxMessage & { sentAt: string })[]> {
    return this.get('/outbox');
  }

  /** Answers the sandbox's new time. */
  async advance(seconds: number): Promise<Date> {
    const { now } = await this.post<{ now: string }>('/clock', { advanceSeconds: seconds });
    return new Date(now);
  }

  async fault(order: FaultOrder): Promise<void> {
    await this.post('/faults', order);
  }

  async resetFaults(): Promise<void> {
    await this.post('/faults/reset');
  }

  /** What the sign-in of a provider outside Cognito would have given; the audience is the seed's app unless named. */
  async loginToken(order: LoginTokenOrder): Promise<string> {
    const { token } = await this.post<{ token: string }>('/login-tokens', order);
    return token;
  }

  /** How many requests each operation saw since the last reset. */
  requests(): Promise<Record<string, number>> {
    return this.get('/requests');
  }

  async resetRequests(): Promise<void> {
    await this.post('/requests/reset');
  }

  private async get<T>(path: string): Promise<T> {
    return read<T>(await fetch(this.url + path));
  }

  private async post<T>(path: string, body?: unknown): Promise<T> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return read<T>(await fetch(this.url + path, { method: 'POST', ...init }));
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text) as T;
}

export interface TestSandbox {
  readonly description: SandboxDescription;
  readonly control: SandboxControl;
  readonly userPoolId: string;
  readonly webClientId: string;
  readonly identityPoolId: string;
  /** `cognito-idp.REGION.amazonaws.com/POOL`, the key of Logins. */
  readonly providerName: string;
  readonly bucket: string;
  user(username: string): SandboxUser;
  /** A user of any seeded pool (there is one for every challenge), and where to sign in. */
  userAnywhere(username: string): { userPoolId: string; clientId: string; user: SandboxUser };
  /** The code that was sent to a user last. */
  lastCode(username: string): Promise<string>;
  /** A call of cognito-idp or cognito-identity without a signature; the answer as it comes. */
  call(
    operation: string,
    input: Record<string, unknown>,
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  /** ID, access and refresh token of a seeded user, by the password flow. */
  signIn(username: string): Promise<{ idToken: string; accessToken: string; refreshToken: string }>;
  /** What the sandbox logged. */
  readonly log: readonly string[];
  /** Resolves when the sandbox has ended, by itself too. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const IDENTITY_OPERATIONS = new Set([
  'GetId',
  'GetCredentialsForIdentity',
  'GetOpenIdToken',
  'UnlinkIdentity',
]);

/** A sandbox in this process, on free ports. Stop it in `after`. */
export async function startTestSandbox(
  options: Pick<SandboxOptions, 'seed' | 'idleExitSeconds' | 'functions'> = {},
): Promise<TestSandbox> {
  const log: string[] = [];
  const running = await startSandbox({ port: 0, ...options, log: (line) => log.push(line) });
  const { description } = running;
  const [pool] = description.userPools;
  const userPoolId = pool?.id ?? '';
  const webClientId = pool?.clients.find(({ name }) => name === 'web')?.id ?? '';

  const user = (username: string): SandboxUser => {
    const found = pool?.users.find((candidate) => candidate.username === username);
    assert.ok(found, `the seed has ${username}`);
    return found;
  };
  const userAnywhere: TestSandbox['userAnywhere'] = (username) => {
    for (const { id, clients, users } of description.userPools) {
      const found = users.find((candidate) => candidate.username === username);
      const client = clients.find(({ secret }) => secret === null);
      if (found && client) return { userPoolId: id, clientId: client.id, user: found };
    }
    return assert.fail(`the seed has ${username}`);
  };
  const control = new SandboxControl(description.control);
  const call: TestSandbox['call'] = async (operation, input) => {
    const service = IDENTITY_OPERATIONS.has(operation)
      ? 'AWSCognitoIdentityService'
      : 'AWSCognitoIdentityProviderService';
    const response = await fetch(description.api, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${service}.${operation}` },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  };
  return {
    description,
    control,
    userPoolId,
    webClientId,
    identityPoolId: description.identityPools[0]?.id ?? '',
    providerName: `cognito-idp.${description.region}.amazonaws.com/${userPoolId}`,
    bucket: description.buckets[0] ?? '',
    user,
    userAnywhere,
    async lastCode(username) {
      const sent = (await control.outbox()).filter((message) => message.username === username);
      return sent.at(-1)?.code ?? assert.fail(`a code was sent to ${username}`);
    },
    call,
    async signIn(username) {
      const { body } = await call('InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: webClientId,
        AuthParameters: { USERNAME: username, PASSWORD: user(username).password },
      });
      const result = body['AuthenticationResult'] as Record<string, string> | undefined;
      assert.ok(result, JSON.stringify(body));
      const { IdToken = '', AccessToken = '', RefreshToken = '' } = result;
      return { idToken: IdToken, accessToken: AccessToken, refreshToken: RefreshToken };
    },
    log,
    ended: running.closed,
    stop: () => running.close(),
  };
}
