import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ErrorData, ServiceName } from '../core/errors';
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
const requestHandler = new NodeHttpHandler({
  connectionTimeout: 10_000,
  requestTimeout: callSeconds * 1000,
});

/** Where a client sends its calls: AWS's own endpoint of the region, or the connection's. */
export interface Place {
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/**
 * What all clients have in common. Endpoints come from the connection alone: AWS_ENDPOINT_URL and `endpoint_url` of
 * ~/.aws/config, which the SDK would follow, could send a password elsewhere without the question of decision 8.
 */
export function clientOptions({ region, endpoint }: Place, maxAttempts: number) {
  return {
    region,
    maxAttempts,
    requestHandler,
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint ? { endpoint } : {}),
  };
}

/** What is called, for the log and the errors. */
export interface Site {
  readonly service: ServiceName;
  readonly operation: string;
  readonly host: string;
  readonly extra?: ErrorData;
}

interface Answer {
  readonly $metadata: { requestId?: string };
}

/**
 * Runs one SDK call with the person's signal and a time limit (seconds), and turns what it throws into an error of
 * the core: ServiceError, NetworkError, TimeoutError, CancelledError.
 */
export async function call<T extends Answer>(
  site: Site,
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
