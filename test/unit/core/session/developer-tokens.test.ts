import assert from 'node:assert/strict';
import type { DeveloperIdentityApi } from '../../../../src/core/admin-port';
import { developerTokensBy } from '../../../../src/core/session/developer-tokens';

const connection = { id: 'notes' };
type Request = Parameters<DeveloperIdentityApi['getOpenIdTokenForDeveloperIdentity']>[0];

describe('tokens of developer identities', () => {
  const requests: Request[] = [];
  const make = (token: string) =>
    developerTokensBy(
      async () => ({
        getOpenIdTokenForDeveloperIdentity: async (request) => {
          requests.push(request);
          return { identityId: 'us-east-1:1', token };
        },
        lookupDeveloperIdentity: () => assert.fail(),
        mergeDeveloperIdentities: () => assert.fail(),
        unlinkDeveloperIdentity: () => assert.fail(),
      }),
      { now: () => 5_000 },
    );
  const anna = { providerName: 'login.notes.app', userId: 'anna', by: 'profile' } as const;

  it('are asked for with all that the person wished, and end when they say', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'RS512' })}.${part({ exp: 77 })}.cw`;
    const user = { ...anna, tokenSeconds: 60, principalTags: { team: 'blue' } };
    const made = await make(token)(connection, user, 'us-east-1:1');
    assert.deepEqual(made, { identityId: 'us-east-1:1', token, expiresAt: 77_000 });
    assert.deepEqual(requests.pop(), {
      logins: { 'login.notes.app': 'anna' },
      identityId: 'us-east-1:1',
      durationSeconds: 60,
      principalTags: { team: 'blue' },
    });
  });

  it('without an end of their own last as long as was asked for, else 15 minutes', async () => {
    assert.equal((await make('opaque')(connection, anna, undefined)).expiresAt, 905_000);
    assert.equal(
      (await make('opaque')(connection, { ...anna, tokenSeconds: 60 }, undefined)).expiresAt,
      65_000,
    );
  });
});
