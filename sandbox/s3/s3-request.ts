import type { HttpRequest } from '../kernel/types';
import { s3Error } from './errors';

/** A request as S3 reads it: path style, decoded once and never normalised. */
export interface S3Request {
  readonly http: HttpRequest;
  /** Undefined for calls to the service itself. */
  readonly bucket: string | undefined;
  /** Undefined for calls to a bucket. */
  readonly key: string | undefined;
  /** The first value of each parameter. */
  readonly query: ReadonlyMap<string, string>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Percent-decodes; `+` is a space, in S3 in the path too. Undefined for a broken escape or bytes that are not UTF-8. */
function decode(raw: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(raw)) return undefined;
  const spaced = raw.replace(/\+/g, ' ');
  // Node hands the request line over as one character per byte.
  const bytes = spaced.includes('%')
    ? Buffer.from(
        spaced.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      )
    : Buffer.from(spaced, 'latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function invalidUri(uri: string): never {
  throw s3Error('InvalidURI', { members: { URI: uri } });
}

function parseQuery(rawQuery: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) invalidUri(`?${rawQuery}`);
    if (!query.has(name)) query.set(name, value);
  }
  return query;
}

/** Throws InvalidURI. */
export function parseS3Request(http: HttpRequest): S3Request {
  const query = parseQuery(http.rawQuery);
  const path = http.rawPath.replace(/^\//, '');
  if (path === '') return { http, bucket: undefined, key: undefined, query };
  const slash = path.indexOf('/');
  const bucket = decode(slash < 0 ? path : path.slice(0, slash));
  const key = decode(slash < 0 ? '' : path.slice(slash + 1));
  if (bucket === undefined || key === undefined) invalidUri(http.rawPath);
  return { http, bucket, key: key === '' ? undefined : key, query };
}
