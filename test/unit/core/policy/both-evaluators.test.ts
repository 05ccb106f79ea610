// Two evaluators that share no code, asked the same: a mistake must be made twice to go unseen.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conditionContext, evaluatePolicies, readPolicy } from '../../../../sandbox/iam';
import { decide, keysLike, parsePolicy, policyContext } from '../../../../src/core/policy';

const SUB_KEY = 'cognito-identity.amazonaws.com:sub';
const AMR_KEY = 'cognito-identity.amazonaws.com:amr';
const KNOWN = [
  's3:*',
  'cognito-identity.amazonaws.com:*',
  'aws:PrincipalTag/*',
  'aws:SourceIp',
  'aws:CurrentTime',
];

const action = fc.constantFrom('s3:GetObject', 's3:ListBucket', 's3:PutObject');
const resource = fc.constantFrom(
  'arn:aws:s3:::bucket',
  'arn:aws:s3:::bucket/public/a',
  'arn:aws:s3:::bucket/private/us-east-1:me/a',
  'arn:aws:s3:::bucket/private/us-east-1:you/a*b',
);

const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

const actions = some(fc.constantFrom('*', 's3:*', 's3:Get*', 'S3:listbucket', 's3:?utObject', 'iam:*'));
const resources = some(
  fc.constantFrom(
    '*',
    'arn:aws:s3:::bucket',
    'arn:aws:s3:::bucket*',
    'arn:aws:s3:::bucket/*/a*',
    'arn:aws:s3:::b?cket/public/?',
    'arn:*:s3:*:*:bucket/private/*',
    'arn:aws:s3:us-*::bucket/*',
    `arn:aws:s3:::bucket/private/\${${SUB_KEY}}/*`,
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'public'}/*",
    'arn:aws:s3:::bucket/private/us-east-1:you/a${*}b',
  ),
);

const prefixes = fc.constantFrom(
  '',
  'public/',
  'public/*',
  'p?blic/',
  '*',
  'private/${aws:PrincipalTag/team}/',
  'PUBLIC/',
);
const texts = fc.constantFrom(
  ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
  ...['StringEqualsIfExists', 'StringNotLikeIfExists', 'ForAnyValue:StringLike', 'ForAllValues:StringEquals'],
  ...['ForAnyValue:StringNotEquals', 'ForAllValues:StringNotLikeIfExists'],
);
const line = (
  operator: fc.Arbitrary<string>,
  key: string,
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<object> =>
  fc.tuple(operator, some(value)).map(([name, values]) => ({ [name]: { [key]: values } }));
const condition = fc.oneof(
  { weight: 3, arbitrary: line(texts, 's3:prefix', prefixes) },
  {
    weight: 3,
    arbitrary: line(
      fc.constantFrom(
        'ForAnyValue:StringLike',
        'ForAllValues:StringLike',
        'ForAnyValue:StringNotEquals',
        'StringEquals',
      ),
      AMR_KEY,
      fc.constantFrom('authenticated', 'un*', '*google*'),
    ),
  },
  line(
    fc.constantFrom('IpAddress', 'NotIpAddress', 'IpAddressIfExists'),
    'aws:SourceIp',
    fc.constantFrom('203.0.113.0/24', '203.0.113.7', '10.0.0.0/7', '2001:db8::/33'),
  ),
  line(
    fc.constantFrom('DateLessThan', 'DateGreaterThanEquals', 'DateNotEquals', 'DateEqualsIfExists'),
    'aws:CurrentTime',
    fc.constantFrom('2026-11-21T10:00:00Z', '2026', '1795255200', '2026-11-21T10:00+01:00'),
  ),
  line(
    fc.constantFrom(
      'NumericLessThan',
      'NumericGreaterThanEquals',
      'NumericNotEquals',
      'NumericEqualsIfExists',
    ),
    's3:max-keys',
    fc.constantFrom('10', 100, '-1.5', 'ten'),
  ),
  line(fc.constant('Null'), 's3:prefix', fc.constantFrom('true', false)),
  line(fc.constant('BinaryEquals'), 's3:prefix', fc.constant('eA==')),
  line(fc.constant('StringEquals'), 'aws:NobodyKnows', fc.constant('x')),
);

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    notAction: fc.integer({ min: 0, max: 4 }),
    actions,
    notResource: fc.integer({ min: 0, max: 4 }),
    resources,
    conditions: fc.oneof(fc.constant([]), fc.array(condition, { maxLength: 2 })),
  })
  .map(({ Effect, notAction, actions, notResource, resources, conditions }) => ({
    Effect,
    [notAction === 0 ? 'NotAction' : 'Action']: actions,
    [notResource === 0 ? 'NotResource' : 'Resource']: resources,
    Condition: Object.assign({}, ...conditions) as Record<string, Record<string, unknown>>,
  }));
const document = fc.record({
  Version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 4 }),
});

const values = fc.record(
  {
    's3:prefix': fc.constantFrom('', 'public/', 'private/red/', 'PUBLIC/'),
    's3:max-keys': fc.constantFrom('10', '1000'),
    'aws:PrincipalTag/team': fc.constantFrom('red', '*', 'public'),
    'aws:SourceIp': fc.constantFrom('203.0.113.7', '11.1.1.1', '2001:db8:7fff::1', '2001:db8:8000::1'),
    'aws:CurrentTime': fc.constantFrom('2026-11-21T10:00:00Z', '2026-11-21T09:00:00Z'),
    [AMR_KEY]: fc.constantFrom(['unauthenticated'], ['authenticated', 'accounts.google.com']),
    [SUB_KEY]: fc.constantFrom('us-east-1:me', 'us-east-1:you'),
  },
  { requiredKeys: [] },
);

describe('two policy evaluators', () => {
  it('agree on generated policies and requests', () => {
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 2 }),
        action,
        resource,
        values,
        (documents, asked, on, given) => {
          const context = Object.fromEntries(
            Object.entries(given).filter(([, value]) => value !== undefined),
          );
          const ours = decide(
            documents.map((one, index) => parsePolicy(`p${index}`, JSON.stringify(one), 'identity')),
            { action: asked, resource: on, context: policyContext(context, keysLike(...KNOWN)) },
          );
          const theirs = evaluatePolicies(
            { policies: documents.map((one) => readPolicy(one, 'identity')) },
            { action: asked, resource: on, context: conditionContext(context), log: () => undefined },
          );
          seen[ours.decision] = (seen[ours.decision] ?? 0) + 1;
          if (ours.decision === 'allow') assert.equal(theirs.reason, 'allowed');
          else assert.equal(theirs.allowed, false, `sandbox allows, ours: ${ours.sentence}`);
          if (ours.decision === 'explicit-deny') assert.equal(theirs.reason, 'explicit-deny');
          if (ours.unclear.length === 0 && ours.decision === 'implicit-deny') {
            assert.equal(theirs.reason, 'implicit-deny');
          }
        },
      ),
      { numRuns: 1500, seed: 4 },
    );
    // Otherwise the agreement would be about nothing.
    for (const decision of ['allow', 'explicit-deny', 'implicit-deny', 'unknown']) {
      assert.ok((seen[decision] ?? 0) > 20, `${decision}: ${JSON.stringify(seen)}`);
    }
    assert.ok((seen['unknown'] ?? 0) < 500, JSON.stringify(seen));
  });
});
