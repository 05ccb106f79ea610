import assert from 'node:assert/strict';

/** Below this, in microseconds, a run is too short to be compared. */
const FLOOR = 1500;
const TIMES = 8;
/** Linear work grows as the input does, 8 times; quadratic work 64 times. Between them, with room for caches and collections. */
const MOST = 28;

/**
 * Asserts that work grows with its input and not with the square of it: `make` prepares the work for a size, and what it
 * returns is run for `size` and for 8 times that.
 */
export function growsLinearly(size: number, make: (size: number) => () => void): void {
  costsAtMost(MOST, make(size), make(size * TIMES));
}

/** Asserts that `work` takes at most so many times what `measure` takes: processor time of one machine, never a clock. */
export function costsAtMost(times: number, measure: () => void, work: () => void): void {
  // Once for the compiler.
  measure();
  const unit = Math.max(FLOOR, best(measure, 5));
  const cost = best(work, 3, unit * times) / unit;
  assert.ok(cost < times, `it takes ${cost.toFixed(1)} times the work; allowed are ${times}`);
}

/** The least of some runs, in microseconds; no more of them once one is below `enough`. */
function best(work: () => void, runs: number, enough = 0): number {
  let least = Infinity;
  for (let run = 0; run < runs && least >= enough; run += 1) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, user + system);
  }
  return least;
}
