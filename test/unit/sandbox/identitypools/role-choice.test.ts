import assert from 'node:assert/strict';
import type { VerifiedLogin } from '../../../../sandbox/kernel/types';
import { chooseRole } from '../../../../sandbox/identitypools/roles';
import type { RoleMapping } from '../../../../sandbox/identitypools/pool-roles';
import type { MappingRule, MatchType } from '../../../../sandbox/identitypools/rule-mappings';
import type { IdentityPool } from '../../../../sandbox/identitypools/store';
import { ADMINS, CLIENT, PROVIDER, READERS, ROLES } from './scene';

const DEFAULT = `${ROLES}/Default`;
const KEY = `${PROVIDER}:${CLIENT}`;
const SAML = 'arn:aws:iam::123456789012:saml-provider/Staff';
const SAML_ROLE = 'https://aws.amazon.com/SAML/Attributes/Role';

const rule = (Claim: string, MatchType: MatchType, Value: string, RoleARN = READERS): MappingRule => ({
  Claim,
  MatchType,
  Value,
  RoleARN,
});
const rules = (
  list: readonly MappingRule[],
  AmbiguousRoleResolution: RoleMapping['AmbiguousRoleResolution'] = 'Deny',
): RoleMapping => ({ Type: 'Rules', AmbiguousRoleResolution, RulesConfiguration: { Rules: list } });
const byToken = (AmbiguousRoleResolution: RoleMapping['AmbiguousRoleResolution']): RoleMapping => ({
  Type: 'Token',
  AmbiguousRoleResolution,
});

interface Case {
  readonly what: string;
  readonly mapping?: RoleMapping;
  /** Where the mapping stands, and the login comes from. */
  readonly key?: string;
  readonly claims?: Record<string, unknown>;
  readonly custom?: string;
  readonly noDefault?: true;
}
interface Given extends Case {
  readonly role: string;
}
interface Refused extends Case {
  readonly error: keyof typeof ERRORS;
}

const ERRORS = {
  ambiguous: {
    code: 'NotAuthorizedException',
    message: 'The ambiguous role mapping rules denied this request.',
  },
  notOffered: {
    code: 'NotAuthorizedException',
    message: 'The requested role is not among the roles of this login.',
  },
  configuration: { code: 'InvalidIdentityPoolConfigurationException' },
} as const;

const pool = (given: Case): IdentityPool => ({
  id: 'us-east-1:1',
  settings: {
    IdentityPoolName: 'x',
    AllowUnauthenticatedIdentities: false,
    CognitoIdentityProviders: [],
    IdentityPoolTags: {},
  },
  roles: {
    ...(given.noDefault === true ? {} : { authenticated: DEFAULT }),
    mappings: new Map(given.mapping === undefined ? [] : [[given.key ?? KEY, given.mapping]]),
  },
});

const choose = (given: Case): string => {
  const login: VerifiedLogin = {
    providerName: PROVIDER,
    clientId: CLIENT,
    sub: 'reader',
    claims: given.claims ?? {},
    mappingKey: given.key ?? KEY,
  };
  return chooseRole(pool(given), login, given.custom);
};

const ties = { 'cognito:groups': ['readers', 'admins'], 'cognito:roles': [READERS, ADMINS] };
const prefers = { ...ties, 'cognito:preferred_role': ADMINS };
const twoRules = [rule('dept', 'Equals', 'sales'), rule('level', 'StartsWith', '1', ADMINS)];

const GIVEN: readonly Given[] = [
  { what: 'default: no mapping, whatever the token prefers', claims: prefers, role: DEFAULT },
  { what: 'default: asked for by name', custom: DEFAULT, role: DEFAULT },
  {
    what: 'token: the preferred role',
    mapping: byToken('Deny'),
    claims: prefers,
    noDefault: true,
    role: ADMINS,
  },
  {
    what: 'token: a tie gives the default',
    mapping: byToken('AuthenticatedRole'),
    claims: ties,
    role: DEFAULT,
  },
  { what: 'token: no role gives the default', mapping: byToken('AuthenticatedRole'), role: DEFAULT },
  {
    what: 'token: a custom role out of the token',
    mapping: byToken('Deny'),
    claims: ties,
    custom: READERS,
    role: READERS,
  },
  {
    what: 'token: a custom role over the preferred one',
    mapping: byToken('Deny'),
    claims: prefers,
    custom: READERS,
    role: READERS,
  },
  {
    what: 'rules: Equals',
    mapping: rules([rule('dept', 'Equals', 'sales')]),
    claims: { dept: 'sales' },
    role: READERS,
  },
  {
    what: 'rules: Contains',
    mapping: rules([rule('dept', 'Contains', 'ale')]),
    claims: { dept: 'sales' },
    role: READERS,
  },
  {
    what: 'rules: StartsWith',
    mapping: rules([rule('dept', 'StartsWith', 'sa')]),
    claims: { dept: 'sales' },
    role: READERS,
  },
  {
    what: 'rules: NotEqual',
    mapping: rules([rule('dept', 'NotEqual', 'it')]),
    claims: { dept: 'sales' },
    role: READERS,
  },
  {
    what: 'rules: the first that holds',
    mapping: rules(twoRules),
    claims: { dept: 'sales', level: '12' },
    role: READERS,
  },
  {
    what: 'rules: a later one, where the first does not hold',
    mapping: rules(twoRules),
    claims: { dept: 'it', level: '12' },
    role: ADMINS,
  },
  {
    what: 'rules: a custom role of a later rule that holds',
    mapping: rules(twoRules),
    claims: { dept: 'sales', level: '12' },
    custom: ADMINS,
    role: ADMINS,
  },
  {
    what: 'rules: none holds, which gives the default',
    mapping: rules(twoRules, 'AuthenticatedRole'),
    role: DEFAULT,
  },
  {
    what: 'rules: a number',
    mapping: rules([rule('level', 'Equals', '12')]),
    claims: { level: 12 },
    role: READERS,
  },
  {
    what: 'rules: a truth',
    mapping: rules([rule('email_verified', 'Equals', 'true')]),
    claims: { email_verified: true },
    role: READERS,
  },
  {
    what: 'rules: one of many values',
    mapping: rules([rule('cognito:groups', 'Equals', 'admins')]),
    claims: ties,
    role: READERS,
  },
  {
    what: 'rules: a part of one of many values',
    mapping: rules([rule('cognito:groups', 'Contains', 'dmi')]),
    claims: ties,
    role: READERS,
  },
  {
    what: 'rules: of a public provider',
    key: 'graph.facebook.com',
    mapping: rules([rule('id', 'Equals', '7')]),
    claims: { id: '7' },
    role: READERS,
  },
  {
    what: 'SAML: the only role of the assertion',
    key: SAML,
    claims: { [SAML_ROLE]: `${READERS},${SAML}` },
    role: READERS,
  },
  {
    what: 'SAML: the role asked for, provider first',
    key: SAML,
    claims: { [SAML_ROLE]: [`${SAML},${READERS}`, `${SAML}, ${ADMINS}`] },
    custom: ADMINS,
    role: ADMINS,
  },
  {
    what: 'SAML: several roles and none asked for',
    key: SAML,
    claims: { [SAML_ROLE]: [`${SAML},${READERS}`, `${SAML},${ADMINS}`] },
    role: DEFAULT,
  },
  { what: 'SAML: no role in the assertion', key: SAML, role: DEFAULT },
  {
    what: 'the attribute of SAML in a token of another kind',
    claims: { [SAML_ROLE]: `${SAML},${ADMINS}` },
    role: DEFAULT,
  },
];

const REFUSED: readonly Refused[] = [
  { what: 'default: there is none', noDefault: true, error: 'configuration' },
  { what: 'default: a custom role', claims: prefers, custom: ADMINS, error: 'notOffered' },
  { what: 'token: a tie', mapping: byToken('Deny'), claims: ties, error: 'ambiguous' },
  { what: 'token: no role', mapping: byToken('Deny'), error: 'ambiguous' },
  {
    what: 'token: a tie, and no default to fall back on',
    mapping: byToken('AuthenticatedRole'),
    claims: ties,
    noDefault: true,
    error: 'configuration',
  },
  {
    what: 'token: a custom role that is not in it',
    mapping: byToken('AuthenticatedRole'),
    claims: { 'cognito:roles': [READERS] },
    custom: ADMINS,
    error: 'notOffered',
  },
  {
    what: 'token: a custom role, out of roles that are no list',
    mapping: byToken('Deny'),
    claims: { 'cognito:roles': ADMINS },
    custom: ADMINS,
    error: 'notOffered',
  },
  {
    what: 'rules: none holds',
    mapping: rules(twoRules),
    claims: { dept: 'it', level: '21' },
    error: 'ambiguous',
  },
  {
    what: 'rules: a custom role whose rule does not hold',
    mapping: rules(twoRules),
    claims: { dept: 'sales', level: '2' },
    custom: ADMINS,
    error: 'notOffered',
  },
  {
    what: 'rules: a custom role of the token',
    mapping: rules(twoRules),
    claims: { ...ties, dept: 'sales' },
    custom: ADMINS,
    error: 'notOffered',
  },
  {
    what: 'rules: the default role asked for',
    mapping: rules(twoRules, 'AuthenticatedRole'),
    custom: DEFAULT,
    error: 'notOffered',
  },
  {
    what: 'rules: Equals in another case',
    mapping: rules([rule('dept', 'Equals', 'Sales')]),
    claims: { dept: 'sales' },
    error: 'ambiguous',
  },
  {
    what: 'rules: StartsWith in the middle',
    mapping: rules([rule('dept', 'StartsWith', 'ale')]),
    claims: { dept: 'sales' },
    error: 'ambiguous',
  },
  {
    what: 'rules: NotEqual that is equal',
    mapping: rules([rule('dept', 'NotEqual', 'sales')]),
    claims: { dept: 'sales' },
    error: 'ambiguous',
  },
  {
    what: 'rules: NotEqual of a claim that is not there',
    mapping: rules([rule('dept', 'NotEqual', 'it')]),
    error: 'ambiguous',
  },
  {
    what: 'rules: NotEqual of one of many values',
    mapping: rules([rule('cognito:groups', 'NotEqual', 'admins')]),
    claims: ties,
    error: 'ambiguous',
  },
  {
    what: 'rules: a structure',
    mapping: rules([rule('address', 'Contains', 'object')]),
    claims: { address: { street: 'x' } },
    error: 'ambiguous',
  },
  {
    what: 'rules: what every object inherits',
    mapping: rules([rule('constructor', 'Contains', 'O')]),
    error: 'ambiguous',
  },
  {
    what: 'SAML: a role that the assertion does not offer',
    key: SAML,
    claims: { [SAML_ROLE]: `${SAML},${READERS}` },
    custom: ADMINS,
    error: 'notOffered',
  },
];

describe('sandbox identity pools: the choice of a role', () => {
  for (const given of GIVEN) {
    it(`${given.what} → ${given.role.replace(/^.*\//, '')}`, () => assert.equal(choose(given), given.role));
  }
  for (const given of REFUSED) {
    it(`${given.what} → refused: ${given.error}`, () =>
      assert.throws(() => choose(given), ERRORS[given.error]));
  }
});
