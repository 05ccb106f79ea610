import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import {
  ChecksumAlgorithm,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import { checksumOf, type CHECKSUM_BYTES } from '../../../../sandbox/s3/checksums';
import { ADMIN_KEY, authorizer, READER_KEY, serve, type Served } from './support';

const Bucket = 'notes';

async function read(client: S3Client, Key: string, more = {}): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  assert.ok(Body);
  return Buffer.from(await Body.transformToByteArray());
}

describe('sandbox s3, judged by the AWS SDK', () => {
  let served: Served;
  let client: S3Client;

  before(async () => {
    const refuse = authorizer(({ action, resource }) =>
      action === 's3:ListAllMyBuckets' || resource.startsWith('arn:aws:s3:::notes/secret/')
        ? 'implicit-deny'
        : undefined,
    );
    served = await serve({ authorizer: refuse });
    client = served.client();
  });
  after(() => served.close());

  beforeEach(() => {
    served.s3.createBucket(Bucket);
  });

  it('walks the bucket operations', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'walk' }));
    const { Buckets = [] } = await client.send(new ListBucketsCommand({ MaxBuckets: 10 }));
    const walk = Buckets.find(({ Name }) => Name === 'walk');
    assert.equal(walk?.BucketRegion, 'us-east-1');
    assert.ok(walk.CreationDate instanceof Date);
    const head = await client.send(new HeadBucketCommand({ Bucket: 'walk' }));
    assert.equal(head.BucketRegion, 'us-east-1');
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: 'walk' }));
    assert.equal(LocationConstraint, undefined);
    await client.send(new PutObjectCommand({ Bucket: 'walk', Key: 'k', Body: 'x' }));
    await assert.rejects(client.send(new DeleteBucketCommand({ Bucket: 'walk' })), {
      name: 'BucketNotEmpty',
    });
    await client.send(new DeleteObjectCommand({ Bucket: 'walk', Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket: 'walk' }));
    await assert.rejects(client.send(new HeadBucketCommand({ Bucket: 'walk' })), { name: 'NotFound' });
  });

  it('creates a bucket elsewhere, and is led there', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await client.send(new CreateBucketCommand({ Bucket: 'abroad', CreateBucketConfiguration }));
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: 'abroad' }));
    assert.equal(LocationConstraint, 'eu-west-1');
    const list = new ListObjectsV2Command({ Bucket: 'abroad' });
    await assert.rejects(
      client.send(list),
      (error: Error & { $response?: { headers: Record<string, string> } }) => {
        assert.equal(error.name, 'PermanentRedirect');
        assert.equal(error.$response?.headers['x-amz-bucket-region'], 'eu-west-1');
        return true;
      },
    );
    await assert.rejects(served.client({ region: 'eu-west-2' }).send(list), {
      name: 'AuthorizationHeaderMalformed',
    });
    assert.equal((await served.client({ region: 'eu-west-1' }).send(list)).KeyCount, 0);
    assert.equal(
      (await served.client({ followRegionRedirects: true, maxAttempts: 3 }).send(list)).KeyCount,
      0,
    );
  });

  for (const Key of [
    'plain.txt',
    'a b+c%20d é.txt',
    'e\u0301 and é',
    'a//b',
    '/lead',
    'a/../b/./c',
    'us-east-1:0f1e2d3c/profile.json',
    'folder/',
    '<b onclick="x">&amp;\u0001\t\r\n</b>',
    ' spaces around ',
    '😀',
    "!'()*~$&=@;:,?#[]|\\^`{}",
  ]) {
    it(`writes, lists, reads, heads and deletes ${JSON.stringify(Key)}`, async () => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Key, ContentType: 'text/plain' }));
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
      assert.deepEqual(
        Contents.map((item) => item.Key),
        [Key],
      );
      const first = await client.send(new ListObjectsCommand({ Bucket, Prefix: Key }));
      assert.equal(first.Contents?.[0]?.Key, Key);
      assert.equal((await read(client, Key)).toString(), Key);
      const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
      assert.deepEqual([head.ContentLength, head.ContentType], [Buffer.byteLength(Key), 'text/plain']);
      assert.equal(head.ETag, Contents[0]?.ETag);
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      await assert.rejects(client.send(new GetObjectCommand({ Bucket, Key })), { name: 'NoSuchKey' });
    });
  }

  // The SDK works these out by itself; the others it takes as values.
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'MD5'] as const) {
    it(`stores and returns ${algorithm}, as header and as trailer`, async () => {
      const data = randomBytes(100_000);
      for (const Body of [data, Readable.from([data.subarray(0, 70_000), data.subarray(70_000)])]) {
        const put = { Bucket, Key: 'sum', Body, ContentLength: data.length, ChecksumAlgorithm: algorithm };
        const written = await client.send(new PutObjectCommand(put));
        const { Body: body, ...got } = await client.send(
          new GetObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }),
        );
        const name = `Checksum${algorithm}` as const;
        assert.ok(written[name as keyof typeof written]);
        assert.equal(got[name as keyof typeof got], written[name as keyof typeof written]);
        assert.ok(data.equals(Buffer.from((await body?.transformToByteArray()) ?? [])));
      }
    });
  }

  for (const algorithm of Object.values(ChecksumAlgorithm)) {
    it(`takes a given ${algorithm} when right and refuses it when wrong`, async () => {
      const name = algorithm.toLowerCase() as keyof typeof CHECKSUM_BYTES;
      const put = (body: string) => {
        const value = checksumOf(name, Buffer.from('body')).toString('base64');
        const command = new PutObjectCommand({
          Bucket,
          Key: 'given',
          Body: body,
          [`Checksum${algorithm}`]: value,
        });
        return client.send(command);
      };
      const written: object = await put('body');
      assert.ok(`Checksum${algorithm}` in written);
      await assert.rejects(put('other'), { name: 'BadDigest' });
    });
  }

  it('stores a stream of many megabytes byte for byte', async () => {
    const data = randomBytes(6 * 1024 * 1024 + 123);
    const parts: Buffer[] = [];
    for (let at = 0; at < data.length; at += 65_536) parts.push(data.subarray(at, at + 65_536));
    await client.send(
      new PutObjectCommand({ Bucket, Key: 'big', Body: Readable.from(parts), ContentLength: data.length }),
    );
    assert.ok(data.equals(await read(client, 'big')));
    assert.ok(data.subarray(5, 900_001).equals(await read(client, 'big', { Range: 'bytes=5-900000' })));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'big' }));
    assert.equal(head.ContentEncoding, undefined);
  });

  it('refuses a wrong checksum, in header and in stream', async () => {
    const put = { Bucket, Key: 'wrong', Body: 'body', ChecksumCRC32: 'AAAAAA==' };
    await assert.rejects(client.send(new PutObjectCommand(put)), { name: 'BadDigest' });
    await assert.rejects(client.send(new HeadObjectCommand({ Bucket, Key: 'wrong' })), { name: 'NotFound' });
  });

  it('keeps to conditions', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'one' }));
    const put = (more: object) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'two', ...more }));
    await assert.rejects(put({ IfNoneMatch: '*' }), { name: 'PreconditionFailed' });
    await assert.rejects(put({ IfMatch: '"0123"' }), { name: 'PreconditionFailed' });
    await put({ IfMatch: ETag });
    await assert.rejects(read(client, 'c', { IfMatch: ETag }), { name: 'PreconditionFailed' });
    await assert.rejects(
      read(client, 'c', { IfModifiedSince: new Date(Date.now() + 60_000) }),
      (error: unknown) => {
        assert.equal((error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode, 304);
        return true;
      },
    );
    await assert.rejects(read(client, 'c', { Range: 'bytes=9-' }), { name: 'InvalidRange' });
  });

  it('pages through a listing with delimiter', async () => {
    for (let at = 0; at < 25; at++) served.s3.putObject(Bucket, `page/${String(at % 12)}/${String(at)}`, 'x');
    for (let at = 0; at < 7; at++) served.s3.putObject(Bucket, `page/f${String(at)}`, 'x');
    const seen: string[] = [];
    let pages = 0;
    const config = { client, pageSize: 4 };
    for await (const page of paginateListObjectsV2(config, { Bucket, Prefix: 'page/', Delimiter: '/' })) {
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
      seen.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      pages++;
    }
    assert.equal(new Set(seen).size, 19);
    assert.deepEqual([seen.length, pages], [19, 5]);
  });

  it('keeps metadata, storage class and content headers', async () => {
    const facts = {
      Metadata: { author: 'someone', 'two-words': 'a b' },
      StorageClass: 'STANDARD_IA',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      ContentEncoding: 'identity',
      ContentLanguage: 'en',
      ContentType: 'text/css',
    } as const;
    await client.send(new PutObjectCommand({ Bucket, Key: 'facts', Body: 'x', ...facts }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'facts' }));
    for (const [name, value] of Object.entries(facts))
      assert.deepEqual(head[name as keyof typeof head], value, name);
  });

  describe('presigned', () => {
    const command = new GetObjectCommand({ Bucket, Key: 'p é+ %.txt', ResponseContentType: 'text/csv' });
    const lean = () => served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });

    beforeEach(() => {
      served.s3.putObject(Bucket, 'p é+ %.txt', 'presigned', { metadata: { a: 'b' } });
    });

    it('reads, and answers with the content type asked for', async () => {
      const response = await fetch(await getSignedUrl(lean(), command));
      assert.equal(await response.text(), 'presigned');
      assert.equal(response.headers.get('content-type'), 'text/csv');
    });

    it('is refused when tampered with, expired, or used for another method', async () => {
      const url = await getSignedUrl(lean(), command);
      const other = url.replace('p%20', 'q%20');
      assert.notEqual(other, url);
      for (const [wrong, method] of [
        [other, 'GET'],
        [url.replace('text%2Fcsv', 'text%2Fhtml'), 'GET'],
        [url, 'DELETE'],
      ] as const) {
        const response = await fetch(wrong, { method });
        assert.equal(response.status, 403, wrong);
        assert.match(await response.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
      }
      const old = await getSignedUrl(lean(), command, {
        expiresIn: 60,
        signingDate: new Date(Date.now() - 120_000),
      });
      const response = await fetch(old);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /Request has expired/);
    });

    it('writes with metadata signed into the URL', async () => {
      const put = new PutObjectCommand({
        Bucket,
        Key: 'up',
        Metadata: { colour: 'red' },
        StorageClass: 'ONEZONE_IA',
      });
      const response = await fetch(await getSignedUrl(lean(), put), { method: 'PUT', body: 'uploaded' });
      assert.equal(response.status, 200, await response.text());
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'up' }));
      assert.deepEqual([head.Metadata, head.StorageClass], [{ colour: 'red' }, 'ONEZONE_IA']);
    });

    it('checks the checksum that the SDK signs into a URL: that of an empty body', async () => {
      const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'trap' }));
      assert.match(url, /x-amz-checksum-crc32=AAAAAA/);
      const response = await fetch(url, { method: 'PUT', body: 'a real body' });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /<Code>BadDigest<\/Code>/);
      const empty = await fetch(url, { method: 'PUT', body: '' });
      assert.equal(empty.status, 200);
    });
  });

  describe('refuses', () => {
    const get = new GetObjectCommand({ Bucket, Key: 'r' });
    beforeEach(() => {
      served.s3.putObject(Bucket, 'r', 'x');
      served.s3.putObject(Bucket, 'secret/plan.txt', 'x');
    });

    it('a wrong secret, an unknown key, and a stripped or invented token', async () => {
      const as = (credentials: object) =>
        served.client({ credentials: credentials as typeof ADMIN_KEY }).send(get);
      await assert.rejects(as({ ...ADMIN_KEY, secretAccessKey: 'guess' }), { name: 'SignatureDoesNotMatch' });
      await assert.rejects(as({ ...ADMIN_KEY, accessKeyId: 'AKIANOBODY' }), { name: 'InvalidAccessKeyId' });
      await assert.rejects(as({ ...READER_KEY, sessionToken: undefined }), { name: 'InvalidAccessKeyId' });
      await assert.rejects(as({ ...READER_KEY, sessionToken: 'invented' }), { name: 'InvalidToken' });
      assert.ok(await as(READER_KEY));
    });

    it('an anonymous read', async () => {
      const response = await fetch(`${served.url}/${Bucket}/r`);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /<Code>AccessDenied<\/Code>/);
    });

    it('what the policy refuses, with the request ids', async () => {
      const reader = served.client({ credentials: READER_KEY });
      await assert.rejects(
        reader.send(new GetObjectCommand({ Bucket, Key: 'secret/plan.txt' })),
        (error: Error & { $metadata?: { requestId?: string; extendedRequestId?: string } }) => {
          assert.equal(error.name, 'AccessDenied');
          assert.match(error.message, /because no identity-based policy allows the s3:GetObject action$/);
          assert.equal(error.$metadata?.requestId, 'REQUEST1');
          assert.ok(error.$metadata.extendedRequestId);
          return true;
        },
      );
      await assert.rejects(reader.send(new ListBucketsCommand({})), { name: 'AccessDenied' });
    });

    it('what does not exist', async () => {
      await assert.rejects(client.send(new ListObjectsV2Command({ Bucket: 'missing' })), {
        name: 'NoSuchBucket',
      });
      await assert.rejects(client.send(new HeadObjectCommand({ Bucket, Key: 'missing' })), {
        name: 'NotFound',
      });
    });
  });
});
