import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arrival, CallbackPage, LoopbackServer } from '../../../src/core/signin/loopback';
import { openLoopback } from '../../../src/node/loopback-server';

const stray: CallbackPage = { good: false, title: 'Nobody waits', text: 'Start again.' };
const good: CallbackPage = { good: true, title: 'Signed in', text: 'Close this tab.' };
const foreign: CallbackPage = { good: false, title: 'Another attempt', text: 'Not this one.' };
const farewell: CallbackPage = { good: false, title: 'Cancelled', text: 'It was cancelled.' };
const judge = (url: string) => (new URL(url).searchParams.get('state') === 's1' ? undefined : foreign);

interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, unknown>;
}

function get(
  port: number,
  path: string,
  {
    host = '127.0.0.1',
    method = 'GET',
    headers = {},
  }: { host?: string; method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const name = host.includes(':') ? `[${host}]` : host;
    request({ host, port, path, method, headers: { host: `${name}:${port}`, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** A server of somebody else on some port. */
async function occupied(host = '127.0.0.1'): Promise<{ port: number; server: Server }> {
  const server = createServer((_request, response) => response.end('mine'));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

async function freePort(): Promise<number> {
  const { port, server } = await occupied();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the loopback server', () => {
  const opened: { close(): unknown }[] = [];
  const never = new AbortController().signal;

  afterEach(async () => {
    for (const item of opened.splice(0)) await item.close();
  });

  async function open(...ports: number[]): Promise<LoopbackServer> {
    const server = await openLoopback({ ports, path: '/callback', stray, language: 'en' });
    opened.push({ close: () => server.close(farewell) });
    return server;
  }

  it('gives the first callback that is taken, and its page when there is one', async () => {
    const server = await open(await freePort());
    const next = server.next(judge, never);
    const answer = get(server.port, '/callback?code=a%20b&state=s1');
    const arrival = await next;
    assert.equal(arrival.url, `http://localhost:${server.port}/callback?code=a%20b&state=s1`);
    arrival.answer(good);
    const { status, text } = await answer;
    assert.equal(status, 200);
    assert.match(text, /<h1 data-mark="✓">Signed in<\/h1>/);
    assert.match(text, /Close this tab\./);
  });

  it('answers callbacks that are not taken with 400 and goes on waiting', async () => {
    const server = await open(await freePort());
    const next = server.next(judge, never);
    for (const query of ['?code=x&state=other', '?code=x', '']) {
      const { status, text } = await get(server.port, `/callback${query}`);
      assert.equal(status, 400);
      assert.match(text, /Another attempt/);
    }
    const answer = get(server.port, '/callback?code=x&state=s1');
    (await next).answer(good);
    assert.equal((await answer).status, 200);
  });

  it('takes a callback once: a repeated one is answered 400, before and after the page', async () => {
    const server = await open(await freePort());
    const next = server.next(judge, never);
    const first = get(server.port, '/callback?code=x&state=s1');
    const arrival = await next;
    const second = await get(server.port, '/callback?code=x&state=s1');
    assert.equal(second.status, 400);
    assert.match(second.text, /Nobody waits/);
    arrival.answer(good);
    assert.match((await first).text, /Signed in/);
    assert.equal((await get(server.port, '/callback?code=x&state=s1')).status, 400);
    arrival.answer(foreign);
  });

  it('answers before anybody waits with 400', async () => {
    const server = await open(await freePort());
    assert.equal((await get(server.port, '/callback?code=x&state=s1')).status, 400);
  });

  it('has one route and one method', async () => {
    const server = await open(await freePort());
    void server.next(judge, never).catch(() => undefined);
    assert.equal((await get(server.port, '/')).status, 404);
    assert.equal((await get(server.port, '/favicon.ico')).status, 404);
    assert.equal((await get(server.port, '/callback/?state=s1&code=x')).status, 404);
    for (const method of ['POST', 'HEAD', 'OPTIONS']) {
      assert.equal((await get(server.port, '/callback?state=s1&code=x', { method })).status, 405);
    }
  });

  it('refuses requests that were meant for another host', async () => {
    const server = await open(await freePort());
    void server.next(() => undefined, never).catch(() => undefined);
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      'localhost',
      `localhost:${server.port + 1}`,
    ]) {
      assert.equal((await get(server.port, '/callback?state=s1', { headers: { host } })).status, 400, host);
    }
    assert.equal((await get(server.port, `http://localhost:${server.port}/callback?state=s1`)).status, 400);
    assert.equal((await get(server.port, '//callback?state=s1')).status, 400);
  });

  it('serves both families of addresses, and no other', async function () {
    const server = await open(await freePort());
    let six: Got;
    try {
      six = await get(server.port, '/callback', { host: '::1' });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'ENETUNREACH') return this.skip();
      throw error;
    }
    assert.equal(six.status, 400);
    assert.equal(
      (await get(server.port, '/callback', { headers: { host: `localhost:${server.port}` } })).status,
      400,
    );
  });

  it('sets everything from outside as text, and lets nothing run or load', async () => {
    const server = await open(await freePort());
    const next = server.next(judge, never);
    const answer = get(server.port, '/callback?code=x&state=s1');
    const hostile = `<script>alert(1)</script> " onload='x' &amp;`;
    (await next).answer({ good: false, title: hostile, text: hostile });
    const { text, headers } = await answer;
    assert.doesNotMatch(text, /<script|onload='/);
    assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &quot; onload=&#39;x&#39; &amp;amp;/);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src|unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  it('takes the next port where one is taken, on either family', async () => {
    const first = await occupied();
    opened.push(first.server);
    const free = await freePort();
    assert.equal((await open(first.port, free)).port, free);
  });

  it('leaves a port alone whose other family is taken: the browser might go there', async function () {
    const six = await occupied('::1').catch(() => this.skip());
    opened.push(six.server);
    const free = await freePort();
    assert.equal((await open(six.port, free)).port, free);
    const again = await occupied('127.0.0.1');
    opened.push(again.server);
  });

  it('names the ports where all are taken, and leaves nothing behind', async () => {
    const [a, b] = [await occupied(), await occupied()];
    opened.push(a.server, b.server);
    await assert.rejects(open(a.port, b.port), (error: { code: string; data: { ports: string } }) => {
      assert.equal(error.code, 'signin.ports-taken');
      assert.equal(error.data.ports, `${a.port}, ${b.port}`);
      return true;
    });
    await assert.rejects(open(), { code: 'signin.ports-taken' });
  });

  it('is gone after its end, and the port free again', async () => {
    const port = await freePort();
    const server = await open(port);
    await server.close(farewell);
    await assert.rejects(get(port, '/callback'), { code: 'ECONNREFUSED' });
    assert.equal((await open(port)).port, port);
  });

  it('tells a browser that still waits how it ended', async () => {
    const server = await open(await freePort());
    const next = server.next(judge, never);
    const answer = get(server.port, '/callback?code=x&state=s1');
    await next;
    await server.close(farewell);
    assert.match((await answer).text, /Cancelled/);
  });

  it('stops waiting when told', async () => {
    const server = await open(await freePort());
    const abort = new AbortController();
    const next = server.next(judge, abort.signal);
    abort.abort();
    await assert.rejects(next, { code: 'cancelled' });
    await assert.rejects(server.next(judge, abort.signal), { code: 'cancelled' });
    assert.equal((await get(server.port, '/callback?code=x&state=s1')).status, 400);
    const later: Promise<Arrival> = server.next(judge, never);
    const answer = get(server.port, '/callback?code=x&state=s1');
    (await later).answer(good);
    assert.equal((await answer).status, 200);
  });
});
