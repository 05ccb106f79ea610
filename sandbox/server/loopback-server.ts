import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export const LOOPBACK = '127.0.0.1';

export class PortTakenError extends Error {
  readonly code = 'port-taken';

  constructor(readonly port: number) {
    super(
      `Port ${port} on ${LOOPBACK} is taken. Is another sandbox running? Choose another one with --port.`,
    );
    this.name = 'PortTakenError';
  }
}

export type Handler = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on 127.0.0.1 and nowhere else; port 0 picks a free one. Throws PortTakenError. */
export async function listenOnLoopback(port: number, handler: Handler): Promise<Server> {
  // Longer than the SDK's idle sockets live, so that a reused one is never closed under a request.
  const server = createServer({ keepAliveTimeout: 65_000 }, (message, response) => {
    handler(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error);
    });
    server.listen(port, LOOPBACK, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
