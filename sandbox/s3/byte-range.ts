import { s3Error } from './errors';

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * A single range of a Range header (RFC 9110, 14.1.2) within `size` bytes. Undefined where S3 answers with the
 * whole object: no header, several ranges, bad syntax. Throws InvalidRange.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || header === undefined) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) {
    throw s3Error('InvalidRange', {
      members: { RangeRequested: header, ActualObjectSize: String(size) },
      headers: { 'content-range': `bytes */${String(size)}` },
    });
  }
  return { first, last };
}
