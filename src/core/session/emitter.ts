import type { Disposable } from '../ports';

/** A list of listeners. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): Disposable => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  /**
   * Tells every listener, now. One that throws stops neither the others nor the caller: being called in an async
   * function, its error ends as an unhandled rejection, which hosts log.
   */
  fire(value: T): void {
    for (const listener of [...this.listeners]) void (async () => listener(value))();
  }

  dispose(): void {
    this.listeners.clear();
  }
}
