import assert from 'node:assert/strict';
import { fetchJson } from '../../../src/node/fetch-json';
import { serve, type LocalServer } from '../../support/local-server';

describe('fetchJson', () => {
  let server: LocalServer;
  let answer: { status?: number; headers?: Record<string, string>; body?: string };
  const signal = new AbortController().signal;

  beforeEach(async () => {
    answer = {};
    server = await serve((_request, response) => {
      if (answer.body === undefined) return;
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(answer.body);
    });
  });
  afterEach(() => server.close());

  it('gives status and document', async () => {
    answer = { status: 400, body: '{"issuer":"x"}' };
    assert.deepEqual(await fetchJson(server.url, signal), { status: 400, body: { issuer: 'x' } });
  });

  it('gives no document where the answer is none, or too long', async () => {
    for (const body of ['<html></html>', '', '{"half":', JSON.stringify('x'.repeat(200_000))]) {
      answer = { body };
      assert.deepEqual(await fetchJson(server.url, signal), { status: 200, body: undefined });
    }
  });

  it('is not sent elsewhere', async () => {
    answer = { status: 302, headers: { location: `${server.url}/elsewhere` }, body: '' };
    await assert.rejects(fetchJson(server.url, signal));
    assert.deepEqual(server.seen, ['GET /']);
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const waiting = fetchJson(server.url, abort.signal);
    abort.abort(new Error('that is enough'));
    await assert.rejects(waiting, /that is enough/);
  });
});
