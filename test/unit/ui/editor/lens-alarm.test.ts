import assert from 'node:assert/strict';
import { LensAlarm } from '../../../../src/ui/editor/lens-alarm';
import { Timers } from '../../../support/timers';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

describe('ui/editor/lens-alarm', () => {
  let timers: Timers;
  let rung: number[];
  let alarm: LensAlarm;
  beforeEach(() => {
    timers = new Timers();
    timers.time = 0;
    rung = [];
    alarm = new LensAlarm(() => rung.push(timers.time), timers);
  });

  it('rings for the document that changes first, whichever was asked last', () => {
    alarm.changesIn(MINUTE);
    alarm.changesIn(DAY);
    alarm.changesIn(Infinity);
    assert.equal(timers.count, 1);
    timers.pass(MINUTE);
    assert.deepEqual(rung, [MINUTE]);
  });

  it('rings earlier when another document wants it, and once for both', () => {
    alarm.changesIn(DAY);
    alarm.changesIn(MINUTE);
    timers.pass(2 * DAY);
    assert.deepEqual(rung, [MINUTE], 'then every document is asked again, and says when');
  });

  it('begins anew when it has rung', () => {
    alarm.changesIn(MINUTE);
    timers.pass(MINUTE);
    alarm.changesIn(5 * MINUTE);
    alarm.changesIn(3 * MINUTE);
    timers.pass(DAY);
    assert.deepEqual(rung, [MINUTE, 4 * MINUTE]);
  });

  it('can be told again while it rings', () => {
    alarm = new LensAlarm(() => {
      rung.push(timers.time);
      if (rung.length < 3) alarm.changesIn(MINUTE);
    }, timers);
    alarm.changesIn(MINUTE);
    timers.pass(DAY);
    assert.deepEqual(rung, [MINUTE, 2 * MINUTE, 3 * MINUTE]);
  });

  it('lets half a minute pass, for texts that count seconds', () => {
    alarm.changesIn(0);
    timers.pass(29_999);
    assert.deepEqual(rung, []);
    timers.pass(1);
    assert.deepEqual(rung, [30_000]);
  });

  it('is silent where nothing will change, and once it is disposed of', () => {
    alarm.changesIn(Infinity);
    assert.equal(timers.count, 0);
    alarm.changesIn(MINUTE);
    alarm.dispose();
    timers.pass(DAY);
    assert.deepEqual(rung, []);
  });
});
