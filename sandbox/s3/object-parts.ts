import { s3Error } from './errors';
import type { S3Call } from './s3-call';
import type { StoredObject } from './store';

const MOST_KEY_BYTES = 1024;

/** Throws KeyTooLongError. */
export function keyOf(call: S3Call): string {
  const key = call.request.key ?? '';
  const size = Buffer.byteLength(key);
  if (size > MOST_KEY_BYTES) {
    throw s3Error('KeyTooLongError', {
      members: { Size: String(size), MaxSizeAllowed: String(MOST_KEY_BYTES) },
    });
  }
  return key;
}

/** What a write answers about the object, and a read too. The checksum is shown for the whole object only. */
export function objectHeaders(object: StoredObject, withChecksum: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    etag: object.etag,
    'x-amz-server-side-encryption': 'AES256',
  };
  if (object.storageClass !== 'STANDARD') headers['x-amz-storage-class'] = object.storageClass;
  if (withChecksum) {
    headers[`x-amz-checksum-${object.checksum.algorithm}`] = object.checksum.value;
    headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  }
  return headers;
}
