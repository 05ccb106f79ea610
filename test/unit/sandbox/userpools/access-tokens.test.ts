import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { signJwt } from '../../../../sandbox/userpools/tokens/jwt';
import { Scene, claimsOf, type Members, type Refusal } from './scene';

const refused = (message: string): Refusal => ({ code: 'NotAuthorizedException', message });
const FORGED = refused('Could not verify signature for Access Token');

/** A token that says the same, signed by a key of our own under the pool's key id. */
function forged(token: string, change: Members = {}): string {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Members;
  return signJwt({ kid: String(header['kid']), privateKey, publicKey }, { ...claimsOf(token), ...change });
}

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return [header, token.split('.')[1], 'AA'].join('.');
}

describe('sandbox user pools: GetUser and what ends an access token', () => {
  let scene: Scene;
  let tokens: { id: string; access: string; refresh: string };

  beforeEach(async () => {
    scene = await Scene.create();
    await scene.addUser('reader', { email: 'reader@example.com' });
    tokens = await scene.tokens('reader');
  });

  it('tells the user about himself', async () => {
    const user = await scene.call('GetUser', { AccessToken: tokens.access });
    assert.deepEqual(user, {
      Username: 'reader',
      UserAttributes: [
        { Name: 'email', Value: 'reader@example.com' },
        { Name: 'sub', Value: claimsOf(tokens.access)['sub'] },
      ],
    });
  });

  const rows: readonly [string, () => Promise<string> | string, Refusal][] = [
    ['garbage', () => 'garbage', refused('Invalid Access Token')],
    ['an ID token', () => tokens.id, refused('Invalid Access Token')],
    ['a forged signature', () => forged(tokens.access), FORGED],
    ['a signature of another pool', () => foreignPool(), FORGED],
    ['no signature', () => unsigned(tokens.access), FORGED],
    ['a signature that was cut', () => tokens.access.slice(0, -8), FORGED],
    [
      'an ID token that was renamed',
      () => {
        const pool = scene.pools.context.store.pools.get(scene.poolId);
        assert.ok(pool);
        return signJwt(pool.keys.id, { ...claimsOf(tokens.access) });
      },
      FORGED,
    ],
    [
      'an expired token',
      () => {
        scene.clock.advance(3600);
        return tokens.access;
      },
      refused('Access Token has expired'),
    ],
    [
      'a token after RevokeToken',
      async () => {
        await scene.call('RevokeToken', { ClientId: scene.clientId, Token: tokens.refresh });
        return tokens.access;
      },
      refused('Access Token has been revoked'),
    ],
    [
      'a token after GlobalSignOut',
      async () => {
        await scene.call('GlobalSignOut', { AccessToken: tokens.access });
        return tokens.access;
      },
      refused('Access Token has been revoked'),
    ],
    [
      "a disabled user's token",
      async () => {
        await scene.admin('AdminDisableUser', { Username: 'reader' });
        return tokens.access;
      },
      refused('User is disabled.'),
    ],
    [
      "a deleted user's token",
      async () => {
        await scene.admin('AdminDeleteUser', { Username: 'reader' });
        return tokens.access;
      },
      { code: 'UserNotFoundException', message: 'User does not exist.' },
    ],
  ];
  for (const [name, make, refusal] of rows) {
    it(`refuses ${name}`, async () => {
      await scene.refuses('GetUser', { AccessToken: await make() }, refusal);
    });
  }

  async function foreignPool(): Promise<string> {
    const home = { poolId: scene.poolId, clientId: scene.clientId };
    scene.poolId = await scene.addPool({}, 1);
    scene.clientId = await scene.addClient();
    await scene.addUser('reader');
    const { access } = await scene.tokens('reader');
    const pool = scene.pools.context.store.pools.get(scene.poolId);
    Object.assign(scene, home);
    assert.ok(pool);
    return signJwt(pool.keys.access, { ...claimsOf(tokens.access), jti: claimsOf(access)['jti'] });
  }

  it('stays signed in elsewhere after RevokeToken', async () => {
    const elsewhere = await scene.tokens('reader');
    await scene.call('RevokeToken', { ClientId: scene.clientId, Token: tokens.refresh });
    assert.ok(await scene.call('GetUser', { AccessToken: elsewhere.access }));
  });

  const revocations: readonly [string, () => Promise<Members> | Members, Refusal][] = [
    [
      'an access token',
      () => ({ ClientId: scene.clientId, Token: tokens.access }),
      { code: 'UnsupportedTokenTypeException', message: /Unsupported token type/ },
    ],
    [
      'garbage',
      () => ({ ClientId: scene.clientId, Token: 'garbage' }),
      { code: 'InvalidParameterException', message: 'Invalid Refresh Token' },
    ],
    [
      "another client's token",
      async () => ({ ClientId: await scene.addClient(), Token: tokens.refresh }),
      { code: 'UnauthorizedException', message: 'Token is not issued for this client.' },
    ],
    [
      'anything of a client without revocation',
      async () => ({
        ClientId: await scene.addClient({ EnableTokenRevocation: false }),
        Token: tokens.refresh,
      }),
      { code: 'UnsupportedOperationException', message: /not enabled/ },
    ],
    [
      'a token without the client secret',
      async () => ({ ClientId: await scene.addClient({ GenerateSecret: true }), Token: tokens.refresh }),
      { code: 'NotAuthorizedException', message: /is configured for secret but secret was not received/ },
    ],
  ];
  for (const [name, make, refusal] of revocations) {
    it(`does not revoke ${name}`, async () => {
      await scene.refuses('RevokeToken', await make(), refusal);
    });
  }

  it('revokes twice without complaint', async () => {
    for (let count = 0; count < 2; count++)
      await scene.call('RevokeToken', { ClientId: scene.clientId, Token: tokens.refresh });
  });
});
