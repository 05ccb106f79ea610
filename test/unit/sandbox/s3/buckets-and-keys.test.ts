import assert from 'node:assert/strict';

import { isBucketName } from '../../../../sandbox/s3/bucket-name';
import { readXml } from '../../../../sandbox/s3/xml-reader';
import { ask, type Ask, build, code, text, texts } from './support';

const scope = (region: string, body = ''): Ask => ({
  headers: {
    authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260601/${region}/s3/aws4_request, Signature=x`,
  },
  body,
});

const constraint = (region: string): string =>
  `<?xml version="1.0"?><CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;

describe('sandbox s3 buckets', () => {
  it('knows which names are valid', () => {
    for (const name of ['abc', 'a.b-c.1', 'notes-app-uploads', 'x'.repeat(63), '1.2.3.four']) {
      assert.ok(isBucketName(name), name);
    }
    for (const name of [
      'ab',
      'x'.repeat(64),
      'Abc',
      '-abc',
      'abc-',
      'a..b',
      'a_b',
      '1.2.3.4',
      'xn--abc',
      'abc-s3alias',
      'abc--ol-s3',
      'abc--x-s3',
      '',
    ]) {
      assert.ok(!isBucketName(name), name);
    }
  });

  it('creates, lists and deletes', () => {
    const s3 = build();
    assert.equal(ask(s3, 'PUT', '/first').headers?.['location'], '/first');
    assert.equal(ask(s3, 'PUT', '/second', { body: constraint('EU') }).status, 200);
    const plain = ask(s3, 'GET', '/');
    assert.deepEqual(texts(plain, 'Name'), ['first', 'second']);
    assert.deepEqual(texts(plain, 'BucketRegion'), []);
    assert.deepEqual(texts(ask(s3, 'GET', '/?max-buckets=10'), 'BucketRegion'), ['us-east-1', 'eu-west-1']);
    assert.deepEqual(texts(ask(s3, 'GET', '/?bucket-region=eu-west-1'), 'Name'), ['second']);
    assert.deepEqual(texts(ask(s3, 'GET', '/?prefix=f'), 'Name'), ['first']);
    const page = ask(s3, 'GET', '/?max-buckets=1');
    const [token = ''] = texts(page, 'ContinuationToken');
    const next = ask(s3, 'GET', `/?max-buckets=1&continuation-token=${encodeURIComponent(token)}`);
    assert.deepEqual([texts(next, 'Name'), texts(next, 'ContinuationToken')], [['second'], []]);
    assert.equal(code(ask(s3, 'GET', '/?continuation-token=YQ==')), 'InvalidArgument');
    assert.equal(code(ask(s3, 'GET', '/?max-buckets=0')), 'InvalidArgument');
    assert.equal(ask(s3, 'DELETE', '/first').status, 204);
    assert.equal(code(ask(s3, 'DELETE', '/first')), 'NoSuchBucket');
  });

  it('tells where a bucket is', () => {
    const s3 = build();
    s3.createBucket('home');
    s3.createBucket('abroad', 'eu-central-1');
    assert.match(text(ask(s3, 'GET', '/home?location')), /<LocationConstraint [^>]*><\/LocationConstraint>/);
    assert.match(text(ask(s3, 'GET', '/abroad?location')), />eu-central-1<\/LocationConstraint>/);
  });

  it('sends calls for a bucket of another region away, with the region', () => {
    const s3 = build();
    s3.createBucket('home');
    s3.createBucket('abroad', 'eu-central-1');
    s3.putObject('abroad', 'k', 'x');
    const moved = ask(s3, 'GET', '/abroad/k', scope('us-east-1'));
    assert.equal(code(moved), 'PermanentRedirect');
    assert.equal(moved.headers?.['x-amz-bucket-region'], 'eu-central-1');
    assert.deepEqual(texts(moved, 'Endpoint'), ['s3.eu-central-1.amazonaws.com']);
    assert.equal(ask(s3, 'GET', '/abroad/k', scope('eu-central-1')).status, 200);
    const head = ask(s3, 'HEAD', '/abroad', scope('us-east-1'));
    assert.deepEqual([head.status, head.headers?.['x-amz-bucket-region']], [301, 'eu-central-1']);
    for (const [bucket, wrong, right] of [
      ['home', 'eu-central-1', 'us-east-1'],
      ['abroad', 'ap-south-1', 'eu-central-1'],
    ] as const) {
      const response = ask(s3, 'GET', `/${bucket}?list-type=2`, scope(wrong));
      assert.equal(code(response), 'AuthorizationHeaderMalformed');
      assert.deepEqual(texts(response, 'Region'), [right]);
      assert.match(
        texts(response, 'Message')[0] ?? '',
        new RegExp(`'${wrong}' is wrong; expecting '${right}'`),
      );
    }
  });

  it('keeps to the rules of location constraints', () => {
    const s3 = build();
    assert.equal(code(ask(s3, 'PUT', '/one', scope('eu-west-1'))), 'IllegalLocationConstraintException');
    const other = scope('eu-west-1', constraint('eu-west-2'));
    assert.equal(code(ask(s3, 'PUT', '/one', other)), 'IllegalLocationConstraintException');
    assert.equal(
      code(ask(s3, 'PUT', '/one', { body: constraint('us-east-1') })),
      'InvalidLocationConstraint',
    );
    assert.equal(ask(s3, 'PUT', '/one', scope('eu-west-1', constraint('eu-west-1'))).status, 200);
    const again = scope('eu-west-1', constraint('eu-west-1'));
    assert.equal(code(ask(s3, 'PUT', '/one', again)), 'BucketAlreadyOwnedByYou');
    assert.equal(ask(s3, 'PUT', '/two').status, 200);
    assert.equal(ask(s3, 'PUT', '/two').status, 200, 'as AWS does in us-east-1');
  });

  it('refuses XML that is none', () => {
    for (const wrong of [
      'text',
      '<a>',
      '<a></b>',
      '<a/><b/>',
      '<a/>tail',
      '<a>&nope;</a>',
      '<a>& b</a>',
      '<!DOCTYPE a><a/>',
      '<a b=c/>',
      '</a>',
      '<a>< b</a>',
    ]) {
      assert.throws(() => readXml(wrong), { code: 'MalformedXML' }, wrong);
    }
    assert.equal(code(ask(build(), 'PUT', '/one', { body: '<Other/>' })), 'MalformedXML');
    const read = readXml(
      '\ufeff<?xml version="1.0"?>\n<a x="1"><!-- no --><b>1 &lt; &#50;&#x33;</b><c/></a>\n',
    );
    assert.deepEqual(
      read.children.map(({ name, text: content }) => [name, content]),
      [
        ['b', '1 < 23'],
        ['c', ''],
      ],
    );
  });
});

const nfc = 'é';
const nfd = 'e\u0301';

/** Key, and its path as the SDK sends it. */
const ODD: readonly (readonly [key: string, path: string])[] = [
  ['a b', 'a%20b'],
  ['100%', '100%25'],
  ['a%20b', 'a%2520b'],
  ['a+b', 'a%2Bb'],
  ['us-east-1:guid/x', 'us-east-1%3Aguid/x'],
  [nfc, '%C3%A9'],
  [nfd, 'e%CC%81'],
  ['a//b', 'a//b'],
  ['/lead', '/lead'],
  ['//', '//'],
  ['a/../b', 'a/../b'],
  ['..', '..'],
  ['./x', './x'],
  ['folder/', 'folder/'],
  ['folder', 'folder'],
  ['<script>alert("&")</script>', '%3Cscript%3Ealert%28%22%26%22%29%3C/script%3E'],
  ['tab\tline\nend\u0001', 'tab%09line%0Aend%01'],
  ['😀\uffee', '%F0%9F%98%80%EF%BF%AE'],
  ['a?b#c', 'a%3Fb%23c'],
  ['\ufeffbom', '%EF%BB%BFbom'],
];

describe('sandbox s3 keys', () => {
  it('keeps odd keys apart and exact', () => {
    const s3 = build();
    s3.createBucket('odd');
    for (const [key, path] of ODD)
      assert.equal(ask(s3, 'PUT', `/odd/${path}`, { body: key }).status, 200, key);
    for (const [key, path] of ODD) assert.equal(text(ask(s3, 'GET', `/odd/${path}`)), key);
    const listed = texts(ask(s3, 'GET', '/odd?list-type=2&encoding-type=url'), 'Key');
    assert.deepEqual(
      listed.map((key) => decodeURIComponent(key.replaceAll('+', ' '))),
      ODD.map(([key]) => key).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  it('decodes the path once, and reads a bare plus as a space as S3 does', () => {
    const s3 = build();
    s3.createBucket('odd');
    s3.putObject('odd', 'a b', 'space');
    s3.putObject('odd', 'a+b', 'plus');
    assert.equal(text(ask(s3, 'GET', '/odd/a+b')), 'space');
    assert.equal(text(ask(s3, 'GET', '/odd/a%2bb')), 'plus');
    assert.equal(code(ask(s3, 'GET', '/odd/a%252Bb')), 'NoSuchKey');
  });

  it('refuses paths that are no UTF-8', () => {
    for (const path of ['%ff', '%e9', '%', '%4', '%C3', '%ED%A0%80']) {
      assert.equal(code(ask(build(), 'GET', `/odd/${path}`)), 'InvalidURI', path);
    }
  });

  it('takes keys of 1024 bytes and no more', () => {
    const s3 = build();
    s3.createBucket('odd');
    assert.equal(ask(s3, 'PUT', `/odd/${'%C3%A9'.repeat(512)}`, { body: 'x' }).status, 200);
    assert.equal(code(ask(s3, 'PUT', `/odd/${'%C3%A9'.repeat(512)}x`, { body: 'x' })), 'KeyTooLongError');
    assert.equal(texts(ask(s3, 'GET', '/odd?list-type=2'), 'Key').length, 1);
  });
});
