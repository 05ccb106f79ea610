import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/policy';
import { allow } from './ask';

const problems = (document: unknown, kind: 'identity' | 'trust' = 'identity'): [string, string][] =>
  parsePolicy('p', typeof document === 'string' ? document : JSON.stringify(document), kind).problems.map(
    ({ path, sentence }) => [path, sentence],
  );

const one = (statement: object): object => ({ Version: '2012-10-17', Statement: [statement] });

describe('reading a policy', () => {
  it('says where JSON breaks off', () => {
    assert.deepEqual(problems('{\n  "Version": x\n}'), [['', 'The policy is not JSON (line 2, column 14).']]);
    assert.match(problems('{"Statement": [')[0]?.[1] ?? '', /line 1, column 16/);
    for (const text of ['null', '[]', '"x"', '5']) {
      assert.deepEqual(problems(text), [['', 'The policy is not a JSON object.']]);
      assert.equal(parsePolicy('p', text, 'identity').unreadable, true);
    }
  });

  it('takes one statement and a list of them, one text and a list of them', () => {
    const policy = parsePolicy('p', JSON.stringify({ Statement: allow() }), 'identity');
    assert.deepEqual(policy.problems, []);
    assert.equal(policy.hasVariables, false);
    assert.deepEqual(policy.statements[0]?.actions, { negated: false, values: ['*'] });
  });

  const table: readonly [what: string, statement: object, path: string][] = [
    ['an unknown element', allow({ Resources: '*' }), 'Statement[0].Resources'],
    ['an effect in small letters', allow({ Effect: 'allow' }), 'Statement[0].Effect'],
    ['no action', allow({ Action: undefined }), 'Statement[0].Action'],
    ['both kinds of action', allow({ NotAction: '*' }), 'Statement[0].Action'],
    ['an empty list', allow({ Resource: [] }), 'Statement[0].Resource'],
    ['a number for an action', allow({ NotResource: 5, Resource: undefined }), 'Statement[0].NotResource'],
    ['no resource', allow({ Resource: undefined }), 'Statement[0].Resource'],
    ['a principal', allow({ Principal: '*' }), 'Statement[0].Principal'],
    ['a condition that is a list', allow({ Condition: [] }), 'Statement[0].Condition'],
    [
      'an operator without keys',
      allow({ Condition: { StringEquals: 'x' } }),
      'Statement[0].Condition.StringEquals',
    ],
    [
      'an object as a value',
      allow({ Condition: { StringEquals: { k: {} } } }),
      'Statement[0].Condition.StringEquals.k',
    ],
  ];
  for (const [what, statement, path] of table) {
    it(`says where: ${what}`, () => {
      const found = problems(one(statement));
      assert.deepEqual(
        found.map(([at]) => at),
        [path],
      );
      assert.notEqual(
        parsePolicy('p', JSON.stringify(one(statement)), 'identity').statements[0]?.problem,
        undefined,
      );
    });
  }

  it('says what a trust policy lacks', () => {
    assert.deepEqual(
      problems(one({ Effect: 'Allow', Action: 'sts:*', Resource: '*' }), 'trust').map(([at]) => at),
      ['Statement[0].Principal', 'Statement[0].Resource'],
    );
    assert.deepEqual(problems(one({ Effect: 'Allow', Action: 'sts:*', Principal: 5 }), 'trust'), [
      ['Statement[0].Principal', 'A principal must be "*" or a JSON object.'],
    ]);
  });

  it('says that the document itself is odd', () => {
    assert.deepEqual(
      problems({ Version: '2020-01-01' }).map(([at]) => at),
      ['Version', 'Statement'],
    );
    assert.deepEqual(problems({ Statement: ['x'] })[0], [
      'Statement[0]',
      'A statement must be a JSON object.',
    ]);
  });
});
