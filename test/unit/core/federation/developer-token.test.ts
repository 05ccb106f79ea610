import assert from 'node:assert/strict';
import { readBackendAnswer } from '../../../../src/core/federation/developer-token';
import { nodeDigest } from '../../../../src/node/digest';
import { isWorkbenchError } from '../../../../src/core/errors';

const pool = 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000002';
const identityId = 'us-east-1:11111111-2222-4333-8444-555555555555';
const other = 'us-east-1:99999999-2222-4333-8444-555555555555';

function jwt(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS512', kid: 'k' })}.${part(claims)}.c2lnbmF0dXJl`;
}

const token = jwt({
  iss: 'https://cognito-identity.amazonaws.com',
  aud: pool,
  sub: identityId,
  amr: ['authenticated', 'login.notes.app', `login.notes.app:${pool}:anna:of:sales`],
  exp: 1_800_000_000,
});
const read = (text: string) => readBackendAnswer(text, nodeDigest);
const whole = {
  token,
  identityId,
  expiresAt: 1_800_000_000_000,
  identityPoolId: pool,
  providerName: 'login.notes.app',
  userId: 'anna:of:sales',
};

describe("what a developer's backend returned", () => {
  for (const [form, text] of [
    ['the token alone', token],
    ["AWS's own answer", JSON.stringify({ IdentityId: identityId, Token: token }, undefined, 2)],
    ["a backend's JSON", JSON.stringify({ data: { identityId, token, identityPoolId: pool } })],
    ['two values', `${identityId} ${token}`],
    ['two values, the other way round', `${token}\n${identityId}`],
  ] as const) {
    it(`is read: ${form}`, () => assert.deepEqual(read(text), whole));
  }

  it('tells when the identity ID beside the token is of somebody else', () => {
    const answer = read(JSON.stringify({ IdentityId: other, Token: token }));
    assert.equal(answer.identityId, identityId);
    assert.equal(answer.otherIdentityId, other);
    assert.equal(read(`${other} ${token}`).otherIdentityId, other);
  });

  it('names no user where the token does not', () => {
    const bare = jwt({ iss: 'https://cognito-identity.amazonaws.com', aud: pool, sub: identityId, amr: [] });
    assert.deepEqual(read(bare), {
      token: bare,
      identityId,
      identityPoolId: pool,
      expiresAt: undefined,
    });
  });

  for (const [text, found] of [
    [JSON.stringify({ AccessKeyId: 'ASIA', SecretKey: 'x', SessionToken: 'y' }), 'aws-keys'],
    [jwt({ iss: 'https://accounts.google.com', aud: 'app', sub: '1' }), 'id-token'],
    [identityId, 'empty'],
    ['  ', 'empty'],
  ] as const) {
    it(`is refused by name: ${found}`, () => {
      assert.throws(
        () => read(text),
        (error) =>
          isWorkbenchError(error) &&
          error.code === 'federation.wrong-artefact' &&
          error.data['found'] === found &&
          error.data['provider'] === 'developer',
      );
    });
  }
});
