import assert from 'node:assert/strict';
import { ADMINS, CLIENT, createPool, getId, PROVIDER, READERS, type Scene, scene } from './scene';

const KEY = `${PROVIDER}:${CLIENT}`;
const NAMED = { IdentityPoolName: 'a', AllowUnauthenticatedIdentities: false };

describe('sandbox identity pools: settings', () => {
  let world: Scene;
  let id: string;
  const call = (operation: string, input: Record<string, unknown>): Record<string, unknown> =>
    world.call(operation, input);

  beforeEach(() => {
    world = scene();
    id = createPool(world);
  });

  it('are described as they were given, under an ID of the region', () => {
    assert.match(id, /^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual(call('DescribeIdentityPool', { IdentityPoolId: id }), {
      IdentityPoolId: id,
      IdentityPoolName: 'notes app',
      AllowUnauthenticatedIdentities: false,
      CognitoIdentityProviders: [{ ProviderName: PROVIDER, ClientId: CLIENT, ServerSideTokenCheck: false }],
      IdentityPoolTags: {},
    });
  });

  it('that an update leaves out are reset', () => {
    call('UpdateIdentityPool', { IdentityPoolId: id, ...NAMED, AllowUnauthenticatedIdentities: true });
    assert.deepEqual(call('DescribeIdentityPool', { IdentityPoolId: id }), {
      IdentityPoolId: id,
      IdentityPoolName: 'a',
      AllowUnauthenticatedIdentities: true,
      CognitoIdentityProviders: [],
      IdentityPoolTags: {},
    });
  });

  it('are listed page by page, each pool once', () => {
    const ids = [
      id,
      ...Array.from({ length: 4 }, (_, n) => createPool(world, { IdentityPoolName: `pool ${n}` })),
    ];
    const seen: string[] = [];
    let NextToken: unknown;
    let pages = 0;
    do {
      const page = call('ListIdentityPools', {
        MaxResults: 2,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      seen.push(
        ...(page['IdentityPools'] as { IdentityPoolId: string }[]).map((pool) => pool.IdentityPoolId),
      );
      NextToken = page['NextToken'];
      pages++;
    } while (NextToken !== undefined);
    assert.deepEqual([seen, pages], [ids, 3]);
  });

  it('go with the pool, and its identities too', () => {
    const IdentityId = getId(world, id);
    call('DeleteIdentityPool', { IdentityPoolId: id });
    const gone = { code: 'ResourceNotFoundException', status: 400 };
    assert.throws(() => call('DescribeIdentityPool', { IdentityPoolId: id }), {
      ...gone,
      message: `IdentityPool '${id}' not found.`,
    });
    assert.throws(() => call('DescribeIdentity', { IdentityId }), {
      ...gone,
      message: `Identity '${IdentityId}' not found.`,
    });
  });

  it('can be seeded under a chosen ID', () => {
    const chosen = 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000001';
    world.pools.createPool(NAMED, chosen);
    assert.equal(call('DescribeIdentityPool', { IdentityPoolId: chosen })['IdentityPoolName'], 'a');
  });

  describe('of roles', () => {
    const mapping = { Type: 'Token', AmbiguousRoleResolution: 'Deny' };

    it('are none at first', () => {
      assert.deepEqual(call('GetIdentityPoolRoles', { IdentityPoolId: id }), {
        IdentityPoolId: id,
        Roles: {},
      });
    });

    it('are kept, and replaced as a whole', () => {
      const Roles = { authenticated: READERS, unauthenticated: ADMINS };
      call('SetIdentityPoolRoles', { IdentityPoolId: id, Roles, RoleMappings: { [KEY]: mapping } });
      assert.deepEqual(call('GetIdentityPoolRoles', { IdentityPoolId: id }), {
        IdentityPoolId: id,
        Roles,
        RoleMappings: { [KEY]: mapping },
      });
      call('SetIdentityPoolRoles', { IdentityPoolId: id, Roles: {} });
      assert.deepEqual(call('GetIdentityPoolRoles', { IdentityPoolId: id }), {
        IdentityPoolId: id,
        Roles: {},
      });
    });

    for (const [what, over, code, message] of [
      ['no roles', { Roles: undefined }, 'ValidationException', /'roles' .* not be null/],
      ['another kind of role', { Roles: { guest: READERS } }, 'ValidationException', /'roles'/],
      [
        'something that is no ARN',
        { Roles: { authenticated: 'Readers' } },
        'ValidationException',
        /length greater than or equal to 20/,
      ],
      [
        'a role that is no text',
        { Roles: { authenticated: [READERS] } },
        'SerializationException',
        /Roles\.authenticated/,
      ],
      [
        'a mapping of another client',
        { RoleMappings: { [`${PROVIDER}:other`]: mapping } },
        'InvalidParameterException',
        /is not a valid RoleMapping ProviderName or is not a configured provider/,
      ],
      [
        'a mapping without client',
        { RoleMappings: { [PROVIDER]: mapping } },
        'InvalidParameterException',
        /configured provider/,
      ],
      [
        'a mapping of no type',
        { RoleMappings: { [KEY]: {} } },
        'ValidationException',
        /'type' .* not be null/,
      ],
      [
        'a mapping of another type',
        { RoleMappings: { [KEY]: { Type: 'Magic' } } },
        'ValidationException',
        /enum value set: \[Token, Rules\]/,
      ],
      [
        'a mapping that leaves ties open',
        { RoleMappings: { [KEY]: { Type: 'Token' } } },
        'InvalidParameterException',
        /AmbiguousRoleResolution is required/,
      ],
      [
        'a tie settled by chance',
        { RoleMappings: { [KEY]: { ...mapping, AmbiguousRoleResolution: 'Random' } } },
        'ValidationException',
        /\[AuthenticatedRole, Deny\]/,
      ],
      [
        'rules for the token',
        { RoleMappings: { [KEY]: { ...mapping, RulesConfiguration: { Rules: [] } } } },
        'InvalidParameterException',
        /RulesConfiguration/,
      ],
      [
        'a mapping that is none',
        { RoleMappings: { [KEY]: 'Token' } },
        'SerializationException',
        /RoleMappings/,
      ],
      [
        'a pool that is not there',
        { IdentityPoolId: 'us-east-1:0' },
        'ResourceNotFoundException',
        /not found/,
      ],
    ] as const) {
      it(`refuse ${what}, and stay as they were`, () => {
        const input = { IdentityPoolId: id, Roles: { authenticated: READERS } };
        call('SetIdentityPoolRoles', input);
        assert.throws(() => call('SetIdentityPoolRoles', { ...input, ...over }), { code, message });
        const kept = call('GetIdentityPoolRoles', { IdentityPoolId: id });
        assert.deepEqual(kept, { IdentityPoolId: id, Roles: { authenticated: READERS } });
      });
    }
  });

  for (const [operation, input, code, message] of [
    [
      'CreateIdentityPool',
      { ...NAMED, IdentityPoolName: undefined },
      'ValidationException',
      /Value null at 'identityPoolName'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, IdentityPoolName: 'a/b' },
      'ValidationException',
      /regular expression/,
    ],
    ['CreateIdentityPool', { ...NAMED, IdentityPoolName: 7 }, 'SerializationException', /IdentityPoolName/],
    [
      'CreateIdentityPool',
      { IdentityPoolName: 'a' },
      'ValidationException',
      /'allowUnauthenticatedIdentities'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, AllowUnauthenticatedIdentities: 'yes' },
      'SerializationException',
      /AllowUnauth/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, CognitoIdentityProviders: {} },
      'SerializationException',
      /CognitoIdentityProviders/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, CognitoIdentityProviders: [{ ProviderName: PROVIDER }] },
      'ValidationException',
      /'clientId'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, CognitoIdentityProviders: [{ ProviderName: 'a b', ClientId: 'c' }] },
      'ValidationException',
      /'providerName'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, SamlProviderARNs: ['short'] },
      'ValidationException',
      /'samlProviderARNs'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, SupportedLoginProviders: { '': 'x' } },
      'ValidationException',
      /'supportedLoginProviders'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, SupportedLoginProviders: { 'https://accounts.google.com': 'x' } },
      'ValidationException',
      /'supportedLoginProviders'/,
    ],
    [
      'CreateIdentityPool',
      { ...NAMED, SamlProviderARNs: ['arn:aws:iam::123456789012:oidc-provider/login.example'] },
      'InvalidParameterException',
      /no ARN of IAM's saml-provider/,
    ],
    [
      'UpdateIdentityPool',
      { ...NAMED, IdentityPoolId: 'us-east-1:0' },
      'ResourceNotFoundException',
      /not found/,
    ],
    ['DescribeIdentityPool', {}, 'ValidationException', /Value null at 'identityPoolId'/],
    [
      'DescribeIdentityPool',
      { IdentityPoolId: 'us-east-1_Sandbox01' },
      'ValidationException',
      /regular expression pattern: \[\\w-\]\+:\[0-9a-f-\]\+/,
    ],
    [
      'DescribeIdentityPool',
      { IdentityPoolId: 'eu-west-1:5a4db0c0-1d3a-4e5f-9a0b-000000000001' },
      'ResourceNotFoundException',
      /IdentityPool 'eu-west-1:[0-9a-f-]+' not found/,
    ],
    ['DeleteIdentityPool', { IdentityPoolId: 'us-east-1:0' }, 'ResourceNotFoundException', /not found/],
    ['GetIdentityPoolRoles', { IdentityPoolId: 'us-east-1:0' }, 'ResourceNotFoundException', /not found/],
    ['ListIdentityPools', {}, 'ValidationException', /Value null at 'maxResults'/],
    ['ListIdentityPools', { MaxResults: 61 }, 'ValidationException', /less than or equal to 60/],
    ['ListIdentityPools', { MaxResults: '5' }, 'SerializationException', /MaxResults/],
    ['ListIdentityPools', { MaxResults: 5, NextToken: 'nonsense' }, 'InvalidParameterException', /token/],
  ] as const) {
    it(`${operation} of ${JSON.stringify(input)} is refused with ${code}`, () => {
      assert.throws(() => call(operation, input), { code, message, status: 400 });
    });
  }

  it('need a signature, apart from the four calls of a person', () => {
    assert.deepEqual([...world.pools.service.unsigned].sort(), [
      'GetCredentialsForIdentity',
      'GetId',
      'GetOpenIdToken',
      'UnlinkIdentity',
    ]);
  });
});
