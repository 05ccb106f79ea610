import assert from 'node:assert/strict';
import type { IdentityPoolRoles, MappingRule, RoleMapping, RuleMatch } from '../../../../src/core/admin-port';
import { chooseRole, type Claims, type RoleChoice } from '../../../../src/core/federation/role-mapping';

const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const [AUTH, GUEST, ADMINS, READERS] = [arn('Auth'), arn('Guest'), arn('Admins'), arn('Readers')];
const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
const KEY = `${PROVIDER}:web`;

const rule = (claim: string, match: RuleMatch, value: string, roleArn = ADMINS): MappingRule => ({
  claim,
  match,
  value,
  roleArn,
});
const byToken = (ambiguous: RoleMapping['ambiguous']): RoleMapping => ({
  type: 'Token',
  ambiguous,
  rules: [],
});
const byRules = (ambiguous: RoleMapping['ambiguous'], ...rules: MappingRule[]): RoleMapping => ({
  type: 'Rules',
  ambiguous,
  rules,
});

interface Row {
  readonly what: string;
  readonly mapping?: RoleMapping;
  readonly key?: string;
  readonly claims?: Claims;
  readonly custom?: string;
  readonly authenticated?: string | undefined;
  /** A role, or `denied` or `no-role`. */
  readonly is: string;
  readonly because: RegExp;
}

function choose(row: Omit<Row, 'is' | 'because' | 'what'>): RoleChoice {
  const roles: IdentityPoolRoles = {
    authenticated: 'authenticated' in row ? row.authenticated : AUTH,
    unauthenticated: GUEST,
    mappings: row.mapping ? { [row.key ?? KEY]: row.mapping } : {},
  };
  const login = { kind: 'login', key: PROVIDER, clientId: 'web', claims: row.claims ?? {} } as const;
  return chooseRole({ roles, login, customRoleArn: row.custom });
}

const both = { 'cognito:roles': [ADMINS, READERS] };
const preferred = { ...both, 'cognito:preferred_role': READERS };

const table: readonly Row[] = [
  { what: 'default: no mapping', is: AUTH, because: /Without a role mapping/ },
  {
    what: 'default: mapping of another client',
    mapping: byToken('Deny'),
    key: `${PROVIDER}:app`,
    is: AUTH,
    because: /Without/,
  },
  {
    what: 'default: none attached',
    authenticated: undefined,
    is: 'no-role',
    because: /no authenticated role/,
  },
  { what: 'default: the same as custom role', custom: AUTH, is: AUTH, because: /Without/ },
  { what: 'default: another custom role', custom: ADMINS, is: 'denied', because: /nothing to choose from/ },

  {
    what: 'token: preferred',
    mapping: byToken('Deny'),
    claims: preferred,
    is: READERS,
    because: /prefers .*Readers/,
  },
  {
    what: 'token: custom role allowed',
    mapping: byToken('Deny'),
    claims: preferred,
    custom: ADMINS,
    is: ADMINS,
    because: /among the roles/,
  },
  {
    what: 'token: custom role refused',
    mapping: byToken('AuthenticatedRole'),
    claims: preferred,
    custom: AUTH,
    is: 'denied',
    because: /not among the roles in the token: .*Admins, .*Readers/,
  },
  {
    what: 'token: custom role, and no roles',
    mapping: byToken('AuthenticatedRole'),
    custom: AUTH,
    is: 'denied',
    because: /\(none\)/,
  },
  {
    what: 'token: tie, default',
    mapping: byToken('AuthenticatedRole'),
    claims: both,
    is: AUTH,
    because: /set to give the authenticated/,
  },
  { what: 'token: tie, deny', mapping: byToken('Deny'), claims: both, is: 'denied', because: /set to deny/ },
  {
    what: 'token: no roles, default',
    mapping: byToken('AuthenticatedRole'),
    is: AUTH,
    because: /set to give/,
  },
  { what: 'token: no roles, deny', mapping: byToken('Deny'), is: 'denied', because: /set to deny/ },
  {
    what: 'token: no roles, nothing said',
    mapping: byToken(undefined),
    is: 'denied',
    because: /does not say/,
  },
  {
    what: 'token: tie, and no default',
    mapping: byToken('AuthenticatedRole'),
    claims: both,
    authenticated: undefined,
    is: 'no-role',
    because: /no authenticated role/,
  },
  {
    what: 'token: roles as text',
    mapping: byToken('Deny'),
    claims: { 'cognito:roles': `${ADMINS}, ${READERS}` },
    custom: READERS,
    is: READERS,
    because: /among/,
  },

  {
    what: 'Equals',
    mapping: byRules('Deny', rule('dept', 'Equals', 'sales')),
    claims: { dept: 'sales' },
    is: ADMINS,
    because: /Rule 1 is the first/,
  },
  {
    what: 'Equals, other case',
    mapping: byRules('Deny', rule('dept', 'Equals', 'sales')),
    claims: { dept: 'Sales' },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'Equals, a part',
    mapping: byRules('Deny', rule('dept', 'Equals', 'sales')),
    claims: { dept: 'sales2' },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'Equals, one of a list',
    mapping: byRules('Deny', rule('cognito:groups', 'Equals', 'b')),
    claims: { 'cognito:groups': ['a', 'b'] },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'Equals true',
    mapping: byRules('Deny', rule('paid', 'Equals', 'true')),
    claims: { paid: true },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'Equals, an object',
    mapping: byRules('Deny', rule('a', 'Equals', '[object Object]')),
    claims: { a: {} },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'Contains',
    mapping: byRules('Deny', rule('dept', 'Contains', 'ale')),
    claims: { dept: 'sales' },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'Contains, not',
    mapping: byRules('AuthenticatedRole', rule('dept', 'Contains', 'x')),
    claims: { dept: 'sales' },
    is: AUTH,
    because: /set to give/,
  },
  {
    what: 'Contains, within one of a list',
    mapping: byRules('Deny', rule('g', 'Contains', 'min')),
    claims: { g: ['x', 'admins'] },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'StartsWith',
    mapping: byRules('Deny', rule('dept', 'StartsWith', 'sa')),
    claims: { dept: 'sales' },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'StartsWith, in the middle',
    mapping: byRules('Deny', rule('dept', 'StartsWith', 'al')),
    claims: { dept: 'sales' },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'NotEqual',
    mapping: byRules('Deny', rule('dept', 'NotEqual', 'it')),
    claims: { dept: 'sales' },
    is: ADMINS,
    because: /Rule 1/,
  },
  {
    what: 'NotEqual, equal',
    mapping: byRules('Deny', rule('dept', 'NotEqual', 'it')),
    claims: { dept: 'it' },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'NotEqual, in a list',
    mapping: byRules('Deny', rule('g', 'NotEqual', 'it')),
    claims: { g: ['hr', 'it'] },
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'NotEqual, claim missing',
    mapping: byRules('Deny', rule('dept', 'NotEqual', 'it')),
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'Equals, claim missing',
    mapping: byRules('AuthenticatedRole', rule('dept', 'Equals', 'it')),
    is: AUTH,
    because: /set to give/,
  },
  {
    what: 'a claim by the name of a built-in',
    mapping: byRules('Deny', rule('constructor', 'Contains', 'Object')),
    is: 'denied',
    because: /deny/,
  },
  {
    what: 'rules: the first that fits',
    mapping: byRules(
      'Deny',
      rule('a', 'Equals', 'x'),
      rule('b', 'Equals', '1', READERS),
      rule('b', 'Contains', '1', AUTH),
    ),
    claims: { a: 'y', b: '1' },
    is: READERS,
    because: /Rule 2/,
  },
  {
    what: 'rules: custom role overrides the order',
    mapping: byRules('Deny', rule('b', 'Equals', '1'), rule('b', 'Contains', '1', READERS)),
    claims: { b: '1' },
    custom: READERS,
    is: READERS,
    because: /rule 2, which fits/,
  },
  {
    what: 'rules: custom role of a rule that does not fit',
    mapping: byRules('AuthenticatedRole', rule('b', 'Equals', '1'), rule('b', 'Equals', '2', READERS)),
    claims: { b: '1' },
    custom: READERS,
    is: 'denied',
    because: /no rule that fits/,
  },
  {
    what: 'rules: of an OIDC provider by its ARN',
    mapping: byRules('Deny', rule('b', 'Equals', '1')),
    key: `arn:aws:iam::123456789012:oidc-provider/${PROVIDER}`,
    claims: { b: '1' },
    is: ADMINS,
    because: /Rule 1/,
  },
];

describe('role selection', () => {
  for (const row of table) {
    it(`${row.what}: ${row.is.replace(/.*\//, '')}`, () => {
      const choice = choose(row);
      assert.equal(choice.outcome === 'role' ? choice.roleArn : choice.outcome, row.is, choice.decidedBy);
      assert.match(choice.decidedBy, row.because);
      assert.equal(choice.steps.at(-1)?.sentence, choice.decidedBy);
    });
  }

  it('shows every rule: fits not, left out, fits, not looked at', () => {
    const mapping = byRules(
      'Deny',
      rule('dept', 'Equals', 'it'),
      rule('none', 'NotEqual', 'x'),
      rule('dept', 'StartsWith', 's'),
      rule('dept', 'Contains', 's'),
    );
    const { steps, mappingKey } = choose({ mapping, claims: { dept: 'sales' } });
    assert.equal(mappingKey, KEY);
    assert.deepEqual(
      steps.map(({ ok }) => ok),
      [true, false, 'skipped', true, 'skipped', true],
    );
    assert.deepEqual(
      steps.slice(1, 3).map(({ sentence }) => sentence),
      [
        'Rule 1: dept must equal "it", and it is "sales".',
        'Rule 2: none must not equal "x"; the token has no none, so this rule is left out.',
      ],
    );
  });

  it('a SAML assertion names its roles itself', () => {
    const key = 'arn:aws:iam::123456789012:saml-provider/idp';
    const assertion = (...names: string[]): Claims => ({
      'https://aws.amazon.com/SAML/Attributes/Role': names.map((name) => `${key},${name}`),
    });
    const roleOf = (claims: Claims, customRoleArn?: string, mapping?: RoleMapping): string | undefined => {
      const roles = { authenticated: AUTH, mappings: mapping ? { [key]: mapping } : {} };
      const choice = chooseRole({ roles, login: { kind: 'login', key, claims }, customRoleArn });
      return choice.roleArn ?? choice.outcome;
    };
    assert.equal(roleOf(assertion(ADMINS)), ADMINS);
    assert.equal(roleOf(assertion(ADMINS, READERS), READERS), READERS);
    assert.equal(roleOf(assertion(ADMINS, READERS)), AUTH);
    assert.equal(roleOf(assertion(ADMINS, READERS), undefined, byToken('Deny')), 'denied');
    assert.equal(roleOf(assertion(ADMINS), GUEST), 'denied');
    const byName = byRules('Deny', rule('team', 'Equals', 'red', READERS));
    assert.equal(roleOf({ ...assertion(ADMINS), team: 'red' }, undefined, byName), READERS);
  });

  it('guests get the unauthenticated role, and nothing else', () => {
    const guest = { kind: 'guest' } as const;
    const roles: IdentityPoolRoles = { authenticated: AUTH, unauthenticated: GUEST, mappings: {} };
    assert.equal(chooseRole({ roles, login: guest }).roleArn, GUEST);
    assert.equal(chooseRole({ roles, login: guest, customRoleArn: AUTH }).outcome, 'denied');
    const without = chooseRole({ roles: { authenticated: AUTH, mappings: {} }, login: guest });
    assert.equal(without.outcome, 'no-role');
    assert.match(without.decidedBy, /no unauthenticated role/);
  });

  it('survives JSON', () => {
    const choice = choose({ mapping: byToken('Deny'), claims: preferred });
    assert.deepEqual(JSON.parse(JSON.stringify(choice)), choice);
  });
});
