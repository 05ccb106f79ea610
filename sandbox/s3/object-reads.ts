import type { HttpResponse } from '../kernel/types';
import { byteRange } from './byte-range';
import { s3Error } from './errors';
import { keyOf, objectHeaders } from './object-parts';
import { checkRead } from './preconditions';
import type { S3Call } from './s3-call';
import type { StoredObject } from './store';
import { bucketHere, type World } from './world';

const OVERRIDES: Readonly<Record<string, string>> = {
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-content-type': 'content-type',
  'response-expires': 'expires',
};

const NEEDS_RESTORE: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

export function getObject(call: S3Call, world: World): HttpResponse {
  const object = findObject(call, world);
  if (NEEDS_RESTORE.has(object.storageClass)) {
    throw s3Error('InvalidObjectState', {
      message: "The operation is not valid for the object's storage class",
      members: { StorageClass: object.storageClass },
    });
  }
  return read(call, object);
}

export function headObject(call: S3Call, world: World): HttpResponse {
  const { body: _, ...answer } = read(call, findObject(call, world));
  return answer;
}

/** Who may not list must not learn which keys exist: a missing key is then a denied listing (AWS: GetObject, "Permissions"). */
function findObject(call: S3Call, world: World): StoredObject {
  const overrides = overridesOf(call);
  if (call.check.principal === undefined && Object.keys(overrides).length > 0) {
    throw s3Error('InvalidRequest', {
      message: 'Request specific response headers cannot be used for anonymous GET requests.',
    });
  }
  const bucket = bucketHere(call, world);
  const key = keyOf(call);
  world.access.require(call, { action: 's3:GetObject', bucket: bucket.name, key });
  for (const name of ['versionId', 'partNumber']) {
    if (call.request.query.has(name)) {
      throw s3Error('NotImplemented', { message: `The ${name} parameter is not implemented` });
    }
  }
  const object = bucket.get(key);
  if (object !== undefined) return object;
  world.access.require(call, { action: 's3:ListBucket', bucket: bucket.name, context: { 's3:prefix': key } });
  throw s3Error('NoSuchKey', { members: { Key: key } });
}

function overridesOf({ request }: S3Call): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const value = request.query.get(parameter);
    if (value === undefined) continue;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw s3Error('InvalidArgument', {
        message: 'Header value cannot be represented using ISO-8859-1.',
        members: { ArgumentName: parameter, ArgumentValue: value },
      });
    }
    overrides[header] = value;
  }
  return overrides;
}

function read(call: S3Call, object: StoredObject): HttpResponse {
  const validators = { etag: object.etag, 'last-modified': new Date(object.lastModified).toUTCString() };
  if (checkRead(call.headers, object) === 'not-modified') return { status: 304, headers: validators };
  const size = object.body.length;
  const range = byteRange(call.headers['range'], size);
  const wantsChecksum = call.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  const metadata = Object.entries(object.metadata).map(
    ([name, value]) => [`x-amz-meta-${name}`, value] as const,
  );
  const headers = {
    ...object.systemHeaders,
    ...Object.fromEntries(metadata),
    ...objectHeaders(object, wantsChecksum && range === undefined),
    ...validators,
    ...overridesOf(call),
    'accept-ranges': 'bytes',
  };
  if (range === undefined) {
    return { status: 200, headers: { ...headers, 'content-length': String(size) }, body: object.body };
  }
  const body = object.body.subarray(range.first, range.last + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(body.length),
      'content-range': `bytes ${String(range.first)}-${String(range.last)}/${String(size)}`,
    },
    body,
  };
}
