import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Explanation } from '../../../core/diagnosis/types';
import { explainFailure } from '../base/explain-failure';
import { wasCancelled, type Rpc } from '../rpc';

export interface Download {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly total: number | undefined;
  readonly bytes: number;
  readonly state: 'running' | 'saved' | 'failed';
  readonly path?: string | undefined;
  readonly explanation?: Explanation | undefined;
}

/** The downloads of this page. They go on while one looks at something else, and each can be cancelled. */
export class Downloads implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #rpc: () => Rpc;
  readonly #all = new Map<string, Download>();
  readonly #aborts = new Map<string, AbortController>();
  #stopListening: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, rpc: () => Rpc) {
    this.#host = host;
    this.#rpc = rpc;
    host.addController(this);
  }

  get list(): readonly Download[] {
    return [...this.#all.values()];
  }

  hostDisconnected(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    for (const abort of this.#aborts.values()) abort.abort();
  }

  find(bucket: string, key: string): Download | undefined {
    return this.list.find((one) => one.bucket === bucket && one.key === key && one.state === 'running');
  }

  async start(bucket: string, key: string, total: number | undefined): Promise<void> {
    const rpc = this.#rpc();
    this.#stopListening ??= rpc.listen((event) => {
      if (event.type !== 's3/progress') return;
      this.#change(event.downloadId, {
        bytes: event.bytes,
        ...(event.total === undefined ? {} : { total: event.total }),
      });
    });
    // The host goes on with the downloads of a page that was hidden: their ids must not come again.
    const id = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#all.set(id, { id, bucket, key, total, bytes: 0, state: 'running' });
    this.#host.requestUpdate();
    try {
      const { saved, path } = await rpc.request(
        's3/download',
        { downloadId: id, bucket, key },
        { signal: abort.signal, unlimited: true },
      );
      if (saved) this.#change(id, { state: 'saved', path });
      else this.dismiss(id);
    } catch (error) {
      if (wasCancelled(error)) this.dismiss(id);
      else this.#change(id, { state: 'failed', explanation: explainFailure(error) });
    }
  }

  cancel(id: string): void {
    this.#aborts.get(id)?.abort();
  }

  dismiss(id: string): void {
    this.#all.delete(id);
    this.#aborts.delete(id);
    this.#host.requestUpdate();
  }

  #change(id: string, change: Partial<Download>): void {
    const download = this.#all.get(id);
    if (!download) return;
    this.#all.set(id, { ...download, ...change });
    this.#host.requestUpdate();
  }
}
