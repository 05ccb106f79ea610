import assert from 'node:assert/strict';
import { TOTP, Secret } from 'otpauth';
import { totpCode } from '../../../src/node/totp';

describe('totpCode', () => {
  it('gives the values of RFC 6238, appendix B (SHA-1, last six digits)', () => {
    const known = new Secret({ buffer: new Uint8Array(Buffer.from('12345678901234567890')).buffer }).base32;
    assert.equal(known, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const rows: [number, string][] = [
      [59, '287082'],
      [1111111109, '081804'],
      [1111111111, '050471'],
      [1234567890, '005924'],
      [2000000000, '279037'],
      [20000000000, '353130'],
    ];
    for (const [seconds, code] of rows) assert.equal(totpCode(known, seconds * 1000), code);
  });

  it('agrees with otpauth on many secrets and times', () => {
    for (let index = 0; index < 50; index += 1) {
      const secret = new Secret({ size: 20 + (index % 13) });
      const timestamp = 1_600_000_000_000 + index * 7_919_333;
      const expected = new TOTP({ secret }).generate({ timestamp });
      assert.equal(totpCode(secret.base32, timestamp), expected);
    }
  });
});
