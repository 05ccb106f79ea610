import { AwsError } from '../kernel/aws-error';
import type { HttpRequest } from '../kernel/types';
import { awsEncode, percentDecode } from './encoding';

export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

function decodeOrRefuse(raw: string): Buffer {
  const decoded = percentDecode(raw);
  if (decoded === undefined) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
  return decoded;
}

/** The query decoded, in the order of the request line; a bare name has an empty value. */
export function parseQuery(rawQuery: string): QueryParameter[] {
  return rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      const value = equals < 0 ? '' : part.slice(equals + 1);
      return { name: decodeComponent(name), value: decodeComponent(value) };
    });
}

function decodeComponent(raw: string): string {
  // A plus sign in a query is a space, for AWS as for HTML forms.
  return decodeOrRefuse(raw.replaceAll('+', ' ')).toString('utf8');
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalQuery(rawQuery: string): string {
  return parseQuery(rawQuery)
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .map(({ name, value }) => [awsEncode(Buffer.from(name)), awsEncode(Buffer.from(value))] as const)
    .sort((a, b) => byCodeUnits(a[0], b[0]) || byCodeUnits(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** S3: the path decoded and encoded once, so `a:b` and `a%3Ab` agree; `//` and `..` stay, they are part of a key. */
function s3Path(rawPath: string): string {
  const path = rawPath === '' ? '/' : rawPath;
  return path
    .split('/')
    .map((segment) => awsEncode(decodeOrRefuse(segment)))
    .join('/');
}

/** All others: dot segments and double slashes removed, then each segment, encoded already, encoded once more. */
function normalisedPath(rawPath: string): string {
  const kept: string[] = [];
  for (const segment of rawPath.split('/')) {
    if (segment === '..') {
      kept.pop();
    } else if (segment !== '' && segment !== '.') {
      kept.push(awsEncode(Buffer.from(segment, 'utf8')));
    }
  }
  const trailing = kept.length > 0 && rawPath.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${trailing}`;
}

function canonicalHeaders(request: HttpRequest, signedHeaders: readonly string[]): string {
  return signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
    .join('');
}

/** The canonical request of SigV4; `payloadHash` is its last line. */
export function canonicalRequest(
  request: HttpRequest,
  service: string,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const names = [...signedHeaders].sort(byCodeUnits);
  return [
    request.method,
    service === 's3' ? s3Path(request.rawPath) : normalisedPath(request.rawPath),
    canonicalQuery(request.rawQuery),
    canonicalHeaders(request, names),
    names.join(';'),
    payloadHash,
  ].join('\n');
}
