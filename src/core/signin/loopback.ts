/** What the browser shows when it comes back. Plain text; the page is made of it without markup. */
export interface CallbackPage {
  readonly good: boolean;
  readonly title: string;
  readonly text: string;
}

/** The browser came back with an address; it waits for its page until `answer` or the server's end. */
export interface Arrival {
  readonly url: string;
  answer(page: CallbackPage): void;
}

/** A server for one callback, on one port of this machine. */
export interface LoopbackServer {
  readonly port: number;
  /**
   * The first callback for which `judge` returns no page. The others get the page that it returns, with status 400, and
   * are forgotten; so is everything that comes after the first. Throws CancelledError or what the signal carries.
   */
  next(judge: (url: string) => CallbackPage | undefined, signal: AbortSignal): Promise<Arrival>;
  /** Ends the server; a browser that still waits for its page gets `farewell`. */
  close(farewell: CallbackPage): Promise<void>;
}

export interface LoopbackOptions {
  /** Tried in this order. */
  readonly ports: readonly number[];
  /** The one route. */
  readonly path: string;
  /** For callbacks that nobody waits for. */
  readonly stray: CallbackPage;
  /** Of the pages, e.g. `en`. */
  readonly language: string;
}

/** Throws `signin.ports-taken` (data: ports) where none can be had. */
export type OpenLoopback = (options: LoopbackOptions) => Promise<LoopbackServer>;
