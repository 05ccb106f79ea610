import { CancelledError } from '../core/errors';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One connection of the Chrome DevTools Protocol. */
export interface DevtoolsSocket {
  /** Resolves with the result; rejects with what the other side says, or when the connection closes. */
  send(method: string, params: object): Promise<unknown>;
  /** Takes the parameters of the last events of a method that have come so far, 100 at most. */
  events(method: string): unknown[];
  close(): void;
}

/** Opens a connection; it closes, and all that waits ends, when the signal aborts. Throws CancelledError then. */
export function openDevtools(url: string, signal: AbortSignal): Promise<DevtoolsSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new CancelledError());
    const socket = new WebSocket(url);
    const waiting = new Map<number, Waiting>();
    const come = new Map<string, unknown[]>();
    let last = 0;
    const close = (): void => socket.close();
    const end = (): void => {
      signal.removeEventListener('abort', end);
      close();
      const error = signal.aborted ? new CancelledError() : new Error('the connection is closed');
      reject(error);
      for (const { reject: fail } of waiting.values()) fail(error);
      waiting.clear();
    };
    signal.addEventListener('abort', end);
    socket.addEventListener('close', end);
    socket.addEventListener('error', end);
    socket.addEventListener('message', ({ data }) => {
      const { id, method, params, result, error } = read(data);
      if (method !== undefined) keep(come, method, params);
      const asked = id === undefined ? undefined : waiting.get(id);
      if (id === undefined || !asked) return;
      waiting.delete(id);
      if (error === undefined) asked.resolve(result);
      else asked.reject(new Error(error));
    });
    socket.addEventListener('open', () =>
      resolve({
        send: (method, params) =>
          new Promise((done, fail) => {
            if (socket.readyState !== WebSocket.OPEN)
              return fail(signal.aborted ? new CancelledError() : new Error('the connection is closed'));
            last += 1;
            waiting.set(last, { resolve: done, reject: fail });
            socket.send(JSON.stringify({ id: last, method, params }));
          }),
        events: (method) => {
          const events = come.get(method) ?? [];
          come.delete(method);
          return events;
        },
        close,
      }),
    );
  });
}

/** A program that prints in a loop would fill the memory. */
const MOST_EVENTS = 100;

function keep(come: Map<string, unknown[]>, method: string, params: unknown): void {
  const events = come.get(method) ?? [];
  events.push(params);
  if (events.length > MOST_EVENTS) events.shift();
  come.set(method, events);
}

interface Message {
  readonly id: number | undefined;
  readonly method: string | undefined;
  readonly params: unknown;
  readonly result: unknown;
  readonly error: string | undefined;
}

/** A message that cannot be read has nothing in it. */
function read(data: unknown): Message {
  const { id, method, params, result, error } = parsed(data);
  const { message } = (error ?? {}) as { message?: unknown };
  return {
    id: typeof id === 'number' ? id : undefined,
    method: typeof method === 'string' ? method : undefined,
    params,
    result,
    error: error === undefined ? undefined : typeof message === 'string' ? message : 'refused',
  };
}

function parsed(data: unknown): Record<string, unknown> {
  try {
    return (JSON.parse(String(data)) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
