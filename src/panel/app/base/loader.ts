import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A skeleton that flashes is worse than a short wait. */
const skeletonAfterMs = 150;

/**
 * One thing that a part of the page loads: keeps the former value on show while a newer one is on its way, tells when
 * a skeleton is due, and lets a newer load cancel the older one.
 */
export class Loader<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  /** Loading for long enough, and nothing to show meanwhile. */
  skeleton = false;
  loading = false;

  readonly #host: ReactiveControllerHost;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  /** Resolves when this load has ended in any way, superseded ones too. */
  async load(task: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    this.#timer = setTimeout(() => {
      this.skeleton = this.value === undefined;
      this.#host.requestUpdate();
    }, skeletonAfterMs);
    this.#host.requestUpdate();
    try {
      const value = await task(abort.signal);
      if (this.#abort !== abort) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (this.#abort !== abort) return;
      this.value = undefined;
      this.error = error;
    }
    this.#end();
  }

  /** Stops the running load, without a word. */
  cancel(): void {
    this.#abort?.abort();
    this.#end();
  }

  /** Back to the beginning: no value, no error. */
  clear(): void {
    this.cancel();
    this.value = undefined;
    this.error = undefined;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#abort = undefined;
    this.loading = false;
    this.skeleton = false;
    this.#host.requestUpdate();
  }
}
