import { abortable } from './abort';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Runs a piece of work once for all who ask for it while it runs. */
export class Flights<T> {
  private readonly running = new Map<string, Flight<T>>();

  /**
   * Joins the work that runs under `key`, or starts it. A caller's signal ends that caller's wait; the signal that
   * `start` gets fires only when nobody waits any more.
   */
  async join(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const flight = this.running.get(key) ?? this.launch(key, start);
    flight.waiting += 1;
    try {
      return await abortable(flight.result, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        // Whoever comes now must not join work that is being given up.
        if (this.running.get(key) === flight) this.running.delete(key);
        flight.controller.abort();
      }
    }
  }

  private launch(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { result: start(controller.signal), controller, waiting: 0 };
    this.running.set(key, flight);
    // Those who wait hear of a failure; where nobody does any more, nobody needs to.
    flight.result.catch(() => undefined);
    return flight;
  }
}
