import type { ServerResponse } from 'node:http';
import type { HttpResponse } from '../kernel/types';

/** How much of an answer leaves the house: all of it, or half with a lost or a politely closed connection. */
export type Delivery = 'whole' | 'reset' | 'truncate';

export interface Envelope {
  readonly method: string;
  readonly requestId: string;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly now: number;
}

const RESET_AFTER_MS = 25;

export function writeResponse(
  response: ServerResponse,
  answer: HttpResponse,
  envelope: Envelope,
  delivery: Delivery = 'whole',
): void {
  const body = Buffer.from(answer.body ?? '');
  const headers: Record<string, string> = {
    date: new Date(envelope.now).toUTCString(),
    'x-amzn-requestid': envelope.requestId,
    'x-amz-request-id': envelope.requestId,
    ...answer.headers,
  };
  const bodiless = answer.status === 204 || answer.status === 304;
  if (!bodiless) headers['content-length'] ??= String(body.length);
  response.writeHead(answer.status, headers);
  const sent = envelope.method === 'HEAD' || bodiless ? Buffer.alloc(0) : body;
  if (delivery === 'whole') {
    response.end(sent);
    return;
  }
  const socket = response.socket;
  // The headers promise the whole body; half of it goes out before the connection does.
  response.write(sent.subarray(0, Math.floor(sent.length / 2)), () => {
    // A reset that comes with the bytes overtakes them: clients then see an orderly end, or nothing at all.
    if (delivery === 'reset') setTimeout(() => socket?.resetAndDestroy(), RESET_AFTER_MS);
    else socket?.end();
  });
  if (sent.length < 2) response.flushHeaders();
}
