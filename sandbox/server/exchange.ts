import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultBook } from '../control/faults';
import type { RequestCounts } from '../control/request-counts';
import { AwsError } from '../kernel/aws-error';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { Clock, HttpRequest, HttpResponse } from '../kernel/types';
import { errorAnswer, type Protocol } from './protocol';
import { BodyTooLarge, readRequest } from './read-request';
import { writeResponse, type Delivery } from './write-response';

/** One request, recognised: its operation, how to answer it, and what answers it. */
export interface Route {
  readonly operation: string;
  readonly protocol: Protocol;
  readonly run: (requestId: string) => Promise<HttpResponse> | HttpResponse;
}

export interface ExchangeParts {
  readonly clock: Clock;
  readonly faults: FaultBook;
  readonly counts: RequestCounts;
  readonly log: SandboxLog;
  /** Largest body in bytes. */
  readonly bodyLimit: number;
  readonly route: (request: HttpRequest) => Route;
  /** For requests that cannot even be read. */
  readonly protocol: Protocol;
}

/** Reads a request, lets it meet its fault or its operation, and answers. */
export async function exchange(
  message: IncomingMessage,
  response: ServerResponse,
  parts: ExchangeParts,
): Promise<void> {
  const requestId = randomUUID();
  const send = (answer: HttpResponse, delivery?: Delivery): void => {
    writeResponse(
      response,
      answer,
      { method: message.method ?? 'GET', requestId, now: parts.clock.now() },
      delivery,
    );
  };
  let request: HttpRequest;
  try {
    request = await readRequest(message, parts.bodyLimit);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    const refusal = new AwsError(
      'RequestEntityTooLarge',
      'The request is larger than the sandbox takes.',
      413,
    );
    send(withClose(errorAnswer(parts.protocol, refusal, requestId)));
    return;
  }
  const route = parts.route(request);
  parts.counts.add(route.operation);
  const fault = parts.faults.take(route.operation);
  const instead = fault && answerInstead(fault, route, requestId);
  if (instead !== undefined) {
    send(instead);
    return;
  }
  if (fault?.kind === 'delay') {
    const gone = await waitUnlessGone(response, Number(fault.value));
    if (gone) return;
  }
  const answer = await runSafely(route, requestId, parts.log);
  send(answer, fault?.kind === 'reset' || fault?.kind === 'truncate' ? fault.kind : 'whole');
}

async function runSafely(route: Route, requestId: string, log: SandboxLog): Promise<HttpResponse> {
  try {
    return await route.run(requestId);
  } catch (error) {
    if (error instanceof AwsError) return errorAnswer(route.protocol, error, requestId);
    log(
      `internal error in ${route.operation}: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`,
    );
    const code = route.protocol === 'json' ? 'InternalErrorException' : 'InternalFailure';
    return errorAnswer(route.protocol, new AwsError(code, 'Internal error of the sandbox', 500), requestId);
  }
}

/** The answers that replace the operation's own; the operation does not run. */
function answerInstead(fault: Fault, route: Route, requestId: string): HttpResponse | undefined {
  const status = typeof fault.value === 'number' ? fault.value : undefined;
  switch (fault.kind) {
    case 'status':
      return errorAnswer(route.protocol, errorForStatus(status ?? 500, route.protocol), requestId);
    case 'html':
      return {
        status: status ?? 502,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>The proxy could not reach the server</h1></body></html>',
      };
    case 'throttle':
      return errorAnswer(route.protocol, throttled(route.protocol), requestId);
    case 'malformed':
      return malformed(route.protocol);
    case 'delay':
    case 'reset':
    case 'truncate':
      return undefined;
  }
}

function errorForStatus(status: number, protocol: Protocol): AwsError {
  if (status === 403)
    return new AwsError(
      protocol === 'json' ? 'ForbiddenException' : 'AccessDenied',
      'Request not allowed',
      status,
    );
  if (status < 500) return new AwsError('InvalidRequest', 'The request was refused.', status);
  const code = status === 503 ? 'ServiceUnavailable' : 'InternalError';
  return new AwsError(
    protocol === 'json' ? `${code}Exception` : code,
    'The service failed. Please try again.',
    status,
  );
}

function throttled(protocol: Protocol): AwsError {
  if (protocol === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
  if (protocol === 'query') return new AwsError('Throttling', 'Rate exceeded', 400);
  return new AwsError('TooManyRequestsException', 'Rate exceeded', protocol === 'json' ? 400 : 429);
}

function malformed(protocol: Protocol): HttpResponse {
  const xml = protocol === 'query' || protocol === 's3';
  return {
    status: 200,
    headers: { 'content-type': xml ? 'application/xml' : 'application/json' },
    body: xml ? '<?xml version="1.0"?><Unfinished><Answer' : '{"Unfinished":{"Answer"',
  };
}

function withClose(answer: HttpResponse): HttpResponse {
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

/** True when the client left before the time was up: the answer is then nobody's, and the operation must not run. */
async function waitUnlessGone(response: ServerResponse, milliseconds: number): Promise<boolean> {
  if (response.closed) return true;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  try {
    await sleep(milliseconds, undefined, { signal: gone.signal });
    return false;
  } catch {
    return true;
  } finally {
    response.off('close', leave);
  }
}
