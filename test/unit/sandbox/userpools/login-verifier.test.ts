import assert from 'node:assert/strict';
import { signJwt } from '../../../../sandbox/userpools/tokens/jwt';
import { Scene, claimsOf, refuses } from './scene';

describe('sandbox user pools: tokens as logins of an identity pool', () => {
  let scene: Scene;
  let provider: string;
  let tokens: { id: string; access: string; refresh: string };

  beforeEach(async () => {
    scene = await Scene.create();
    await scene.addUser('reader');
    tokens = await scene.tokens('reader');
    provider = `cognito-idp.us-east-1.amazonaws.com/${scene.poolId}`;
  });

  it('accepts an ID token and says whose it is', () => {
    const login = scene.pools.logins.verifyIdToken(provider, tokens.id);
    assert.equal(login.clientId, scene.clientId);
    assert.equal(login.sub, claimsOf(tokens.id)['sub']);
    assert.equal(login.providerName, provider);
  });

  const rows: readonly [name: string, token: () => string, reason: string | RegExp][] = [
    ['garbage', () => 'garbage', 'Not a valid OpenId Connect identity token.'],
    ['a refresh token', () => tokens.refresh, 'Not a valid OpenId Connect identity token.'],
    ['an access token', () => tokens.access, 'Missing a required claim: aud'],
    [
      'an access token that was given an audience',
      () => {
        const pool = scene.pools.context.store.pools.get(scene.poolId);
        assert.ok(pool);
        return signJwt(pool.keys.access, { ...claimsOf(tokens.access), aud: scene.clientId });
      },
      "Couldn't verify signed token.",
    ],
    [
      'changed claims',
      () => {
        const [header, , signature] = tokens.id.split('.');
        const claims = Buffer.from(JSON.stringify({ ...claimsOf(tokens.id), sub: 'x' })).toString(
          'base64url',
        );
        return [header, claims, signature].join('.');
      },
      "Couldn't verify signed token.",
    ],
    [
      'an expired token',
      () => {
        scene.clock.advance(3600);
        return tokens.id;
      },
      /^Token expired: \d{10} >= \d{10}$/,
    ],
  ];
  for (const [name, token, reason] of rows) {
    it(`refuses ${name}`, async () => {
      await refuses(() => scene.pools.logins.verifyIdToken(provider, token()), {
        code: 'NotAuthorizedException',
        message:
          typeof reason === 'string'
            ? `Invalid login token. ${reason}`
            : new RegExp(`^Invalid login token\\. ${reason.source.slice(1)}`),
      });
    });
  }

  it('refuses a token under the name of another pool', async () => {
    const other = await scene.addPool({}, 1);
    await refuses(
      () => scene.pools.logins.verifyIdToken(`cognito-idp.us-east-1.amazonaws.com/${other}`, tokens.id),
      {
        code: 'NotAuthorizedException',
        message: "Invalid login token. Issuer doesn't match providerName",
      },
    );
  });

  const deaths: readonly [string, () => Promise<unknown>][] = [
    ['signed out', () => scene.call('GlobalSignOut', { AccessToken: tokens.access })],
    ['disabled', () => scene.admin('AdminDisableUser', { Username: 'reader' })],
    ['deleted', () => scene.admin('AdminDeleteUser', { Username: 'reader' })],
  ];
  for (const [name, end] of deaths) {
    it(`knows that a login is dead once its user is ${name}`, async () => {
      const login = scene.pools.logins.verifyIdToken(provider, tokens.id);
      assert.equal(scene.pools.logins.isLoginAlive(login), true);
      await end();
      assert.equal(scene.pools.logins.isLoginAlive(login), false);
    });
  }
});
