import { createHash } from 'node:crypto';

import { xxh128, xxh3 } from './xxh3';
import { xxh64 } from './xxh64';

/** The algorithms of `x-amz-checksum-*`, in lower case as in the header's name, with the length of their value in bytes. */
export const CHECKSUM_BYTES = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha512: 64,
  xxhash3: 8,
  xxhash64: 8,
  xxhash128: 16,
} as const;

export type ChecksumAlgorithm = keyof typeof CHECKSUM_BYTES;

export const CHECKSUM_ALGORITHMS = Object.keys(CHECKSUM_BYTES) as readonly ChecksumAlgorithm[];

/** An object's checksum over its whole body; `value` in Base64. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

function crc32Table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc >>> 0;
  });
}

/** Both polynomials in reflected form. */
const CRC32 = crc32Table(0xedb88320);
const CRC32C = crc32Table(0x82f63b78);

function crc32With(table: Uint32Array, data: Uint8Array): Buffer {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  const out = Buffer.alloc(4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return out;
}

const CRC64NVME_POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

/** High and low halves side by side: 64-bit arithmetic with BigInt per byte would take seconds for a few megabytes. */
const CRC64NVME = ((): { high: Uint32Array; low: Uint32Array } => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ CRC64NVME_POLYNOMIAL : crc >> 1n;
    high[byte] = Number(crc >> 32n);
    low[byte] = Number(crc & 0xffffffffn);
  }
  return { high, low };
})();

function crc64nvme(data: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const entry = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (CRC64NVME.low[entry] ?? 0);
    high = (high >>> 8) ^ (CRC64NVME.high[entry] ?? 0);
  }
  const out = Buffer.alloc(8);
  out.writeUInt32BE(~high >>> 0, 0);
  out.writeUInt32BE(~low >>> 0, 4);
  return out;
}

function bigEndian(value: bigint): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(value);
  return out;
}

/** The checksum's bytes, most significant first, as S3 puts them into Base64. */
export function checksumOf(algorithm: ChecksumAlgorithm, data: Buffer): Buffer {
  switch (algorithm) {
    case 'crc32':
      return crc32With(CRC32, data);
    case 'crc32c':
      return crc32With(CRC32C, data);
    case 'crc64nvme':
      return crc64nvme(data);
    case 'xxhash3':
      return bigEndian(xxh3(data));
    case 'xxhash64':
      return bigEndian(xxh64(data));
    case 'xxhash128': {
      const [low, high] = xxh128(data);
      return Buffer.concat([bigEndian(high), bigEndian(low)]);
    }
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return createHash(algorithm).update(data).digest();
  }
}

/** The bytes of a strict Base64 text of just that length, undefined for anything else. */
export function strictBase64(text: string, bytes: number): Buffer | undefined {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text ? decoded : undefined;
}
