import assert from 'node:assert/strict';
import { nodeDigest } from '../../../src/node/digest';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('nodeDigest', () => {
  it('is SHA-256 (FIPS 180-4 example "abc")', () => {
    assert.equal(
      hex(nodeDigest.sha256(Buffer.from('abc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is HMAC-SHA-256 (RFC 4231 test case 2)', () => {
    assert.equal(
      hex(nodeDigest.hmacSha256(Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?'))),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('gives as many random bytes as asked, never the same', () => {
    const [one, two] = [nodeDigest.randomBytes(128), nodeDigest.randomBytes(128)];
    assert.equal(one.length, 128);
    assert.notEqual(hex(one), hex(two));
  });
});
