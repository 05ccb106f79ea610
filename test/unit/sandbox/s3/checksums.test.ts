import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';

import { Crc64Nvme } from '@aws-sdk/checksums/crc';
import { Xxh3_128, Xxh3_64, Xxh64 } from '@aws-sdk/checksums/xxh';

import { checksumOf, strictBase64 } from '../../../../sandbox/s3/checksums';

const CHECK = Buffer.from('123456789');

describe('sandbox s3 checksums', () => {
  it('gives the check values of the CRC catalogue', () => {
    assert.equal(checksumOf('crc32', CHECK).toString('hex'), 'cbf43926');
    assert.equal(checksumOf('crc32c', CHECK).toString('hex'), 'e3069283');
    assert.equal(checksumOf('crc64nvme', CHECK).toString('hex'), 'ae8b14860a799888');
  });

  it('gives AWS values for empty bodies', () => {
    assert.equal(checksumOf('crc32', Buffer.alloc(0)).toString('base64'), 'AAAAAA==');
    assert.equal(checksumOf('crc64nvme', Buffer.alloc(0)).toString('base64'), 'AAAAAAAAAAA=');
    assert.equal(
      checksumOf('sha1', Buffer.alloc(0)).toString('hex'),
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    );
  });

  it('agrees with the SDK and zlib on every byte value', async () => {
    const data = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) & 0xff));
    const expected = Buffer.alloc(4);
    expected.writeUInt32BE(crc32(data));
    assert.deepEqual(checksumOf('crc32', data), expected);
    const sdk = new Crc64Nvme();
    sdk.update(data);
    assert.deepEqual(checksumOf('crc64nvme', data), Buffer.from(await sdk.digest()));
  });

  it('agrees with the SDK on XXHash of every length class', async () => {
    const data = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + (at >> 8)) & 0xff));
    const lengths = [...Array(300).keys(), 512, 1023, 1024, 1025, 1088, 2048, 2049, 4999];
    for (const length of lengths) {
      const part = data.subarray(0, length);
      for (const [algorithm, Oracle] of [
        ['xxhash64', Xxh64],
        ['xxhash3', Xxh3_64],
        ['xxhash128', Xxh3_128],
      ] as const) {
        const oracle = new Oracle();
        oracle.update(part);
        const expected = Buffer.from(await oracle.digest()).toString('hex');
        assert.equal(
          checksumOf(algorithm, part).toString('hex'),
          expected,
          `${algorithm} of ${String(length)} bytes`,
        );
      }
    }
  });

  it('takes only strict Base64 of the right length', () => {
    assert.ok(strictBase64('AAAAAA==', 4));
    for (const wrong of ['AAAAAA', 'AAAAAA=', 'AAAAAB==', 'AAAA', '????????', '', ' AAAAAA==']) {
      assert.equal(strictBase64(wrong, 4), undefined, wrong);
    }
  });
});
