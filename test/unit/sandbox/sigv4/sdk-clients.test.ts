import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { CognitoIdentityClient, DescribeIdentityPoolCommand } from '@aws-sdk/client-cognito-identity';
import {
  GetObjectCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { FinalizeHandler, FinalizeHandlerArguments } from '@smithy/types';
import type { HttpRequest } from '../../../../sandbox/kernel/types';
import { createSignatureVerifier } from '../../../../sandbox/sigv4';
import { capture, credentialStore, fakeClock, fromUrl, SESSION } from './signed-requests';

// The SDK signs with the real time of day.
const clock = fakeClock(Date.now());
const store = credentialStore(clock);
const session = store.issue(SESSION, 3600);
const verifier = createSignatureVerifier({ credentials: store, clock, region: 'us-east-1' });
const credentials = {
  accessKeyId: session.accessKeyId,
  secretAccessKey: session.secretAccessKey,
  sessionToken: session.sessionToken,
};
const place = { region: 'us-east-1', credentials, maxAttempts: 1 };

function s3(requestHandler?: unknown): S3Client {
  return new S3Client({
    ...place,
    endpoint: 'http://127.0.0.1:4567',
    forcePathStyle: true,
    requestStreamBufferSize: 65_536,
    ...(requestHandler === undefined ? {} : { requestHandler: requestHandler as never }),
  });
}

const Bucket = 'notes-app-uploads';
const ODD_KEYS = [
  'public/odd/with space.txt',
  'public/odd/100%.txt',
  'public/odd/a+b.txt',
  'public/odd/a:b.txt',
  'public/odd/caf\u00e9.txt',
  'public/odd/cafe\u0301.txt',
  'public/odd//double.txt',
  'public/odd/folder/',
  "public/odd/<b onclick='x'>&amp;\".html",
  'private/us-east-1:0f1e2d3c-0000-4000-8000-000000000000/!*()~_-.txt',
];

describe('sandbox sigv4: requests signed by the AWS SDK', () => {
  for (const Key of ODD_KEYS) {
    it(`S3 get of ${Key}`, async () => {
      const request = await capture((handler) => s3(handler).send(new GetObjectCommand({ Bucket, Key })));
      assert.equal(verifier.verify(request, 's3').principal, SESSION);
    });
  }

  it('S3 list with a prefix full of odd characters', async () => {
    const request = await capture((handler) =>
      s3(handler).send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: 'a b+c%é/(x)*',
          Delimiter: '/',
          ContinuationToken: 'x/y+z==',
        }),
      ),
    );
    assert.equal(verifier.verify(request, 's3').principal, SESSION);
    const changed = { ...request, rawQuery: request.rawQuery.replace('prefix=a', 'prefix=b') };
    assert.throws(() => verifier.verify(changed, 's3'), { code: 'SignatureDoesNotMatch' });
  });

  it('S3 put of a text, and its refusal with another text', async () => {
    const request = await capture((handler) =>
      s3(handler).send(
        new PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'hello', Metadata: { colour: 'red' } }),
      ),
    );
    assert.equal(verifier.verify(request, 's3').body.toString(), 'hello');
    assert.throws(() => verifier.verify({ ...request, body: Buffer.from('hullo') }, 's3'), {
      code: 'XAmzContentSHA256Mismatch',
      status: 400,
    });
  });

  describe('S3 put of a stream, aws-chunked with an unsigned trailer', () => {
    const content = Buffer.alloc(200_000, 'stream ');
    let request: HttpRequest;

    before(async () => {
      request = await capture((handler) =>
        s3(handler).send(
          new PutObjectCommand({
            Bucket,
            Key: 'stream.bin',
            Body: Readable.from([content.subarray(0, 70_000), content.subarray(70_000)]),
            ContentLength: content.length,
          }),
        ),
      );
    });

    const replaced = (from: RegExp, to: string): HttpRequest => ({
      ...request,
      body: Buffer.from(request.body.toString('latin1').replace(from, to), 'latin1'),
    });

    it('is opened', () => {
      assert.equal(request.headers['x-amz-content-sha256'], 'STREAMING-UNSIGNED-PAYLOAD-TRAILER');
      const check = verifier.verify(request, 's3');
      assert.ok(check.body.equals(content));
      assert.match(check.trailers['x-amz-checksum-crc32'] ?? '', /^[A-Za-z0-9+/]{6}==$/);
    });

    for (const [what, change, code] of [
      ['cut short', () => ({ ...request, body: request.body.subarray(0, 100_000) }), 'IncompleteBody'],
      ['without its last line', () => ({ ...request, body: request.body.subarray(0, -4) }), 'IncompleteBody'],
      ['with a nonsense length', () => replaced(/^[0-9a-f]+\r\n/, 'zz\r\n'), 'InvalidRequest'],
      [
        'with another trailer',
        () => replaced(/x-amz-checksum-crc32:/, 'x-amz-checksum-sha1:'),
        'MalformedTrailerError',
      ],
      ['with no trailer', () => replaced(/x-amz-checksum-crc32:[^\r]*\r\n/, ''), 'MalformedTrailerError'],
    ] as const) {
      it(`is refused ${what}`, () => {
        assert.throws(() => verifier.verify(change(), 's3'), { code });
      });
    }

    it('is refused when its announced length is another one', async () => {
      const wrong = await capture((handler) => {
        const client = s3(handler);
        client.middlewareStack.addRelativeTo(
          (next: FinalizeHandler<ServiceInputTypes, ServiceOutputTypes>) =>
            (args: FinalizeHandlerArguments<ServiceInputTypes>) => {
              const sent = args.request as { headers: Record<string, string> };
              sent.headers['x-amz-decoded-content-length'] = '7';
              return next(args);
            },
          { relation: 'before', toMiddleware: 'httpSigningMiddleware' },
        );
        const Body = Readable.from([content]);
        return client.send(new PutObjectCommand({ Bucket, Key: 'x', Body, ContentLength: content.length }));
      });
      assert.throws(() => verifier.verify(wrong, 's3'), { code: 'IncompleteBody' });
    });
  });

  it('STS GetCallerIdentity', async () => {
    const request = await capture((handler) =>
      new STSClient({ ...place, endpoint: 'http://127.0.0.1:4566', requestHandler: handler as never }).send(
        new GetCallerIdentityCommand({}),
      ),
    );
    assert.equal(verifier.verify(request, 'sts').principal, SESSION);
    assert.throws(() => verifier.verify(request, 'iam'), { code: 'SignatureDoesNotMatch' });
  });

  it('cognito-identity DescribeIdentityPool', async () => {
    const request = await capture((handler) =>
      new CognitoIdentityClient({
        ...place,
        endpoint: 'http://127.0.0.1:4566',
        requestHandler: handler as never,
      }).send(new DescribeIdentityPoolCommand({ IdentityPoolId: 'us-east-1:0' })),
    );
    assert.equal(verifier.verify(request, 'cognito-identity').principal, SESSION);
  });
});

describe('sandbox sigv4: URLs presigned by the AWS SDK', () => {
  const START = Date.now();
  let url: string;

  before(async () => {
    url = await getSignedUrl(s3(), new GetObjectCommand({ Bucket, Key: 'public/odd/a b+c.txt' }), {
      expiresIn: 600,
      signingDate: new Date(START),
    });
  });
  beforeEach(() => clock.set(START));
  after(() => clock.set(Date.now()));

  it('are accepted, session token included', () => {
    const check = verifier.verify(fromUrl(url), 's3');
    assert.equal(check.principal, SESSION);
    assert.equal(check.presigned, true);
  });

  it('of a put take the body that comes, unsigned', async () => {
    const put = await getSignedUrl(
      s3(),
      new PutObjectCommand({ Bucket, Key: 'up.txt', ContentType: 'text/plain' }),
      {
        signableHeaders: new Set(['content-type']),
        signingDate: new Date(START),
      },
    );
    const body = Buffer.from('anything');
    const headers = { host: '127.0.0.1:4567', 'content-type': 'text/plain' };
    const request = fromUrl(put, { method: 'PUT', headers, body });
    assert.equal(verifier.verify(request, 's3').body.toString(), 'anything');
    const asHtml = fromUrl(put, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'text/html' },
      body,
    });
    assert.throws(() => verifier.verify(asHtml, 's3'), { code: 'SignatureDoesNotMatch' });
  });

  for (const [what, change, code, message] of [
    ['another key', (u: string) => u.replace('/odd/', '/even/'), 'SignatureDoesNotMatch', undefined],
    [
      'a longer life',
      (u: string) => u.replace('Expires=600', 'Expires=6000'),
      'SignatureDoesNotMatch',
      undefined,
    ],
    [
      'a life above a week',
      (u: string) => u.replace('Expires=600', 'Expires=604801'),
      'AuthorizationQueryParametersError',
      /less than 604800 seconds/,
    ],
    [
      'a negative life',
      (u: string) => u.replace('Expires=600', 'Expires=-1'),
      'AuthorizationQueryParametersError',
      /non-negative/,
    ],
    [
      'a life that is no number',
      (u: string) => u.replace('Expires=600', 'Expires=soon'),
      'AuthorizationQueryParametersError',
      /a number/,
    ],
    [
      'no life',
      (u: string) => u.replace('X-Amz-Expires=600&', ''),
      'AuthorizationQueryParametersError',
      /requires the X-Amz-Algorithm/,
    ],
    [
      'another algorithm',
      (u: string) => u.replace('HMAC-SHA256', 'HMAC-SHA1'),
      'AuthorizationQueryParametersError',
      /only supports/,
    ],
    [
      'the date twice',
      (u: string) => `${u}&X-Amz-Date=20260101T000000Z`,
      'AuthorizationQueryParametersError',
      undefined,
    ],
    [
      'another region',
      (u: string) => u.replace('us-east-1%2Fs3', 'us-west-2%2Fs3'),
      'AuthorizationQueryParametersError',
      /the region 'us-west-2' is wrong; expecting 'us-east-1'/,
    ],
    [
      'its session token taken out',
      (u: string) => u.replace(/X-Amz-Security-Token=[^&]+&/, ''),
      'InvalidAccessKeyId',
      undefined,
    ],
    [
      'an invented session token',
      (u: string) => u.replace(/(X-Amz-Security-Token=)[^&]+/, '$1invented'),
      'InvalidToken',
      undefined,
    ],
    [
      'another parameter added',
      (u: string) => `${u}&response-content-type=text%2Fhtml`,
      'SignatureDoesNotMatch',
      undefined,
    ],
    ['a broken escape', (u: string) => `${u}&x=%zz`, 'InvalidURI', undefined],
  ] as const) {
    it(`are refused with ${what}`, () => {
      const changed = change(url);
      assert.notEqual(changed, url);
      const expected = message === undefined ? { code } : { code, message };
      assert.throws(() => verifier.verify(fromUrl(changed), 's3'), expected);
    });
  }

  it('are refused for another method, and with an x-amz header that was not signed', () => {
    assert.throws(() => verifier.verify(fromUrl(url, { method: 'DELETE' }), 's3'), {
      code: 'SignatureDoesNotMatch',
    });
    const headers = { host: '127.0.0.1:4567', 'x-amz-acl': 'public-read' };
    assert.throws(() => verifier.verify(fromUrl(url, { headers }), 's3'), { code: 'AccessDenied' });
  });

  it('are refused beside an authorization header', () => {
    const headers = { host: '127.0.0.1:4567', authorization: 'AWS4-HMAC-SHA256 x' };
    assert.throws(() => verifier.verify(fromUrl(url, { headers }), 's3'), { code: 'InvalidArgument' });
  });

  it('die when their time is over, by the clock of the sandbox', () => {
    clock.advance(599);
    assert.equal(verifier.verify(fromUrl(url), 's3').principal, SESSION);
    clock.advance(2);
    assert.throws(() => verifier.verify(fromUrl(url), 's3'), {
      code: 'AccessDenied',
      message: 'Request has expired',
      status: 403,
    });
  });

  it('die with their session, however long they were meant to live', async () => {
    const long = await getSignedUrl(s3(), new GetObjectCommand({ Bucket, Key: 'a' }), {
      expiresIn: 604_800,
      signingDate: new Date(START),
    });
    clock.advance(3599 - 60);
    assert.equal(verifier.verify(fromUrl(long), 's3').principal, SESSION);
    clock.advance(120);
    assert.throws(() => verifier.verify(fromUrl(long), 's3'), { code: 'ExpiredToken', status: 400 });
  });

  it('are refused before their time', async () => {
    const early = await getSignedUrl(s3(), new GetObjectCommand({ Bucket, Key: 'a' }), {
      signingDate: new Date(START + 20 * 60_000),
    });
    assert.throws(() => verifier.verify(fromUrl(early), 's3'), {
      code: 'AccessDenied',
      message: 'Request is not yet valid',
    });
  });
});

describe('sandbox sigv4: bodies of S3 requests nobody signed', () => {
  const anonymous = (headers: Record<string, string>, body: string): HttpRequest => ({
    method: 'PUT',
    rawPath: '/b/k',
    rawQuery: '',
    headers,
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
  });

  for (const [what, headers, body, code] of [
    ['a hash of another body', { 'x-amz-content-sha256': '0'.repeat(64) }, 'x', 'XAmzContentSHA256Mismatch'],
    ['a hash that is none', { 'x-amz-content-sha256': 'abc' }, 'x', 'InvalidArgument'],
    [
      'signed chunks',
      { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
      '0\r\n\r\n',
      'AccessDenied',
    ],
    [
      'no decoded length',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
      '0\r\n\r\n',
      'MissingContentLength',
    ],
    [
      'small chunks',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '2' },
      '1\r\na\r\n1\r\nb\r\n0\r\n\r\n',
      'InvalidChunkSizeError',
    ],
  ] as const) {
    it(`are refused with ${what}`, () => {
      assert.throws(() => verifier.verify(anonymous(headers, body), 's3'), { code });
    });
  }
});
