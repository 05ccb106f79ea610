import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { CLIENT, createPool, getId, NOW, PROVIDER, READERS, type Scene, scene, token } from './scene';

const COGNITO = 'cognito-identity.amazonaws.com';

/** Header and claims of a compact token. */
function decode(text: unknown): [Record<string, unknown>, Record<string, unknown>] {
  const read = (part = ''): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const [header, claims] = String(text).split('.');
  return [read(header), read(claims)];
}

describe('sandbox identity pools: GetOpenIdToken', () => {
  let world: Scene;
  let pool: string;
  let IdentityId: string;
  const Logins = { [PROVIDER]: token() };

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const open = (over: Record<string, unknown> = {}): Record<string, unknown> =>
    call('GetOpenIdToken', { IdentityId, Logins, ...over });

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { AllowClassicFlow: true, AllowUnauthenticatedIdentities: true });
    IdentityId = getId(world, pool);
  });

  for (const [what, over] of [
    ['nothing about it', {}],
    ['no', { AllowClassicFlow: false }],
  ] as const) {
    it(`is refused where the pool says ${what}, whatever the login`, () => {
      const id = getId(world, createPool(world, over));
      for (const tokens of [Logins, { [PROVIDER]: 'garbage' }, {}]) {
        assert.throws(() => open({ IdentityId: id, Logins: tokens }), {
          code: 'InvalidParameterException',
          message: 'Basic (classic) flow is not enabled, please use enhanced flow.',
        });
      }
    });
  }

  it('is refused with a SAML assertion, which is for the enhanced flow alone', () => {
    const assertion = { 'arn:aws:iam::123456789012:saml-provider/Idp': 'PHNhbWw+' };
    assert.throws(() => open({ Logins: assertion }), {
      code: 'InvalidParameterException',
      message: /not supported with SAML providers/,
    });
  });

  it('is refused where the pool has role mappings', () => {
    const mapping = { Type: 'Token', AmbiguousRoleResolution: 'Deny' };
    call('SetIdentityPoolRoles', {
      IdentityPoolId: pool,
      Roles: { authenticated: READERS },
      RoleMappings: { [`${PROVIDER}:${CLIENT}`]: mapping },
    });
    assert.throws(() => open(), {
      code: 'InvalidParameterException',
      message: 'Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.',
    });
  });

  for (const [what, over, code, message] of [
    ['no login for an identity that has one', { Logins: {} }, 'NotAuthorizedException', /is forbidden\.$/],
    [
      "somebody else's login",
      { Logins: { [PROVIDER]: token({ sub: 'x' }) } },
      'NotAuthorizedException',
      /match/,
    ],
    ['a bad token', { Logins: { [PROVIDER]: 'x' } }, 'NotAuthorizedException', /^Invalid login token/],
    [
      'an identity that is not there',
      { IdentityId: 'us-east-1:0' },
      'ResourceNotFoundException',
      /not found/,
    ],
    ['no identity', { IdentityId: undefined }, 'ValidationException', /'identityId'/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => open(over), { code, message, status: 400 });
    });
  }

  it('takes no token of its own, so that nobody can renew one for ever', () => {
    const { Token } = open();
    assert.throws(() => open({ Logins: { [COGNITO]: String(Token) } }), {
      code: 'NotAuthorizedException',
      message: "Invalid login token. Can't pass in a Cognito token.",
    });
  });

  it('makes a token of ten minutes about the identity and its login, signed with the published key', () => {
    const answer = open();
    assert.equal(answer['IdentityId'], IdentityId);
    const [header, claims] = decode(answer['Token']);
    assert.deepEqual(header, { kid: 'us-east-11', typ: 'JWS', alg: 'RS512' });
    assert.deepEqual(claims, {
      sub: IdentityId,
      aud: pool,
      amr: ['authenticated', PROVIDER, `${PROVIDER}:CognitoSignIn:reader`],
      iss: `https://${COGNITO}`,
      [`https://${COGNITO}/identity-pool-arn`]: `arn:aws:cognito-identity:us-east-1:123456789012:identitypool/${pool}`,
      exp: NOW / 1000 + 600,
      iat: NOW / 1000,
    });
    const { keys } = world.pools.openIdTokens.jwks() as { keys: (JsonWebKey & { kid: string })[] };
    const key = keys.find(({ kid }) => kid === header['kid']);
    assert.ok(key);
    const [head, body, signature = ''] = String(answer['Token']).split('.');
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const signed = Buffer.from(`${head}.${body}`);
    assert.ok(verify('RSA-SHA512', signed, publicKey, Buffer.from(signature, 'base64url')));
  });

  it('makes one for a guest, that says so; and one for the guest who signs in', () => {
    const guest = String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
    const [, claims] = decode(open({ IdentityId: guest, Logins: undefined })['Token']);
    assert.deepEqual([claims['sub'], claims['amr']], [guest, ['unauthenticated']]);
    const answer = open({ IdentityId: guest });
    assert.equal(answer['IdentityId'], IdentityId);
    assert.equal(decode(answer['Token'])[1]['sub'], IdentityId);
    assert.throws(() => open({ IdentityId: guest, Logins: undefined }), /is forbidden/);
  });

  describe('whose token', () => {
    const read = (text: string): unknown => world.pools.openIdTokens.verify(text);

    it('is believed until it ends, and no second longer', () => {
      const text = String(open()['Token']);
      world.clock.advance(599);
      const claims = world.pools.openIdTokens.verify(text);
      assert.deepEqual([claims.identityId, claims.poolId, claims.tags], [IdentityId, pool, {}]);
      world.clock.advance(1);
      const now = NOW / 1000 + 600;
      assert.throws(() => read(text), {
        reason: 'expired',
        expiredAt: now,
        message: `Token expired: ${now} >= ${now}`,
      });
    });

    it('is not believed when it was changed, or comes from elsewhere', () => {
      const [head, , signature] = String(open()['Token']).split('.');
      const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const forged = encode({ iss: `https://${COGNITO}`, sub: 'x', aud: pool, amr: [], exp: 9e9 });
      const none = encode({ alg: 'none', kid: 'us-east-11' });
      const foreign = scene();
      const otherPool = createPool(foreign, { AllowClassicFlow: true });
      const IdentityId2 = getId(foreign, otherPool);
      const other = foreign.call('GetOpenIdToken', { IdentityId: IdentityId2, Logins })['Token'];
      for (const [text, reason] of [
        [`${head}.${forged}.${signature}`, 'bad-signature'],
        [`${none}.${forged}.${signature}`, 'bad-signature'],
        [String(other), 'bad-signature'],
        [`${head}.${encode({ iss: 'https://elsewhere.example' })}.${signature}`, 'not-ours'],
        [token(), 'not-ours'],
        ['', 'not-ours'],
      ] as const) {
        assert.throws(() => read(text), { name: 'OpenIdTokenRefused', reason });
      }
    });
  });
});
