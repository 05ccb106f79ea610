import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatAgo,
  formatClock,
  formatDate,
  formatMoment,
  formatTimeLeft,
  nextTextChange,
} from '../../../src/core/time';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

describe('core/time', () => {
  const left: [number, string][] = [
    [-5, 'expired'],
    [0, 'expired'],
    [1, 'under 1 min'],
    [45_000, 'under 1 min'],
    [MIN, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [2 * HOUR + 59 * MIN, '2 h'],
    [DAY - 1, '23 h'],
    [DAY, '1 day'],
    [3 * DAY + HOUR, '3 days'],
    [30 * DAY, '30 days'],
    [730 * DAY - 1, '729 days'],
    [730 * DAY, '2 years'],
    [1102 * DAY, '3 years'],
  ];
  for (const [ms, text] of left) it(`${ms} ms left: ${text}`, () => assert.equal(formatTimeLeft(ms), text));

  it('tells how long ago', () => {
    assert.deepEqual([0, 59_999, MIN, 2 * HOUR, 3 * DAY].map(formatAgo), [
      'just now',
      'just now',
      '1 min ago',
      '2 h ago',
      '3 days ago',
    ]);
  });

  it('knows to the millisecond when the text changes', () => {
    const spans = fc.oneof(
      fc.integer({ min: 1, max: 40 * DAY }),
      fc.integer({ min: 1, max: 40 }).map((n) => n * HOUR),
      fc.integer({ min: 1, max: 60 }).map((n) => n * MIN),
    );
    fc.assert(
      fc.property(spans, (ms) => {
        const change = nextTextChange(ms);
        assert.ok(change >= 1 && change <= DAY + 1);
        assert.notEqual(formatTimeLeft(ms - change), formatTimeLeft(ms));
        assert.equal(formatTimeLeft(ms - change + 1), formatTimeLeft(ms));
      }),
    );
    assert.equal(nextTextChange(1000 * DAY), DAY, 'no longer than a timer takes');
    assert.deepEqual([nextTextChange(0), nextTextChange(-1)], [Infinity, Infinity]);
  });

  describe('clock', () => {
    const at = new Date(2026, 6, 14, 14, 3, 12).getTime();
    it('shows local time', () => {
      assert.equal(formatClock(at), '14:03:12');
      assert.equal(formatClock(new Date(2026, 6, 14, 4, 3, 2).getTime()), '04:03:02');
      assert.match(formatClock(at, 'en-US'), /^2:03:12\sPM$/);
      assert.equal(formatClock(at, 'no such locale'), '14:03:12');
      assert.deepEqual(
        [formatClock(Number.NaN), formatClock(1e20), formatDate(1e20), formatMoment(1e20, at)],
        ['', '', '', ''],
      );
    });
    it('adds the date on another day only', () => {
      assert.equal(formatMoment(at + 30 * MIN, at), '14:33:12 (in 30 min)');
      assert.equal(formatMoment(at - MIN, at), '14:02:12 (1 min ago)');
      assert.equal(
        formatMoment(new Date(2026, 6, 13, 14, 3, 12).getTime(), at),
        '2026-07-13 14:03:12 (1 day ago)',
      );
    });
  });
});
