import { AwsError } from '../kernel/aws-error';
import type { HttpRequest } from '../kernel/types';
import { announcedTrailers, type ChunkedBody, readChunks } from './chunk-reader';
import type { Refusals } from './refusals';
import { EMPTY_SHA256, sameSignature, type Scope, scopeText, sha256Hex, sign } from './signing';

/** What the chunk signatures chain on to; absent for anonymous requests. */
export interface SeedSignature {
  readonly key: Buffer;
  readonly scope: Scope;
  readonly timestamp: string;
  readonly signature: string;
  readonly accessKeyId: string;
}

export interface Payload {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Checks the body of an S3 request against what `x-amz-content-sha256` says of it, and unwraps it. */
export function openPayload(
  request: HttpRequest,
  declared: string | undefined,
  seed: SeedSignature | undefined,
  refusals: Refusals,
): Payload {
  switch (declared) {
    case undefined:
    case UNSIGNED_PAYLOAD:
      return { body: request.body, trailers: {} };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return unwrap(request, readChunks(request.body), true);
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': {
      const withTrailer = declared.endsWith('-TRAILER');
      const chunked = readChunks(request.body);
      if (seed === undefined) {
        throw new AwsError('AccessDenied', 'Access Denied', 403);
      }
      checkChunkSignatures(chunked, seed, withTrailer, refusals);
      return unwrap(request, chunked, withTrailer);
    }
    default:
      return checkWhole(request, declared);
  }
}

function checkWhole(request: HttpRequest, declared: string): Payload {
  if (!/^[0-9a-fA-F]{64}$/.test(declared)) {
    throw new AwsError(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
      400,
      { ArgumentName: 'x-amz-content-sha256', ArgumentValue: declared },
    );
  }
  const computed = sha256Hex(request.body);
  if (computed !== declared.toLowerCase()) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      400,
      { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed },
    );
  }
  return { body: request.body, trailers: {} };
}

function checkChunkSignatures(
  chunked: ChunkedBody,
  seed: SeedSignature,
  withTrailer: boolean,
  refusals: Refusals,
): void {
  const check = (kind: string, previous: string, given: string | undefined, tail: string[]): string => {
    const lines = [`AWS4-HMAC-SHA256-${kind}`, seed.timestamp, scopeText(seed.scope), previous, ...tail];
    if (given === undefined || !sameSignature(given, sign(seed.key, lines))) {
      throw refusals.mismatch({
        accessKeyId: seed.accessKeyId,
        signature: given ?? '',
        stringToSign: lines.join('\n'),
      });
    }
    return given;
  };
  let previous = seed.signature;
  for (const chunk of [...chunked.chunks, chunked.closing]) {
    previous = check('PAYLOAD', previous, chunk.signature, [EMPTY_SHA256, sha256Hex(chunk.data)]);
  }
  if (withTrailer) {
    const own = 'x-amz-trailer-signature';
    const signed = chunked.trailers.filter(([name]) => name !== own);
    const given = chunked.trailers.find(([name]) => name === own)?.[1];
    check('TRAILER', previous, given, [
      sha256Hex(signed.map(([name, value]) => `${name}:${value}\n`).join('')),
    ]);
  }
}

function unwrap(request: HttpRequest, chunked: ChunkedBody, withTrailer: boolean): Payload {
  const body = Buffer.concat(chunked.chunks.map((chunk) => chunk.data));
  const announced = request.headers['x-amz-decoded-content-length'];
  if (announced === undefined || !/^\d+$/.test(announced)) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  if (Number(announced) !== body.length) {
    throw new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header',
      400,
    );
  }
  const trailers = announcedTrailers(
    chunked.trailers,
    withTrailer ? request.headers['x-amz-trailer'] : undefined,
  );
  return { body, trailers };
}
