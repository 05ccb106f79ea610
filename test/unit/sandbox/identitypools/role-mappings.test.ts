import assert from 'node:assert/strict';
import { ADMINS, CLIENT, createPool, PROVIDER, READERS, type Scene, scene } from './scene';

const KEY = `${PROVIDER}:${CLIENT}`;
const OIDC = 'arn:aws:iam::123456789012:oidc-provider/id.example.com';
const SAML = 'arn:aws:iam::123456789012:saml-provider/Staff';
const RULE = { Claim: 'cognito:groups', MatchType: 'Contains', Value: 'admins', RoleARN: ADMINS };
const mappingOf = (Rules: unknown): Record<string, unknown> => ({
  Type: 'Rules',
  AmbiguousRoleResolution: 'Deny',
  RulesConfiguration: { Rules },
});

describe('sandbox identity pools: mappings by rules', () => {
  let world: Scene;
  let pool: string;

  const set = (RoleMappings: Record<string, unknown>): unknown =>
    world.call('SetIdentityPoolRoles', {
      IdentityPoolId: pool,
      Roles: { authenticated: READERS },
      RoleMappings,
    });

  beforeEach(() => {
    world = scene();
    pool = createPool(world, {
      SupportedLoginProviders: { 'graph.facebook.com': '7' },
      OpenIdConnectProviderARNs: [OIDC],
      SamlProviderARNs: [SAML],
    });
  });

  it('are kept for every kind of provider, as they were set', () => {
    const RoleMappings = {
      [KEY]: mappingOf(Array.from({ length: 25 }, (_, index) => ({ ...RULE, Value: `g${index}` }))),
      'graph.facebook.com': mappingOf([{ ...RULE, MatchType: 'NotEqual' }]),
      [OIDC]: mappingOf([{ ...RULE, MatchType: 'StartsWith' }]),
      [SAML]: mappingOf([{ ...RULE, MatchType: 'Equals' }]),
    };
    set(RoleMappings);
    const kept = world.call('GetIdentityPoolRoles', { IdentityPoolId: pool });
    assert.deepEqual(kept['RoleMappings'], RoleMappings);
  });

  for (const [what, key, mapping, code, message] of [
    [
      'a provider that the pool has not',
      'accounts.google.com',
      mappingOf([RULE]),
      'InvalidParameterException',
      /^accounts\.google\.com is not a valid RoleMapping ProviderName or is not a configured provider\.$/,
    ],
    [
      'no resolution',
      KEY,
      { ...mappingOf([RULE]), AmbiguousRoleResolution: undefined },
      'InvalidParameterException',
      /AmbiguousRoleResolution is required/,
    ],
    [
      'no configuration',
      KEY,
      { ...mappingOf([]), RulesConfiguration: undefined },
      'InvalidParameterException',
      /RulesConfiguration is required/,
    ],
    ['no list of rules', KEY, mappingOf(undefined), 'ValidationException', /'rules' .* not be null/],
    ['no rule', KEY, mappingOf([]), 'ValidationException', /'rules' .* greater than or equal to 1/],
    [
      '26 rules',
      KEY,
      mappingOf(Array.from({ length: 26 }, () => RULE)),
      'LimitExceededException',
      /At most 25/,
    ],
    ['rules that are none', KEY, mappingOf(['a']), 'SerializationException', /Rules/],
    [
      'another match',
      KEY,
      mappingOf([{ ...RULE, MatchType: 'EndsWith' }]),
      'ValidationException',
      /enum value set: \[Equals, Contains, StartsWith, NotEqual\]/,
    ],
    ['no claim', KEY, mappingOf([{ ...RULE, Claim: undefined }]), 'ValidationException', /'claim'/],
    [
      'a claim with a space',
      KEY,
      mappingOf([{ ...RULE, Claim: 'a b' }]),
      'ValidationException',
      /'claim' .* pattern/,
    ],
    ['no value', KEY, mappingOf([{ ...RULE, Value: '' }]), 'ValidationException', /'value'/],
    [
      'a value that is too long',
      KEY,
      mappingOf([{ ...RULE, Value: 'x'.repeat(129) }]),
      'ValidationException',
      /128/,
    ],
    ['no role', KEY, mappingOf([{ ...RULE, RoleARN: 'Admins' }]), 'ValidationException', /'roleARN'/],
  ] as const) {
    it(`refuse ${what}, and the pool stays as it was`, () => {
      assert.throws(() => set({ [key]: mapping }), { code, message, status: 400 });
      assert.deepEqual(world.call('GetIdentityPoolRoles', { IdentityPoolId: pool })['Roles'], {});
    });
  }
});
