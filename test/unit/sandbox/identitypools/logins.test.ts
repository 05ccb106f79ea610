import assert from 'node:assert/strict';
import { CLIENT, createPool, getId, NOW, OTHER_PROVIDER, PROVIDER, type Scene, scene, token } from './scene';

const BOTH = [
  { ProviderName: PROVIDER, ClientId: CLIENT },
  { ProviderName: OTHER_PROVIDER, ClientId: 'other' },
];
const OTHER = { provider: OTHER_PROVIDER, aud: 'other', sub: 'x' };

describe('sandbox identity pools: GetId', () => {
  let world: Scene;
  let id: string;

  beforeEach(() => {
    world = scene();
    id = createPool(world);
  });

  const refused: readonly (readonly [string, unknown, string, RegExp])[] = [
    [
      'no logins',
      undefined,
      'NotAuthorizedException',
      /^Unauthenticated access is not supported for this identity pool\.$/,
    ],
    ['an empty map of logins', {}, 'NotAuthorizedException', /^Unauthenticated access/],
    ['a garbage token', { [PROVIDER]: 'garbage' }, 'NotAuthorizedException', /Not a valid OpenId Connect/],
    [
      'an access token',
      { [PROVIDER]: JSON.stringify({ iss: `https://${PROVIDER}`, sub: 'x' }) },
      'NotAuthorizedException',
      /Missing a required claim: aud/,
    ],
    [
      'a token under another key',
      { 'accounts.google.com': `e30.${Buffer.from(token()).toString('base64url')}.c2ln` },
      'NotAuthorizedException',
      /Issuer doesn't match providerName/,
    ],
    [
      "another pool's token",
      { [OTHER_PROVIDER]: token({ provider: OTHER_PROVIDER }) },
      'NotAuthorizedException',
      /^Token is not from a supported provider of this identity pool\.$/,
    ],
    [
      "another client's token",
      { [PROVIDER]: token({ aud: 'other' }) },
      'NotAuthorizedException',
      /^Token is not from a supported provider/,
    ],
    [
      'one good and one bad token',
      { [PROVIDER]: token(), [OTHER_PROVIDER]: token(OTHER) },
      'NotAuthorizedException',
      /supported provider/,
    ],
    ['an empty token', { [PROVIDER]: '' }, 'ValidationException', /at 'logins' failed to satisfy constraint/],
    ['a token that is no text', { [PROVIDER]: 1 }, 'SerializationException', /Logins/],
    ['a list of logins', [token()], 'SerializationException', /Logins/],
    [
      'eleven logins',
      Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`p${n}`, 't'])),
      'ValidationException',
      /less than or equal to 10/,
    ],
  ];
  for (const [what, Logins, code, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => world.call('GetId', { IdentityPoolId: id, Logins }), {
        code,
        message,
        status: 400,
      });
    });
  }

  it('refuses a token that is too long without repeating it', () => {
    const Logins = { [PROVIDER]: 'very-secret'.repeat(5000) };
    try {
      world.call('GetId', { IdentityPoolId: id, Logins });
      assert.fail('was accepted');
    } catch (error) {
      assert.match(String(error), /at 'logins'/);
      assert.doesNotMatch(String(error), /very-secret/);
    }
  });

  it('refuses a malformed account and a pool that is not there', () => {
    const Logins = { [PROVIDER]: token() };
    assert.throws(() => world.call('GetId', { IdentityPoolId: id, AccountId: 'abc', Logins }), {
      code: 'ValidationException',
    });
    assert.throws(() => world.call('GetId', { IdentityPoolId: 'us-east-1:0', Logins }), {
      code: 'ResourceNotFoundException',
      message: "IdentityPool 'us-east-1:0' not found.",
    });
  });

  it('asks the user pool about the login only where the provider says so', () => {
    world.signedOut.add('reader');
    assert.ok(getId(world, id));
    const checking = createPool(world, {
      CognitoIdentityProviders: [{ ...BOTH[0], ServerSideTokenCheck: true }],
    });
    assert.throws(() => getId(world, checking), { code: 'NotAuthorizedException' });
    world.signedOut.clear();
    assert.ok(getId(world, checking));
  });

  it('gives one login the same identity for ever, and every other login another', () => {
    const first = getId(world, id);
    assert.match(first, /^us-east-1:[0-9a-f-]{36}$/);
    assert.equal(getId(world, id, { claims: { 'cognito:groups': ['new'] } }), first);
    const second = createPool(world, { CognitoIdentityProviders: BOTH });
    const others = [getId(world, id, { sub: 'admin' }), getId(world, second), getId(world, second, OTHER)];
    assert.equal(new Set([first, ...others]).size, 4);
  });

  it('gives a user the same identity through each client of the user pool', () => {
    const two = createPool(world, {
      CognitoIdentityProviders: [BOTH[0], { ProviderName: PROVIDER, ClientId: 'backend' }],
    });
    assert.equal(getId(world, two), getId(world, two, { aud: 'backend' }));
  });

  describe('of several logins', () => {
    let two: string;
    const together = (sub = 'reader'): Record<string, unknown> => ({
      IdentityPoolId: two,
      Logins: { [PROVIDER]: token({ sub }), [OTHER_PROVIDER]: token(OTHER) },
    });

    beforeEach(() => {
      two = createPool(world, { CognitoIdentityProviders: BOTH });
    });

    it('ties them to one identity', () => {
      const first = getId(world, two);
      world.clock.advance(60);
      assert.equal(world.call('GetId', together())['IdentityId'], first);
      assert.equal(getId(world, two, OTHER), first);
      assert.deepEqual(world.call('DescribeIdentity', { IdentityId: first }), {
        IdentityId: first,
        Logins: [PROVIDER, OTHER_PROVIDER],
        CreationDate: new Date(NOW),
        LastModifiedDate: new Date(NOW + 60_000),
      });
    });

    it('refuses a second login of one provider', () => {
      world.call('GetId', together());
      assert.throws(() => world.call('GetId', together('admin')), { code: 'ResourceConflictException' });
    });
  });
});
