import assert from 'node:assert/strict';
import type { ContextValues } from '../../../../sandbox/iam';
import { allow, evaluate } from './evaluate';

type Row = readonly [condition: object, context: ContextValues, holds: boolean];

const AMR = 'cognito-identity.amazonaws.com:amr';
const PREFIX = 's3:prefix';

const rows: Readonly<Record<string, readonly Row[]>> = {
  StringEquals: [
    [{ StringEquals: { [PREFIX]: 'a' } }, { [PREFIX]: 'a' }, true],
    [{ StringEquals: { [PREFIX]: ['b', 'a'] } }, { [PREFIX]: 'a' }, true],
    [{ StringEquals: { [PREFIX]: 'a' } }, { [PREFIX]: 'A' }, false],
    [{ StringEquals: { [PREFIX]: 'a*' } }, { [PREFIX]: 'ab' }, false],
    [{ StringEquals: { [PREFIX]: '' } }, { [PREFIX]: '' }, true],
    [{ StringEquals: { [PREFIX]: '' } }, {}, false],
    [{ StringEquals: { 'S3:Prefix': 'a' } }, { [PREFIX]: 'a' }, true],
    [{ StringEqualsIfExists: { [PREFIX]: 'a' } }, {}, true],
    [{ StringEqualsIfExists: { [PREFIX]: 'a' } }, { [PREFIX]: 'b' }, false],
    [{ StringEqualsIgnoreCase: { [PREFIX]: 'a' } }, { [PREFIX]: 'A' }, true],
    [{ StringNotEqualsIgnoreCase: { [PREFIX]: 'a' } }, { [PREFIX]: 'A' }, false],
    [{ StringEquals: { [PREFIX]: 'a', 's3:delimiter': '/' } }, { [PREFIX]: 'a' }, false],
    [{ StringEquals: { [PREFIX]: 'a' }, Bool: { 'aws:SecureTransport': true } }, { [PREFIX]: 'a' }, false],
  ],
  StringNotEquals: [
    [{ StringNotEquals: { [PREFIX]: 'a' } }, { [PREFIX]: 'b' }, true],
    [{ StringNotEquals: { [PREFIX]: ['a', 'b'] } }, { [PREFIX]: 'b' }, false],
    [{ StringNotEquals: { [PREFIX]: 'a' } }, {}, true],
    [{ StringNotEquals: { [PREFIX]: '${aws:username}' } }, { [PREFIX]: 'a' }, false],
  ],
  StringLike: [
    [{ StringLike: { [PREFIX]: 'a*/?' } }, { [PREFIX]: 'abc/d' }, true],
    [{ StringLike: { [PREFIX]: 'public/*' } }, { [PREFIX]: 'public' }, false],
    [{ StringLike: { [PREFIX]: 'public/*' } }, {}, false],
    [{ StringLike: { [PREFIX]: 'a${*}' } }, { [PREFIX]: 'ab' }, false],
    [{ StringNotLike: { [PREFIX]: 'a*' } }, { [PREFIX]: 'b' }, true],
    [{ StringNotLike: { [PREFIX]: 'a*' } }, { [PREFIX]: 'ab' }, false],
    [
      { StringLike: { [PREFIX]: 'private/${cognito-identity.amazonaws.com:sub}/*' } },
      { [PREFIX]: 'private/r:1/', 'cognito-identity.amazonaws.com:sub': 'r:1' },
      true,
    ],
    [
      { StringLike: { [PREFIX]: 'private/${cognito-identity.amazonaws.com:sub}/*' } },
      { [PREFIX]: 'private/r:2/', 'cognito-identity.amazonaws.com:sub': 'r:1' },
      false,
    ],
  ],
  Numeric: [
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, { 's3:max-keys': '10' }, true],
    [{ NumericLessThan: { 's3:max-keys': '10' } }, { 's3:max-keys': '10' }, false],
    [{ NumericLessThan: { 's3:max-keys': '10' } }, { 's3:max-keys': '9' }, true],
    [{ NumericGreaterThan: { 's3:max-keys': '9' } }, { 's3:max-keys': '10' }, true],
    [{ NumericGreaterThanEquals: { 's3:max-keys': '11' } }, { 's3:max-keys': '10' }, false],
    [{ NumericEquals: { 's3:max-keys': '10.0' } }, { 's3:max-keys': '10' }, true],
    [{ NumericNotEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': '10' }, false],
    [{ NumericLessThan: { 's3:max-keys': 'ten' } }, { 's3:max-keys': '1' }, false],
    [{ NumericLessThan: { 's3:max-keys': '10' } }, { 's3:max-keys': 'many' }, false],
    [{ NumericLessThan: { 's3:max-keys': '10' } }, {}, false],
  ],
  Date: [
    [
      { DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } },
      { 'aws:currenttime': '2026-01-31T23:59:59Z' },
      true,
    ],
    [
      { DateGreaterThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } },
      { 'aws:currenttime': '2026-01-31T23:59:59Z' },
      false,
    ],
    [
      { DateEquals: { 'aws:CurrentTime': '2026-02-01T01:00:00+01:00' } },
      { 'aws:currenttime': '2026-02-01T00:00:00Z' },
      true,
    ],
    [{ DateGreaterThanEquals: { 'aws:EpochTime': '2026-02-01' } }, { 'aws:epochtime': '1769904000' }, true],
    [
      { DateLessThanEquals: { 'aws:CurrentTime': '1769904000' } },
      { 'aws:currenttime': '2026-02-01T00:00:00Z' },
      true,
    ],
    [
      { DateNotEquals: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } },
      { 'aws:currenttime': '2026-02-01T00:00:00Z' },
      false,
    ],
    [
      { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } },
      { 'aws:currenttime': '2026-01-31T00:00:00Z' },
      false,
    ],
  ],
  Bool: [
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:securetransport': 'false' }, true],
    [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': 'false' }, false],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    [{ BoolIfExists: { 'aws:SecureTransport': 'true' } }, {}, true],
    [{ Bool: { 'aws:SecureTransport': 'no' } }, { 'aws:securetransport': 'no' }, false],
  ],
  IpAddress: [
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:sourceip': '127.0.0.1' }, true],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:sourceip': '::ffff:127.0.0.1' }, true],
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.1'] } }, { 'aws:sourceip': '127.0.0.2' }, false],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:sourceip': '2001:db8::1' }, true],
    [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, { 'aws:sourceip': '2001:db8::1' }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:sourceip': '127.0.0.1' }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.0/33' } }, { 'aws:sourceip': '10.0.0.1' }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:sourceip': '10.0.0.1' }, true],
  ],
  Arn: [
    [
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Read*' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/Readers' },
      true,
    ],
    [
      { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/Read*' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/Readers' },
      true,
    ],
    [
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:*:role/Readers' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/Readers' },
      false,
    ],
    [
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/*' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/Readers' },
      false,
    ],
    [
      { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::2:role/*' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/Readers' },
      true,
    ],
  ],
  Null: [
    [{ Null: { [PREFIX]: 'true' } }, {}, true],
    [{ Null: { [PREFIX]: true } }, { [PREFIX]: '' }, false],
    [{ Null: { [PREFIX]: 'false' } }, { [PREFIX]: '' }, true],
    [{ Null: { [PREFIX]: 'false' } }, {}, false],
    [{ Null: { [PREFIX]: 'maybe' } }, {}, false],
  ],
  ForAnyValue: [
    [{ 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } }, { [AMR]: ['authenticated', 'x'] }, true],
    [{ 'ForAnyValue:StringLike': { [AMR]: 'unauth*' } }, { [AMR]: ['authenticated', 'x'] }, false],
    [{ 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } }, {}, false],
    [{ 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } }, { [AMR]: [] }, false],
    [{ 'ForAnyValue:StringNotEquals': { [AMR]: 'x' } }, {}, false],
    [{ 'ForAnyValue:StringNotEquals': { [AMR]: 'x' } }, { [AMR]: ['x', 'y'] }, true],
    [{ 'ForAnyValue:StringNotEquals': { [AMR]: 'x' } }, { [AMR]: ['x'] }, false],
    [{ 'ForAnyValue:StringLikeIfExists': { [AMR]: 'x' } }, {}, true],
    [{ StringLike: { [AMR]: 'authenticated' } }, { [AMR]: ['authenticated', 'x'] }, false],
    [{ StringLike: { [AMR]: 'authenticated' } }, { [AMR]: ['authenticated'] }, true],
  ],
  ForAllValues: [
    [{ 'ForAllValues:StringEquals': { [AMR]: ['a', 'b', 'c'] } }, { [AMR]: ['a', 'b'] }, true],
    [{ 'ForAllValues:StringEquals': { [AMR]: ['a'] } }, { [AMR]: ['a', 'b'] }, false],
    [{ 'ForAllValues:StringEquals': { [AMR]: ['a'] } }, {}, true],
    [{ 'ForAllValues:StringNotEquals': { [AMR]: ['a'] } }, { [AMR]: ['b', 'c'] }, true],
    [{ 'ForAllValues:StringNotEquals': { [AMR]: ['a'] } }, { [AMR]: ['a', 'c'] }, false],
  ],
};

describe('sandbox iam: conditions', () => {
  for (const [operator, table] of Object.entries(rows)) {
    describe(operator, () => {
      for (const [condition, context, holds] of table) {
        it(`${JSON.stringify(condition)} with ${JSON.stringify(context)}: ${holds}`, () => {
          const { reason } = evaluate({ statement: allow({ Condition: condition }), context });
          assert.equal(reason, holds ? 'allowed' : 'implicit-deny');
        });
      }
    });
  }
});
