import type { HttpResponse } from '../kernel/types';
import { checkedChecksum, checkContentMd5, checkLength } from './upload-checks';
import { s3Error } from './errors';
import { checkDelete, checkWrite } from './preconditions';
import { keyOf, objectHeaders } from './object-parts';
import type { S3Call } from './s3-call';
import { StoredObject } from './store';
import { bucketHere, refuseHeaders, type World } from './world';

export const STORAGE_CLASSES: ReadonlySet<string> = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]);

const SYSTEM_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
];

const REFUSED_HEADERS = [
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-tagging',
  'x-amz-write-offset-bytes',
];

const META = 'x-amz-meta-';
const MOST_METADATA_BYTES = 2048;

export function putObject(call: S3Call, world: World): HttpResponse {
  const bucket = bucketHere(call, world);
  const key = keyOf(call);
  const object = { bucket: bucket.name, key };
  world.access.require(call, { action: 's3:PutObject', ...object });
  // Learning whether an entity tag is still the current one is a kind of reading.
  if (call.headers['if-match'] !== undefined)
    world.access.require(call, { action: 's3:GetObject', ...object });
  checkHeaders(call);
  checkLength(call);
  checkContentMd5(call);
  const checksum = checkedChecksum(call);
  checkWrite(call.headers, key, bucket.get(key));
  const stored = new StoredObject({
    body: call.check.body,
    lastModified: world.clock.now(),
    storageClass: storageClassOf(call),
    systemHeaders: systemHeadersOf(call),
    metadata: metadataOf(call),
    checksum,
  });
  bucket.put(key, stored);
  return { status: 200, headers: { ...objectHeaders(stored, true), 'content-length': '0' } };
}

export function deleteObject(call: S3Call, world: World): HttpResponse {
  const bucket = bucketHere(call, world);
  const key = keyOf(call);
  world.access.require(call, { action: 's3:DeleteObject', bucket: bucket.name, key });
  const ifMatch = call.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*') {
    world.access.require(call, { action: 's3:GetObject', bucket: bucket.name, key });
  }
  checkDelete(call.headers, bucket.get(key));
  bucket.delete(key);
  return { status: 204 };
}

function checkHeaders(call: S3Call): void {
  refuseHeaders(call, REFUSED_HEADERS);
  const encryption = call.headers['x-amz-server-side-encryption'];
  if (encryption !== undefined && encryption !== 'AES256')
    refuseHeaders(call, ['x-amz-server-side-encryption']);
  const acl = call.headers['x-amz-acl'];
  const grants = Object.keys(call.headers).some((name) => name.startsWith('x-amz-grant-'));
  // Buckets are made with "bucket owner enforced" today: any other ACL is refused.
  if ((acl !== undefined && acl !== 'bucket-owner-full-control') || grants) {
    throw s3Error('AccessControlListNotSupported');
  }
}

function storageClassOf(call: S3Call): string {
  const storageClass = call.headers['x-amz-storage-class'] ?? 'STANDARD';
  if (!STORAGE_CLASSES.has(storageClass)) {
    throw s3Error('InvalidStorageClass', { members: { StorageClassRequested: storageClass } });
  }
  return storageClass;
}

function systemHeadersOf({ headers }: S3Call): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of SYSTEM_HEADERS) {
    const value = headers[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  // aws-chunked is the framing of the upload, not a property of the object.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  return encoding === '' ? kept : { ...kept, 'content-encoding': encoding };
}

function metadataOf({ headers }: S3Call): Record<string, string> {
  const metadata: Record<string, string> = {};
  let size = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(META)) continue;
    metadata[name.slice(META.length)] = value;
    size += name.length - META.length + Buffer.byteLength(value);
  }
  if (size > MOST_METADATA_BYTES) {
    throw s3Error('MetadataTooLarge', {
      members: { Size: String(size), MaxSizeAllowed: String(MOST_METADATA_BYTES) },
    });
  }
  return metadata;
}
