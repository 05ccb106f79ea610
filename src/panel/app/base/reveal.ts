import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long a revealed value stays in sight. */
export const revealMs = 30_000;

/**
 * A secret on show: asked for, shown for a short while, and hidden at once when the page is left or the part goes.
 * `key` tells which of several it is.
 */
export class Reveal<Key, Value> implements ReactiveController {
  shown: { readonly key: Key; readonly value: Value } | undefined;
  /** What was asked for and could not be had. */
  failed: { readonly key: Key } | undefined;

  readonly #host: ReactiveControllerHost;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.hide);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.hide);
    this.hide();
  }

  /** One at a time: what was shown before is hidden. */
  async show(key: Key, ask: (signal: AbortSignal) => Promise<Value | undefined> | undefined): Promise<void> {
    this.hide();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const value = await ask(asking.signal);
      if (asking.signal.aborted || value === undefined) return;
      this.shown = { key, value };
      this.#timer = setTimeout(this.hide, revealMs);
    } catch {
      if (!asking.signal.aborted) this.failed = { key };
    }
    this.#host.requestUpdate();
  }

  readonly hide = (): void => {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.shown = undefined;
    this.failed = undefined;
    this.#host.requestUpdate();
  };
}
