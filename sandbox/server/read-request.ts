import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../kernel/types';

export class BodyTooLarge extends Error {}

/** Reads one request whole; throws BodyTooLarge as soon as the limit is passed. */
export async function readRequest(message: IncomingMessage, limit: number): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(bytes);
  }
  const url = message.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: message.method ?? 'GET',
    rawPath: question < 0 ? url : url.slice(0, question),
    rawQuery: question < 0 ? '' : url.slice(question + 1),
    headers: joinedHeaders(message),
    body: Buffer.concat(chunks, size),
    sourceIp: (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}

function joinedHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
