import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ServiceName } from '../core/errors';
import { TimeoutError } from '../core/errors';
import { toFault } from './faults';

/** Limit of one interactive call, in seconds. */
export const callSeconds = 30;

/** Called once per answered or failed call; the log's way in. Holds no parameters and no bodies. */
export type CallObserver = (record: {
  service: ServiceName;
  operation: string;
  host: string;
  milliseconds: number;
  requestId?: string | undefined;
  failure?: string | undefined;
}) => void;

/** One handler for all clients, so that connections are shared. */
export const httpHandler = new NodeHttpHandler({
  connectionTimeout: 10_000,
  requestTimeout: callSeconds * 1000,
});

interface Answer {
  readonly $metadata: { requestId?: string };
}

/**
 * Runs one SDK call with the person's signal and a time limit (seconds), and turns what it throws into an error of
 * the core: ServiceError, NetworkError, TimeoutError, CancelledError.
 */
export async function call<T extends Answer>(
  site: { service: ServiceName; operation: string; host: string; extra?: Record<string, string | undefined> },
  send: (abortSignal: AbortSignal) => Promise<T>,
  observe: CallObserver,
  signal?: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new TimeoutError(site.operation, callSeconds)),
    callSeconds * 1000,
  );
  const combined = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal;
  const started = performance.now();
  try {
    combined.throwIfAborted();
    const answer = await send(combined);
    observe({ ...site, milliseconds: performance.now() - started, requestId: answer.$metadata.requestId });
    return answer;
  } catch (error) {
    const fault = toFault(error, { ...site, seconds: callSeconds }, combined);
    observe({ ...site, milliseconds: performance.now() - started, failure: fault.message });
    throw fault;
  } finally {
    clearTimeout(timer);
  }
}
