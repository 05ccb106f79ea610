import { AwsError } from '../kernel/aws-error';

export interface Chunk {
  readonly data: Buffer;
  /** The chunk extension `chunk-signature`. */
  readonly signature: string | undefined;
}

export interface ChunkedBody {
  /** Without the closing chunk of length 0. */
  readonly chunks: readonly Chunk[];
  readonly closing: Chunk;
  /** Lines after the closing chunk, in their order. */
  readonly trailers: readonly (readonly [name: string, value: string])[];
}

/** S3 refuses smaller ones, the last one apart. */
const MIN_CHUNK_BYTES = 8192;

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400);
}

function malformedTrailer(): AwsError {
  return new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    400,
  );
}

/** Takes the framing of an `aws-chunked` body apart; checks its form and no signatures. */
export function readChunks(body: Buffer): ChunkedBody {
  const chunks: Chunk[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    if (end < 0) {
      throw incomplete();
    }
    const head = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(
      body.toString('latin1', at, end),
    );
    if (head === null) {
      throw new AwsError('InvalidRequest', 'The aws-chunked framing of the body is not well-formed.', 400);
    }
    const length = Number.parseInt(head[1] ?? '', 16);
    const start = end + 2;
    if (length === 0) {
      const closing = { data: Buffer.alloc(0), signature: head[2] };
      checkSizes(chunks);
      return { chunks, closing, trailers: readTrailers(body.toString('latin1', start)) };
    }
    if (body.length < start + length + 2) {
      throw incomplete();
    }
    if (body.toString('latin1', start + length, start + length + 2) !== '\r\n') {
      throw new AwsError('InvalidRequest', 'The aws-chunked framing of the body is not well-formed.', 400);
    }
    chunks.push({ data: body.subarray(start, start + length), signature: head[2] });
    at = start + length + 2;
  }
}

function checkSizes(chunks: readonly Chunk[]): void {
  const small = chunks.slice(0, -1).findIndex((chunk) => chunk.data.length < MIN_CHUNK_BYTES);
  if (small >= 0) {
    throw new AwsError(
      'InvalidChunkSizeError',
      `Only the last chunk is allowed to have a size less than ${MIN_CHUNK_BYTES} bytes`,
      403,
      { Chunk: String(small + 1), BadChunkSize: String(chunks[small]?.data.length ?? 0) },
    );
  }
}

function readTrailers(text: string): [string, string][] {
  // Every chunk ends with an empty line; of a trailer's own line end AWS's documents show both forms.
  if (!text.endsWith('\r\n')) {
    throw incomplete();
  }
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) {
        throw malformedTrailer();
      }
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    });
}

/** Takes the trailers that `x-amz-trailer` announced, no more and no fewer. */
export function announcedTrailers(
  trailers: ChunkedBody['trailers'],
  announcement: string | undefined,
): Record<string, string> {
  const announced = (announcement ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const found = trailers.filter(([name]) => name !== 'x-amz-trailer-signature');
  const names = found.map(([name]) => name);
  if (names.length !== announced.length || announced.some((name) => !names.includes(name))) {
    throw malformedTrailer();
  }
  return Object.fromEntries(found);
}
