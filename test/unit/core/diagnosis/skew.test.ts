import assert from 'node:assert/strict';
import { describeSkew, lockoutSeconds, measureSkew } from '../../../../src/core/diagnosis';
import { skewFromSignatureMessage } from '../../../../src/core/diagnosis/skew';

const server = Date.UTC(2026, 6, 14, 12, 0, 0);
const minute = 60_000;

describe('diagnosis: clocks', () => {
  for (const [offset, direction, tooLarge, sentence] of [
    [10 * minute, 'ahead', true, "Your clock is 10 minutes ahead of the server's."],
    [-10 * minute, 'behind', true, "Your clock is 10 minutes behind the server's."],
    [5 * minute, 'ahead', true, "Your clock is 5 minutes ahead of the server's."],
    [4 * minute, 'ahead', false, "Your clock is 4 minutes ahead of the server's."],
    [-20_000, 'behind', false, "Your clock is 20 seconds behind the server's."],
    [3 * 60 * minute, 'ahead', true, "Your clock is 3 hours ahead of the server's."],
    [-72 * 60 * minute, 'behind', true, "Your clock is 3 days behind the server's."],
    [999, 'in-step', false, "Your clock agrees with the server's."],
  ] as const) {
    it(`an offset of ${offset / 1000} s`, () => {
      const skew = measureSkew(server, server + offset);
      assert.deepEqual(skew, { ms: offset, direction, tooLarge });
      assert.equal(describeSkew(skew), sentence);
    });
  }

  it('are read out of the words of the signature check', () => {
    const early =
      'Signature not yet current: 20260714T122000Z is still later than 20260714T120500Z (20260714T120000Z + 5 min.)';
    assert.equal(skewFromSignatureMessage(early)?.ms, 20 * minute);
    assert.equal(skewFromSignatureMessage('Signature expired: soon'), undefined);
  });
});

describe('diagnosis: lockout', () => {
  it('begins at the fifth failure, doubles, and ends at 15 minutes', () => {
    const waits = [undefined, 0, 4, 5, 6, 7, 10, 14, 15, 40].map(lockoutSeconds);
    assert.deepEqual(waits, [undefined, undefined, undefined, 1, 2, 4, 32, 512, 900, 900]);
  });
});
