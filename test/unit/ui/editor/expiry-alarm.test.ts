import assert from 'node:assert/strict';
import { ExpiryAlarm } from '../../../../src/ui/editor/expiry-alarm';
import { Timers } from '../../../support/timers';

const DAY = 86_400_000;

describe('ui/editor/expiry-alarm', () => {
  let timers: Timers;
  let rung: number[];
  let alarm: ExpiryAlarm;
  beforeEach(() => {
    timers = new Timers();
    rung = [];
    alarm = new ExpiryAlarm(() => rung.push(timers.time), timers);
  });

  it('rings once, at its moment', () => {
    alarm.set(6000);
    timers.pass(4999);
    assert.deepEqual(rung, []);
    timers.pass(DAY);
    assert.deepEqual(rung, [6000]);
    assert.equal(timers.count, 0);
  });

  it('has no timer while there is nothing to wait for', () => {
    alarm.set(undefined);
    alarm.set(Infinity);
    assert.deepEqual(timers.asked, []);
    alarm.set(6000);
    alarm.set(Infinity);
    assert.equal(timers.count, 0);
    timers.pass(DAY);
    assert.deepEqual(rung, []);
  });

  it('waits for what was set last, with one timer', () => {
    alarm.set(6000);
    alarm.set(9000);
    alarm.set(9000);
    assert.deepEqual(timers.asked, [5000, 8000]);
    assert.equal(timers.count, 1);
    timers.pass(DAY);
    assert.deepEqual(rung, [9000]);
  });

  it('can be set again when it rings', () => {
    const moments = [2000, 3000, 4000];
    alarm = new ExpiryAlarm(() => {
      rung.push(timers.time);
      alarm.set(moments.find((moment) => moment > timers.time));
    }, timers);
    alarm.set(2000);
    timers.pass(DAY);
    assert.deepEqual(rung, moments);
    assert.equal(timers.count, 0);
  });

  it('waits longer than a timer can', () => {
    const end = timers.time + 400 * DAY;
    alarm.set(end);
    timers.pass(399 * DAY);
    assert.deepEqual(rung, []);
    assert.equal(timers.count, 1);
    timers.pass(DAY);
    assert.deepEqual(rung, [end]);
    assert.equal(timers.asked.length, 17);
  });

  it('waits on when its timer was early, and rings at once for what is past', () => {
    alarm.set(6000);
    timers.time = 5999 - 5000;
    timers.pass(5000);
    assert.deepEqual(rung, []);
    timers.pass(1);
    assert.deepEqual(rung, [6000]);
    alarm.set(10);
    timers.pass(0);
    assert.equal(rung.length, 2);
  });

  it('is silent once it is disposed of', () => {
    alarm.set(6000);
    alarm.dispose();
    timers.pass(DAY);
    assert.deepEqual(rung, []);
  });
});
