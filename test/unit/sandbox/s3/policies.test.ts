import assert from 'node:assert/strict';

import { conditionContext, evaluatePolicies, readPolicy } from '../../../../sandbox/iam';
import type { Authorizer } from '../../../../sandbox/kernel/types';
import { ask, build, code, texts } from './support';

const ID = 'us-east-1:0f1e2d3c-0000-4000-8000-000000000001';
const SUB = '${cognito-identity.amazonaws.com:sub}';

const POLICY = readPolicy(
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::notes/public/*' },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `arn:aws:s3:::notes/private/${SUB}/*`,
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::notes',
        Condition: { StringLike: { 's3:prefix': ['public/*', `private/${SUB}/*`] } },
      },
      { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::notes/public/embargo/*' },
    ],
  },
  'identity',
);

const authorizer: Authorizer = {
  decide({ principal, action, resource, context }) {
    if (principal.kind === 'root') return { allowed: true, reason: 'root' };
    const keys = conditionContext(context, { 'cognito-identity.amazonaws.com:sub': ID });
    return evaluatePolicies(
      { policies: [POLICY] },
      { action, resource, context: keys, log: () => undefined },
    );
  },
};

describe('sandbox s3 under the policies of a federated role', () => {
  const s3 = build({ authorizer });
  const path = encodeURIComponent(ID);
  before(() => {
    s3.createBucket('notes');
    for (const key of [
      'public/a',
      'public/embargo/b',
      `private/${ID}/c`,
      'private/other/d',
      'secret/plan.txt',
    ]) {
      s3.putObject('notes', key, key);
    }
  });

  const get = (target: string) => ask(s3, 'GET', `/notes${target}`, { as: 'reader' });

  it('opens what is shared and what is their own', () => {
    assert.equal(get('/public/a').status, 200);
    assert.equal(get(`/private/${path}/c`).status, 200);
    assert.deepEqual(texts(get(`?list-type=2&prefix=private/${path}/`), 'Key'), [`private/${ID}/c`]);
    assert.equal(texts(get('?list-type=2&prefix=public/&delimiter=/'), 'Key').length, 1);
    assert.equal(ask(s3, 'PUT', `/notes/private/${path}/new`, { as: 'reader', body: 'x' }).status, 200);
  });

  it('shuts what is not: other folders, the root listing, near misses of a prefix', () => {
    for (const target of [
      '/secret/plan.txt',
      '/private/other/d',
      '?list-type=2',
      '?list-type=2&prefix=',
      '?list-type=2&prefix=public',
      '?list-type=2&prefix=private/',
      '?list-type=2&prefix=private/other/',
      '?list-type=2&prefix=secret/',
      '?location',
    ]) {
      assert.equal(code(get(target)), 'AccessDenied', target);
    }
    assert.equal(ask(s3, 'PUT', '/notes/public/a', { as: 'reader', body: 'x' }).status, 403);
    assert.equal(ask(s3, 'DELETE', `/notes/private/${path}/c`, { as: 'reader' }).status, 403);
    assert.equal(ask(s3, 'HEAD', '/notes', { as: 'reader' }).status, 403);
  });

  it('names an explicit deny as such', () => {
    assert.match(
      texts(get('/public/embargo/b'), 'Message')[0] ?? '',
      / with an explicit deny in an identity-based policy$/,
    );
    assert.match(
      texts(get('/secret/plan.txt'), 'Message')[0] ?? '',
      / because no identity-based policy allows /,
    );
  });

  it('says NoSuchKey where the key could be listed, AccessDenied elsewhere', () => {
    assert.equal(code(get('/public/missing')), 'NoSuchKey');
    assert.equal(code(get('/secret/missing')), 'AccessDenied');
  });
});
