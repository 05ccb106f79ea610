/** XXH64 with seed 0 (Cyan4973/xxHash, "XXH64 algorithm description"), and the arithmetic that XXH3 shares with it. */

export const P64_1 = 0x9e3779b185ebca87n;
export const P64_2 = 0xc2b2ae3d27d4eb4fn;
export const P64_3 = 0x165667b19e3779f9n;
export const P64_4 = 0x85ebca77c2b2ae63n;
export const P64_5 = 0x27d4eb2f165667c5n;

const MASK = 0xffff_ffff_ffff_ffffn;

/** Modulo 2^64. */
export function u64(value: bigint): bigint {
  return value & MASK;
}

export function rotate(value: bigint, bits: bigint): bigint {
  return u64(value << bits) | (value >> (64n - bits));
}

export function avalanche64(value: bigint): bigint {
  let hash = u64((value ^ (value >> 33n)) * P64_2);
  hash = u64((hash ^ (hash >> 29n)) * P64_3);
  return hash ^ (hash >> 32n);
}

function round(accumulator: bigint, lane: bigint): bigint {
  return u64(rotate(u64(accumulator + lane * P64_2), 31n) * P64_1);
}

export function xxh64(data: Buffer): bigint {
  let at = 0;
  let hash = P64_5;
  if (data.length >= 32) {
    let [a, b, c, d] = [u64(P64_1 + P64_2), P64_2, 0n, u64(-P64_1)];
    for (; at + 32 <= data.length; at += 32) {
      a = round(a, data.readBigUInt64LE(at));
      b = round(b, data.readBigUInt64LE(at + 8));
      c = round(c, data.readBigUInt64LE(at + 16));
      d = round(d, data.readBigUInt64LE(at + 24));
    }
    hash = u64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
    for (const lane of [a, b, c, d]) hash = u64((hash ^ round(0n, lane)) * P64_1 + P64_4);
  }
  hash = u64(hash + BigInt(data.length));
  for (; at + 8 <= data.length; at += 8) {
    hash = u64(rotate(hash ^ round(0n, data.readBigUInt64LE(at)), 27n) * P64_1 + P64_4);
  }
  if (at + 4 <= data.length) {
    hash = u64(rotate(hash ^ u64(BigInt(data.readUInt32LE(at)) * P64_1), 23n) * P64_2 + P64_3);
    at += 4;
  }
  for (; at < data.length; at++) {
    hash = u64(rotate(hash ^ u64(BigInt(data[at] ?? 0) * P64_5), 11n) * P64_1);
  }
  return avalanche64(hash);
}
