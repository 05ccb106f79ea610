import assert from 'node:assert/strict';
import type { HttpRequest, IssuedCredentials } from '../../../../sandbox/kernel/types';
import { createSignatureVerifier } from '../../../../sandbox/sigv4';
import { ADMIN, fakeClock } from './signed-requests';

// The examples of "Authenticating Requests (AWS Signature Version 4)" in the S3 API reference, and of AWS's
// published SigV4 test suite: signatures that nobody here computed.
const DOC: IssuedCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  principal: ADMIN,
};
const SUITE: IssuedCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  principal: ADMIN,
};
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function verifierAt(time: string): ReturnType<typeof createSignatureVerifier> {
  return createSignatureVerifier({
    clock: fakeClock(Date.parse(time)),
    region: 'us-east-1',
    credentials: {
      issue: () => assert.fail('nothing is issued here'),
      find: (id) => [DOC, SUITE].find((known) => known.accessKeyId === id),
    },
  });
}

function s3(over: Partial<HttpRequest> & { signature: string; signedHeaders: string }): HttpRequest {
  const { signature, signedHeaders, ...rest } = over;
  return {
    method: 'GET',
    rawPath: '/',
    rawQuery: '',
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...rest,
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-content-sha256': EMPTY,
      authorization: `AWS4-HMAC-SHA256 Credential=${DOC.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`,
      ...rest.headers,
    },
  };
}

const examples: Record<string, HttpRequest> = {
  'GET Object with a range': s3({
    rawPath: '/test.txt',
    headers: { range: 'bytes=0-9' },
    signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  }),
  'PUT Object with a $ in its key': s3({
    method: 'PUT',
    rawPath: '/test$file.text',
    body: Buffer.from('Welcome to Amazon S3.'),
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    signedHeaders: 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  }),
  'GET Bucket lifecycle, a query without value': s3({
    rawQuery: 'lifecycle',
    signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  }),
  'List Objects with a query': s3({
    rawQuery: 'prefix=J&max-keys=2',
    signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  }),
};

const presignedExample: HttpRequest = {
  method: 'GET',
  rawPath: '/test.txt',
  rawQuery:
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  headers: { host: 'examplebucket.s3.amazonaws.com' },
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
};

const CONTENT = Buffer.alloc(66_560, 'a');
const CHUNKS = [CONTENT.subarray(0, 65_536), CONTENT.subarray(65_536), Buffer.alloc(0)];

function framed(signatures: readonly string[], tail: string): Buffer {
  return Buffer.concat([
    ...CHUNKS.flatMap((data, index) => [
      Buffer.from(`${data.length.toString(16)};chunk-signature=${signatures[index]}\r\n`),
      data,
      Buffer.from(data.length === 0 ? '' : '\r\n'),
    ]),
    Buffer.from(tail),
  ]);
}

const CHUNKED = {
  method: 'PUT',
  rawPath: '/examplebucket/chunkObject.txt',
};
const CHUNKED_HEADERS = {
  host: 's3.amazonaws.com',
  'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  'content-encoding': 'aws-chunked',
  'x-amz-decoded-content-length': '66560',
};
const CHUNK_SIGNATURES = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
];
const TRAILER_CHUNK_SIGNATURES = [
  'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
  '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
  '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
];

function chunkedExample(body: Buffer): HttpRequest {
  return s3({
    ...CHUNKED,
    headers: {
      ...CHUNKED_HEADERS,
      'content-length': '66824',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    },
    body,
    signedHeaders:
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
    signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  });
}

function trailerExample(body: Buffer): HttpRequest {
  return s3({
    ...CHUNKED,
    headers: {
      ...CHUNKED_HEADERS,
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32c',
    },
    body,
    signedHeaders:
      'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
    signature: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  });
}

const TRAILER =
  'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n';

describe('sandbox sigv4: published examples', () => {
  const verifier = verifierAt('2013-05-24T00:00:00Z');

  for (const [name, request] of Object.entries(examples)) {
    it(`accepts AWS's own: ${name}`, () => {
      assert.equal(verifier.verify(request, 's3').principal, ADMIN);
    });

    it(`refuses it at another path: ${name}`, () => {
      const moved = { ...request, rawPath: `${request.rawPath}x` };
      assert.throws(() => verifier.verify(moved, 's3'), { code: 'SignatureDoesNotMatch', status: 403 });
    });
  }

  it('accepts the presigned example for a day and refuses it a second later', () => {
    assert.equal(verifierAt('2013-05-25T00:00:00Z').verify(presignedExample, 's3').presigned, true);
    assert.throws(() => verifierAt('2013-05-25T00:00:01Z').verify(presignedExample, 's3'), {
      code: 'AccessDenied',
      message: 'Request has expired',
      status: 403,
    });
  });

  it('accepts the chunked example and takes its framing off', () => {
    const check = verifier.verify(chunkedExample(framed(CHUNK_SIGNATURES, '\r\n')), 's3');
    assert.ok(check.body.equals(CONTENT));
  });

  it('refuses the chunked example with a changed chunk, or with two chunks swapped', () => {
    const body = framed(CHUNK_SIGNATURES, '\r\n');
    body[200] = 'b'.charCodeAt(0);
    assert.throws(() => verifier.verify(chunkedExample(body), 's3'), { code: 'SignatureDoesNotMatch' });
    const [first = '', second = '', last = ''] = CHUNK_SIGNATURES;
    const swapped = chunkedExample(framed([second, first, last], '\r\n'));
    assert.throws(() => verifier.verify(swapped, 's3'), { code: 'SignatureDoesNotMatch' });
  });

  it('refuses the chunked example cut off before its closing chunk', () => {
    const body = framed(CHUNK_SIGNATURES, '\r\n').subarray(0, -90);
    assert.throws(() => verifier.verify(chunkedExample(body), 's3'), { code: 'IncompleteBody' });
  });

  it('accepts the example with a signed trailer, and hands the trailer on', () => {
    const check = verifier.verify(trailerExample(framed(TRAILER_CHUNK_SIGNATURES, TRAILER)), 's3');
    assert.ok(check.body.equals(CONTENT));
    assert.deepEqual({ ...check.trailers }, { 'x-amz-checksum-crc32c': 'sOO8/Q==' });
  });

  for (const [what, trailer, code] of [
    ['changed', TRAILER.replace('sOO8', 'sOO9'), 'SignatureDoesNotMatch'],
    ['without its signature', 'x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n', 'SignatureDoesNotMatch'],
    ['that is missing', '\r\n', 'SignatureDoesNotMatch'],
    ['that is no header line', 'nonsense\r\n\r\n', 'MalformedTrailerError'],
  ] as const) {
    it(`refuses a trailer ${what}`, () => {
      const request = trailerExample(framed(TRAILER_CHUNK_SIGNATURES, trailer));
      assert.throws(() => verifier.verify(request, 's3'), { code });
    });
  }

  describe('of the SigV4 test suite', () => {
    const suite = (method: string, rawQuery: string, signature: string): HttpRequest => ({
      method,
      rawPath: '/',
      rawQuery,
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
      },
      body: Buffer.alloc(0),
      sourceIp: '127.0.0.1',
    });
    const at = verifierAt('2015-08-30T12:36:00Z');

    for (const [name, request] of Object.entries({
      'get-vanilla': suite('GET', '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'),
      'post-vanilla': suite('POST', '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'),
      'get-vanilla-query-order-key-case': suite(
        'GET',
        'Param2=value2&Param1=value1',
        'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
      ),
    })) {
      it(name, () => {
        assert.equal(at.verify(request, 'service').principal, ADMIN);
      });
    }

    it('get-vanilla of 2011, with a Date header in place of x-amz-date', () => {
      const request: HttpRequest = {
        ...suite('GET', '', ''),
        headers: {
          host: 'host.foo.com',
          date: 'Mon, 09 Sep 2011 23:36:00 GMT',
          authorization:
            'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, SignedHeaders=date;host, Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470',
        },
      };
      assert.equal(verifierAt('2011-09-09T23:36:00Z').verify(request, 'host').principal, ADMIN);
    });

    it('normalises the path for all but S3', () => {
      const vanilla = suite('GET', '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
      assert.equal(at.verify({ ...vanilla, rawPath: '/a/..//./' }, 'service').principal, ADMIN);
    });
  });
});
