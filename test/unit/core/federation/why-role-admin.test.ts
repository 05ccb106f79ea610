import assert from 'node:assert/strict';
import type { GroupFact, IdentityPoolRoles, RoleMapping } from '../../../../src/core/admin-port';
import { freshTrust } from '../../../../src/core/federation/trust-check-correct';
import {
  type AdminRoleExplanation,
  type AdminRoleQuestion,
  explainRoleAsAdmin,
} from '../../../../src/core/federation/why-role-admin';
import { explainGroups } from '../../../../src/core/federation/why-role-admin-groups';
import { testConnection } from '../../../support/fake-aws';

const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const [ADMINS, READERS, GUEST] = [arn('Admins'), arn('team/Readers'), arn('Guest')];
const POOL = testConnection().identityPool!.identityPoolId;
const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
const ME = 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000';

const byToken: RoleMapping = { type: 'Token', ambiguous: 'Deny', rules: [] };
const roles: IdentityPoolRoles = {
  authenticated: READERS,
  unauthenticated: GUEST,
  mappings: { [`${PROVIDER}:web`]: byToken },
};
const claims = {
  'cognito:groups': ['admins', 'readers'],
  'cognito:roles': [ADMINS, READERS],
  'cognito:preferred_role': ADMINS,
};
const groups: GroupFact[] = [
  { name: 'readers', precedence: 10, roleArn: READERS },
  { name: 'admins', precedence: 1, roleArn: ADMINS },
  { name: 'testers' },
];
const trustLogin = { poolId: POOL, sub: ME, amr: ['authenticated', PROVIDER], needsTagSession: false };
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
});
const received = (name: string): string =>
  `arn:aws:sts::123456789012:assumed-role/${name}/CognitoIdentityCredentials`;

const asked: AdminRoleQuestion = {
  question: { claims, connection: testConnection(), roleArn: received('Admins') },
  login: { kind: 'login', key: PROVIDER, clientId: 'web', claims },
  trustLogin,
  roles,
  groups,
  role: {
    state: 'found',
    role: {
      arn: ADMINS,
      roleId: 'AROAEXAMPLE',
      trustPolicy: freshTrust(trustLogin),
      maxSessionSeconds: 3600,
    },
  },
  rolePolicies: [{ name: 'all', kind: 'inline', document: everything }],
  locations: ['s3://notes/public/'],
  nowMs: 0,
};

const explain = (over: Partial<AdminRoleQuestion> = {}): AdminRoleExplanation =>
  explainRoleAsAdmin({ ...asked, ...over });

const newSession = (over: Partial<AdminRoleQuestion> = {}): AdminRoleExplanation =>
  explain({ question: { claims, connection: testConnection() }, ...over });

describe('why this role, as an administrator', () => {
  it('groups, mapping, trust and access of one login', () => {
    const why = explain();
    assert.equal(
      why.summary,
      `You have the role Admins. The token prefers ${ADMINS} (cognito:preferred_role).`,
    );
    assert.deepEqual(
      why.groups.map(({ name, precedence, wins }) => [name, precedence, wins]),
      [
        ['admins', 1, true],
        ['readers', 10, false],
        ['testers', undefined, false],
      ],
    );
    assert.equal(why.groupsSentence, `The preferred role is ${ADMINS}, the role of admins.`);
    assert.deepEqual([why.mapping.outcome, why.mapping.steps.length], ['role', 2]);
    assert.deepEqual([why.trust?.allowed, why.trust?.lines.length], [true, 4]);
    assert.deepEqual(
      why.access.map(({ action, decision }) => `${action} ${decision}`),
      ['s3:ListBucket allow', 's3:GetObject allow', 's3:PutObject allow'],
    );
    assert.equal(why.cause, undefined);
    assert.equal(why.fromToken.preferredRole, ADMINS);
  });

  it('survives JSON', () => {
    const copy: unknown = JSON.parse(JSON.stringify(explain()));
    assert.deepEqual(JSON.parse(JSON.stringify(copy)), copy);
    assert.equal((copy as AdminRoleExplanation).summary, explain().summary);
  });

  it('a token older than the groups', () => {
    const { groupsSentence } = explain({ groups: [{ name: 'readers', precedence: 1, roleArn: READERS }] });
    assert.match(groupsSentence ?? '', /role of readers\. The token says otherwise .*Admins.*Refresh it/);
    assert.match(
      explain({ groups: [] }).groupsSentence ?? '',
      /^The user is in no group\. The token says otherwise/,
    );
  });

  it('settings that changed since the credentials came', () => {
    const why = explain({ question: { ...asked.question, roleArn: received('Readers') } });
    assert.match(
      why.summary,
      /You have the role Readers, but the identity pool would now give .*Admins.*changed since/,
    );
  });

  it('a refusal: now, and for the next credentials', () => {
    const login = { kind: 'login', key: PROVIDER, clientId: 'web', claims: {} } as const;
    assert.match(
      explain({ login }).summary,
      /^You have the role Admins, but new credentials would be refused: .*deny/,
    );
    const why = newSession({ login });
    assert.match(why.summary, /^You get no role\. .*set to deny/);
    assert.equal(why.cause, 'C86');
  });

  it('no role attached, no such role, no trust', () => {
    const unset = newSession({ roles: { mappings: {} } });
    assert.deepEqual([unset.mapping.outcome, unset.cause], ['no-role', 'C78']);
    const missing = newSession({ role: { state: 'missing', arn: ADMINS } });
    assert.match(missing.summary, /no such role in IAM/);
    assert.deepEqual([missing.cause, missing.trust, missing.access], ['C78', undefined, []]);
    const closed = newSession({ trustLogin: { ...trustLogin, needsTagSession: true, tags: {} } });
    assert.match(closed.summary, /does not let you in: .*sts:TagSession/);
    assert.equal(closed.cause, 'C83');
  });

  it('a new login that would get its role', () => {
    assert.match(newSession().summary, /^You would get the role .*Admins\. The token prefers/);
  });

  it('what could not be read is left out', () => {
    const why = explain({ groups: undefined, role: undefined, rolePolicies: undefined });
    assert.deepEqual([why.groups, why.groupsSentence, why.trust, why.access], [[], undefined, undefined, []]);
    assert.match(why.summary, /^You have the role Admins/);
  });

  it('a role that the person chose', () => {
    const question = { ...asked.question, roleArn: received('Readers'), chosenRole: READERS };
    const why = explain({ question });
    assert.equal(why.mapping.roleArn, READERS);
    assert.match(why.summary, /was asked for, and it is among the roles in the token/);
  });

  it('guests of the enhanced flow are scoped down, those of the basic flow are not', () => {
    const guest = (flow: 'enhanced' | 'basic'): AdminRoleExplanation =>
      explain({
        question: {
          claims: {},
          connection: testConnection(),
          kind: 'guest',
          flow,
          chosenRole: flow === 'basic' ? GUEST : undefined,
        },
        login: { kind: 'guest' },
        trustLogin: { ...trustLogin, amr: ['unauthenticated'] },
        groups: undefined,
      });
    assert.deepEqual(
      guest('enhanced').access[0]?.layers.map(({ id }) => id),
      ['role', 'scope-down'],
    );
    const basic = guest('basic');
    assert.deepEqual(
      basic.access[0]?.layers.map(({ id }) => id),
      ['role'],
    );
    assert.deepEqual([basic.mapping.outcome, basic.mapping.roleArn], ['not-used', GUEST]);
    assert.equal(guest('enhanced').mapping.roleArn, GUEST);
  });

  it('the session policy of the basic flow counts, and only there', () => {
    const sessionPolicies = [
      { name: 'mine', document: '{"Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}}' },
    ];
    const decisions = (flow: 'enhanced' | 'basic'): string[] =>
      explain({ sessionPolicies, question: { ...asked.question, flow } }).access.map(
        ({ decision }) => decision,
      );
    assert.deepEqual(decisions('basic'), ['allow', 'implicit-deny', 'implicit-deny']);
    assert.deepEqual(decisions('enhanced'), ['allow', 'allow', 'allow']);
  });
});

describe('groups', () => {
  const table: readonly [what: string, groups: GroupFact[], preferred: string | undefined, says: RegExp][] = [
    ['none', [], undefined, /no group/],
    ['none with a role', [{ name: 'a', precedence: 1 }], undefined, /None .* has a role/],
    [
      'zero is the lowest',
      [
        { name: 'a', precedence: 1, roleArn: ADMINS },
        { name: 'b', precedence: 0, roleArn: READERS },
      ],
      READERS,
      /the role of b\./,
    ],
    [
      'no precedence comes last',
      [
        { name: 'a', roleArn: ADMINS },
        { name: 'b', precedence: 99, roleArn: READERS },
      ],
      READERS,
      /the role of b\./,
    ],
    [
      'the lowest has no role',
      [
        { name: 'a', precedence: 0 },
        { name: 'b', precedence: 5, roleArn: READERS },
      ],
      READERS,
      /the role of b\./,
    ],
    [
      'a tie',
      [
        { name: 'a', precedence: 1, roleArn: ADMINS },
        { name: 'b', precedence: 1, roleArn: READERS },
      ],
      undefined,
      /^a, b have the same precedence and different roles/,
    ],
    [
      'a tie with one role',
      [
        { name: 'a', precedence: 1, roleArn: ADMINS },
        { name: 'b', precedence: 1, roleArn: ADMINS },
      ],
      ADMINS,
      /the role of a, b\./,
    ],
    [
      'a tie without precedence',
      [
        { name: 'a', roleArn: ADMINS },
        { name: 'b', roleArn: READERS },
      ],
      undefined,
      /different roles/,
    ],
    [
      'a tie of those behind',
      [
        { name: 'a', precedence: 1, roleArn: ADMINS },
        { name: 'b', precedence: 2, roleArn: READERS },
        { name: 'c', precedence: 2, roleArn: GUEST },
      ],
      ADMINS,
      /the role of a\./,
    ],
  ];
  for (const [what, given, preferred, says] of table) {
    it(what, () => {
      const { preferredRole, sentence, rows } = explainGroups(given);
      assert.equal(preferredRole, preferred);
      assert.match(sentence, says);
      assert.equal(
        rows.some(({ wins }) => wins),
        preferred !== undefined,
      );
    });
  }

  it('says of each group why', () => {
    const { rows } = explainGroups([
      { name: 'b', precedence: 1, roleArn: READERS },
      { name: 'a', precedence: 1, roleArn: ADMINS },
      { name: 'c', precedence: 2, roleArn: GUEST },
      { name: 'd' },
    ]);
    assert.deepEqual(
      rows.map(({ sentence }) => sentence),
      [
        'It ties with b, which has another role: no role is preferred.',
        'It ties with a, which has another role: no role is preferred.',
        'Groups with a lower precedence come first: a, b.',
        'It has no role.',
      ],
    );
  });
});
