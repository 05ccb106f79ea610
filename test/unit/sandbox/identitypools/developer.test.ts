import assert from 'node:assert/strict';
import { BACKEND, COGNITO, type Backend, backend, UNSUPPORTED } from './backend';
import {
  createPool,
  createRole,
  getId,
  NOW,
  OTHER_PROVIDER,
  PROVIDER,
  READERS,
  type Scene,
  scene,
  token,
  trust,
} from './scene';

describe('sandbox identity pools: users of a developer provider', () => {
  let world: Scene;
  let pool: string;

  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);
  const vouch: Backend['vouch'] = (user, over) => backend(world, pool).vouch(user, over);
  const credentials: Backend['credentials'] = (id, text, more) =>
    backend(world, pool).credentials(id, text, more);
  const lookup: Backend['lookup'] = (input) => backend(world, pool).lookup(input);
  const usersOf = (IdentityId: string): unknown => lookup({ IdentityId })['DeveloperUserIdentifierList'];
  const claimsOf = ({ Token }: { Token: string }): Record<string, unknown> =>
    JSON.parse(Buffer.from(Token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const loginsOf = (IdentityId: string): unknown => call('DescribeIdentity', { IdentityId })['Logins'];

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { DeveloperProviderName: BACKEND, AllowUnauthenticatedIdentities: true });
    createRole(world, 'Readers', trust(pool));
    call('SetIdentityPoolRoles', { IdentityPoolId: pool, Roles: { authenticated: READERS } });
  });

  describe('are refused', () => {
    const tags = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
    for (const [what, over, code, message] of [
      [
        'with another provider name',
        { Logins: { 'login.other': 'a' } },
        'InvalidParameterException',
        UNSUPPORTED,
      ],
      [
        'with public logins only',
        { Logins: { [PROVIDER]: token() } },
        'InvalidParameterException',
        UNSUPPORTED,
      ],
      ['with an empty map of logins', { Logins: {} }, 'InvalidParameterException', UNSUPPORTED],
      ['without logins', { Logins: undefined }, 'ValidationException', /'logins'/],
      ['without an ID', { Logins: { [BACKEND]: '' } }, 'ValidationException', /'logins'/],
      ['with an ID too long', { Logins: { [BACKEND]: 'x'.repeat(1025) } }, 'ValidationException', /'logins'/],
      [
        'with a second developer provider',
        { Logins: { [BACKEND]: 'a', 'login.other': 'b' } },
        'NotAuthorizedException',
        /Not a valid OpenId Connect identity token/,
      ],
      [
        'with a public login that does not hold',
        { Logins: { [BACKEND]: 'a', [PROVIDER]: 'garbage' } },
        'NotAuthorizedException',
        /^Invalid login token/,
      ],
      ['for no time', { TokenDuration: 0 }, 'ValidationException', /greater than or equal to 1$/],
      [
        'for more than a day',
        { TokenDuration: 86_401 },
        'ValidationException',
        /less than or equal to 86400/,
      ],
      [
        'with lists for tags',
        { PrincipalTags: { team: ['a'] } },
        'SerializationException',
        /^Start of list found where not expected$/,
      ],
      ['with 51 tags', { PrincipalTags: tags(51) }, 'ValidationException', /'principalTags'/],
      [
        'in a pool that is not there',
        { IdentityPoolId: 'us-east-1:0' },
        'ResourceNotFoundException',
        /not found/,
      ],
      [
        'for an identity that is not there',
        { IdentityId: 'us-east-1:0' },
        'ResourceNotFoundException',
        /not found/,
      ],
    ] as const) {
      it(what, () => {
        assert.throws(() => vouch('anna', over), { code, message, status: 400 });
        assert.throws(() => lookup({ DeveloperUserIdentifier: 'anna' }), {
          code: 'ResourceNotFoundException',
        });
      });
    }

    it('in a pool without developer provider', () => {
      assert.throws(() => vouch('anna', { IdentityPoolId: createPool(world) }), { message: UNSUPPORTED });
    });

    it('an identity of another pool', () => {
      const other = createPool(world, { DeveloperProviderName: BACKEND });
      const { IdentityId } = vouch('anna', { IdentityPoolId: other });
      assert.throws(() => vouch('anna', { IdentityId }), { code: 'ResourceNotFoundException' });
    });

    it('an identity when they have another', () => {
      vouch('anna');
      const { IdentityId } = vouch('berta');
      assert.throws(() => vouch('anna', { IdentityId }), {
        code: 'DeveloperUserAlreadyRegisteredException',
        message: /already registered with Cognito under a different identity ID/,
      });
    });

    it('an identity together with the login of another', () => {
      getId(world, pool);
      const { IdentityId } = vouch('anna');
      assert.throws(() => vouch('anna', { IdentityId, Logins: { [BACKEND]: 'anna', [PROVIDER]: token() } }), {
        code: 'ResourceConflictException',
      });
    });
  });

  it('get one identity each, and a token of a quarter of an hour about it', () => {
    const anna = vouch('anna');
    assert.equal(vouch('anna').IdentityId, anna.IdentityId);
    assert.notEqual(vouch('berta').IdentityId, anna.IdentityId);
    const claims = claimsOf(anna);
    assert.equal(claims['sub'], anna.IdentityId);
    assert.equal(claims['exp'], NOW / 1000 + 900);
    assert.deepEqual(claims['amr'], ['authenticated', BACKEND, `${BACKEND}:${pool}:anna`]);
    assert.equal(claims['https://aws.amazon.com/tags'], undefined);
    assert.deepEqual(loginsOf(anna.IdentityId), [BACKEND]);
  });

  it('get a token of another duration, with tags', () => {
    const answer = vouch('anna', { TokenDuration: 86_400, PrincipalTags: { team: 'blue' } });
    const claims = claimsOf(answer);
    assert.equal(claims['exp'], NOW / 1000 + 86_400);
    assert.deepEqual(claims['https://aws.amazon.com/tags'], {
      principal_tags: { team: ['blue'] },
      transitive_tag_keys: [],
    });
    assert.deepEqual(world.pools.openIdTokens.verify(answer.Token).tags, { team: 'blue' });
  });

  it('may bring public logins, and are then known by either', () => {
    const answer = vouch('anna', { Logins: { [BACKEND]: 'anna', [PROVIDER]: token() } });
    assert.deepEqual(loginsOf(answer.IdentityId), [PROVIDER, BACKEND]);
    assert.deepEqual(claimsOf(answer)['amr'], [
      'authenticated',
      BACKEND,
      `${BACKEND}:${pool}:anna`,
      PROVIDER,
      `${PROVIDER}:CognitoSignIn:reader`,
    ]);
    assert.equal(getId(world, pool), answer.IdentityId);
    assert.equal(vouch('anna').IdentityId, answer.IdentityId);
  });

  it('can be given the identity of a guest, of a public login, or of another user of theirs', () => {
    const guest = String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
    assert.equal(vouch('anna', { IdentityId: guest }).IdentityId, guest);
    assert.throws(() => call('GetCredentialsForIdentity', { IdentityId: guest }), /is forbidden/);
    assert.equal(vouch('anna2', { IdentityId: guest }).IdentityId, guest);
    assert.deepEqual(usersOf(guest), ['anna', 'anna2']);
    const reader = getId(world, pool);
    assert.equal(vouch('berta', { IdentityId: reader }).IdentityId, reader);
    assert.deepEqual(loginsOf(reader), [PROVIDER, BACKEND]);
  });

  describe('for credentials', () => {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    for (const [what, Token, message] of [
      ['a token of another kind', token(), /^Invalid login token\. Not a Cognito token\.$/],
      ['garbage', 'garbage', /Not a Cognito token/],
      [
        'a forged token',
        `${encode({ alg: 'RS512', kid: 'us-east-11' })}.${encode({ iss: `https://${COGNITO}`, exp: 9e9 })}.c2ln`,
        /^Invalid login token\. Couldn't verify signed token\.$/,
      ],
    ] as const) {
      it(`cannot use ${what}`, () => {
        const { IdentityId } = vouch('anna');
        assert.throws(() => credentials(IdentityId, Token), { code: 'NotAuthorizedException', message });
      });
    }

    it('cannot use a token that has ended', () => {
      const { IdentityId, Token } = vouch('anna', { TokenDuration: 60 });
      world.clock.advance(61);
      const now = NOW / 1000;
      assert.throws(() => credentials(IdentityId, Token), {
        code: 'NotAuthorizedException',
        message: `Invalid login token. Token expired: ${now + 61} >= ${now + 60}`,
      });
    });

    it("cannot use the token of a guest, or of somebody else's identity", () => {
      const { IdentityId } = vouch('anna');
      const guest = String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
      const open = createPool(world, { AllowUnauthenticatedIdentities: true, AllowClassicFlow: true });
      const stranger = String(call('GetId', { IdentityPoolId: open })['IdentityId']);
      const { Token } = call('GetOpenIdToken', { IdentityId: stranger });
      assert.throws(() => credentials(stranger, String(Token)), /Not a Cognito token/);
      assert.throws(() => credentials(IdentityId, vouch('berta').Token), /Logins don't match/);
      const other = createPool(world, { DeveloperProviderName: BACKEND });
      const foreign = vouch('anna', { IdentityPoolId: other });
      for (const id of [guest, IdentityId]) {
        assert.throws(() => credentials(id, foreign.Token), /Logins don't match/);
      }
    });

    it('cannot name their provider in a public map, nor give the token to GetId', () => {
      const { IdentityId, Token } = vouch('anna');
      const ask = (operation: string, Logins: Record<string, string>): unknown =>
        call(operation, { IdentityId, IdentityPoolId: pool, Logins });
      for (const operation of ['GetId', 'GetCredentialsForIdentity', 'UnlinkIdentity']) {
        assert.throws(
          () =>
            call(operation, {
              IdentityId,
              IdentityPoolId: pool,
              Logins: { [BACKEND]: Token },
              LoginsToRemove: [PROVIDER],
            }),
          {
            code: 'InvalidParameterException',
            message: 'Please provide a valid public provider.',
          },
        );
      }
      assert.throws(() => ask('GetId', { [COGNITO]: Token }), {
        code: 'NotAuthorizedException',
        message: "Invalid login token. Can't pass in a Cognito token.",
      });
    });

    it('use the token with the identity that came with it, without GetId', () => {
      const { IdentityId, Token } = vouch('anna');
      const answer = credentials(IdentityId, Token);
      assert.equal(answer['IdentityId'], IdentityId);
      const { AccessKeyId } = answer['Credentials'] as { AccessKeyId: string };
      const principal = world.credentials.find(AccessKeyId)?.principal;
      assert.equal(principal?.roleName, 'Readers');
      assert.deepEqual(principal.context[`${COGNITO}:amr`], [
        'authenticated',
        BACKEND,
        `${BACKEND}:${pool}:anna`,
      ]);
    });

    it('link public logins with it, and take over a guest', () => {
      const { IdentityId, Token } = vouch('anna');
      credentials(IdentityId, Token, { [PROVIDER]: token() });
      assert.deepEqual(loginsOf(IdentityId), [PROVIDER, BACKEND]);
      const guest = String(call('GetId', { IdentityPoolId: pool })['IdentityId']);
      assert.equal(credentials(guest, Token)['IdentityId'], IdentityId);
      assert.throws(() => credentials(guest, Token), /is forbidden/);
    });
  });

  it('are not mixed up with public providers of other pools', () => {
    const two = createPool(world, {
      DeveloperProviderName: BACKEND,
      CognitoIdentityProviders: [{ ProviderName: OTHER_PROVIDER, ClientId: 'other' }],
    });
    const here = vouch('anna');
    assert.notEqual(vouch('anna', { IdentityPoolId: two }).IdentityId, here.IdentityId);
  });
});
