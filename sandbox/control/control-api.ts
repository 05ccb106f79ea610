import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { Clock } from '../kernel/types';
import type { FaultBook } from './faults';
import type { Leases } from './leases';
import type { Outbox } from './outbox';
import type { RequestCounts } from './request-counts';

export const CONTROL_PATH = '/_sandbox';

export interface ControlParts {
  readonly clock: Clock;
  readonly faults: FaultBook;
  readonly counts: RequestCounts;
  readonly outbox: Outbox;
  readonly leases: Leases;
  /** Makes a token of a provider outside Cognito. */
  readonly loginTokens: (order: unknown) => unknown;
  readonly description: () => unknown;
  readonly stop: () => void;
}

type Answer = (body: unknown) => unknown;

function routes(parts: ControlParts): Readonly<Record<string, Answer>> {
  const { clock, faults, counts, outbox } = parts;
  const time = (): unknown => ({ now: new Date(clock.now()).toISOString() });
  return {
    'GET /description': () => parts.description(),
    'GET /outbox': () => outbox.all(),
    'POST /outbox/reset': () => {
      outbox.clear();
      return {};
    },
    'GET /clock': time,
    'POST /clock': (body) => {
      const seconds = isRecord(body) ? body['advanceSeconds'] : undefined;
      if (typeof seconds !== 'number' || !Number.isFinite(seconds))
        throw new AwsError('BadRequest', 'advanceSeconds must be a number', 400);
      clock.advance(seconds);
      return time();
    },
    'GET /faults': () => faults.pending(),
    'POST /faults': (body) => faults.add(body),
    'POST /faults/reset': () => {
      faults.clear();
      return {};
    },
    'GET /requests': () => counts.all(),
    'POST /requests/reset': () => {
      counts.reset();
      return {};
    },
    'POST /login-tokens': parts.loginTokens,
    'POST /stop': () => ({}),
  };
}

/** Answers `/_sandbox/*`; refuses everything that a web page could have sent. */
export function createControlApi(
  parts: ControlParts,
): (m: IncomingMessage, r: ServerResponse) => Promise<void> {
  const table = routes(parts);
  return async (message, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        date: new Date(parts.clock.now()).toUTCString(),
      });
      response.end(JSON.stringify(body));
    };
    if (!comesFromHere(message)) {
      send(403, { message: 'The control API answers local tools only.' });
      return;
    }
    const path = (message.url ?? '').slice(CONTROL_PATH.length).replace(/\?.*$/, '');
    if (message.method === 'GET' && path === '/lease') {
      holdLease(response, parts.leases);
      return;
    }
    const name = `${message.method ?? 'GET'} ${path}`;
    const answer = Object.hasOwn(table, name) ? table[name] : undefined;
    if (answer === undefined) {
      send(404, { message: `There is no ${name} in the control API.` });
      return;
    }
    if (name === 'POST /stop') response.once('finish', parts.stop);
    try {
      send(200, answer(await readJson(message)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      send(error.status, { message: error.message });
    }
  };
}

/** No page of another origin, and no name that was made to point here (DNS rebinding). */
function comesFromHere(message: IncomingMessage): boolean {
  if (message.headers.origin !== undefined) return false;
  const port = message.socket.localPort ?? 0;
  const host = message.headers.host;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** The answer never ends: the lease lasts as long as the connection. */
function holdLease(response: ServerResponse, leases: Leases): void {
  const release = leases.take();
  response.once('close', release);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
}

const BODY_LIMIT = 64 * 1024;

async function readJson(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > BODY_LIMIT) throw new AwsError('BadRequest', 'The body is too large.', 413);
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AwsError('BadRequest', 'The body is not JSON.', 400);
  }
}
