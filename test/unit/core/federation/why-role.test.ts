import assert from 'node:assert/strict';
import { explainRole, parseRole, type RoleExplanation } from '../../../../src/core/federation/why-role';
import { testConnection } from '../../../support/fake-aws';

const ACCOUNT = '123456789012';
const role = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const ADMINS = role('Admins');
const READERS = role('team/Readers');

function explain(
  claims: Record<string, unknown>,
  received: string | undefined,
  roleArn?: string,
): RoleExplanation {
  const identityPool = { ...testConnection().identityPool!, ...(roleArn ? { roleArn } : {}) };
  return explainRole({
    claims,
    connection: testConnection({ identityPool }),
    caller: received
      ? {
          accountId: ACCOUNT,
          roleName: received,
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${received}/CognitoIdentityCredentials`,
        }
      : undefined,
  });
}

const fits = (explanation: RoleExplanation): Record<string, string> =>
  Object.fromEntries(explanation.rules.map((rule) => [rule.id, rule.fit]));

const READER = {
  'cognito:groups': ['readers'],
  'cognito:roles': [READERS],
  'cognito:preferred_role': READERS,
};
const TIE = { 'cognito:groups': ['admins', 'readers'], 'cognito:roles': [ADMINS, READERS] };

describe('why this role', () => {
  it('the preferred role of the token, recognised in spite of its path', () => {
    const explanation = explain(READER, 'Readers');
    assert.deepEqual(fits(explanation), {
      'token-preferred': 'fits',
      'token-ambiguous': 'excluded',
      'mapping-rules': 'possible',
      'default-role': 'possible',
    });
    assert.match(explanation.summary, /You have the role Readers\. It is the preferred role/);
    assert.deepEqual(explanation.received?.name, 'Readers');
    assert.deepEqual(explanation.tokenShows, [
      'Groups (cognito:groups): readers.',
      `Roles of the groups (cognito:roles): ${READERS}.`,
      `Preferred role (cognito:preferred_role): ${READERS}.`,
    ]);
  });

  it('another role than the token prefers', () => {
    const explanation = explain(READER, 'Everybody');
    assert.deepEqual(fits(explanation), {
      'token-preferred': 'excluded',
      'token-ambiguous': 'excluded',
      'mapping-rules': 'possible',
      'default-role': 'possible',
    });
    assert.match(explanation.summary, /Everybody, although your token prefers .*Readers/);
  });

  it('a role of the same name in another account is another role', () => {
    const preferred = role('Readers', '999999999999');
    const claims = { ...READER, 'cognito:roles': [preferred], 'cognito:preferred_role': preferred };
    assert.equal(fits(explain(claims, 'Readers'))['token-preferred'], 'excluded');
  });

  it('a tie between groups', () => {
    const explanation = explain(TIE, 'Readers');
    assert.equal(explanation.tie, true);
    assert.deepEqual(fits(explanation), {
      'token-preferred': 'excluded',
      'token-ambiguous': 'possible',
      'mapping-rules': 'possible',
      'default-role': 'possible',
    });
    assert.match(explanation.summary, /names 2 roles and prefers none/);
    assert.match(explanation.tokenShows.at(-1) ?? '', /tie in precedence/);
    assert.ok(explanation.adminOnly.some((sentence) => /precedence of each group/.test(sentence)));
  });

  it('no role in the token at all', () => {
    const explanation = explain({}, 'Readers');
    assert.deepEqual([explanation.groups, explanation.roles, explanation.tie], [[], [], false]);
    assert.equal(fits(explanation)['token-ambiguous'], 'possible');
    assert.match(explanation.summary, /names no role, so it is the default authenticated role/);
    assert.deepEqual(explanation.tokenShows.length, 2);
  });

  it('the role that the connection asks for goes before the rest', () => {
    const explanation = explain(TIE, 'Admins', ADMINS);
    assert.deepEqual(fits(explanation), {
      'custom-role': 'fits',
      'token-preferred': 'excluded',
      'token-ambiguous': 'excluded',
      'mapping-rules': 'excluded',
      'default-role': 'excluded',
    });
    assert.match(explanation.rules[0]?.reason ?? '', /among the roles in the token/);
    assert.match(explanation.summary, /because the connection asks for it/);
    assert.match(explain({}, 'Admins', ADMINS).rules[0]?.reason ?? '', /not in the token/);
  });

  it('the role that the connection asks for, and did not get', () => {
    const explanation = explain(READER, 'Readers', ADMINS);
    assert.deepEqual(
      [fits(explanation)['custom-role'], fits(explanation)['token-preferred']],
      ['excluded', 'fits'],
    );
    assert.match(explanation.summary, /preferred role in your token/);
  });

  it('an unknown role: what the token alone tells', () => {
    const explanation = explain(READER, undefined, ADMINS);
    assert.deepEqual(fits(explanation), {
      'custom-role': 'possible',
      'token-preferred': 'possible',
      'token-ambiguous': 'excluded',
      'mapping-rules': 'possible',
      'default-role': 'possible',
    });
    assert.match(explanation.summary, /not known yet/);
  });

  it('goes by a role ARN where the caller was not asked', () => {
    const explanation = explainRole({ claims: READER, roleArn: READERS, connection: testConnection() });
    assert.deepEqual([explanation.received?.name, fits(explanation)['token-preferred']], ['Readers', 'fits']);
  });

  it('takes claims of any shape', () => {
    for (const odd of [null, 5, 'text', {}, [null, 5, '', {}]]) {
      const claims = { 'cognito:groups': odd, 'cognito:roles': odd, 'cognito:preferred_role': odd };
      const { groups, roles, preferredRole } = explain(claims, 'Readers');
      assert.deepEqual([groups, roles, preferredRole], [[], [], odd === 'text' ? 'text' : undefined]);
    }
  });

  it('always names what only an administrator can see', () => {
    for (const claims of [{}, READER, TIE]) {
      assert.ok(
        explain(claims, 'Readers').adminOnly.some((sentence) => /GetIdentityPoolRoles/.test(sentence)),
      );
    }
  });
});

describe('why this role, of other identities', () => {
  const question = (over: Partial<Parameters<typeof explainRole>[0]>, received = 'Guest') =>
    explainRole({
      claims: {},
      connection: testConnection(),
      caller: {
        accountId: ACCOUNT,
        roleName: received,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${received}/s`,
      },
      ...over,
    });

  it('a guest has the unauthenticated role, and no token that could show anything', () => {
    const why = question({ kind: 'guest' });
    assert.deepEqual(fits(why), { 'guest-role': 'fits' });
    assert.match(why.summary, /Guest because you come without a login/);
    assert.deepEqual([why.tokenShows, why.adminOnly.length], [[], 2]);
  });

  it('in the basic flow the role was named, whoever it is', () => {
    for (const kind of ['guest', 'user', 'provider', 'developer'] as const) {
      const why = question({ kind, flow: 'basic', claims: READER });
      assert.deepEqual(fits(why), { 'basic-role': 'fits' });
      assert.match(why.summary, /named in the basic flow/);
      assert.equal(/unauthenticated/.test(why.rules[0]?.reason ?? ''), kind === 'guest');
    }
  });

  it('tokens of other providers name no roles: a rule, or the default', () => {
    for (const kind of ['provider', 'developer'] as const) {
      const why = question({ kind }, 'Readers');
      assert.deepEqual(fits(why), { 'mapping-rules': 'possible', 'default-role': 'possible' });
      assert.match(why.summary, /default authenticated role of the identity pool, or a rule/);
      assert.deepEqual(why.tokenShows, []);
    }
  });

  it('the role that the person chose', () => {
    const why = question({ claims: TIE, chosenRole: ADMINS }, 'Admins');
    assert.equal(fits(why)['custom-role'], 'fits');
    assert.match(why.summary, /because you chose it/);
    assert.equal(why.rules[0]?.title, 'The role that you chose');
    assert.match(why.rules[0]?.reason ?? '', /among the roles in the token/);
    assert.match(
      question({ chosenRole: ADMINS }, 'Admins').rules[0]?.reason ?? '',
      /a rule of the identity pool/,
    );
  });
});

describe('parseRole', () => {
  const cases: [arn: string | undefined, name: string | undefined][] = [
    [ADMINS, 'Admins'],
    [READERS, 'Readers'],
    ['arn:aws-us-gov:sts::123456789012:assumed-role/Admins/a/b', 'Admins'],
    ['arn:aws:iam::123456789012:user/me', undefined],
    ['arn:aws:iam::1:role/x', undefined],
    ['Admins', undefined],
    [undefined, undefined],
  ];
  for (const [arn, name] of cases) {
    it(`${arn ?? 'nothing'} is ${name ?? 'no role'}`, () => assert.equal(parseRole(arn)?.name, name));
  }
});
