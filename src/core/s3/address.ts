import * as l10n from '@vscode/l10n';
import { WorkbenchError } from '../errors';

/** A place in S3: a bucket (or access point ARN) and a prefix or key, exactly as S3 knows it. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

// 3 to 63 characters today; older buckets may have up to 255, capitals and underscores.
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;
const ACCESS_POINT =
  /^(arn:aws[a-z-]*:s3:[a-z0-9-]*:\d{12}:accesspoint[/:][A-Za-z0-9.-]+)(?:\/(?:object\/)?|$)/;

/**
 * Reads what people paste as an S3 address: `s3://bucket/prefix`, an ARN, an address of the S3 console, a virtual-host
 * or path-style URL (AWS's or any other server's), or bare `bucket/prefix`. Nothing of the key is normalised.
 * Throws WorkbenchError `s3.address-invalid` with `data.reason`: `empty`, `bucket`, `escape` or `form`.
 */
export function parseS3Address(text: string): S3Address {
  const given = text.replace(/^\s+/, '').replace(/[\r\n]+$/, '');
  if (given.trim() === '') throw invalid('empty');
  const [, rest] = /^s3:\/\/(.*)$/is.exec(given) ?? [];
  if (rest !== undefined) return ofPath(rest);
  if (/^https?:\/\//i.test(given)) return ofUrl(given.trimEnd());
  if (given.startsWith('arn:')) return ofArn(given);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) throw invalid('form');
  return ofPath(given);
}

function invalid(reason: 'empty' | 'bucket' | 'escape' | 'form'): WorkbenchError {
  return new WorkbenchError('s3.address-invalid', `not an S3 address: ${reason}`, { reason });
}

function checked(bucket: string, prefix: string): S3Address {
  if (!BUCKET.test(bucket) && !ACCESS_POINT.test(bucket)) throw invalid('bucket');
  return { bucket, prefix };
}

/** `bucket/prefix`, taken literally. */
function ofPath(path: string): S3Address {
  const accessPoint = ACCESS_POINT.exec(path);
  if (accessPoint?.[1] !== undefined)
    return { bucket: accessPoint[1], prefix: path.slice(accessPoint[0].length) };
  const slash = path.indexOf('/');
  return slash < 0 ? checked(path.trimEnd(), '') : checked(path.slice(0, slash), path.slice(slash + 1));
}

function ofArn(arn: string): S3Address {
  if (ACCESS_POINT.test(arn)) return ofPath(arn);
  const [, path] = /^arn:aws[a-z-]*:s3:::(.+)$/s.exec(arn) ?? [];
  if (path === undefined) throw invalid('form');
  return ofPath(path);
}

const SUFFIX = '(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|api\\.aws)';
const AWS_HOST = new RegExp(
  `^(?:(.+)\\.)?s3(?:-fips|-accelerate)?(?:[.-](?:dualstack\\.)?[a-z0-9-]+)?\\.${SUFFIX}$`,
);
const CONSOLE_HOST = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|aws\.eu)$/;

/** URL.pathname would resolve `.` and `..`, which are ordinary key text in S3; so the path is cut out by hand. */
function ofUrl(text: string): S3Address {
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(text) ?? [];
  const host = authority.replace(/^.*@/, '').replace(/:\d+$/, '').toLowerCase();
  if (CONSOLE_HOST.test(host)) return ofConsole(path, text);
  const key = unescaped(path.replace(/^\//, ''));
  const bucket = AWS_HOST.exec(host)?.[1];
  return bucket === undefined ? ofPath(key) : checked(bucket, key);
}

function ofConsole(path: string, text: string): S3Address {
  const [, bucket, inPath = ''] = /\/s3\/(?:buckets?|object|upload)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (bucket === undefined) throw invalid('form');
  const prefix = URL.canParse(text) ? new URL(text).searchParams.get('prefix') : null;
  return checked(unescaped(bucket), prefix ?? unescaped(inPath));
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('escape');
  }
}

/** `s3://bucket/prefix`; what parseS3Address reads back. */
export function formatS3Address(bucket: string | S3Address, prefix = ''): string {
  return typeof bucket === 'string'
    ? `s3://${bucket}/${prefix}`
    : formatS3Address(bucket.bucket, bucket.prefix);
}

export interface Crumb {
  readonly label: string;
  readonly prefix: string;
}

/** The bucket and each folder on the way to a prefix. `//` makes a folder without a name, which is shown as such. */
export function breadcrumb(bucket: string, prefix: string): Crumb[] {
  const crumbs: Crumb[] = [{ label: bucket, prefix: '' }];
  for (let start = 0; start < prefix.length;) {
    const slash = prefix.indexOf('/', start);
    const end = slash < 0 ? prefix.length : slash + 1;
    crumbs.push({
      label: labelOf(prefix.slice(start, slash < 0 ? end : slash)),
      prefix: prefix.slice(0, end),
    });
    start = end;
  }
  return crumbs;
}

const labelOf = (name: string): string => (name === '' ? l10n.t('(no name)') : name);

/** The folder above a prefix or key: `a/b/` and `a/b` give `a/`; the bucket's top gives ''. */
export function parentPrefix(prefix: string): string {
  return prefix.slice(0, prefix.slice(0, -1).lastIndexOf('/') + 1);
}

/** What to call a key or common prefix inside the folder `prefix`, without the slash at its end. For showing only. */
export function nameOf(key: string, prefix: string): string {
  const rest = key.startsWith(prefix) ? key.slice(prefix.length) : key;
  if (rest === '' && key !== '') return l10n.t('(this folder)');
  return labelOf(rest.endsWith('/') ? rest.slice(0, -1) : rest);
}

export { fileNameFor, formatBytes, PREVIEW_LIMITS, type PreviewKind, previewKind } from './files';
export { decodeKeyFromUri, encodeKeyForUri } from './key-uri';
