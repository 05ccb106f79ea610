import { s3Error } from './errors';
import type { StoredObject } from './store';

type Headers = Readonly<Record<string, string>>;

function failed(condition: string): never {
  throw s3Error('PreconditionFailed', { members: { Condition: condition } });
}

/** Whether a list of entity tags names this one; clients send them with and without quotation marks. */
function names(list: string, etag: string): boolean {
  const bare = etag.replaceAll('"', '');
  return list.split(',').some((item) => {
    const tag = item.trim().replace(/^W\//, '');
    return tag === '*' || tag.replaceAll('"', '') === bare;
  });
}

/** HTTP dates only; others are ignored (RFC 9110, 13.1.3). */
function httpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8}, .+ GMT$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Conditions of a read, with S3's precedence: If-Match before If-Unmodified-Since, If-None-Match before
 * If-Modified-Since. Throws PreconditionFailed; 'not-modified' asks for an answer 304.
 */
export function checkRead(headers: Headers, object: StoredObject): 'read' | 'not-modified' {
  const ifMatch = headers['if-match'];
  const unmodifiedSince = httpDate(headers['if-unmodified-since']);
  if (ifMatch !== undefined) {
    if (!names(ifMatch, object.etag)) failed('If-Match');
  } else if (unmodifiedSince !== undefined && object.lastModified > unmodifiedSince) {
    failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, object.etag) ? 'not-modified' : 'read';
  const modifiedSince = httpDate(headers['if-modified-since']);
  return modifiedSince !== undefined && object.lastModified <= modifiedSince ? 'not-modified' : 'read';
}

/** Conditions of a PutObject (S3 User Guide, "Conditional writes"): `If-None-Match: *` or `If-Match: etag`. */
export function checkWrite(headers: Headers, key: string, current: StoredObject | undefined): void {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*') throw s3Error('NotImplemented', { members: { Header: 'If-None-Match' } });
    if (current !== undefined) failed('If-None-Match');
  }
  if (ifMatch !== undefined) {
    if (ifMatch.trim() === '*') throw s3Error('NotImplemented', { members: { Header: 'If-Match' } });
    if (current === undefined) throw s3Error('NoSuchKey', { members: { Key: key } });
    if (!names(ifMatch, current.etag)) failed('If-Match');
  }
}

/** Conditions of a DeleteObject: `If-Match: etag` or `If-Match: *`. */
export function checkDelete(headers: Headers, current: StoredObject | undefined): void {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && (current === undefined || !names(ifMatch, current.etag))) failed('If-Match');
}
