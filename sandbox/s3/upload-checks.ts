import { createHash } from 'node:crypto';

import {
  CHECKSUM_ALGORITHMS,
  CHECKSUM_BYTES,
  checksumOf,
  strictBase64,
  type Checksum,
  type ChecksumAlgorithm,
} from './checksums';
import { s3Error } from './errors';
import type { S3Call } from './s3-call';

const HEADER = 'x-amz-checksum-';
const MOST_BYTES = 5 * 1024 ** 3;

/** Length as declared and as received. Throws MissingContentLength, NotImplemented, EntityTooLarge, IncompleteBody. */
export function checkLength(call: S3Call): void {
  const { headers, check } = call;
  const chunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true;
  const declared = chunked ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  if (declared === undefined) {
    if (!chunked && headers['transfer-encoding'] !== undefined) {
      throw s3Error('NotImplemented', { members: { Header: 'Transfer-Encoding' } });
    }
    throw s3Error('MissingContentLength');
  }
  const size = Math.max(Number(declared), check.body.length);
  if (size > MOST_BYTES) {
    throw s3Error('EntityTooLarge', {
      members: { ProposedSize: String(size), MaxSizeAllowed: String(MOST_BYTES) },
    });
  }
  if (Number(declared) !== check.body.length) throw s3Error('IncompleteBody');
}

/** Throws InvalidDigest and BadDigest. */
export function checkContentMd5({ headers, check }: S3Call): void {
  const given = headers['content-md5'];
  if (given === undefined) return;
  if (strictBase64(given, 16) === undefined)
    throw s3Error('InvalidDigest', { members: { 'Content-MD5': given } });
  const calculated = createHash('md5').update(check.body).digest('base64');
  if (calculated !== given) {
    throw s3Error('BadDigest', { members: { ExpectedDigest: given, CalculatedDigest: calculated } });
  }
}

function invalidRequest(message: string): never {
  throw s3Error('InvalidRequest', { message });
}

/** Every `x-amz-checksum-*` of the call: headers, signed parameters of a presigned URL, and trailers. */
function givenChecksums({ headers, check }: S3Call, announced: string | undefined): Checksum[] {
  for (const name of (headers['x-amz-trailer'] ?? '').split(',')) {
    const trailer = name.trim().toLowerCase();
    if (trailer !== '' && check.trailers[trailer] === undefined) throw s3Error('MalformedTrailerError');
  }
  const given: Checksum[] = [];
  for (const source of [headers, check.trailers]) {
    for (const [name, value] of Object.entries(source)) {
      // The SDK sends an announced MD5 under its old name.
      if (name === 'content-md5' && announced === 'md5') given.push({ algorithm: 'md5', value });
      if (!name.startsWith(HEADER) || ['type', 'mode', 'algorithm'].includes(name.slice(HEADER.length)))
        continue;
      const algorithm = CHECKSUM_ALGORITHMS.find((known) => name === HEADER + known);
      if (algorithm === undefined)
        invalidRequest(`The algorithm type you specified in ${name} header is invalid.`);
      given.push({ algorithm, value });
    }
  }
  return given;
}

function checkAgainstBody({ algorithm, value }: Checksum, body: Buffer): void {
  const bytes = strictBase64(value, CHECKSUM_BYTES[algorithm]);
  if (bytes === undefined) invalidRequest(`Value for ${HEADER}${algorithm} header is invalid.`);
  if (!bytes.equals(checksumOf(algorithm, body))) mismatch(algorithm);
}

function mismatch(algorithm: ChecksumAlgorithm): never {
  throw s3Error('BadDigest', {
    message: `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
  });
}

/**
 * The checksum to store, checked against the body (S3 User Guide, "Checking object integrity").
 * Throws BadDigest, InvalidRequest and MalformedTrailerError.
 */
export function checkedChecksum(call: S3Call): Checksum | undefined {
  const announced = call.headers['x-amz-sdk-checksum-algorithm']?.toLowerCase();
  const [given, ...others] = givenChecksums(call, announced);
  if (others.length > 0) {
    invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  if (announced !== undefined) {
    if (!CHECKSUM_ALGORITHMS.some((known) => known === announced)) {
      invalidRequest(
        `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${CHECKSUM_ALGORITHMS.join(', ').toUpperCase()}]`,
      );
    }
    if (given === undefined) {
      invalidRequest(
        'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
      );
    }
    if (given.algorithm !== announced) mismatch(given.algorithm);
  }
  if (given !== undefined) checkAgainstBody(given, call.check.body);
  return given;
}
