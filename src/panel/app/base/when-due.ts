import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Timers take no more than this. */
const longestWait = 0x7fffffff;

/**
 * Does something once when a moment comes, and only while the page is in sight: what fell due meanwhile is done as soon
 * as somebody looks again. After a sleep of the machine, timers are late by as long; the focus tells.
 */
export class WhenDue implements ReactiveController {
  readonly #run: () => void;
  #due = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, run: () => void) {
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#wait);
    window.addEventListener('focus', this.#wait);
    this.#wait();
  }

  hostDisconnected(): void {
    this.#connected = false;
    document.removeEventListener('visibilitychange', this.#wait);
    window.removeEventListener('focus', this.#wait);
    clearTimeout(this.#timer);
  }

  /** In so many milliseconds, in place of what was due before; Infinity for never. */
  in(milliseconds: number): void {
    this.#due = Date.now() + milliseconds;
    this.#wait();
  }

  readonly #wait = (): void => {
    clearTimeout(this.#timer);
    if (!this.#connected || document.hidden || !Number.isFinite(this.#due)) return;
    const left = Math.max(0, this.#due - Date.now());
    this.#timer = setTimeout(this.#look, Math.min(longestWait, left));
  };

  readonly #look = (): void => {
    if (Date.now() < this.#due) return this.#wait();
    this.#due = Infinity;
    this.#run();
  };
}
