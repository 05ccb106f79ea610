/** The time, and what calls back once, after so many milliseconds; returns what stops it. */
export interface AlarmClock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** The most that a timer of Node.js and browsers can hold, 24.8 days; with more it calls at once. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: AlarmClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Calls back once at a moment, however far away it is; one timer, and none while there is nothing to wait for. */
export class ExpiryAlarm {
  private stop: (() => void) | undefined;
  private at: number | undefined;

  constructor(
    private readonly run: () => void,
    private readonly clock: AlarmClock = systemClock,
  ) {}

  /** Milliseconds since 1970; takes the place of what was set before. Undefined or Infinity: nothing is waited for. */
  set(at: number | undefined): void {
    const next = at !== undefined && Number.isFinite(at) ? at : undefined;
    if (next === this.at) return;
    this.at = next;
    this.arm();
  }

  dispose(): void {
    this.set(undefined);
  }

  private arm(): void {
    this.stop?.();
    this.stop = undefined;
    if (this.at === undefined) return;
    const left = Math.max(0, this.at - this.clock.now());
    this.stop = this.clock.after(Math.min(left, LONGEST_MS), () => this.ring());
  }

  private ring(): void {
    this.stop = undefined;
    // A timer may be early by a millisecond, or have been the first of several.
    if (this.at !== undefined && this.clock.now() < this.at) return this.arm();
    this.at = undefined;
    this.run();
  }
}
