import assert from 'node:assert/strict';

import fc from 'fast-check';

import { compareKeys, KeyIndex } from '../../../../sandbox/s3/key-index';
import { listPage } from '../../../../sandbox/s3/list-page';
import { ask, build, code, text, texts } from './support';

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function indexOf(keys: Iterable<string>): KeyIndex {
  const index = new KeyIndex();
  for (const key of keys) index.add(key);
  return index;
}

function everyPage(index: KeyIndex, prefix: string, delimiter: string, maxKeys: number): string[] {
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const page = listPage(index, { prefix, delimiter, after, maxKeys });
    assert.ok(page.keys.length + page.commonPrefixes.length <= maxKeys);
    seen.push(...[...page.keys, ...page.commonPrefixes].sort(compareKeys));
    if (!page.truncated) return seen;
    after = page.last;
  }
}

/** The plain definition: filter, group, sort. */
function expectedEntries(keys: Iterable<string>, prefix: string, delimiter: string): string[] {
  const entries = new Set<string>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    entries.add(end < 0 ? key : key.slice(0, end + delimiter.length));
  }
  return [...entries].sort(byBytes);
}

const letters = fc.constantFrom('a', 'b', '/', '-', 'é', '\uffee', '😀');
const word = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(''));
const codePoints = fc
  .array(fc.integer({ min: 1, max: 0x10_ffff }), { maxLength: 3 })
  .map((points) => String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff)));
const keySet = fc.uniqueArray(
  word.filter((key) => key !== ''),
  { maxLength: 60 },
);

describe('sandbox s3 key index', () => {
  it('orders as UTF-8 bytes do, not as JavaScript does', () => {
    assert.ok('\uffee' > '😀');
    assert.ok(compareKeys('\uffee', '😀') < 0);
    fc.assert(
      fc.property(word, word, codePoints, codePoints, (start, otherStart, end, otherEnd) => {
        const [a, b] = [start + end, otherStart + otherEnd];
        assert.equal(Math.sign(compareKeys(a, b)), Math.sign(byBytes(a, b)));
      }),
    );
  });

  it('stays sorted through additions and removals in any order, few or many', () => {
    fc.assert(
      fc.property(keySet, keySet, fc.nat(40), (first, second, removals) => {
        const index = indexOf(first);
        const keys = new Set(first);
        assert.equal(index.at(0), [...keys].sort(byBytes)[0]);
        for (const key of first.slice(0, removals)) {
          index.remove(key);
          keys.delete(key);
        }
        for (const key of second) {
          if (!keys.has(key)) index.add(key);
          keys.add(key);
        }
        assert.equal(index.size, keys.size);
        assert.deepEqual(
          Array.from({ length: keys.size }, (_, at) => index.at(at)),
          [...keys].sort(byBytes),
        );
        assert.equal(index.at(keys.size), undefined);
      }),
    );
  });

  it('pages through exactly what the plain definition gives', () => {
    fc.assert(
      fc.property(
        keySet,
        word,
        fc.constantFrom('', '/', 'b', 'a/'),
        fc.integer({ min: 1, max: 5 }),
        (...run) => {
          const [keys, prefix, delimiter, maxKeys] = run;
          const pages = everyPage(indexOf(keys), prefix, delimiter, maxKeys);
          assert.deepEqual(pages, expectedEntries(keys, prefix, delimiter));
        },
      ),
    );
  });
});

function bucket(keys: readonly string[]): ReturnType<typeof build> {
  const s3 = build();
  s3.createBucket('notes');
  for (const key of keys) s3.putObject('notes', key, key);
  return s3;
}

const KEYS = ['a', 'a/1', 'a/2', 'b/1', 'b/2', 'c', 'd/x/1', 'z'];

describe('sandbox s3 listings', () => {
  it('groups, counts and pages with an opaque token', () => {
    const s3 = bucket(KEYS);
    const first = ask(s3, 'GET', '/notes?list-type=2&delimiter=%2F&max-keys=2');
    assert.deepEqual(texts(first, 'Key'), ['a']);
    assert.deepEqual(texts(first, 'Prefix'), ['', 'a/']);
    assert.deepEqual(texts(first, 'KeyCount'), ['2']);
    assert.deepEqual(texts(first, 'IsTruncated'), ['true']);
    const [token = ''] = texts(first, 'NextContinuationToken');
    assert.doesNotMatch(Buffer.from(token, 'base64').toString('latin1'), /a\//);
    const next = `/notes?list-type=2&delimiter=/&max-keys=9&continuation-token=${encodeURIComponent(token)}`;
    const second = ask(s3, 'GET', next);
    assert.deepEqual(texts(second, 'Key'), ['c', 'z']);
    assert.deepEqual(texts(second, 'Prefix'), ['', 'b/', 'd/']);
    assert.deepEqual(texts(second, 'IsTruncated'), ['false']);
    assert.deepEqual(texts(second, 'ContinuationToken'), [token]);
    assert.deepEqual(texts(second, 'NextContinuationToken'), []);
  });

  it('refuses tokens that are invented, altered, empty or of another bucket', () => {
    const s3 = bucket(KEYS);
    s3.createBucket('other');
    const [token = ''] = texts(ask(s3, 'GET', '/notes?list-type=2&max-keys=1'), 'NextContinuationToken');
    const altered = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    for (const [bucketName, wrong] of [
      ['notes', ''],
      ['notes', 'YQ=='],
      ['notes', altered],
      ['other', token],
    ] as const) {
      const response = ask(
        s3,
        'GET',
        `/${bucketName}?list-type=2&continuation-token=${encodeURIComponent(wrong)}`,
      );
      assert.equal(code(response), 'InvalidArgument');
      assert.deepEqual(texts(response, 'ArgumentName'), ['continuation-token']);
    }
  });

  it('starts after a key, and drops common prefixes that are not above it', () => {
    const s3 = bucket(KEYS);
    const response = ask(s3, 'GET', '/notes?list-type=2&delimiter=/&start-after=b/1');
    assert.deepEqual(texts(response, 'Key'), ['c', 'z']);
    assert.deepEqual(texts(response, 'Prefix'), ['', 'd/']);
    assert.deepEqual(texts(response, 'StartAfter'), ['b/1']);
    assert.deepEqual(texts(ask(s3, 'GET', '/notes?list-type=2&start-after=b/1'), 'Key'), [
      'b/2',
      'c',
      'd/x/1',
      'z',
    ]);
  });

  it('lets the token win over start-after', () => {
    const s3 = bucket(KEYS);
    const [token = ''] = texts(ask(s3, 'GET', '/notes?list-type=2&max-keys=1'), 'NextContinuationToken');
    const both = `/notes?list-type=2&max-keys=1&start-after=y&continuation-token=${encodeURIComponent(token)}`;
    assert.deepEqual(texts(ask(s3, 'GET', both), 'Key'), ['a/1']);
  });

  it('answers max-keys=0 with nothing, caps it at 1000 and refuses what is no number', () => {
    const s3 = bucket(Array.from({ length: 1001 }, (_, at) => `k${String(at)}`));
    const none = ask(s3, 'GET', '/notes?list-type=2&max-keys=0');
    assert.deepEqual([texts(none, 'KeyCount'), texts(none, 'IsTruncated')], [['0'], ['false']]);
    const most = ask(s3, 'GET', '/notes?list-type=2&max-keys=5000');
    assert.deepEqual([texts(most, 'KeyCount'), texts(most, 'MaxKeys')], [['1000'], ['1000']]);
    for (const wrong of ['-1', '1.5', 'x', '99999999999']) {
      assert.equal(code(ask(s3, 'GET', `/notes?list-type=2&max-keys=${wrong}`)), 'InvalidArgument', wrong);
    }
  });

  it('encodes keys as forms do when asked, and refuses other encodings', () => {
    const s3 = bucket(['a b+c/é%20~*(1)', 'a/b']);
    const response = ask(s3, 'GET', '/notes?list-type=2&encoding-type=url&prefix=a%20b&start-after=a%20');
    assert.deepEqual(texts(response, 'Key'), ['a+b%2Bc/%C3%A9%2520%7E*%281%29']);
    assert.deepEqual(texts(response, 'EncodingType'), ['url']);
    assert.deepEqual(texts(response, 'Prefix'), ['a+b']);
    assert.deepEqual(texts(response, 'StartAfter'), ['a+']);
    assert.equal(code(ask(s3, 'GET', '/notes?list-type=2&encoding-type=base64')), 'InvalidArgument');
  });

  it('names owners only when asked', () => {
    const s3 = bucket(['a']);
    assert.doesNotMatch(text(ask(s3, 'GET', '/notes?list-type=2')), /Owner/);
    assert.match(
      text(ask(s3, 'GET', '/notes?list-type=2&fetch-owner=true')),
      /<Owner><ID>[0-9a-f]{64}<\/ID><\/Owner>/,
    );
  });

  it('speaks the first version too, with a marker', () => {
    const s3 = bucket(KEYS);
    const first = ask(s3, 'GET', '/notes?delimiter=/&max-keys=2');
    assert.deepEqual(texts(first, 'NextMarker'), ['a/']);
    assert.deepEqual(texts(ask(s3, 'GET', '/notes?delimiter=/&max-keys=2&marker=a/'), 'Prefix'), ['', 'b/']);
    assert.deepEqual(texts(ask(s3, 'GET', '/notes?max-keys=2'), 'NextMarker'), []);
  });

  it('writes control characters and markup as references', () => {
    const s3 = bucket(['<b>&"\u0001\r\t']);
    assert.match(
      text(ask(s3, 'GET', '/notes?list-type=2')),
      /<Key>&lt;b&gt;&amp;&quot;&#x1;&#xd;&#x9;<\/Key>/,
    );
  });

  it('follows deletions and overwrites', () => {
    const s3 = bucket(['a', 'b']);
    assert.equal(ask(s3, 'DELETE', '/notes/a').status, 204);
    ask(s3, 'PUT', '/notes/b', { body: 'longer' });
    const response = ask(s3, 'GET', '/notes?list-type=2');
    assert.deepEqual([texts(response, 'Key'), texts(response, 'Size')], [['b'], ['6']]);
  });
});
