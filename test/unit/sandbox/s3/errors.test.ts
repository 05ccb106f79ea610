import assert from 'node:assert/strict';

import type { AwsError } from '../../../../sandbox/kernel/aws-error';
import type { HttpResponse } from '../../../../sandbox/kernel/types';
import { s3Error, S3_ERRORS, type S3ErrorCode } from '../../../../sandbox/s3/errors';
import { ask, type Ask, authorizer, build, code, text, texts } from './support';

const GONE = 'arn:aws:s3:::notes/forbidden';

function scene(): ReturnType<typeof build> {
  const refuse = authorizer(({ resource }) => (resource === GONE ? 'implicit-deny' : undefined));
  const s3 = build({ authorizer: refuse });
  s3.createBucket('notes');
  s3.createBucket('empty');
  s3.createBucket('elsewhere', 'eu-west-1');
  s3.putObject('notes', 'a.txt', 'hello');
  s3.putObject('notes', 'cold', 'x', { storageClass: 'GLACIER' });
  return s3;
}

const scope = (region: string): Ask => ({
  headers: {
    authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260601/${region}/s3/aws4_request, Signature=x`,
  },
});

function put(headers: Record<string, string>, body = 'hello'): HttpResponse {
  return ask(scene(), 'PUT', '/notes/new', { headers, body });
}

/** As if the signature check had refused, with a status that S3 would not use. */
function refusedBySignature(wanted: S3ErrorCode): HttpResponse {
  const verify = (): never => {
    const error: AwsError = s3Error(wanted);
    throw Object.assign(error, { status: 418 });
  };
  return ask(build({ verifier: { verify } }), 'GET', '/notes/a.txt');
}

const SCENES: Readonly<Record<S3ErrorCode, () => HttpResponse>> = {
  AccessControlListNotSupported: () => put({ 'x-amz-acl': 'public-read' }),
  AccessDenied: () => ask(scene(), 'GET', '/notes/forbidden', { as: 'reader' }),
  AuthorizationHeaderMalformed: () => ask(scene(), 'GET', '/notes/a.txt', scope('ap-south-1')),
  AuthorizationQueryParametersError: () => refusedBySignature('AuthorizationQueryParametersError'),
  BadDigest: () => put({ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  BucketAlreadyOwnedByYou: () => ask(scene(), 'PUT', '/elsewhere'),
  BucketNotEmpty: () => ask(scene(), 'DELETE', '/notes'),
  EntityTooLarge: () => put({ 'content-length': String(5 * 1024 ** 3 + 1) }),
  ExpiredToken: () => refusedBySignature('ExpiredToken'),
  IllegalLocationConstraintException: () => ask(scene(), 'PUT', '/brand-new', scope('eu-west-1')),
  IncompleteBody: () => put({ 'content-length': '6' }),
  InternalError: () => {
    const verify = (): never => {
      throw new TypeError('a slip');
    };
    return ask(build({ verifier: { verify } }), 'GET', '/notes/a.txt');
  },
  InvalidAccessKeyId: () => refusedBySignature('InvalidAccessKeyId'),
  InvalidArgument: () => ask(scene(), 'GET', '/notes?list-type=2&max-keys=many'),
  InvalidBucketName: () => ask(scene(), 'GET', '/Notes'),
  InvalidChunkSizeError: () => refusedBySignature('InvalidChunkSizeError'),
  InvalidDigest: () => put({ 'content-md5': 'nonsense' }),
  InvalidLocationConstraint: () =>
    ask(scene(), 'PUT', '/brand-new', {
      body: '<CreateBucketConfiguration><LocationConstraint>mars</LocationConstraint></CreateBucketConfiguration>',
    }),
  InvalidObjectState: () => ask(scene(), 'GET', '/notes/cold'),
  InvalidRange: () => ask(scene(), 'GET', '/notes/a.txt', { headers: { range: 'bytes=5-' } }),
  InvalidRequest: () => put({ 'x-amz-checksum-crc32': 'nonsense' }),
  InvalidStorageClass: () => put({ 'x-amz-storage-class': 'WARM' }),
  InvalidToken: () => refusedBySignature('InvalidToken'),
  InvalidURI: () => ask(scene(), 'GET', '/notes/%zz'),
  KeyTooLongError: () => ask(scene(), 'GET', `/notes/${'%C3%A9'.repeat(513)}`),
  MalformedTrailerError: () => put({ 'x-amz-trailer': 'x-amz-checksum-crc32' }),
  MalformedXML: () => ask(scene(), 'PUT', '/brand-new', { body: '<CreateBucketConfiguration>' }),
  MetadataTooLarge: () => put({ 'x-amz-meta-long': 'x'.repeat(2045) }),
  MethodNotAllowed: () => ask(scene(), 'PATCH', '/notes/a.txt'),
  MissingContentLength: () => {
    const headers = { 'x-test-principal': 'root' };
    const request = { method: 'PUT', rawPath: '/notes/new', rawQuery: '', headers, sourceIp: '127.0.0.1' };
    return scene().handle({ ...request, body: Buffer.alloc(0) }, 'REQUEST1');
  },
  NoSuchBucket: () => ask(scene(), 'GET', '/missing/a.txt'),
  NoSuchKey: () => ask(scene(), 'GET', '/notes/missing'),
  NotImplemented: () => ask(scene(), 'POST', '/notes?delete', { body: '<Delete/>' }),
  PermanentRedirect: () => ask(scene(), 'GET', '/elsewhere/a.txt'),
  PreconditionFailed: () => ask(scene(), 'GET', '/notes/a.txt', { headers: { 'if-match': '"other"' } }),
  RequestTimeTooSkewed: () => refusedBySignature('RequestTimeTooSkewed'),
  SignatureDoesNotMatch: () => refusedBySignature('SignatureDoesNotMatch'),
  SlowDown: () => refusedBySignature('SlowDown'),
  XAmzContentSHA256Mismatch: () => refusedBySignature('XAmzContentSHA256Mismatch'),
};

/** Kept apart from the table on purpose: a wrong status there must not make itself right here. */
const STATUS: Readonly<Record<S3ErrorCode, number>> = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  ExpiredToken: 400,
  IllegalLocationConstraintException: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidChunkSizeError: 403,
  InvalidDigest: 400,
  InvalidLocationConstraint: 400,
  InvalidObjectState: 403,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PermanentRedirect: 301,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
};

describe('sandbox s3 errors', () => {
  for (const { code: wanted } of S3_ERRORS) {
    it(`answers ${wanted} with status ${String(STATUS[wanted])}`, () => {
      const response = SCENES[wanted]();
      assert.equal(code(response), wanted, text(response));
      assert.equal(response.status, STATUS[wanted]);
      assert.equal(response.headers?.['content-type'], 'application/xml');
      assert.notEqual(texts(response, 'Message')[0], '');
      assert.deepEqual(texts(response, 'RequestId'), ['REQUEST1']);
      assert.equal(response.headers['x-amz-request-id'], 'REQUEST1');
      assert.deepEqual(texts(response, 'HostId'), [response.headers['x-amz-id-2']]);
    });
  }

  it('has a scene for each row, and no other', () => {
    assert.deepEqual(Object.keys(SCENES).sort(), S3_ERRORS.map((row) => row.code).sort());
  });

  it('gives errors to HEAD without a body', () => {
    const response = ask(scene(), 'HEAD', '/notes/missing');
    assert.equal(response.status, 404);
    assert.equal(response.body, undefined);
  });

  it('says what an internal error was in the log only', () => {
    const lines: string[] = [];
    const verify = (): never => {
      throw new TypeError('a slip');
    };
    const s3 = build({ verifier: { verify }, log: (line) => lines.push(line) });
    assert.doesNotMatch(text(ask(s3, 'GET', '/notes/a.txt')), /slip/);
    assert.match(lines.join('\n'), /a slip/);
  });
});
