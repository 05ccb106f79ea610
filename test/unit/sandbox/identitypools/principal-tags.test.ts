import assert from 'node:assert/strict';
import { principalTagOperations, tagsFor } from '../../../../sandbox/identitypools/principal-tags';
import { IdentityStore, type IdentityPool } from '../../../../sandbox/identitypools/store';
import type { Call, VerifiedLogin } from '../../../../sandbox/kernel/types';
import { tagsInToken } from '../../../../sandbox/sts';
import {
  CLIENT,
  createPool,
  createRole,
  getId,
  PROVIDER,
  READERS,
  type Scene,
  scene,
  token,
  trust,
} from './scene';

const CALL: Call = { requestId: 'r', sourceIp: '127.0.0.1', principal: undefined };
const SAML = 'arn:aws:iam::123456789012:saml-provider/Staff';
const ID = 'us-east-1:1';

const login = (claims: Record<string, unknown>, over: Partial<VerifiedLogin> = {}): VerifiedLogin => ({
  providerName: PROVIDER,
  clientId: CLIENT,
  sub: 'reader',
  claims: { aud: CLIENT, sub: 'reader', ...claims },
  mappingKey: `${PROVIDER}:${CLIENT}`,
  ...over,
});

describe('sandbox identity pools: attributes for access control', () => {
  let store: IdentityStore;
  let pool: IdentityPool;

  const call = (operation: string, input: Record<string, unknown>): unknown =>
    principalTagOperations(store)[operation]?.({ IdentityPoolId: ID, ...input }, CALL);
  const set = (PrincipalTags: unknown, IdentityProviderName = PROVIDER): unknown =>
    call('SetPrincipalTagAttributeMap', { IdentityProviderName, PrincipalTags });

  beforeEach(() => {
    store = new IdentityStore();
    pool = store.addPool(ID, {
      IdentityPoolName: 'x',
      AllowUnauthenticatedIdentities: false,
      CognitoIdentityProviders: [{ ProviderName: PROVIDER, ClientId: CLIENT, ServerSideTokenCheck: false }],
      SamlProviderARNs: [SAML],
      IdentityPoolTags: {},
    });
  });

  it('are none at first', () => {
    assert.deepEqual(call('GetPrincipalTagAttributeMap', { IdentityProviderName: PROVIDER }), {
      IdentityPoolId: ID,
      IdentityProviderName: PROVIDER,
      UseDefaults: false,
      PrincipalTags: {},
    });
    assert.deepEqual(tagsFor(pool, login({ team: 'blue' })), {});
  });

  it('are by default the client and the user', () => {
    const expected = {
      IdentityPoolId: ID,
      IdentityProviderName: PROVIDER,
      UseDefaults: true,
      PrincipalTags: { client: 'aud', username: 'sub' },
    };
    const input = { IdentityProviderName: PROVIDER, UseDefaults: true };
    assert.deepEqual(call('SetPrincipalTagAttributeMap', input), expected);
    assert.deepEqual(call('GetPrincipalTagAttributeMap', input), expected);
    assert.deepEqual(tagsFor(pool, login({})), { client: CLIENT, username: 'reader' });
  });

  it('are the claims that the map names, as far as they are there and simple', () => {
    set({
      team: 'custom:team',
      level: 'level',
      ok: 'email_verified',
      no: 'none',
      list: 'groups',
      odd: 'toString',
    });
    const claims = { 'custom:team': 'blue', level: 3, email_verified: true, groups: ['a', 'b'] };
    assert.deepEqual(tagsFor(pool, login(claims)), { team: 'blue', level: '3', ok: 'true' });
  });

  it('are found under the ARN of a provider', () => {
    set({ team: 'team' }, SAML);
    const staff = login({ team: 'red' }, { providerName: 'staff', mappingKey: SAML });
    assert.deepEqual(tagsFor(pool, staff), { team: 'red' });
  });

  it('of several logins are put together, the first one wins', () => {
    set({ team: 'team', level: 'level' });
    set({ team: 'team', place: 'place' }, SAML);
    const staff = login({ team: 'red', place: 'here' }, { providerName: SAML, mappingKey: SAML });
    const first = login({ team: 'blue', level: 'high' });
    assert.deepEqual(tagsFor(pool, first, staff), { team: 'blue', level: 'high', place: 'here' });
  });

  it("are in a developer's token already", () => {
    const tags = { principal_tags: { team: ['green'], bad: [1] }, transitive_tag_keys: [] };
    const own = login(
      { 'https://aws.amazon.com/tags': tags },
      { providerName: 'cognito-identity.amazonaws.com', mappingKey: 'cognito-identity.amazonaws.com' },
    );
    assert.deepEqual(tagsFor(pool, own), { team: 'green' });
  });

  for (const [what, input, code, message] of [
    [
      'a provider that the pool has not',
      { IdentityProviderName: 'graph.facebook.com' },
      'ResourceNotFoundException',
      /facebook/,
    ],
    ['no provider', {}, 'ValidationException', /'identityProviderName'/],
    [
      'a pool that is not there',
      { IdentityPoolId: 'us-east-1:0', IdentityProviderName: PROVIDER },
      'ResourceNotFoundException',
      /not found/,
    ],
    [
      'lists for claims',
      { IdentityProviderName: PROVIDER, PrincipalTags: { a: ['b'] } },
      'SerializationException',
      /PrincipalTags/,
    ],
    [
      'an empty claim',
      { IdentityProviderName: PROVIDER, PrincipalTags: { a: '' } },
      'ValidationException',
      /'principalTags'/,
    ],
    [
      'a truth for a text',
      { IdentityProviderName: PROVIDER, UseDefaults: 'yes' },
      'SerializationException',
      /UseDefaults/,
    ],
  ] as const) {
    it(`refuse ${what}`, () => {
      assert.throws(() => call('SetPrincipalTagAttributeMap', input), { code, message });
    });
  }
});

describe('sandbox identity pools: sessions with tags', () => {
  const TAG = { Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] };
  let world: Scene;
  let pool: string;
  let IdentityId: string;

  beforeEach(() => {
    world = scene();
    pool = createPool(world, { AllowClassicFlow: true });
    createRole(world, 'Readers', trust(pool, TAG));
    world.call('SetIdentityPoolRoles', { IdentityPoolId: pool, Roles: { authenticated: READERS } });
    world.call('SetPrincipalTagAttributeMap', {
      IdentityPoolId: pool,
      IdentityProviderName: PROVIDER,
      PrincipalTags: { team: 'custom:team' },
    });
    IdentityId = getId(world, pool);
  });

  const ask = (operation: string, team: string): Record<string, unknown> =>
    world.call(operation, { IdentityId, Logins: { [PROVIDER]: token({ claims: { 'custom:team': team } }) } });
  const credentialsOf = (team: string): unknown => ask('GetCredentialsForIdentity', team)['Credentials'];

  it('have them from the token', () => {
    const { AccessKeyId } = credentialsOf('blue') as { AccessKeyId: string };
    assert.deepEqual(world.credentials.find(AccessKeyId)?.principal.tags, { team: 'blue' });
  });

  it('are refused where the trust policy does not let sessions be tagged, and the log says so', () => {
    world.call('UpdateAssumeRolePolicy', { RoleName: 'Readers', PolicyDocument: trust(pool) });
    assert.throws(() => credentialsOf('blue'), { code: 'InvalidIdentityPoolConfigurationException' });
    assert.ok(world.lines.some((line) => line.includes('sts:TagSession')));
  });

  it('are refused where tags take more than 460 bytes', () => {
    assert.ok(credentialsOf('x'.repeat(456)));
    assert.throws(() => credentialsOf('x'.repeat(457)), {
      code: 'InvalidIdentityPoolConfigurationException',
    });
    assert.ok(world.lines.some((line) => line.includes('101% of allotted space')));
  });

  it('are asked for in the token of the basic flow too', () => {
    const { Token } = ask('GetOpenIdToken', 'blue') as { Token: string };
    const claims = JSON.parse(Buffer.from(Token.split('.')[1] ?? '', 'base64url').toString()) as object;
    assert.deepEqual(tagsInToken({ ...claims }), { team: 'blue' });
  });
});
