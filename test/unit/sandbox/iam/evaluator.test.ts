import assert from 'node:assert/strict';
import { conditionContext, evaluatePolicies, readPolicy } from '../../../../sandbox/iam';
import { allow, type Case, deny, evaluate } from './evaluate';

const SUB = 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000';
const AUTH = { 'cognito-identity.amazonaws.com:sub': SUB };
const OWN = 'arn:aws:s3:::bucket/private/${cognito-identity.amazonaws.com:sub}/*';

const refused: readonly (Case & { what: string; reason?: string })[] = [
  { what: 'nothing allows', statement: allow({ Action: 's3:PutObject' }) },
  { what: 'another bucket', statement: allow({ Resource: 'arn:aws:s3:::other/*' }) },
  {
    what: 'the bucket itself where its objects are named',
    statement: allow({ Resource: 'arn:aws:s3:::bucket' }),
  },
  { what: 'a resource of other case', statement: allow({ Resource: 'arn:aws:s3:::Bucket/*' }) },
  {
    what: 'a wildcard that would reach over a colon',
    statement: allow({ Resource: 'arn:aws:*:::bucket/*' }),
    resource: 'arn:aws:s3:us-east-1:1:bucket/key',
  },
  { what: '? for two characters', statement: allow({ Resource: 'arn:aws:s3:::bucket/k?' }) },
  { what: '? for no character', statement: allow({ Action: 's3:GetObject?' }) },
  { what: 'an action in NotAction', statement: allow({ Action: undefined, NotAction: 's3:Get*' }) },
  {
    what: 'a resource in NotResource',
    statement: allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/*' }),
  },
  { what: 'an explicit deny, first', statement: [deny(), allow()], reason: 'explicit-deny' },
  {
    what: 'an explicit deny, last',
    statement: [allow(), deny({ Action: 's3:getobject' })],
    reason: 'explicit-deny',
  },
  {
    what: 'a deny of all but',
    statement: [allow(), deny({ Action: undefined, NotAction: 's3:PutObject' })],
    reason: 'explicit-deny',
  },
  {
    what: "another identity's prefix",
    statement: allow({ Resource: OWN }),
    resource: 'arn:aws:s3:::bucket/private/us-east-1:other/a',
    context: AUTH,
  },
  {
    what: 'a star as the value of a variable',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a`,
    context: { 'cognito-identity.amazonaws.com:sub': '*' },
  },
  {
    what: 'a variable that the request does not have',
    statement: allow({ Resource: OWN }),
    resource: 'arn:aws:s3:::bucket/private//a',
  },
  {
    what: 'a variable of many values',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/${cognito-identity.amazonaws.com:amr}' }),
    resource: 'arn:aws:s3:::bucket/a',
    context: { 'cognito-identity.amazonaws.com:amr': ['a', 'b'] },
  },
  {
    what: 'all but what an absent variable names',
    statement: allow({ Resource: undefined, NotResource: OWN }),
  },
  {
    what: 'a variable in a policy of 2008',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a`,
    context: AUTH,
    version: '2008-10-17',
  },
  {
    what: '${*} for anything but a star',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/a${*}' }),
    resource: 'arn:aws:s3:::bucket/abc',
  },
];

const allowed: readonly (Case & { what: string })[] = [
  { what: 'everything', statement: allow() },
  { what: 'an action of other case, with wildcards', statement: allow({ Action: 'S3:g?tO*' }) },
  {
    what: 'a bare star as action',
    statement: allow({ Action: '*' }),
    action: 'iam:CreateRole',
    resource: '*',
  },
  {
    what: 'a key with slashes and colons',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/*' }),
    resource: 'arn:aws:s3:::bucket/a/b:c/d',
  },
  { what: 'an action not in NotAction', statement: allow({ Action: undefined, NotAction: 's3:Put*' }) },
  {
    what: 'a resource not in NotResource',
    statement: allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/secret/*' }),
  },
  {
    what: 'one of many resources',
    statement: allow({ Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::bucket/*'] }),
  },
  {
    what: 'the own prefix, whose identity ID has a colon',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a/b`,
    context: AUTH,
  },
  {
    what: 'a variable in other case',
    statement: allow({ Resource: OWN.replace(':sub', ':SUB') }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a`,
    context: AUTH,
  },
  {
    what: 'a tag as variable',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*' }),
    resource: 'arn:aws:s3:::bucket/red/a',
    context: { 'aws:PrincipalTag/team': 'red' },
  },
  {
    what: 'the default of a variable',
    statement: allow({ Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'company'}/*" }),
    resource: 'arn:aws:s3:::bucket/company/a',
  },
  {
    what: 'the value before the default',
    statement: allow({ Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'company'}/*" }),
    resource: 'arn:aws:s3:::bucket/red/a',
    context: { 'aws:principaltag/team': 'red' },
  },
  {
    what: '${*}, ${?} and ${$} as they stand',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/${*}${?}${$}' }),
    resource: 'arn:aws:s3:::bucket/*?$',
  },
  {
    what: 'a deny about something else',
    statement: [
      allow(),
      deny({ Action: 's3:PutObject' }),
      deny({ Resource: 'arn:aws:s3:::bucket/secret/*' }),
    ],
  },
  { what: 'a deny whose variable the request does not have', statement: [allow(), deny({ Resource: OWN })] },
  {
    what: 'a bundle of stars, quickly',
    statement: allow({ Resource: `arn:aws:s3:::bucket/${'*a'.repeat(30)}*` }),
    resource: `arn:aws:s3:::bucket/${'a'.repeat(900)}`,
  },
];

describe('sandbox iam: evaluator', () => {
  for (const { what, reason = 'implicit-deny', ...asked } of refused) {
    it(`refuses: ${what}`, () => assert.equal(evaluate(asked).reason, reason));
  }
  for (const { what, ...asked } of allowed) {
    it(`allows: ${what}`, () => assert.equal(evaluate(asked).reason, 'allowed'));
  }

  it('refuses a hopeless match of many stars quickly', () => {
    const resource = `arn:aws:s3:::bucket/${'a'.repeat(900)}b`;
    const statement = allow({ Resource: `arn:aws:s3:::bucket/${'*a'.repeat(30)}` });
    assert.equal(evaluate({ statement, resource }).reason, 'implicit-deny');
  });

  describe('what it does not know', () => {
    const strange = { 'aws:RequestedRegion': 'eu-west-1' };
    for (const [what, condition, inLog] of [
      ['a key', { StringEquals: strange }, 'aws:RequestedRegion'],
      ['a key, although IfExists', { StringEqualsIfExists: strange }, 'aws:RequestedRegion'],
      ['a key, asked for by Null', { Null: { 'aws:RequestedRegion': 'true' } }, 'aws:RequestedRegion'],
      ['an operator', { BinaryEquals: { 'aws:SourceIp': 'QQ==' } }, 'BinaryEquals'],
      ['a variable', { StringEquals: { 's3:prefix': '${aws:RequestTag/x}' } }, 'aws:RequestTag/x'],
    ] as const) {
      it(`${what}: an Allow does not apply, and the log names it`, () => {
        const statement = allow({ Condition: condition });
        const { reason, lines } = evaluate({ statement, context: { 's3:prefix': 'p', 'aws:sourceip': 'x' } });
        assert.equal(reason, 'implicit-deny');
        assert.ok(lines.some((line) => line.includes(inLog)));
      });

      it(`${what}: a Deny applies`, () => {
        const statement = [allow(), deny({ Condition: condition })];
        const { reason } = evaluate({ statement, context: { 's3:prefix': 'p', 'aws:sourceip': 'x' } });
        assert.equal(reason, 'explicit-deny');
      });
    }

    it('a variable in a Resource: an Allow does not apply, a Deny does', () => {
      const Resource = 'arn:aws:s3:::bucket/${aws:FederatedProvider}/*';
      assert.equal(evaluate({ statement: allow({ Resource }) }).reason, 'implicit-deny');
      assert.equal(evaluate({ statement: [allow(), deny({ Resource })] }).reason, 'explicit-deny');
    });

    it('counts for nothing in a statement about something else', () => {
      const other = deny({ Action: 's3:PutObject', Condition: { StringEquals: strange } });
      const { reason, lines } = evaluate({ statement: [allow(), other] });
      assert.deepEqual({ reason, lines }, { reason: 'allowed', lines: [] });
    });

    it('counts for nothing beside a condition that surely fails', () => {
      const Condition = { StringEquals: { 's3:prefix': 'x', ...strange } };
      const { reason } = evaluate({
        statement: [allow(), deny({ Condition })],
        context: { 's3:prefix': 'y' },
      });
      assert.equal(reason, 'allowed');
    });
  });

  describe('session policies', () => {
    const read = (statement: object): ReturnType<typeof readPolicy> =>
      readPolicy({ Version: '2012-10-17', Statement: statement }, 'identity');
    const question = {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::bucket/key',
      context: conditionContext({}),
      log: () => undefined,
    };
    const gets = read(allow({ Action: 's3:GetObject' }));
    const puts = read(allow({ Action: 's3:PutObject' }));

    for (const [what, policies, sessionPolicies, reason] of [
      ['both allow', [gets], [gets], 'allowed'],
      ['one of two session policies allows', [gets], [puts, gets], 'allowed'],
      ['no session policy allows', [gets], [puts], 'session-policy'],
      ['the list is empty', [gets], [], 'session-policy'],
      ['only the session policy allows', [puts], [gets], 'implicit-deny'],
      ['the session policy denies', [gets], [gets, read(deny())], 'explicit-deny'],
    ] as const) {
      it(`${what}: ${reason}`, () => {
        assert.equal(evaluatePolicies({ policies, sessionPolicies }, question).reason, reason);
      });
    }
  });
});
