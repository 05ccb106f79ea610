import assert from 'node:assert/strict';
import { Scene, claimsOf, members, secretHash, text, type Members, type Refusal } from './scene';

const refused = (message: string): Refusal => ({ code: 'NotAuthorizedException', message });
const REUSED: Refusal = { code: 'RefreshTokenReuseException', message: /already been used/ };

describe('sandbox user pools: refreshing', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({ AliasAttributes: ['email'] });
    await scene.addUser('reader', { email: 'reader@example.com', email_verified: 'true' });
  });

  const byFlow = (token: string, more: Record<string, string> = {}): Members => ({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: scene.clientId,
    AuthParameters: { REFRESH_TOKEN: token, ...more },
  });
  const byCall = (token: string): Members => ({ ClientId: scene.clientId, RefreshToken: token });

  it('renews by the flow and by the call, keeps auth_time, and hands out no new refresh token', async () => {
    const { id, refresh } = await scene.tokens('reader');
    scene.clock.advance(1800);
    for (const renewed of [
      await scene.call('InitiateAuth', byFlow(refresh)),
      await scene.call('InitiateAuth', { ...byFlow(refresh), AuthFlow: 'REFRESH_TOKEN' }),
      await scene.call('GetTokensFromRefreshToken', byCall(refresh)),
    ]) {
      const result = members(renewed['AuthenticationResult']);
      assert.equal(result['RefreshToken'], undefined);
      const [before, after] = [claimsOf(id), claimsOf(text(result, 'IdToken'))];
      for (const claim of ['auth_time', 'origin_jti', 'event_id', 'sub', 'aud'])
        assert.equal(after[claim], before[claim], claim);
      assert.equal(Number(after['iat']) - Number(before['iat']), 1800);
    }
  });

  it('sees groups that were given since the sign-in', async () => {
    const { refresh } = await scene.tokens('reader');
    await scene.admin('CreateGroup', { GroupName: 'readers' });
    await scene.admin('AdminAddUserToGroup', { Username: 'reader', GroupName: 'readers' });
    const { AuthenticationResult } = await scene.call('GetTokensFromRefreshToken', byCall(refresh));
    assert.deepEqual(claimsOf(text(AuthenticationResult, 'IdToken'))['cognito:groups'], ['readers']);
  });

  const ends: readonly [string, (tokens: { access: string; refresh: string }) => unknown, Refusal][] = [
    [
      'a revoked token',
      ({ refresh }) => scene.call('RevokeToken', { ClientId: scene.clientId, Token: refresh }),
      refused('Refresh Token has been revoked'),
    ],
    [
      'a token after a global sign-out',
      ({ access }) => scene.call('GlobalSignOut', { AccessToken: access }),
      refused('Refresh Token has been revoked'),
    ],
    [
      "a token after an administrator's sign-out",
      () => scene.admin('AdminUserGlobalSignOut', { Username: 'reader' }),
      refused('Refresh Token has been revoked'),
    ],
    [
      "a deleted user's token",
      () => scene.admin('AdminDeleteUser', { Username: 'reader' }),
      refused('Refresh Token has been revoked'),
    ],
    [
      "a disabled user's token",
      () => scene.admin('AdminDisableUser', { Username: 'reader' }),
      refused('User is disabled.'),
    ],
    ['a token after 30 days', () => scene.clock.advance(30 * 86_400), refused('Refresh Token has expired')],
    [
      "another client's token",
      async () => {
        scene.clientId = await scene.addClient();
      },
      refused('Invalid Refresh Token'),
    ],
  ];
  for (const [name, end, refusal] of ends) {
    it(`refuses ${name}, by the flow and by the call`, async () => {
      const tokens = await scene.tokens('reader');
      await end(tokens);
      await scene.refuses('GetTokensFromRefreshToken', byCall(tokens.refresh), refusal);
      await scene.refuses('InitiateAuth', byFlow(tokens.refresh), refusal);
    });
  }

  it('refuses garbage and an access token', async () => {
    const { access } = await scene.tokens('reader');
    for (const token of ['garbage', access])
      await scene.refuses('GetTokensFromRefreshToken', byCall(token), refused('Invalid Refresh Token'));
  });

  describe('of a client with a secret', () => {
    let secret: string;
    let refresh: string;

    beforeEach(async () => {
      scene.clientId = await scene.addClient({ GenerateSecret: true });
      const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: scene.clientId });
      secret = text(UserPoolClient, 'ClientSecret');
      const USERNAME = 'reader@example.com';
      const SECRET_HASH = secretHash(secret, USERNAME, scene.clientId);
      const { AuthenticationResult } = await scene.passwordSignIn(USERNAME, undefined, {
        AuthParameters: { USERNAME, PASSWORD: 'Right-1-Password', SECRET_HASH },
      });
      refresh = text(AuthenticationResult, 'RefreshToken');
    });

    it('takes the plain secret by the call, and nothing else', async () => {
      assert.ok(await scene.call('GetTokensFromRefreshToken', { ...byCall(refresh), ClientSecret: secret }));
      await scene.refuses(
        'GetTokensFromRefreshToken',
        byCall(refresh),
        refused(`Client ${scene.clientId} is configured for secret but secret was not received`),
      );
      await scene.refuses(
        'GetTokensFromRefreshToken',
        { ...byCall(refresh), ClientSecret: `${secret}x` },
        refused(`Unable to verify secret hash for client ${scene.clientId}`),
      );
    });

    it('wants the hash over the real user name by the flow, not over the alias', async () => {
      const hash = (name: string): string => secretHash(secret, name, scene.clientId);
      await scene.refuses(
        'InitiateAuth',
        byFlow(refresh, { SECRET_HASH: hash('reader@example.com') }),
        refused(`SecretHash does not match for the client: ${scene.clientId}`),
      );
      assert.ok(await scene.call('InitiateAuth', byFlow(refresh, { SECRET_HASH: hash('reader') })));
    });
  });

  describe('with rotation', () => {
    const rotate = async (graceSeconds: number): Promise<string> => {
      scene.clientId = await scene.addClient({
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: graceSeconds },
      });
      return (await scene.tokens('reader')).refresh;
    };
    const renew = async (token: string): Promise<string> => {
      const { AuthenticationResult } = await scene.call('GetTokensFromRefreshToken', byCall(token));
      return text(AuthenticationResult, 'RefreshToken');
    };

    it('gives a new refresh token and refuses the old one at once', async () => {
      const first = await rotate(0);
      const second = await renew(first);
      assert.notEqual(second, first);
      await scene.refuses('GetTokensFromRefreshToken', byCall(first), REUSED);
      await renew(second);
    });

    it('takes the old one within the grace period only', async () => {
      const first = await rotate(30);
      await renew(first);
      scene.clock.advance(29);
      await renew(first);
      scene.clock.advance(2);
      await scene.refuses('GetTokensFromRefreshToken', byCall(first), REUSED);
    });

    it('does not prolong the life of the sign-in', async () => {
      let token = await rotate(0);
      scene.clock.advance(29 * 86_400);
      token = await renew(token);
      scene.clock.advance(86_400);
      await scene.refuses('GetTokensFromRefreshToken', byCall(token), refused('Refresh Token has expired'));
    });

    it('refuses the refresh flow', async () => {
      await scene.refuses('InitiateAuth', byFlow(await rotate(0)), refused('Invalid Refresh Token'));
    });

    it('revokes all that came from the sign-in with the newest token', async () => {
      const second = await renew(await rotate(60));
      await scene.call('RevokeToken', { ClientId: scene.clientId, Token: second });
      await scene.refuses(
        'GetTokensFromRefreshToken',
        byCall(second),
        refused('Refresh Token has been revoked'),
      );
    });
  });
});
