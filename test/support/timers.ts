import assert from 'node:assert/strict';
import type { AlarmClock } from '../../src/ui/editor/expiry-alarm';

/** Time passes when told to; no timer holds more than those of Node.js do. */
export class Timers implements AlarmClock {
  time = 1000;
  /** Delays that were asked for. */
  readonly asked: number[] = [];
  private readonly pending = new Map<() => void, number>();

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    assert.ok(ms >= 0 && ms < 2 ** 31, `a timer holds ${ms} ms`);
    this.asked.push(ms);
    const call = (): void => run();
    this.pending.set(call, this.time + ms);
    return () => this.pending.delete(call);
  }

  get count(): number {
    return this.pending.size;
  }

  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const [first] = [...this.pending].sort(([, a], [, b]) => a - b);
      if (first === undefined || first[1] > until) break;
      this.time = Math.max(this.time, first[1]);
      this.pending.delete(first[0]);
      first[0]();
    }
    this.time = until;
  }
}
