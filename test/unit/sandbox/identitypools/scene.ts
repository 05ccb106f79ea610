import assert from 'node:assert/strict';
import { createIam, type Iam } from '../../../../sandbox/iam';
import { createIdentityPools, type IdentityPools } from '../../../../sandbox/identitypools';
import { AwsError } from '../../../../sandbox/kernel/aws-error';
import type { Call, CredentialStore, LoginVerifier } from '../../../../sandbox/kernel/types';
import { ADMIN, credentialStore, type FakeClock, fakeClock } from '../sigv4/signed-requests';

export const NOW = Date.parse('2026-01-31T12:00:00Z');
export const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
export const OTHER_PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0002';
export const CLIENT = '5webclient';
export const ROLES = 'arn:aws:iam::123456789012:role';
export const READERS = `${ROLES}/Readers`;
export const ADMINS = `${ROLES}/Admins`;
const CALL: Call = { requestId: 'r', sourceIp: '127.0.0.1', principal: undefined };

export interface FakeToken {
  readonly sub?: string;
  readonly aud?: string;
  readonly provider?: string;
  readonly claims?: Record<string, unknown>;
}

/** A token of the fake verifier: its claims in the open. */
export function token({
  sub = 'reader',
  aud = CLIENT,
  provider = PROVIDER,
  claims = {},
}: FakeToken = {}): string {
  return JSON.stringify({ ...claims, sub, aud, iss: `https://${provider}` });
}

export interface Scene {
  readonly clock: FakeClock;
  readonly iam: Iam;
  readonly pools: IdentityPools;
  readonly credentials: CredentialStore;
  readonly lines: string[];
  /** Subs of users who signed out. */
  readonly signedOut: Set<string>;
  readonly call: (operation: string, input: Record<string, unknown>) => Record<string, unknown>;
}

/** Stands in for the user pools: reads what `token` wrote, with the refusals that matter here. */
function fakeVerifier(signedOut: ReadonlySet<string>): LoginVerifier {
  const refuse = (reason: string): AwsError =>
    new AwsError('NotAuthorizedException', `Invalid login token. ${reason}`);
  return {
    verifyIdToken(providerName, text) {
      if (!text.startsWith('{')) {
        throw refuse('Not a valid OpenId Connect identity token.');
      }
      const claims = JSON.parse(text) as Record<string, string | undefined>;
      const { aud, iss, sub = '' } = claims;
      if (aud === undefined) {
        throw refuse('Missing a required claim: aud');
      }
      if (iss !== `https://${providerName}`) {
        throw refuse("Issuer doesn't match providerName");
      }
      return { providerName, clientId: aud, sub, claims, mappingKey: `${providerName}:${aud}` };
    },
    isLoginAlive: ({ sub }) => !signedOut.has(sub),
  };
}

export function scene(): Scene {
  const clock = fakeClock(NOW);
  const lines: string[] = [];
  const signedOut = new Set<string>();
  const log = (line: string): void => void lines.push(line);
  const iam = createIam({ clock, accountId: '123456789012', log });
  const credentials = credentialStore(clock);
  const pools = createIdentityPools({
    region: 'us-east-1',
    accountId: '123456789012',
    logins: fakeVerifier(signedOut),
    iam,
    credentials,
    clock,
    log,
  });
  const run = (
    service: IdentityPools['service'],
    operation: string,
    input: Record<string, unknown>,
  ): unknown => {
    const found = service.operations[operation];
    assert.ok(found, `no operation ${operation}`);
    return found(input, { ...CALL, principal: ADMIN });
  };
  return {
    clock,
    iam,
    pools,
    credentials,
    lines,
    signedOut,
    call: (operation, input) =>
      run(operation in iam.service.operations ? iam.service : pools.service, operation, input) as Record<
        string,
        unknown
      >,
  };
}

/** A pool for the client of the fake user pool, with more settings where given. */
export function createPool({ call }: Scene, over: Record<string, unknown> = {}): string {
  const { IdentityPoolId } = call('CreateIdentityPool', {
    IdentityPoolName: 'notes app',
    AllowUnauthenticatedIdentities: false,
    CognitoIdentityProviders: [{ ProviderName: PROVIDER, ClientId: CLIENT }],
    ...over,
  });
  return String(IdentityPoolId);
}

export function trust(aud: string, statement: Record<string, unknown> = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': aud },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      },
      ...statement,
    },
  });
}

export function createRole({ call }: Scene, RoleName: string, AssumeRolePolicyDocument: string): void {
  call('CreateRole', { RoleName, AssumeRolePolicyDocument });
}

export function getId({ call }: Scene, IdentityPoolId: string, one: FakeToken = {}): string {
  const Logins = { [one.provider ?? PROVIDER]: token(one) };
  return String(call('GetId', { IdentityPoolId, Logins })['IdentityId']);
}
