import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WorkbenchError } from '../core/errors';
import { abortError } from '../core/session/abort';
import type { Arrival, CallbackPage, LoopbackOptions, LoopbackServer } from '../core/signin/loopback';
import { pageHeaders, pageHtml } from './callback-page';

/**
 * Listens on the first of the ports that is free, on 127.0.0.1 and on ::1 (a browser may take either for `localhost`).
 * Cognito compares ports, so no other port would do. Throws `signin.ports-taken` (data: ports).
 */
export async function openLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  for (const port of options.ports) {
    const servers = await listenOn(port);
    if (servers) return new OneCallback(port, servers, options);
  }
  const ports = options.ports.join(', ');
  throw new WorkbenchError('signin.ports-taken', `no callback port is free: ${ports}`, { ports });
}

/** Undefined where somebody else listens on either address. */
async function listenOn(port: number): Promise<readonly Server[] | undefined> {
  const v4 = await listen(port, '127.0.0.1');
  if (typeof v4 === 'string') return undefined;
  const v6 = await listen(port, '::1');
  if (typeof v6 !== 'string') return [v4, v6];
  if (v6 !== 'EADDRINUSE' && v6 !== 'EACCES') return [v4];
  await closed(v4);
  return undefined;
}

function listen(port: number, host: string): Promise<Server | string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

interface Waiting {
  readonly judge: (url: string) => CallbackPage | undefined;
  readonly resolve: (arrival: Arrival) => void;
}

class OneCallback implements LoopbackServer {
  private waiting: Waiting | undefined;
  private pending: ServerResponse | undefined;

  constructor(
    readonly port: number,
    private readonly servers: readonly Server[],
    private readonly options: LoopbackOptions,
  ) {
    for (const server of servers) server.on('request', (request, response) => this.meet(request, response));
  }

  async next(judge: Waiting['judge'], signal: AbortSignal): Promise<Arrival> {
    let abort = (): void => undefined;
    try {
      return await new Promise<Arrival>((resolve, reject) => {
        abort = () => reject(abortError(signal));
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort, { once: true });
        this.waiting = { judge, resolve };
      });
    } finally {
      this.waiting = undefined;
      signal.removeEventListener('abort', abort);
    }
  }

  async close(farewell: CallbackPage): Promise<void> {
    if (this.pending) this.send(this.pending, 200, farewell);
    await Promise.all(this.servers.map(closed));
  }

  private meet(request: IncomingMessage, response: ServerResponse): void {
    const url = this.urlOf(request);
    if (url === undefined) return this.plain(response, 400, 'Bad request');
    if (new URL(url).pathname !== this.options.path) return this.plain(response, 404, 'Not found');
    if (request.method !== 'GET') return this.plain(response, 405, 'Method not allowed');
    if (!this.waiting) return this.send(response, 400, this.options.stray);
    const refusal = this.waiting.judge(url);
    if (refusal) return this.send(response, 400, refusal);
    this.pending = response;
    this.waiting.resolve({
      url,
      answer: (page) => {
        if (this.pending) this.send(response, 200, page);
      },
    });
    this.waiting = undefined;
  }

  /** The address as it was registered; undefined for a request that was not meant for this machine (DNS rebinding). */
  private urlOf({ url, headers }: IncomingMessage): string | undefined {
    const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${this.port}`);
    if (!own.includes(headers.host ?? '') || !url?.startsWith('/') || url.startsWith('//')) return undefined;
    const address = `http://localhost:${this.port}${url}`;
    return URL.canParse(address) ? address : undefined;
  }

  private send(response: ServerResponse, status: number, page: CallbackPage): void {
    if (this.pending === response) this.pending = undefined;
    response.writeHead(status, pageHeaders).end(pageHtml(page, this.options.language));
  }

  private plain(response: ServerResponse, status: number, text: string): void {
    response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(text);
  }
}

/** Ends a server: answers under way are finished, connections that were kept open are not waited for. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}
