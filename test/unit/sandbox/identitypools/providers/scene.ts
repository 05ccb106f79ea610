import assert from 'node:assert/strict';
import { CognitoIdentity, type CreateIdentityPoolCommandInput } from '@aws-sdk/client-cognito-identity';
import { startTestSandbox, type TestSandbox } from '../../../../support/sandbox';

export const APPS = {
  'accounts.google.com': 'google-app.apps.googleusercontent.com',
  'appleid.apple.com': 'com.example.notes',
  'graph.facebook.com': '7346241598935555',
  'www.amazon.com': 'amzn1.application-oa2-client.0123',
  'api.twitter.com': 'consumerkey;consumersecret',
} as const;

export interface Refusal {
  readonly code: string;
  readonly message: string | RegExp;
}

/** A sandbox over real HTTP, an administrator who makes identity pools, and anonymous callers of GetId. */
export class ProviderScene {
  readonly admin: CognitoIdentity;

  private constructor(readonly sandbox: TestSandbox) {
    const { api, region, admin } = sandbox.description;
    this.admin = new CognitoIdentity({ endpoint: api, region, credentials: admin, maxAttempts: 1 });
  }

  static async start(): Promise<ProviderScene> {
    return new ProviderScene(await startTestSandbox({ seed: false }));
  }

  async pool(settings: Partial<CreateIdentityPoolCommandInput>): Promise<string> {
    const { IdentityPoolId } = await this.admin.createIdentityPool({
      IdentityPoolName: 'providers',
      AllowUnauthenticatedIdentities: false,
      ...settings,
    });
    return IdentityPoolId ?? assert.fail('a pool has an id');
  }

  async getId(IdentityPoolId: string, Logins: Readonly<Record<string, string>>): Promise<string> {
    const { status, body } = await this.sandbox.call('GetId', { IdentityPoolId, Logins });
    assert.equal(status, 200, JSON.stringify(body));
    return String(body['IdentityId']);
  }

  async refuses(
    IdentityPoolId: string,
    Logins: Readonly<Record<string, string>>,
    { code, message }: Refusal,
  ): Promise<void> {
    const { status, body } = await this.sandbox.call('GetId', { IdentityPoolId, Logins });
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(String(body['__type']), new RegExp(`${code}$`));
    if (typeof message === 'string') assert.equal(body['message'], message);
    else assert.match(String(body['message']), message);
  }
}

export function refusal(message: string | RegExp, code = 'NotAuthorizedException'): Refusal {
  return { code, message };
}

/** The form of a JWT, signed by nobody. */
export function unsigned(claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS256', kid: 'nobody' })}.${encode(claims)}.c2ln`;
}
