import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  breadcrumb,
  decodeKeyFromUri,
  encodeKeyForUri,
  formatS3Address,
  nameOf,
  parentPrefix,
  parseS3Address,
} from '../../../../src/core/s3/address';

const ID = 'us-east-1:1f3c0000-aaaa-4bbb-8ccc-0123456789ab';
const POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-point';
const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('', '.', '..', '~', '%2E', '\\', ':', 'a b', 'ü', '+', '#', '?', '~2E'), {
      maxLength: 6,
    })
    .map((all) => all.join('/')),
);

describe('core/s3/address', () => {
  describe('parseS3Address', () => {
    const console3 = 'https://us-west-2.console.aws.amazon.com/s3';
    const rows: [string, string, string, string][] = [
      ['bucket alone', 's3://notes-app', 'notes-app', ''],
      ['bucket with slash', 's3://notes-app/', 'notes-app', ''],
      ['folder', 's3://notes-app/private/', 'notes-app', 'private/'],
      ['identity id', `s3://notes-app/private/${ID}/`, 'notes-app', `private/${ID}/`],
      ['nothing decoded or normalised', 's3://notes-app/a%20b/../+//.', 'notes-app', 'a%20b/../+//.'],
      ['trailing blank is part of a key', 's3://notes-app/a \n', 'notes-app', 'a '],
      ['capital scheme', 'S3://notes-app/x', 'notes-app', 'x'],
      ['bare', ' notes-app/x/', 'notes-app', 'x/'],
      ['ARN of a bucket', 'arn:aws:s3:::notes-app', 'notes-app', ''],
      ['ARN of an object', 'arn:aws-cn:s3:::notes-app/a/b c', 'notes-app', 'a/b c'],
      ['access point', POINT, POINT, ''],
      ['object of an access point', `${POINT}/object/a/b`, POINT, 'a/b'],
      ['access point as bucket', `s3://${POINT}/a/`, POINT, 'a/'],
      [
        'console folder',
        `${console3}/buckets/notes-app?region=us-west-2&prefix=a%20b/c%2B/&showversions=false`,
        'notes-app',
        'a b/c+/',
      ],
      ['console object', `${console3}/object/notes-app?prefix=a%2Fb.json`, 'notes-app', 'a/b.json'],
      [
        'older console',
        'https://s3.console.aws.amazon.com/s3/buckets/notes-app/a/b/?region=x',
        'notes-app',
        'a/b/',
      ],
      ['console of GovCloud', 'https://console.amazonaws-us-gov.com/s3/buckets/notes-app', 'notes-app', ''],
      [
        'virtual host',
        'https://notes-app.s3.us-west-2.amazonaws.com/a/%C3%BC%20b?X-Amz-Signature=1',
        'notes-app',
        'a/ü b',
      ],
      [
        'virtual host without region',
        'https://my.dotted.bucket.s3.amazonaws.com/a+b',
        'my.dotted.bucket',
        'a+b',
      ],
      ['virtual host, old dash form', 'https://notes-app.s3-us-west-2.amazonaws.com/a', 'notes-app', 'a'],
      [
        'virtual host, dual stack',
        'https://notes-app.s3.dualstack.us-west-2.amazonaws.com/a',
        'notes-app',
        'a',
      ],
      ['virtual host in China', 'https://notes-app.s3.cn-north-1.amazonaws.com.cn/a', 'notes-app', 'a'],
      ['path style', 'https://s3.us-west-2.amazonaws.com/notes-app/a/../b//c', 'notes-app', 'a/../b//c'],
      ['path style, own server', 'http://127.0.0.1:4567/notes-app/a/', 'notes-app', 'a/'],
    ];
    for (const [what, text, bucket, prefix] of rows)
      it(`reads ${what}`, () => assert.deepEqual(parseS3Address(text), { bucket, prefix }));

    const bad: [string, string][] = [
      ['', 'empty'],
      ['  \n', 'empty'],
      ['s3://', 'bucket'],
      ['s3:///key', 'bucket'],
      ['s3://a', 'bucket'],
      ['s3://no spaces/x', 'bucket'],
      ['s3://${identityId}/x', 'bucket'],
      ['/leading', 'bucket'],
      ['ftp://notes-app/x', 'form'],
      ['arn:aws:iam::123456789012:role/x', 'form'],
      ['https://us-west-2.console.aws.amazon.com/cognito/home', 'form'],
      ['https://notes-app.s3.amazonaws.com/%zz', 'escape'],
    ];
    for (const [text, reason] of bad) {
      it(`refuses ${JSON.stringify(text)}`, () => {
        assert.throws(
          () => parseS3Address(text),
          (error: { code?: string; data?: { reason?: string } }) =>
            error.code === 's3.address-invalid' && error.data?.reason === reason,
        );
      });
    }

    it('reads back what formatS3Address writes', () => {
      const buckets = fc.constantFrom('notes-app', 'my.dotted.bucket', 'Old_Bucket', POINT);
      fc.assert(
        fc.property(buckets, key, (bucket, prefix) => {
          fc.pre(!/[\r\n]$/.test(prefix));
          const address = formatS3Address(bucket, prefix);
          assert.deepEqual(parseS3Address(address), {
            bucket,
            prefix: bucket === POINT ? prefix.replace(/^object\//, '') : prefix,
          });
          assert.equal(formatS3Address({ bucket, prefix }), address);
        }),
      );
    });
  });

  describe('folders', () => {
    it('lead back to the bucket', () => {
      assert.deepEqual(breadcrumb('b', ''), [{ label: 'b', prefix: '' }]);
      assert.deepEqual(breadcrumb('b', `private/${ID}/x`), [
        { label: 'b', prefix: '' },
        { label: 'private', prefix: 'private/' },
        { label: ID, prefix: `private/${ID}/` },
        { label: 'x', prefix: `private/${ID}/x` },
      ]);
    });
    it('show folders without a name', () => {
      assert.deepEqual(
        breadcrumb('b', 'a//b/').map((crumb) => [crumb.label, crumb.prefix]),
        [
          ['b', ''],
          ['a', 'a/'],
          ['(no name)', 'a//'],
          ['b', 'a//b/'],
        ],
      );
      assert.deepEqual(
        breadcrumb('b', '/').map((crumb) => crumb.prefix),
        ['', '/'],
      );
    });
    it('crumbs are the chain of parents', () => {
      fc.assert(
        fc.property(key, (prefix) => {
          const crumbs = breadcrumb('b', prefix).map((crumb) => crumb.prefix);
          assert.equal(crumbs.at(-1), prefix);
          for (let i = 1; i < crumbs.length; i++) assert.equal(parentPrefix(crumbs[i] ?? ''), crumbs[i - 1]);
        }),
      );
    });
    for (const [prefix, parent] of [
      ['', ''],
      ['a', ''],
      ['a/', ''],
      ['a/b', 'a/'],
      ['a/b/', 'a/'],
      ['a//', 'a/'],
      ['/', ''],
    ] as const) {
      it(`above ${JSON.stringify(prefix)} is ${JSON.stringify(parent)}`, () =>
        assert.equal(parentPrefix(prefix), parent));
    }
    const names: [string, string, string][] = [
      ['a/b.json', 'a/', 'b.json'],
      ['a/b/', 'a/', 'b'],
      ['a/', 'a/', '(this folder)'],
      ['a//', 'a/', '(no name)'],
      ['/', '', '(no name)'],
      ['x/y', 'a/', 'x/y'],
      ['a/<img onerror=1>', 'a/', '<img onerror=1>'],
    ];
    for (const [whole, prefix, name] of names)
      it(`calls ${whole} in ${prefix} ${name}`, () => assert.equal(nameOf(whole, prefix), name));
  });

  describe('keys in URIs', () => {
    const rows: [string, string][] = [
      [`private/${ID}/profile.json`, `private/${ID.replace(':', '~3A')}/profile.json`],
      ['a//b', 'a/~/b'],
      ['/lead', '~/lead'],
      ['folder/', 'folder/~'],
      ['', '~'],
      ['./../...', '~2E/~2E~2E/...'],
      ['a\\b~%2F', 'a~5Cb~7E~252F'],
      ['ü +&=#?', 'ü +&=~23~3F'],
    ];
    for (const [plain, encoded] of rows) {
      it(`${JSON.stringify(plain)} ⇄ ${encoded}`, () => {
        assert.equal(encodeKeyForUri(plain), encoded);
        assert.equal(decodeKeyFromUri(encoded), plain);
      });
    }
    it('come back as they were, and nothing is left to normalise', () => {
      fc.assert(
        fc.property(key, (plain) => {
          const encoded = encodeKeyForUri(plain);
          assert.equal(decodeKeyFromUri(encoded), plain);
          assert.ok(
            encoded.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..'),
          );
          // eslint-disable-next-line no-control-regex -- they are what must not be there
          assert.doesNotMatch(encoded, /[\\:%?#\u0000-\u001f]/);
        }),
        { numRuns: 500 },
      );
    });
    for (const path of ['', 'a//b', '..', '~zz', '~41', '~2e', 'a:b']) {
      it(`refuses ${JSON.stringify(path)}, which no key gives`, () => {
        assert.throws(
          () => decodeKeyFromUri(path),
          (error: { code?: string }) => error.code === 's3.address-invalid',
        );
      });
    }
  });
});
