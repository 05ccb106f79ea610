import assert from 'node:assert/strict';

import { createHash } from 'node:crypto';

import { checksumOf, CHECKSUM_ALGORITHMS } from '../../../../sandbox/s3/checksums';
import { ask, build, code, fixedClock, START, text, texts } from './support';

const SECOND = 1000;
const etag = (body: string): string => `"${createHash('md5').update(body).digest('hex')}"`;
const date = (time: number): string => new Date(time).toUTCString();

function scene(body = 'hello world') {
  const s3 = build();
  s3.createBucket('notes');
  s3.putObject('notes', 'a.txt', body, { contentType: 'text/plain', metadata: { who: 'me' } });
  return s3;
}

function get(headers: Record<string, string>, body?: string) {
  return ask(scene(body), 'GET', '/notes/a.txt', { headers });
}

describe('sandbox s3 reading', () => {
  it('gives object and headers back; HEAD the same without the body', () => {
    const whole = get({});
    assert.equal(text(whole), 'hello world');
    const head = ask(scene(), 'HEAD', '/notes/a.txt');
    assert.equal(head.body, undefined);
    assert.deepEqual(head.headers, whole.headers);
    assert.equal(whole.headers?.['content-length'], '11');
    assert.equal(whole.headers['content-type'], 'text/plain');
    assert.equal(whole.headers['x-amz-meta-who'], 'me');
    assert.equal(whole.headers['etag'], etag('hello world'));
    assert.equal(whole.headers['last-modified'], date(START));
  });

  it('reads single ranges: closed, open, suffix, and past the end', () => {
    for (const [range, part, contentRange] of [
      ['bytes=0-0', 'h', 'bytes 0-0/11'],
      ['bytes=6-', 'world', 'bytes 6-10/11'],
      ['bytes=-5', 'world', 'bytes 6-10/11'],
      ['bytes=-500', 'hello world', 'bytes 0-10/11'],
      ['bytes=6-500', 'world', 'bytes 6-10/11'],
    ] as const) {
      const response = get({ range });
      assert.equal(response.status, 206, range);
      assert.equal(text(response), part);
      assert.equal(response.headers?.['content-range'], contentRange);
      assert.equal(response.headers['content-length'], String(part.length));
    }
  });

  it('refuses ranges outside the object', () => {
    for (const [range, body] of [
      ['bytes=11-', undefined],
      ['bytes=-0', undefined],
      ['bytes=0-', ''],
      ['bytes=-1', ''],
    ] as const) {
      const response = get({ range }, body);
      assert.equal(code(response), 'InvalidRange', range);
      assert.deepEqual(texts(response, 'ActualObjectSize'), [body === undefined ? '11' : '0']);
    }
  });

  it('answers several ranges, and ranges that are none, with the whole object', () => {
    for (const range of ['bytes=0-1,3-4', 'bytes=4-2', 'bytes=-', 'bytes=a-b', 'lines=0-1']) {
      assert.equal(get({ range }).status, 200, range);
    }
  });

  it('follows conditions in the order of S3', () => {
    const before = date(START - SECOND);
    const same = date(START);
    const right = etag('hello world');
    const cases: readonly (readonly [Record<string, string>, number])[] = [
      [{ 'if-match': right }, 200],
      [{ 'if-match': right.replaceAll('"', '') }, 200],
      [{ 'if-match': '*' }, 200],
      [{ 'if-match': '"x", ' + right }, 200],
      [{ 'if-match': '"x"' }, 412],
      [{ 'if-none-match': right }, 304],
      [{ 'if-none-match': `W/${right}` }, 304],
      [{ 'if-none-match': '"x"' }, 200],
      [{ 'if-modified-since': same }, 304],
      [{ 'if-modified-since': before }, 200],
      [{ 'if-modified-since': 'yesterday' }, 200],
      [{ 'if-unmodified-since': before }, 412],
      [{ 'if-unmodified-since': same }, 200],
      [{ 'if-match': right, 'if-unmodified-since': before }, 200],
      [{ 'if-match': '"x"', 'if-unmodified-since': same }, 412],
      [{ 'if-none-match': right, 'if-modified-since': before }, 304],
      [{ 'if-none-match': '"x"', 'if-modified-since': same }, 200],
      [{ 'if-match': '"x"', 'if-none-match': right }, 412],
      [{ 'if-match': '"x"', range: 'bytes=99-' }, 412],
    ];
    for (const [headers, status] of cases) assert.equal(get(headers).status, status, JSON.stringify(headers));
    const unchanged = get({ 'if-none-match': right });
    assert.equal(unchanged.body, undefined);
    assert.equal(unchanged.headers?.['etag'], right);
  });

  it('lets signed requests choose response headers, and nobody else', () => {
    const target =
      '/notes/a.txt?response-content-type=text%2Fhtml&response-content-disposition=attachment%3B%20filename%3D%22x%22';
    const response = ask(scene(), 'GET', target);
    assert.equal(response.headers?.['content-type'], 'text/html');
    assert.equal(response.headers['content-disposition'], 'attachment; filename="x"');
    assert.equal(code(ask(scene(), 'GET', target, { as: 'nobody' })), 'InvalidRequest');
    const split = '/notes/a.txt?response-content-type=x%0d%0aset-cookie:%20a';
    assert.equal(code(ask(scene(), 'GET', split)), 'InvalidArgument');
  });

  it('shows the checksum when asked, for the whole object only', () => {
    const mode = { 'x-amz-checksum-mode': 'ENABLED' };
    const value = checksumOf('crc64nvme', Buffer.from('hello world')).toString('base64');
    assert.equal(get(mode).headers?.['x-amz-checksum-crc64nvme'], value);
    assert.equal(get(mode).headers?.['x-amz-checksum-type'], 'FULL_OBJECT');
    assert.equal(get({}).headers?.['x-amz-checksum-crc64nvme'], undefined);
    assert.equal(get({ ...mode, range: 'bytes=0-3' }).headers?.['x-amz-checksum-crc64nvme'], undefined);
  });

  it('answers with the storage class where it is not the standard one', () => {
    const s3 = scene();
    s3.putObject('notes', 'warm', 'x', { storageClass: 'GLACIER_IR' });
    s3.putObject('notes', 'cold', 'x', { storageClass: 'DEEP_ARCHIVE' });
    assert.equal(ask(s3, 'GET', '/notes/warm').headers?.['x-amz-storage-class'], 'GLACIER_IR');
    assert.deepEqual(texts(ask(s3, 'GET', '/notes/cold'), 'StorageClass'), ['DEEP_ARCHIVE']);
    assert.equal(ask(s3, 'HEAD', '/notes/cold').status, 200);
    assert.equal(ask(s3, 'HEAD', '/notes/a.txt').headers?.['x-amz-storage-class'], undefined);
  });
});

describe('sandbox s3 writing', () => {
  const put = (headers: Record<string, string>, body = 'new', s3 = scene()) =>
    ask(s3, 'PUT', '/notes/b.txt', { headers, body });

  it('takes each kind of checksum when right, and stores and returns it', () => {
    for (const algorithm of CHECKSUM_ALGORITHMS) {
      const s3 = scene();
      const name = `x-amz-checksum-${algorithm}`;
      const value = checksumOf(algorithm, Buffer.from('new')).toString('base64');
      const written = put(
        { [name]: value, 'x-amz-sdk-checksum-algorithm': algorithm.toUpperCase() },
        'new',
        s3,
      );
      assert.equal(written.status, 200, text(written));
      assert.equal(written.headers?.[name], value);
      const read = ask(s3, 'GET', '/notes/b.txt', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
      assert.equal(read.headers?.[name], value);
    }
  });

  it('refuses each kind when wrong, malformed, doubled or of another algorithm than announced', () => {
    const right = (algorithm: (typeof CHECKSUM_ALGORITHMS)[number]): string =>
      checksumOf(algorithm, Buffer.from('new')).toString('base64');
    for (const algorithm of CHECKSUM_ALGORITHMS) {
      const name = `x-amz-checksum-${algorithm}`;
      const wrong = checksumOf(algorithm, Buffer.from('old')).toString('base64');
      const s3 = scene();
      assert.equal(code(put({ [name]: wrong }, 'new', s3)), 'BadDigest', algorithm);
      assert.equal(code(put({ [name]: wrong.slice(1) }, 'new', s3)), 'InvalidRequest', algorithm);
      assert.equal(ask(s3, 'HEAD', '/notes/b.txt').status, 404);
    }
    const two = { 'x-amz-checksum-crc32': right('crc32'), 'x-amz-checksum-sha1': right('sha1') };
    assert.equal(code(put(two)), 'InvalidRequest');
    const other = { 'x-amz-checksum-crc32': right('crc32'), 'x-amz-sdk-checksum-algorithm': 'SHA256' };
    assert.equal(code(put(other)), 'BadDigest');
    assert.equal(code(put({ 'x-amz-sdk-checksum-algorithm': 'CRC32' })), 'InvalidRequest');
    assert.equal(code(put({ 'x-amz-sdk-checksum-algorithm': 'CRC16' })), 'InvalidRequest');
    assert.equal(code(put({ 'x-amz-checksum-crc16': 'AAAA' })), 'InvalidRequest');
  });

  it('checks trailers and signed parameters of a presigned URL like headers', () => {
    const wrong = 'AAAAAA==';
    const answer = (query: string, presigned: boolean, trailers: Record<string, string>) => {
      const verify = (request: { readonly body: Buffer }) => ({
        principal: {
          kind: 'root',
          accountId: '1',
          arn: 'arn:aws:iam::1:root',
          userId: '1',
          context: {},
        } as const,
        body: request.body,
        trailers,
        presigned,
      });
      const s3 = build({ verifier: { verify } });
      s3.createBucket('notes');
      return ask(s3, 'PUT', `/notes/b.txt${query}`, { body: 'new' });
    };
    assert.equal(code(answer('', false, { 'x-amz-checksum-crc32': wrong })), 'BadDigest');
    assert.equal(code(answer(`?x-amz-checksum-crc32=${wrong}`, true, {})), 'BadDigest');
    assert.equal(code(answer(`?X-Amz-Checksum-Crc32=${wrong}`, true, {})), 'BadDigest');
    const right = encodeURIComponent(checksumOf('crc32', Buffer.from('new')).toString('base64'));
    assert.equal(answer(`?x-amz-checksum-crc32=${right}`, true, {}).status, 200);
    assert.equal(answer(`?x-amz-checksum-crc32=${wrong}`, false, {}).status, 200);
  });

  it('checks Content-MD5', () => {
    const md5 = createHash('md5').update('new').digest('base64');
    assert.equal(put({ 'content-md5': md5 }).status, 200);
    const response = put({ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' });
    assert.deepEqual(texts(response, 'CalculatedDigest'), [md5]);
  });

  it('writes on conditions', () => {
    const s3 = scene();
    const on = (headers: Record<string, string>, key = 'a.txt') =>
      ask(s3, 'PUT', `/notes/${key}`, { headers, body: 'next' });
    assert.equal(code(on({ 'if-none-match': '*' })), 'PreconditionFailed');
    assert.equal(code(on({ 'if-match': '"x"' })), 'PreconditionFailed');
    assert.equal(text(ask(s3, 'GET', '/notes/a.txt')), 'hello world');
    assert.equal(on({ 'if-match': etag('hello world') }).status, 200);
    assert.equal(text(ask(s3, 'GET', '/notes/a.txt')), 'next');
    assert.equal(code(on({ 'if-match': etag('next') }, 'missing')), 'NoSuchKey');
    assert.equal(on({ 'if-none-match': '*' }, 'fresh').status, 200);
    assert.equal(code(on({ 'if-none-match': '"x"' })), 'NotImplemented');
    assert.equal(code(on({ 'if-match': '*' })), 'NotImplemented');
  });

  it('keeps headers, metadata and storage class, and the framing not', () => {
    const s3 = scene();
    put(
      {
        'content-type': 'application/json',
        'content-encoding': 'aws-chunked,gzip',
        'cache-control': 'no-cache',
        'content-disposition': 'inline',
        'x-amz-meta-colour': 'blue',
        'x-amz-storage-class': 'STANDARD_IA',
      },
      'new',
      s3,
    );
    const { headers } = ask(s3, 'HEAD', '/notes/b.txt');
    assert.equal(headers?.['content-type'], 'application/json');
    assert.equal(headers['content-encoding'], 'gzip');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['content-disposition'], 'inline');
    assert.equal(headers['x-amz-meta-colour'], 'blue');
    assert.equal(headers['x-amz-storage-class'], 'STANDARD_IA');
    put({ 'content-encoding': 'aws-chunked' }, 'new', s3);
    assert.equal(ask(s3, 'HEAD', '/notes/b.txt').headers?.['content-encoding'], undefined);
    assert.equal(ask(s3, 'HEAD', '/notes/b.txt').headers?.['content-type'], 'binary/octet-stream');
  });

  it('refuses what it would otherwise ignore', () => {
    for (const headers of [
      { 'x-amz-tagging': 'a=b' },
      { 'x-amz-server-side-encryption': 'aws:kms' },
      { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      { 'x-amz-object-lock-mode': 'GOVERNANCE' },
    ]) {
      assert.equal(code(put(headers as Record<string, string>)), 'NotImplemented', JSON.stringify(headers));
    }
    assert.equal(put({ 'x-amz-server-side-encryption': 'AES256' }).status, 200);
    assert.equal(put({ 'x-amz-acl': 'bucket-owner-full-control' }).status, 200);
    assert.equal(code(put({ 'x-amz-grant-read': 'id=1' })), 'AccessControlListNotSupported');
    assert.equal(code(ask(scene(), 'GET', '/notes/a.txt?versionId=1')), 'NotImplemented');
    assert.equal(
      code(ask(scene(), 'PUT', '/notes/c', { headers: { 'x-amz-copy-source': 'notes/a.txt' } })),
      'NotImplemented',
    );
    for (const [method, target] of [
      ['POST', '/notes/a.txt?uploads'],
      ['GET', '/notes/a.txt?tagging'],
      ['GET', '/notes?versions'],
      ['GET', '/notes?acl'],
      ['DELETE', '/notes?policy'],
      ['DELETE', '/notes/a.txt?uploadId=1'],
    ] as const) {
      const s3 = scene();
      assert.equal(code(ask(s3, method, target)), 'NotImplemented', target);
      assert.equal(ask(s3, 'HEAD', '/notes/a.txt').status, 200);
    }
  });

  it('needs the length of what comes', () => {
    const headers = { 'x-test-principal': 'root', 'transfer-encoding': 'chunked' };
    const request = { method: 'PUT', rawPath: '/notes/x', rawQuery: '', headers, sourceIp: '127.0.0.1' };
    const response = scene().handle({ ...request, body: Buffer.from('x') }, 'REQUEST1');
    assert.deepEqual([code(response), texts(response, 'Header')], ['NotImplemented', ['Transfer-Encoding']]);
    const chunked = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    assert.equal(code(put(chunked)), 'MissingContentLength');
    assert.equal(
      put({ ...chunked, 'content-length': '99', 'x-amz-decoded-content-length': '3' }).status,
      200,
    );
  });

  it('deletes what is there and what is not, and on conditions', () => {
    const s3 = scene();
    const remove = (headers: Record<string, string> = {}) => ask(s3, 'DELETE', '/notes/a.txt', { headers });
    assert.equal(code(remove({ 'if-match': '"x"' })), 'PreconditionFailed');
    assert.equal(ask(s3, 'HEAD', '/notes/a.txt').status, 200);
    assert.equal(remove({ 'if-match': etag('hello world') }).status, 204);
    assert.equal(ask(s3, 'HEAD', '/notes/a.txt').status, 404);
    assert.equal(remove().status, 204);
    assert.equal(code(remove({ 'if-match': '*' })), 'PreconditionFailed');
  });

  it('dates objects by the sandbox clock, in whole seconds', () => {
    const clock = fixedClock(START + 789);
    const s3 = build({ clock });
    s3.createBucket('notes');
    ask(s3, 'PUT', '/notes/a', { body: 'x' });
    clock.advance(60);
    ask(s3, 'PUT', '/notes/b', { body: 'x' });
    assert.deepEqual(texts(ask(s3, 'GET', '/notes?list-type=2'), 'LastModified'), [
      '2026-06-01T12:00:00.000Z',
      '2026-06-01T12:01:00.000Z',
    ]);
  });
});
