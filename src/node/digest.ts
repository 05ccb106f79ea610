import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Digest } from '../core/ports';

/** SHA-256, HMAC-SHA256 and random bytes of node:crypto. */
export const nodeDigest: Digest = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  hmacSha256: (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};
