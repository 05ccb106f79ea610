import assert from 'node:assert/strict';
import { decide, parsePolicy, policyContext, type Verdict } from '../../../../src/core/policy';
import { allow, ask, type Asked, deny, when } from './ask';

const SUB = 'us-east-1:0f1e2d3c-0000-4000-8000-000000000000';
const SUB_KEY = 'cognito-identity.amazonaws.com:sub';
const OWN = 'arn:aws:s3:::bucket/private/${cognito-identity.amazonaws.com:sub}/*';
const mine = { values: { [SUB_KEY]: SUB } };

const table: readonly (Asked & { what: string; is: Verdict })[] = [
  { what: 'nothing at all', statement: allow({ Action: 's3:PutObject' }), is: 'implicit-deny' },
  { what: 'an action by wildcard, in any case', statement: allow({ Action: 'S3:get*' }), is: 'allow' },
  {
    what: 'an action with ? for nothing',
    statement: allow({ Action: 's3:GetObject?' }),
    is: 'implicit-deny',
  },
  { what: 'a deny after an allow', statement: [allow(), deny({ Action: 's3:Get*' })], is: 'explicit-deny' },
  { what: 'a deny before an allow', statement: [deny(), allow()], is: 'explicit-deny' },
  {
    what: 'a deny of something else',
    statement: [allow(), deny({ Resource: 'arn:aws:s3:::other/*' })],
    is: 'allow',
  },
  {
    what: 'NotAction that names it',
    statement: allow({ Action: undefined, NotAction: 's3:Get*' }),
    is: 'implicit-deny',
  },
  {
    what: 'NotAction that does not',
    statement: allow({ Action: undefined, NotAction: 'iam:*' }),
    is: 'allow',
  },
  {
    what: 'NotResource that names it',
    statement: allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/*' }),
    is: 'implicit-deny',
  },
  {
    what: 'NotResource that does not',
    statement: allow({ Resource: undefined, NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }),
    is: 'allow',
  },
  {
    what: 'the bucket for its object',
    statement: allow({ Resource: 'arn:aws:s3:::bucket' }),
    is: 'implicit-deny',
  },
  { what: 'an ARN that stops early', statement: allow({ Resource: 'arn:aws:s3' }), is: 'allow' },
  {
    what: 'a wildcard over the colons',
    statement: allow({ Resource: 'arn:aws:*:bucket/key' }),
    resource: 'arn:aws:s3:us-east-1:1:bucket/key',
    is: 'implicit-deny',
  },
  {
    what: 'many wildcards in a row',
    statement: allow({ Resource: 'arn:aws:s3:::b*c*t/*/?e*' }),
    resource: 'arn:aws:s3:::bucket/a/b/key',
    is: 'allow',
  },
  {
    what: 'beginning and end that would overlap',
    statement: allow({ Resource: 'arn:aws:s3:::aba*aba' }),
    resource: 'arn:aws:s3:::ababa',
    is: 'implicit-deny',
  },
  {
    what: 'the own folder',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a/b`,
    ...mine,
    is: 'allow',
  },
  {
    what: "another one's folder",
    statement: allow({ Resource: OWN }),
    resource: 'arn:aws:s3:::bucket/private/us-east-1:other/a',
    ...mine,
    is: 'implicit-deny',
  },
  {
    what: 'a variable in a policy of 2008',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a`,
    ...mine,
    version: '2008-10-17',
    is: 'implicit-deny',
  },
  {
    what: 'a star out of a variable',
    statement: allow({ Resource: OWN }),
    resource: `arn:aws:s3:::bucket/private/${SUB}/a`,
    values: { [SUB_KEY]: '*' },
    is: 'implicit-deny',
  },
  {
    what: 'a variable that the request lacks',
    statement: allow({ Resource: OWN }),
    resource: 'arn:aws:s3:::bucket/private//a',
    is: 'implicit-deny',
  },
  {
    what: 'a variable that is not known here',
    statement: allow({ Resource: OWN }),
    absent: [],
    is: 'unknown',
  },
  {
    what: 'a variable with a default',
    statement: allow({ Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'nobody'}/*" }),
    resource: 'arn:aws:s3:::bucket/nobody/a',
    is: 'allow',
  },
  {
    what: 'a tag instead of its default',
    statement: allow({ Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'nobody'}/*" }),
    resource: 'arn:aws:s3:::bucket/red/a',
    values: { 'aws:principaltag/TEAM': 'red' },
    is: 'allow',
  },
  {
    what: 'a star as itself',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/${*}' }),
    resource: 'arn:aws:s3:::bucket/*',
    is: 'allow',
  },
  {
    what: 'a star as itself, for something else',
    statement: allow({ Resource: 'arn:aws:s3:::bucket/${*}' }),
    is: 'implicit-deny',
  },
  {
    what: 'all but what an absent variable names',
    statement: allow({ Resource: undefined, NotResource: OWN }),
    is: 'unknown',
  },
  { what: 'an allow with an operator unheard of', statement: allow(when('Equal', 'k', '1')), is: 'unknown' },
  {
    what: 'a deny with an operator unheard of',
    statement: [allow(), deny(when('Equal', 'k', '1'))],
    is: 'unknown',
  },
  {
    what: 'an unclear deny where nothing allows',
    statement: deny(when('Equal', 'k', '1')),
    is: 'implicit-deny',
  },
  {
    what: 'an unclear allow beside a clear one',
    statement: [allow(when('Equal', 'k', '1')), allow()],
    is: 'allow',
  },
  {
    what: 'an unclear allow beside a deny',
    statement: [allow(when('Equal', 'k', '1')), deny()],
    is: 'explicit-deny',
  },
  {
    what: 'an unknown operator about another action',
    statement: allow({ Action: 's3:PutObject', ...when('Equal', 'k', '1') }),
    is: 'implicit-deny',
  },
];

describe('policy decision', () => {
  for (const { what, is, ...asked } of table) {
    it(`${what}: ${is}`, () => {
      const { decision, sentence, unclear } = ask(asked);
      assert.equal(decision, is, sentence);
      if (is === 'unknown') assert.notEqual(unclear.length, 0);
    });
  }

  it('names the statement that decides', () => {
    const answer = ask({ statement: [allow({ Sid: 'Everything' }), deny({ Action: 's3:Get*' })] });
    assert.deepEqual(answer.decidedBy, { policyName: 'reading', statement: '#2', index: 1 });
    assert.equal(answer.sentence, 'Statement #2 of reading denies s3:GetObject.');
  });

  it('names the condition that keeps the nearest statement from allowing', () => {
    const { sentence } = ask({
      statement: [
        allow({ Action: 's3:PutObject' }),
        allow({ Resource: 'arn:aws:s3:::other' }),
        allow({ Sid: 'List', ...when('StringLike', 's3:prefix', 'public/*', 'shared/*') }),
      ],
      values: { 's3:prefix': 'private/' },
    });
    assert.equal(
      sentence,
      'No statement allows s3:GetObject. Nearest is Statement List of reading: StringLike asks that s3:prefix is "public/*", "shared/*", and it is "private/".',
    );
  });

  it('says what it does not understand', () => {
    const { sentence, unclear } = ask({ statement: allow(when('BinaryEquals', 'k', 'eA==')) });
    assert.deepEqual(unclear, [
      'Statement #1 of reading: The condition operator BinaryEquals is not understood here.',
    ]);
    assert.match(sentence, /^It cannot be told here\. Statement #1/);
  });

  it('takes an unreadable policy for neither an allow nor nothing', () => {
    const broken = parsePolicy('broken', '{', 'identity');
    const whole = parsePolicy('whole', JSON.stringify({ Statement: allow() }), 'identity');
    const request = { action: 's3:GetObject', resource: 'x', context: policyContext({}, () => true) };
    assert.equal(decide([broken], request).decision, 'unknown');
    assert.equal(decide([broken, whole], request).decision, 'unknown');
    assert.equal(decide([], request).decision, 'implicit-deny');
  });

  // A matcher that tries every way would not end before the test's time is over.
  it('ends with a pattern made to be slow', () => {
    const resource = `arn:aws:s3:::${'a'.repeat(2000)}b`;
    const statement = allow({ Resource: `arn:aws:s3:::${'a*'.repeat(500)}c` });
    assert.equal(ask({ statement, resource }).decision, 'implicit-deny');
  });
});
