import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createS3Api } from '../../../src/aws/index';
import type { S3Api } from '../../../src/core/ports';
import type { AwsCredentials } from '../../../src/core/session/model';
import { failsWith, failureOf } from '../../support/failures';
import { serve } from '../../support/local-server';
import { startScene, type Scene } from './scene';

const BIG = 6 * 1024 * 1024;

describe('the S3 adapter', function () {
  this.timeout(20_000);
  let scene: Scene;
  let s3: S3Api;
  let bucket: string;
  let home: string;
  let credentials: AwsCredentials;

  before(async () => {
    scene = await startScene();
    ({ bucket } = scene.sandbox);
    const given = await scene.credentials('reader');
    credentials = given;
    home = `private/${given.identityId}/`;
    s3 = scene.s3(() => credentials);
  });
  after(() => scene.sandbox.stop());
  beforeEach(async () => {
    await scene.sandbox.control.resetFaults();
    await scene.sandbox.control.resetRequests();
  });

  const digest = (chunks: readonly Uint8Array[]): string => {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest('hex');
  };
  /** The object as plain HTTP gives it, past the adapter. */
  async function plain(key: string): Promise<Uint8Array> {
    const { url } = await s3.presignGet(bucket, key, 60);
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  }

  it('lists folders and objects page by page', async () => {
    const roots = await s3.list({ bucket, prefix: 'public/', delimiter: '/' });
    assert.deepEqual(roots.prefixes, ['public/many/', 'public/odd/']);
    const keys: string[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await s3.list({ bucket, prefix: 'public/many/', continuationToken: nextToken });
      keys.push(...page.objects.map(({ key }) => key));
      ({ nextToken } = page);
      pages += 1;
    } while (nextToken !== undefined);
    assert.equal(pages, 3);
    assert.equal(new Set(keys).size, 2500);
  });

  it('gives every odd key as it is, to be read under the same name', async () => {
    const { objects } = await s3.list({ bucket, prefix: 'public/odd/' });
    assert.ok(objects.length >= 10);
    for (const { key, size } of objects) {
      assert.equal((await s3.head(bucket, key)).size, size, key);
      assert.equal((await s3.read(bucket, key, 1_000_000)).length, size, key);
    }
  });

  it('tells size, time and type of an object', async () => {
    const details = await s3.head(bucket, `${home}profile.json`);
    assert.equal(details.contentType, 'application/json');
    assert.ok(details.size > 0 && details.etag);
    assert.ok(Math.abs((details.lastModified ?? 0) - Date.now()) < 60_000);
  });

  it('reads an object whole, and refuses one over the limit', async () => {
    const key = `${home}big.bin`;
    assert.equal(digest([await s3.read(bucket, key, BIG)]), digest([await plain(key)]));
    const error = await failsWith(s3.read(bucket, key, BIG - 1), 's3.too-large');
    assert.deepEqual(error.data, { bytes: BIG, maxBytes: BIG - 1 });
  });

  it('refuses an answer over the limit that announces no length', async () => {
    const endless = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    try {
      const place = { region: 'us-east-1', endpoint: endless.url };
      const options = { ...place, checksums: 'required', credentials: async () => credentials } as const;
      await failsWith(createS3Api(options, () => undefined).read('bucket', 'k', 200_000), 's3.too-large');
    } finally {
      await endless.close();
    }
  });

  it('downloads byte by byte what is there, and tells how far it is', async () => {
    const key = `${home}big.bin`;
    const chunks: Uint8Array[] = [];
    const told: number[] = [];
    const bytes = await s3.download(
      bucket,
      key,
      async (chunk) => void chunks.push(Uint8Array.from(chunk)),
      (done, total) => {
        assert.equal(total, BIG);
        told.push(done);
      },
    );
    assert.equal(bytes, BIG);
    assert.equal(digest(chunks), digest([await plain(key)]));
    assert.equal(told.at(-1), BIG);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
  });

  it('stops a download where the person cancels, and writes nothing more', async () => {
    const abort = new AbortController();
    let written = 0;
    const write = async (chunk: Uint8Array): Promise<void> => {
      assert.ok(!abort.signal.aborted, 'nothing is written after the cancel');
      written += chunk.length;
      if (written > 100_000) abort.abort();
    };
    const download = s3.download(bucket, `${home}big.bin`, write, () => undefined, abort.signal);
    await failsWith(download, 'cancelled');
    assert.ok(written < BIG);
  });

  it('stops a download that has come to a halt', async () => {
    const halt = await serve((_request, response) => {
      response.setHeader('content-length', 1000);
      response.write('the first words');
    });
    try {
      const place = { region: 'us-east-1', endpoint: halt.url };
      const options = { ...place, checksums: 'required', credentials: async () => credentials } as const;
      const abort = new AbortController();
      const download = createS3Api(options, () => undefined).download(
        'bucket',
        'key',
        async () => abort.abort(),
        () => undefined,
        abort.signal,
      );
      await failsWith(download, 'cancelled');
    } finally {
      await halt.close();
    }
  });

  for (const kind of ['reset', 'truncate'] as const) {
    it(`names a ${kind} in the middle of an object`, async () => {
      const key = `${home}big.bin`;
      await scene.sandbox.control.fault({ operation: 'GetObject', kind, times: 2 });
      const download = s3.download(
        bucket,
        key,
        async () => undefined,
        () => undefined,
      );
      await failsWith(download, 'network.reset');
      const { data } = await failsWith(s3.read(bucket, key, BIG), 'network.reset');
      assert.equal(data['operation'], 'GetObject');
    });
  }

  it('hands on what the writer says', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const download = s3.download(
      bucket,
      `${home}big.bin`,
      () => Promise.reject(full),
      () => undefined,
    );
    await assert.rejects(download, full);
  });

  it('names what S3 refuses, also where HEAD has no body to say it', async () => {
    const codes = async (call: Promise<unknown>): Promise<unknown[]> => {
      const { awsCode, data } = await failureOf(call);
      return [awsCode, data['status'], data['bucket'], data['key']];
    };
    const missing = `${home}not-there`;
    assert.deepEqual(await codes(s3.head(bucket, missing)), ['NoSuchKey', 404, bucket, missing]);
    assert.deepEqual(await codes(s3.read(bucket, missing, 1)), ['NoSuchKey', 404, bucket, missing]);
    const secret = 'secret/plan.txt';
    assert.deepEqual(await codes(s3.head(bucket, secret)), ['AccessDenied', 403, bucket, secret]);
    assert.deepEqual(await codes(s3.read(bucket, secret, 1)), ['AccessDenied', 403, bucket, secret]);
    assert.deepEqual(await codes(s3.list({ bucket, prefix: 'secret/' })), [
      'AccessDenied',
      403,
      bucket,
      undefined,
    ]);
    const admin = await scene.credentials('admin');
    const asAdmin = scene.s3(() => admin);
    assert.deepEqual(await codes(asAdmin.list({ bucket: 'no-such-bucket', prefix: '' })), [
      'NoSuchBucket',
      404,
      'no-such-bucket',
      undefined,
    ]);
  });

  it('names trouble of S3 itself, after a second try', async () => {
    const { control } = scene.sandbox;
    const trouble = [
      [500, 'InternalError'],
      [503, 'ServiceUnavailable'],
    ] as const;
    for (const [value, awsCode] of trouble) {
      for (const operation of ['HeadObject', 'ListObjectsV2'] as const) {
        await control.resetRequests();
        await control.fault({ operation, kind: 'status', value, times: 2 });
        const call =
          operation === 'HeadObject'
            ? s3.head(bucket, `${home}profile.json`)
            : s3.list({ bucket, prefix: home });
        assert.equal((await failureOf(call)).awsCode, awsCode);
        assert.deepEqual(await control.requests(), { [operation]: 2 });
      }
    }
    await control.fault({ operation: 'ListObjectsV2', kind: 'throttle' });
    assert.equal((await s3.list({ bucket, prefix: home })).objects.length, 3);
  });

  it('signs each call with the credentials of the moment', async () => {
    let asked = 0;
    const api = scene.s3(() => {
      asked += 1;
      return credentials;
    });
    await api.list({ bucket, prefix: home });
    await api.list({ bucket, prefix: home });
    assert.equal(asked, 2);
  });

  it('does not ask S3 where the credentials cannot be had', async () => {
    const gone = Object.assign(new Error('signed out'), { workbench: true, code: 'session.missing' });
    const api = scene.s3(() => {
      throw gone;
    });
    await failsWith(api.list({ bucket, prefix: home }), 'session.missing');
    assert.deepEqual(await scene.sandbox.control.requests(), {});
  });
});
