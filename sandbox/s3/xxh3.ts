/** XXH3, 64 and 128 bits, with seed 0 and the standard secret (Cyan4973/xxHash, "XXH3 algorithm overview"). */
import { avalanche64, P64_1, P64_2, P64_3, P64_4, P64_5, rotate, u64 } from './xxh64';

const SECRET = Buffer.from(
  'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221' +
    'b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8' +
    'a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb' +
    '170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e',
  'hex',
);

const P32_1 = 0x9e3779b1n;
const P32_2 = 0x85ebca77n;
const P32_3 = 0xc2b2ae3dn;
const MIX_1 = 0x165667919e3779f9n;
const MIX_2 = 0x9fb21c651e98df25n;

const LOW32 = 0xffff_ffffn;

type Pair = readonly [low: bigint, high: bigint];

const read32 = (data: Buffer, at: number): bigint => BigInt(data.readUInt32LE(at));
const read64 = (data: Buffer, at: number): bigint => data.readBigUInt64LE(at);
const secret64 = (at: number): bigint => SECRET.readBigUInt64LE(at);
/** Two words of the secret, combined as the short inputs are. */
const flip = (at: number): bigint => secret64(at) ^ secret64(at + 8);
const fold = (product: bigint): bigint => u64(product) ^ (product >> 64n);
const xorShift = (value: bigint, bits: bigint): bigint => value ^ (value >> bits);

function swap(value: bigint, bytes: 4 | 8): bigint {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return bytes === 8 ? buffer.readBigUInt64BE() : BigInt(buffer.readUInt32BE());
}

function avalanche(value: bigint): bigint {
  return xorShift(u64(xorShift(value, 37n) * MIX_1), 32n);
}

function mix16(data: Buffer, at: number, secretAt: number): bigint {
  return fold((read64(data, at) ^ secret64(secretAt)) * (read64(data, at + 8) ^ secret64(secretAt + 8)));
}

/** One to three bytes and the length in one word. */
function combined(data: Buffer): bigint {
  const size = data.length;
  const byte = (at: number): bigint => BigInt(data[at] ?? 0);
  return (byte(0) << 16n) | (byte(size >> 1) << 24n) | byte(size - 1) | (BigInt(size) << 8n);
}

/** The eight lanes of an input above 240 bytes. */
function lanes(data: Buffer): bigint[] {
  const lane = [P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1];
  const accumulate = (at: number, secretAt: number): void => {
    for (let i = 0; i < 8; i++) {
      const word = read64(data, at + 8 * i);
      const key = word ^ secret64(secretAt + 8 * i);
      lane[i ^ 1] = u64((lane[i ^ 1] ?? 0n) + word);
      lane[i] = u64((lane[i] ?? 0n) + (key & LOW32) * (key >> 32n));
    }
  };
  const stripes = Math.floor((data.length - 1) / 64);
  for (let stripe = 0; stripe < stripes; stripe++) {
    accumulate(stripe * 64, (stripe % 16) * 8);
    if (stripe % 16 === 15) {
      for (let i = 0; i < 8; i++)
        lane[i] = u64((xorShift(lane[i] ?? 0n, 47n) ^ secret64(128 + 8 * i)) * P32_1);
    }
  }
  accumulate(data.length - 64, SECRET.length - 64 - 7);
  return lane;
}

function merge(lane: readonly bigint[], secretAt: number, start: bigint): bigint {
  let sum = start;
  for (let i = 0; i < 8; i += 2) {
    const [even, odd] = [lane[i] ?? 0n, lane[i + 1] ?? 0n];
    sum += fold((even ^ secret64(secretAt + 8 * i)) * (odd ^ secret64(secretAt + 8 * i + 8)));
  }
  return avalanche(u64(sum));
}

function short64(data: Buffer): bigint {
  const size = data.length;
  if (size === 0) return avalanche64(flip(56));
  if (size <= 3) return avalanche64(combined(data) ^ (read32(SECRET, 0) ^ read32(SECRET, 4)));
  if (size <= 8) {
    let hash = (read32(data, size - 4) + (read32(data, 0) << 32n)) ^ flip(8);
    hash ^= rotate(hash, 49n) ^ rotate(hash, 24n);
    hash = u64(hash * MIX_2);
    hash = u64((hash ^ ((hash >> 35n) + BigInt(size))) * MIX_2);
    return xorShift(hash, 28n);
  }
  const low = read64(data, 0) ^ flip(24);
  const high = read64(data, size - 8) ^ flip(40);
  return avalanche(u64(BigInt(size) + swap(low, 8) + high + fold(low * high)));
}

export function xxh3(data: Buffer): bigint {
  const size = data.length;
  if (size <= 16) return short64(data);
  const start = u64(BigInt(size) * P64_1);
  if (size > 240) return merge(lanes(data), 11, start);
  let sum = start;
  if (size <= 128) {
    for (let i = Math.floor((size - 1) / 32); i >= 0; i--) {
      sum += mix16(data, 16 * i, 32 * i) + mix16(data, size - 16 * (i + 1), 32 * i + 16);
    }
    return avalanche(u64(sum));
  }
  for (let i = 0; i < 8; i++) sum += mix16(data, 16 * i, 16 * i);
  sum = avalanche(u64(sum));
  for (let i = 8; i < Math.floor(size / 16); i++) sum += mix16(data, 16 * i, 16 * (i - 8) + 3);
  return avalanche(u64(sum + mix16(data, size - 16, 136 - 17)));
}

function short128(data: Buffer): Pair {
  const size = data.length;
  if (size === 0) return [avalanche64(flip(64)), avalanche64(flip(80))];
  if (size <= 3) {
    const low = combined(data);
    const swapped = swap(low, 4);
    const high = ((swapped << 13n) | (swapped >> 19n)) & LOW32;
    return [
      avalanche64(low ^ (read32(SECRET, 0) ^ read32(SECRET, 4))),
      avalanche64(high ^ (read32(SECRET, 8) ^ read32(SECRET, 12))),
    ];
  }
  if (size <= 8) {
    const keyed = (read32(data, 0) + (read32(data, size - 4) << 32n)) ^ flip(16);
    const product = keyed * u64(P64_1 + (BigInt(size) << 2n));
    const high = u64((product >> 64n) + (u64(product) << 1n));
    const low = u64(xorShift(u64(product) ^ (high >> 3n), 35n) * MIX_2);
    return [xorShift(low, 28n), avalanche(high)];
  }
  const first = read64(data, 0);
  const second = read64(data, size - 8);
  const product = (first ^ second ^ flip(32)) * P64_1;
  const tail = second ^ flip(48);
  const high = u64((product >> 64n) + tail + (tail & LOW32) * (P32_2 - 1n));
  const low = u64(u64(product) + (BigInt(size - 1) << 54n)) ^ swap(high, 8);
  const last = low * P64_2;
  return [avalanche(u64(last)), avalanche(u64((last >> 64n) + high * P64_2))];
}

function mix32([low, high]: Pair, data: Buffer, first: number, second: number, secretAt: number): Pair {
  return [
    u64(low + mix16(data, first, secretAt)) ^ u64(read64(data, second) + read64(data, second + 8)),
    u64(high + mix16(data, second, secretAt + 16)) ^ u64(read64(data, first) + read64(data, first + 8)),
  ];
}

/** Low and high half. */
export function xxh128(data: Buffer): Pair {
  const size = data.length;
  if (size <= 16) return short128(data);
  const length = BigInt(size);
  if (size > 240) {
    const lane = lanes(data);
    return [
      merge(lane, 11, u64(length * P64_1)),
      merge(lane, SECRET.length - 64 - 11, u64(~(length * P64_2))),
    ];
  }
  let sum: Pair = [u64(length * P64_1), 0n];
  if (size <= 128) {
    for (let i = Math.floor((size - 1) / 32); i >= 0; i--) {
      sum = mix32(sum, data, 16 * i, size - 16 * (i + 1), 32 * i);
    }
  } else {
    for (let i = 0; i < 4; i++) sum = mix32(sum, data, 32 * i, 32 * i + 16, 32 * i);
    sum = [avalanche(sum[0]), avalanche(sum[1])];
    for (let i = 4; i < Math.floor(size / 32); i++) {
      sum = mix32(sum, data, 32 * i, 32 * i + 16, 32 * (i - 4) + 3);
    }
    sum = mix32(sum, data, size - 16, size - 32, 136 - 17 - 16);
  }
  const [low, high] = sum;
  const mixed = u64(low * P64_1 + high * P64_4 + length * P64_2);
  return [avalanche(u64(low + high)), u64(-avalanche(mixed))];
}
