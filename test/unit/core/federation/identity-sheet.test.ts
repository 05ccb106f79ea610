import assert from 'node:assert/strict';
import { identitySheet } from '../../../../src/core/federation/identity-sheet';
import { fakeJwt, testConnection } from '../../../support/fake-aws';
import { NOON, testSession } from '../../../support/sessions';

const sheet = (over: Parameters<typeof testSession>[0] = {}, connection = testConnection()) =>
  JSON.parse(identitySheet(testSession(over), connection)) as Record<string, Record<string, unknown>>;

describe('the sheet of an identity', () => {
  it('says who it is, which role it has and how that came, and what its token claims', () => {
    const exchange = { flow: 'enhanced', steps: [] } as const;
    const { identity, credentials, logins, claims } = sheet({ exchange });
    assert.deepEqual(identity, {
      name: 'reader',
      kind: 'user',
      connection: 'shop-dev',
      identityId: 'us-east-1:identity-0',
      signedInAt: '2026-11-01T12:00:00.000Z',
    });
    assert.deepEqual(credentials, {
      role: 'Readers',
      account: '123456789012',
      callerArn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
      chosenRole: null,
      flow: 'enhanced',
      expiresAt: '2026-11-01T13:00:00.000Z',
    });
    assert.deepEqual(logins, ['cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01']);
    assert.deepEqual(Object.keys(claims ?? {}), Object.keys(claims ?? {}).sort());
    assert.equal(claims?.['cognito:username'], 'reader');
  });

  it('holds no token and no key', () => {
    const login = { provider: 'accounts.google.com', token: fakeJwt({ sub: 'g' }), expiresAt: NOON };
    const session = testSession({ logins: [login] });
    const text = identitySheet(session, testConnection());
    const { tokens, credentials } = session;
    for (const secret of [
      tokens?.idToken,
      tokens?.accessToken,
      tokens?.refreshToken,
      credentials?.secretAccessKey,
      credentials?.sessionToken,
      credentials?.accessKeyId,
      login.token,
    ])
      assert.ok(secret && !text.includes(secret));
  });

  it('of a guest has no login and no claims', () => {
    const { identity, logins, claims } = sheet({ identityKey: 'guest', name: 'guest', tokens: undefined });
    assert.deepEqual([identity?.kind, logins, claims], ['guest', [], {}]);
  });

  it('of a developer-authenticated user names the developer’s provider', () => {
    const { logins } = sheet({
      identityKey: 'dev:rita',
      tokens: undefined,
      developer: { providerName: 'login.myapp', userId: 'rita', by: 'profile' },
      logins: [{ provider: 'cognito-identity.amazonaws.com', token: 'opaque' }],
    });
    assert.deepEqual(logins, ['login.myapp']);
  });
});
