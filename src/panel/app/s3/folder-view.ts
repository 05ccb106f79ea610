import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Rpc } from '../rpc';
import { Listing, type Row } from './listing';
import type { Place } from './place';

const skeletonAfterMs = 150;

/** Which listing is on show. The former one stays until the next has something to show, so that nothing flashes. */
export class FolderView implements ReactiveController {
  /** The listing on show. */
  listing: Listing | undefined;
  /** Counts the changes inside the listing. */
  version = 0;
  /** A skeleton is due. */
  waiting = false;

  readonly #host: ReactiveControllerHost;
  #next: Listing | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The rows on show are about to be replaced. */
  get busy(): boolean {
    return this.#next !== undefined;
  }

  hostDisconnected(): void {
    this.close();
  }

  /** With `keepRows` the present rows stay for as long as it takes (a filter, a reload). */
  open(
    place: Place,
    rpc: Rpc,
    options: { keepRows: boolean; arrived?: ((rows: readonly Row[]) => void) | undefined },
  ): void {
    this.#stop();
    const { bucket, prefix, filter } = place;
    const next: Listing = new Listing(
      prefix,
      (continuationToken, signal) =>
        rpc.request('s3/list', { bucket, prefix, filter, continuationToken }, { signal }),
      () => {
        const arrived = this.#next === next && (next.started || next.error !== undefined);
        if (arrived) {
          clearTimeout(this.#timer);
          this.waiting = false;
          this.#next = undefined;
          this.listing = next;
        }
        this.version += 1;
        this.#host.requestUpdate();
        // Last, so that whoever waits for the host's update finds the rows drawn.
        if (arrived && next.started) options.arrived?.(next.rows);
      },
    );
    this.#next = next;
    this.#timer = setTimeout(() => {
      this.waiting = !options.keepRows || this.listing === undefined || !this.listing.started;
      this.#host.requestUpdate();
    }, skeletonAfterMs);
    this.#host.requestUpdate();
    void next.more();
  }

  close(): void {
    this.#stop();
    this.listing = undefined;
    this.#host.requestUpdate();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.waiting = false;
    this.#next?.cancel();
    this.#next = undefined;
    this.listing?.cancel();
  }
}
