import assert from 'node:assert/strict';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidTokenUseError,
  JwtExpiredError,
  JwtInvalidSignatureError,
  ParameterValidationError,
} from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

type Tokens = Awaited<ReturnType<TestSandbox['signIn']>>;

describe('sandbox, judged by aws-jwt-verify', () => {
  let sandbox: TestSandbox;
  let tokens: Tokens;
  let jwks: Jwks;

  before(async () => {
    sandbox = await startTestSandbox();
    tokens = await sandbox.signIn('reader');
    const { api } = sandbox.description;
    const discovery = await fetch(`${api}/${sandbox.userPoolId}/.well-known/openid-configuration`);
    const { jwks_uri } = (await discovery.json()) as { jwks_uri: string };
    jwks = (await (await fetch(jwks_uri)).json()) as Jwks;
  });
  after(() => sandbox.stop());

  /** The verifier with the sandbox's keys, which it would fetch from AWS otherwise. */
  function verify(
    token: string,
    tokenUse: 'id' | 'access',
    change: { userPoolId?: string; clientId?: string } = {},
  ): Record<string, unknown> {
    const expected = { userPoolId: sandbox.userPoolId, clientId: sandbox.webClientId, ...change };
    const verifier = CognitoJwtVerifier.create({ ...expected, tokenUse });
    verifier.cacheJwks(jwks);
    return verifier.verifySync(token);
  }

  it('accepts ID and access token', () => {
    assert.equal(verify(tokens.idToken, 'id')['cognito:username'], 'reader');
    assert.equal(verify(tokens.accessToken, 'access')['username'], 'reader');
  });

  const refusals: readonly [name: string, attempt: () => unknown, error: new (...rest: never[]) => Error][] =
    [
      [
        'the access token as an ID token',
        () => verify(tokens.accessToken, 'id'),
        CognitoJwtInvalidTokenUseError,
      ],
      [
        'another client',
        () => verify(tokens.idToken, 'id', { clientId: 'other' }),
        CognitoJwtInvalidClientIdError,
      ],
      [
        'another pool',
        () => verify(tokens.idToken, 'id', { userPoolId: 'us-east-1_Other0000' }),
        ParameterValidationError,
      ],
      [
        'a changed token',
        () => {
          const [header = '', claims = '', signature = ''] = tokens.idToken.split('.');
          const changed = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
          return verify([header, claims, changed].join('.'), 'id');
        },
        JwtInvalidSignatureError,
      ],
    ];
  for (const [name, attempt, error] of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(attempt, error);
    });
  }

  it('refuses a token that has expired', async () => {
    await sandbox.control.advance(-7200);
    const { idToken } = await sandbox.signIn('reader');
    await sandbox.control.advance(7200);
    assert.throws(() => verify(idToken, 'id'), JwtExpiredError);
  });
});
