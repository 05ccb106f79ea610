import { type AlarmClock, ExpiryAlarm, systemClock } from './expiry-alarm';

/** VS Code asks for a lens again after this at the earliest. */
const SOONEST_MS = 30_000;

/** Tells when lenses say something else. One for all documents: at the first change each of them is asked again. */
export class LensAlarm {
  private readonly alarm: ExpiryAlarm;
  /** Milliseconds since 1970. */
  private due = Infinity;

  constructor(
    run: () => void,
    private readonly clock: AlarmClock = systemClock,
  ) {
    this.alarm = new ExpiryAlarm(() => {
      this.due = Infinity;
      run();
    }, clock);
  }

  /** `ms`: milliseconds after which a document's lenses change; Infinity where they do not. */
  changesIn(ms: number): void {
    this.due = Math.min(this.due, this.clock.now() + Math.max(ms, SOONEST_MS));
    this.alarm.set(this.due);
  }

  dispose(): void {
    this.alarm.dispose();
  }
}
