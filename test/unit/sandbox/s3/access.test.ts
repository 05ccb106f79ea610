import assert from 'node:assert/strict';

import { ask, type Ask, authorizer, build, code, READER, request, START, texts } from './support';

function scene(refuse: Parameters<typeof authorizer>[0]) {
  const auth = authorizer(refuse);
  const s3 = build({ authorizer: auth });
  s3.createBucket('notes');
  s3.putObject('notes', 'a b.txt', 'hello');
  return { s3, asked: auth.asked };
}

/** Request, then each action with its resource, in the order of asking. */
const CALLS: readonly (readonly [method: string, target: string, options: Ask, asked: readonly string[]])[] =
  [
    ['GET', '/', {}, ['s3:ListAllMyBuckets arn:aws:s3:::*']],
    ['GET', '/notes?list-type=2', {}, ['s3:ListBucket arn:aws:s3:::notes']],
    ['GET', '/notes', {}, ['s3:ListBucket arn:aws:s3:::notes']],
    ['HEAD', '/notes', {}, ['s3:ListBucket arn:aws:s3:::notes']],
    ['GET', '/notes?location', {}, ['s3:GetBucketLocation arn:aws:s3:::notes']],
    ['PUT', '/fresh', {}, ['s3:CreateBucket arn:aws:s3:::fresh']],
    ['DELETE', '/notes', {}, ['s3:DeleteBucket arn:aws:s3:::notes']],
    ['GET', '/notes/a%20b.txt', {}, ['s3:GetObject arn:aws:s3:::notes/a b.txt']],
    ['HEAD', '/notes/a%20b.txt', {}, ['s3:GetObject arn:aws:s3:::notes/a b.txt']],
    ['GET', '/notes/none', {}, ['s3:GetObject arn:aws:s3:::notes/none', 's3:ListBucket arn:aws:s3:::notes']],
    ['PUT', '/notes/new', { body: 'x' }, ['s3:PutObject arn:aws:s3:::notes/new']],
    [
      'PUT',
      '/notes/new',
      { body: 'x', headers: { 'if-match': '"x"' } },
      ['s3:PutObject arn:aws:s3:::notes/new', 's3:GetObject arn:aws:s3:::notes/new'],
    ],
    ['DELETE', '/notes/none', {}, ['s3:DeleteObject arn:aws:s3:::notes/none']],
    [
      'DELETE',
      '/notes/none',
      { headers: { 'if-match': '"x"' } },
      ['s3:DeleteObject arn:aws:s3:::notes/none', 's3:GetObject arn:aws:s3:::notes/none'],
    ],
  ];

describe('sandbox s3 access', () => {
  for (const [method, target, options, asked] of CALLS) {
    it(`asks for ${asked.join(' and ')} at ${method} ${target}, and refuses without`, () => {
      const open = scene(() => undefined);
      ask(open.s3, method, target, { ...options, as: 'reader' });
      assert.deepEqual(
        open.asked.map(({ action, resource }) => `${action} ${resource}`),
        asked,
      );
      for (const [at, needed] of asked.entries()) {
        const shut = scene(({ action }) => (needed.startsWith(`${action} `) ? 'implicit-deny' : undefined));
        const response = ask(shut.s3, method, target, { ...options, as: 'reader' });
        assert.equal(response.status, 403);
        assert.equal(shut.asked.length, at + 1);
        if (method !== 'HEAD') assert.equal(code(response), 'AccessDenied');
      }
    });

    it(`refuses the anonymous ${method} ${target}`, () => {
      const { s3, asked: none } = scene(() => undefined);
      const response = ask(s3, method, target, { ...options, as: 'nobody' });
      assert.equal(response.status, 403);
      assert.deepEqual(none, []);
      if (method !== 'HEAD') assert.deepEqual(texts(response, 'Message'), ['Access Denied']);
    });
  }

  it('hands over the condition keys: those of every request, and those of a listing where it has them', () => {
    const { s3, asked } = scene(() => undefined);
    ask(s3, 'GET', '/notes?list-type=2&prefix=a%2Fb&delimiter=/&max-keys=7', { as: 'reader' });
    ask(s3, 'GET', '/notes?list-type=2', { as: 'reader' });
    ask(s3, 'GET', '/notes?list-type=2&prefix=', { as: 'reader' });
    ask(s3, 'GET', '/notes/none', { as: 'reader' });
    const always = {
      'aws:securetransport': 'false',
      'aws:sourceip': '127.0.0.1',
      'aws:currenttime': new Date(START).toISOString(),
    };
    assert.deepEqual(
      asked.map(({ context }) => context),
      [
        { ...always, 's3:prefix': 'a/b', 's3:delimiter': '/', 's3:max-keys': '7' },
        always,
        { ...always, 's3:prefix': '' },
        always,
        { ...always, 's3:prefix': 'none' },
      ],
    );
    assert.ok(asked.every(({ principal }) => principal === READER));
  });

  it('words refusals as S3 does', () => {
    const message = (reason: string, method: string, target: string): string | undefined =>
      texts(ask(scene(() => reason).s3, method, target, { as: 'reader' }), 'Message')[0];
    assert.equal(
      message('implicit-deny', 'GET', '/notes/a%20b.txt'),
      `User: ${READER.arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::notes/a b.txt" because no identity-based policy allows the s3:GetObject action`,
    );
    assert.equal(
      message('explicit-deny', 'GET', '/notes?list-type=2'),
      `User: ${READER.arn} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::notes" with an explicit deny in an identity-based policy`,
    );
    assert.equal(
      message('session-policy', 'PUT', '/notes/x'),
      `User: ${READER.arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::notes/x" because no session policy allows the s3:PutObject action`,
    );
    assert.equal(
      message('implicit-deny', 'GET', '/'),
      `User: ${READER.arn} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
    );
  });

  it('hides whether a key exists from who may not list it', () => {
    const { s3 } = scene(({ action, context }) =>
      action === 's3:ListBucket' && context['s3:prefix'] !== 'public/x' ? 'implicit-deny' : undefined,
    );
    assert.equal(code(ask(s3, 'GET', '/notes/private/x', { as: 'reader' })), 'AccessDenied');
    assert.equal(code(ask(s3, 'GET', '/notes/public/x', { as: 'reader' })), 'NoSuchKey');
    assert.equal(ask(s3, 'HEAD', '/notes/private/x', { as: 'reader' }).status, 403);
    assert.equal(ask(s3, 'HEAD', '/notes/public/x', { as: 'reader' }).status, 404);
  });

  it('tells the region of a bucket even to those who may not look into it', () => {
    const { s3 } = scene(() => 'implicit-deny');
    const response = ask(s3, 'HEAD', '/notes', { as: 'reader' });
    assert.equal(response.headers?.['x-amz-bucket-region'], 'us-east-1');
  });

  it('refuses where another owner is expected', () => {
    const { s3 } = scene(() => undefined);
    const headers = (owner: string) => ({ headers: { 'x-amz-expected-bucket-owner': owner } });
    assert.equal(code(ask(s3, 'GET', '/notes/a%20b.txt', headers('999999999999'))), 'AccessDenied');
    assert.equal(ask(s3, 'GET', '/notes/a%20b.txt', headers('123456789012')).status, 200);
  });

  it('knows the names of operations, of later ones too', () => {
    const { s3 } = scene(() => undefined);
    const name = (method: string, target: string, headers = {}): string =>
      s3.operationOf(request(method, target, { headers }));
    assert.equal(name('GET', '/'), 'ListBuckets');
    assert.equal(name('GET', '/b?list-type=2'), 'ListObjectsV2');
    assert.equal(name('GET', '/b/'), 'ListObjects');
    assert.equal(name('GET', '/b?versions&prefix=x'), 'ListObjectVersions');
    assert.equal(name('PUT', '/b/k', { 'x-amz-copy-source': 'b/j' }), 'CopyObject');
    assert.equal(
      name('PUT', '/b/k?partNumber=1&uploadId=u', { 'x-amz-copy-source': 'b/j' }),
      'UploadPartCopy',
    );
    assert.equal(name('POST', '/b/k?uploads'), 'CreateMultipartUpload');
    assert.equal(name('POST', '/b?delete'), 'DeleteObjects');
    assert.equal(name('GET', '/b/k?tagging'), 'GetObjectTagging');
    assert.equal(name('PATCH', '/b'), 'Unknown');
    assert.equal(name('GET', '/b/%zz'), 'Unknown');
  });
});
