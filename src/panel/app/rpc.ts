import type { Explanation } from '../../core/diagnosis/types';
import type { HostMessage, PageMessage, PanelNotification, PanelRequests, RequestName } from '../protocol';

/** The line to the extension host, as `acquireVsCodeApi()` and the window's `message` event give it. */
export interface Channel {
  post(message: PageMessage): void;
  /** Returns how to stop listening. */
  subscribe(listener: (message: unknown) => void): () => void;
}

/** The host answered with a failure. Without an explanation the request was cancelled, and nothing is to be said. */
export class RequestFailure extends Error {
  readonly explanation: Explanation | undefined;

  constructor(name: RequestName, explanation: Explanation | undefined) {
    super(`${name} ${explanation ? 'failed' : 'was cancelled'}`);
    this.name = 'RequestFailure';
    this.explanation = explanation;
  }
}

/** The host did not answer at all within the limit. */
export class RequestTimeout extends Error {
  constructor(name: RequestName, seconds: number) {
    super(`${name} was not answered within ${seconds} s`);
    this.name = 'RequestTimeout';
  }
}

interface Pending {
  readonly name: RequestName;
  resolve(output: unknown): void;
  reject(error: Error): void;
}
type HostEvent = Exclude<HostMessage, { type: 'response' | 'failure' }>;

/** Longer than any limit on the host's side: it only guards against a host that has gone. */
const limitSeconds = 180;

/** Requests with ids and one-way messages over a channel. Never leaves a promise pending. */
export class Rpc {
  readonly #channel: Channel;
  readonly #unsubscribe: () => void;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: HostEvent) => void>();
  #nextId = 1;
  #disposed = false;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#unsubscribe = channel.subscribe((message) => {
      if (isHostMessage(message)) this.#receive(message);
    });
  }

  /** Rejects with RequestFailure (without an explanation when cancelled) or RequestTimeout. */
  request<N extends RequestName>(
    name: N,
    input: PanelRequests[N]['in'],
    options: { signal?: AbortSignal; unlimited?: boolean } = {},
  ): Promise<PanelRequests[N]['out']> {
    const { signal, unlimited = false } = options;
    if (this.#disposed || signal?.aborted) return Promise.reject(new RequestFailure(name, undefined));
    const requestId = this.#nextId++;
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        return this.#pending.delete(requestId);
      };
      const giveUp = (error: Error) => {
        if (!finish()) return;
        this.#channel.post({ type: 'cancel', requestId });
        reject(error);
      };
      const onAbort = () => giveUp(new RequestFailure(name, undefined));
      const timer = unlimited
        ? undefined
        : setTimeout(() => giveUp(new RequestTimeout(name, limitSeconds)), limitSeconds * 1000);
      this.#pending.set(requestId, {
        name,
        resolve: (output) => finish() && resolve(output as PanelRequests[N]['out']),
        reject: (error) => finish() && reject(error),
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#channel.post({ type: 'request', requestId, name, input });
    });
  }

  notify(notification: PanelNotification): void {
    if (!this.#disposed) this.#channel.post(notification);
  }

  /** Everything that the host sends unasked. Returns how to stop listening. */
  listen(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Rejects what is still pending as cancelled. */
  dispose(): void {
    this.#disposed = true;
    this.#unsubscribe();
    this.#listeners.clear();
    for (const pending of [...this.#pending.values()])
      pending.reject(new RequestFailure(pending.name, undefined));
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'response':
        this.#pending.get(message.requestId)?.resolve(message.output);
        break;
      case 'failure': {
        const pending = this.#pending.get(message.requestId);
        pending?.reject(new RequestFailure(pending.name, message.explanation));
        break;
      }
      default:
        for (const listener of [...this.#listeners]) listener(message);
    }
  }
}

const hostMessages = new Set<string>([
  'l10n',
  'state',
  'token/changed',
  'response',
  'failure',
  's3/progress',
  'credentials/progress',
] satisfies HostMessage['type'][]);

/** Other messages reach a webview's window too (VS Code's own, extensions of the browser). */
function isHostMessage(message: unknown): message is HostMessage {
  if (typeof message !== 'object' || message === null) return false;
  const type = (message as { type?: unknown }).type;
  return typeof type === 'string' && hostMessages.has(type);
}

/** True where a request ended because nobody wants its answer any more. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof RequestFailure && error.explanation === undefined;
}
