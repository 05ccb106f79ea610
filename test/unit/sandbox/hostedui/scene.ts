import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';
import { Browser, type Stop } from './browser';

export type Members = Record<string, unknown>;
export const CALLBACK = 'http://localhost:8400/callback';
export const VERIFIER = 'verifier-verifier-verifier-verifier-verifier';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export interface NewClient {
  readonly id: string;
  readonly secret: string | undefined;
}

/** A whole sandbox, an administrator, and what a client of the OAuth endpoints does. */
export class Scene {
  private constructor(
    readonly sandbox: TestSandbox,
    readonly admin: CognitoIdentityProviderClient,
  ) {}

  static async start(): Promise<Scene> {
    const sandbox = await startTestSandbox();
    const { api: endpoint, region, admin: credentials } = sandbox.description;
    // A second attempt, because tests move the clock and the client then learns of it by an error.
    return new Scene(
      sandbox,
      new CognitoIdentityProviderClient({ endpoint, region, credentials, maxAttempts: 2 }),
    );
  }

  async stop(): Promise<void> {
    this.admin.destroy();
    await this.sandbox.stop();
  }

  get api(): string {
    return this.sandbox.description.api;
  }

  get web(): string {
    return this.sandbox.webClientId;
  }

  browser(): Browser {
    return new Browser([this.api]);
  }

  /** An address of the hosted UI for `web`, with a challenge; `change` replaces parameters, undefined leaves them out. */
  address(change: Readonly<Record<string, string | undefined>> = {}, path = '/oauth2/authorize'): string {
    const parameters = new URLSearchParams();
    const usual = {
      client_id: this.web,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid email profile aws.cognito.signin.user.admin',
      state: 'st&te=1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries({ ...usual, ...change }))
      if (value !== undefined) parameters.append(name, value);
    return `${this.api}${path}?${parameters.toString()}`;
  }

  async login(
    browser: Browser,
    username: string,
    change: Readonly<Record<string, string | undefined>> = {},
    password = this.passwordOf(username),
  ): Promise<Stop> {
    const page = await browser.open(this.address(change));
    return browser.submit(page, 'Sign in', { username, password });
  }

  /** A code of a new browser's sign-in. */
  async code(
    username = 'reader',
    change: Readonly<Record<string, string | undefined>> = {},
  ): Promise<string> {
    return codeIn(await this.login(this.browser(), username, change));
  }

  token(
    form: Readonly<Record<string, string | undefined>>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return post(`${this.api}/oauth2/token`, form, headers);
  }

  exchange(code: string, change: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> {
    const usual = {
      grant_type: 'authorization_code',
      client_id: this.web,
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    return this.token({ ...usual, ...change });
  }

  async tokens(
    username = 'reader',
    change: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Record<string, string>> {
    const { status, body } = await this.exchange(await this.code(username, change));
    assert.equal(status, 200, JSON.stringify(body));
    return body as Record<string, string>;
  }

  /** A client of the seeded pool for the code flow, public unless it gets a secret. */
  async addClient(settings: Partial<CreateUserPoolClientCommandInput> = {}): Promise<NewClient> {
    const { UserPoolClient } = await this.admin.send(
      new CreateUserPoolClientCommand({
        UserPoolId: this.sandbox.userPoolId,
        ClientName: 'app',
        SupportedIdentityProviders: ['COGNITO'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
        CallbackURLs: [CALLBACK],
        LogoutURLs: ['http://localhost:8400/signed-out'],
        ...settings,
      }),
    );
    const { ClientId: id, ClientSecret: secret } = UserPoolClient ?? {};
    assert.ok(id !== undefined);
    return { id, secret };
  }

  private passwordOf(username: string): string {
    for (const { users } of this.sandbox.description.userPools)
      for (const user of users) if (user.username === username) return user.password;
    throw new Error(`the seed has no ${username}`);
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Members;
}

export async function post(
  address: string,
  form: Readonly<Record<string, string | undefined>>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) if (value !== undefined) body.append(name, value);
  const response = await fetch(address, { method: 'POST', body, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Members),
  };
}

export function basic(id: string, secret: string): Record<string, string> {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The code in the callback that a browser was sent to. */
export function codeIn(stop: Stop): string {
  const code = stop.left?.searchParams.get('code');
  assert.ok(code, `a code, not ${stop.left?.href ?? stop.html}`);
  return code;
}

export function claimsOf(token: string | undefined): Members {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Members;
}

export function randomName(prefix: string): string {
  return `${prefix}${randomBytes(6).toString('hex')}`;
}
