import assert from 'node:assert/strict';
import type { ContextValues, Verdict } from '../../../../src/core/policy';
import { allow, ask, when } from './ask';

type Line = readonly [
  is: Verdict,
  operator: string,
  wanted: unknown,
  given: string | readonly string[] | undefined,
];

const yes = 'allow';
const no = 'implicit-deny';

const table: readonly Line[] = [
  [yes, 'StringEquals', 'a', 'a'],
  [no, 'StringEquals', 'A', 'a'],
  [no, 'StringEquals', 'a*', 'ab'],
  [yes, 'StringEquals', ['b', 'a'], 'a'],
  [no, 'StringEquals', 'a', undefined],
  [yes, 'StringEqualsIfExists', 'a', undefined],
  [no, 'StringEqualsIfExists', 'a', 'b'],
  [yes, 'StringNotEquals', 'a', 'b'],
  [no, 'StringNotEquals', ['a', 'b'], 'b'],
  [yes, 'StringNotEquals', 'a', undefined],
  [yes, 'StringEqualsIgnoreCase', 'A', 'a'],
  [no, 'StringNotEqualsIgnoreCase', 'A', 'a'],
  [yes, 'StringLike', 'pre*/?', 'prefix/a'],
  [no, 'StringLike', 'pre*/?', 'prefix/'],
  [yes, 'StringLike', '*', ''],
  [no, 'StringNotLike', 'pre*', 'prefix'],
  [yes, 'NumericEquals', 10, '10.0'],
  [no, 'NumericNotEquals', '10', '10'],
  [yes, 'NumericLessThan', '11', '10'],
  [no, 'NumericLessThan', '10', '10'],
  [yes, 'NumericLessThanEquals', '10', '10'],
  [yes, 'NumericGreaterThan', '9', '10'],
  [yes, 'NumericGreaterThanEquals', '-1', '10'],
  [no, 'NumericEquals', '10', 'ten'],
  ['unknown', 'NumericEquals', 'ten', '10'],
  [yes, 'DateLessThan', '2030-01-01T00:00:00Z', '2026-11-21T10:00:00Z'],
  [no, 'DateGreaterThan', '2030', '2026-11-21T10:00:00Z'],
  [yes, 'DateEquals', '1795255200', '2026-11-21T10:00:00Z'],
  [yes, 'DateLessThanEquals', '2026-11-21T11:00:00+01:00', '2026-11-21T10:00:00Z'],
  ['unknown', 'DateLessThan', 'tomorrow', '2026-11-21T10:00:00Z'],
  [yes, 'Bool', true, 'true'],
  [no, 'Bool', 'false', 'true'],
  [no, 'Bool', 'false', undefined],
  ['unknown', 'Bool', 'maybe', 'true'],
  [yes, 'IpAddress', '203.0.113.0/24', '203.0.113.9'],
  [no, 'IpAddress', '203.0.113.0/25', '203.0.113.129'],
  [yes, 'IpAddress', '203.0.113.9', '203.0.113.9'],
  [yes, 'IpAddress', '0.0.0.0/0', '1.2.3.4'],
  [no, 'IpAddress', '0.0.0.0/0', '2001:db8::1'],
  [yes, 'IpAddress', '203.0.113.0/24', '::ffff:203.0.113.9'],
  [yes, 'IpAddress', '2001:DB8::/32', '2001:db8:1::5'],
  [no, 'IpAddress', '2001:db8:0:0:0:0:0:1', '2001:db8::2'],
  [no, 'NotIpAddress', '203.0.113.0/24', '203.0.113.9'],
  ['unknown', 'IpAddress', '203.0.113.0/33', '203.0.113.9'],
  ['unknown', 'IpAddress', '203.0.113', '203.0.113.9'],
  ['unknown', 'IpAddress', '1::2::3', '::1'],
  [yes, 'ArnEquals', 'arn:aws:iam::*:role/R*', 'arn:aws:iam::123456789012:role/Readers'],
  [no, 'ArnLike', 'arn:aws:*:role/R*', 'arn:aws:iam::123456789012:role/Readers'],
  [no, 'ArnNotLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::123456789012:role/Readers'],
  [yes, 'ArnNotEquals', 'arn:aws:iam::*:user/*', 'arn:aws:iam::123456789012:role/Readers'],
  [yes, 'Null', 'true', undefined],
  [no, 'Null', true, 'a'],
  [yes, 'Null', 'false', 'a'],
  [no, 'Null', 'false', undefined],
  ['unknown', 'Null', 'perhaps', 'a'],
  ['unknown', 'NullIfExists', 'true', 'a'],
  [yes, 'ForAnyValue:StringLike', 'auth*', ['x', 'authenticated']],
  [no, 'ForAnyValue:StringLike', 'unauth*', ['x', 'authenticated']],
  [no, 'ForAnyValue:StringEquals', 'a', undefined],
  [yes, 'ForAnyValue:StringEqualsIfExists', 'a', undefined],
  [no, 'ForAnyValue:StringNotEquals', 'a', undefined],
  [yes, 'ForAnyValue:StringNotEquals', 'a', ['a', 'b']],
  [yes, 'ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a']],
  [no, 'ForAllValues:StringEquals', ['a', 'b'], ['a', 'c']],
  [yes, 'ForAllValues:StringEquals', 'a', undefined],
  [yes, 'ForAllValues:StringEquals', 'a', []],
  [no, 'ForAllValues:StringNotEquals', 'a', ['a', 'b']],
  ['unknown', 'StringEquals', 'a', ['a', 'b']],
  [yes, 'StringEquals', 'a', ['a']],
  ['unknown', 'ForSomeValues:StringEquals', 'a', 'a'],
  ['unknown', 'toString', 'a', 'a'],
  [yes, 'StringEquals', '${other}', 'of another key'],
  [no, 'StringEquals', '${missing}', 'a'],
  ['unknown', 'StringNotEquals', '${missing}', 'a'],
  [no, 'StringLike', '${star}', 'a'],
];

describe('policy conditions', () => {
  for (const [is, operator, wanted, given] of table) {
    const shown = given === undefined ? 'nothing' : JSON.stringify(given);
    it(`${operator} ${JSON.stringify(wanted)} of ${shown}: ${is}`, () => {
      const values: ContextValues = {
        other: 'of another key',
        star: '*',
        ...(given === undefined ? {} : { key: given }),
      };
      const answer = ask({ statement: allow({ Condition: { [operator]: { KEY: wanted } } }), values });
      assert.equal(answer.decision, is, answer.sentence);
    });
  }

  it('all lines must hold, and one that surely does not settles it', () => {
    const both = (first: string, second: string): Verdict =>
      ask({
        statement: allow({ Condition: { StringEquals: { a: first, b: second }, Odd: { a: '1' } } }),
        values: { a: '1', b: '2' },
      }).decision;
    assert.deepEqual([both('1', '2'), both('1', '3')], ['unknown', 'implicit-deny']);
  });

  it('a key of which nothing is known is not taken for absent', () => {
    const { decision, sentence } = ask({
      statement: allow(when('StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1')),
      absent: ['aws:username'],
    });
    assert.equal(decision, 'unknown');
    assert.match(sentence, /aws:SourceVpce/);
  });
});
