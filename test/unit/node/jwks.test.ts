import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createJwksSource } from '../../../src/node/jwks';
import { createFetchingVerifier } from '../../../src/node/verify';
import type { JwksSource } from '../../../src/core/ports';
import { failsWith } from '../../support/failures';
import { serve, type LocalServer } from '../../support/local-server';

describe('key sets', () => {
  let server: LocalServer;
  let answer: { status?: number; headers?: Record<string, string>; body?: string | Buffer };
  let hold: Promise<void>;

  beforeEach(async () => {
    answer = {};
    hold = Promise.resolve();
    server = await serve((_request, response) => {
      void hold.then(() => {
        response.writeHead(answer.status ?? 200, answer.headers);
        response.end(answer.body ?? JSON.stringify({ keys: [{ kid: `key-${server.seen.length}` }] }));
      });
    });
  });
  afterEach(() => server.close());

  const source = (allowed: (url: string) => boolean = () => true): JwksSource =>
    createJwksSource({ allowHttp: allowed });
  const address = (): string => `${server.url}/pool/.well-known/jwks.json`;

  it('are fetched once, and again when asked to', async () => {
    const keys = source();
    const first = await keys.get(address());
    assert.deepEqual(await keys.get(address()), first);
    assert.deepEqual(server.seen, ['GET /pool/.well-known/jwks.json']);
    assert.deepEqual((await keys.get(address(), { refetch: true })).keys, [{ kid: 'key-2' }]);
    assert.deepEqual((await keys.get(address())).keys, [{ kid: 'key-2' }]);
  });

  it('are one request for all who ask at the same moment', async () => {
    const keys = source();
    await Promise.all([keys.get(address()), keys.get(address()), keys.get(address(), { refetch: true })]);
    assert.equal(server.seen.length, 1);
  });

  it('still come for the others when the first to ask gives up', async () => {
    const keys = source();
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const abort = new AbortController();
    const first = failsWith(keys.get(address(), { signal: abort.signal }), 'cancelled');
    const second = keys.get(address());
    abort.abort();
    await first;
    release();
    assert.deepEqual((await second).keys, [{ kid: 'key-1' }]);
  });

  it('are not kept when they could not be had', async () => {
    const keys = source();
    answer = { status: 503 };
    const { data } = await failsWith(keys.get(address()), 'token.keys-unavailable');
    assert.equal(data['status'], 503);
    answer = {};
    assert.deepEqual((await keys.get(address())).keys, [{ kid: 'key-2' }]);
  });

  it('come over plain http from where that is allowed only', async () => {
    await failsWith(source(() => false).get(address()), 'token.keys-unavailable');
    await failsWith(source().get('ftp://127.0.0.1/keys'), 'token.keys-unavailable');
    await failsWith(source().get('file:///etc/passwd'), 'token.keys-unavailable');
    assert.deepEqual(server.seen, []);
    await source((url) => url.startsWith(`${server.url}/`)).get(address());
    assert.equal(server.seen.length, 1);
  });

  it('are not followed to another address', async () => {
    answer = { status: 302, headers: { location: `${server.url}/elsewhere` } };
    await failsWith(source().get(address()), 'network.not-aws');
    assert.deepEqual(server.seen, ['GET /pool/.well-known/jwks.json']);
  });

  it('are at most 16 MB', async () => {
    const keys = (bytes: number): string => {
      const body = { keys: [], padding: '' };
      return JSON.stringify({ ...body, padding: 'x'.repeat(bytes - JSON.stringify(body).length) });
    };
    answer = { body: keys(16 * 1024 * 1024) };
    assert.deepEqual((await source().get(address())).keys, []);
    answer = { body: keys(16 * 1024 * 1024 + 1) };
    const error = await failsWith(source().get(address()), 'token.keys-unavailable');
    assert.match(error.message, /16 MB/);
    assert.equal(error.data['limit'], 16 * 1024 * 1024);
  });

  it('may hold 10,000 keys, of which the last one verifies', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const real = publicKey.export({ format: 'jwk' });
    const keys = Array.from({ length: 10_000 }, (_, index) => ({
      ...real,
      ...(index === 9999 ? {} : { n: randomBytes(256).toString('base64url') }),
      kid: `key-${index}`,
      alg: 'RS256',
      use: 'sig',
    }));
    const body = JSON.stringify({ keys });
    assert.ok(body.length > 4_000_000, 'as long as real ones');
    answer = { body };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = (kid: string) => {
      const input = `${part({ alg: 'RS256', kid })}.${part({ sub: 'x' })}`;
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    };
    const verifier = createFetchingVerifier({ allowHttp: () => true });
    assert.deepEqual(await verifier.verify(signed('key-9999'), address()), { ok: true, kid: 'key-9999' });
    const other = await verifier.verify(signed('key-0'), address());
    assert.deepEqual(other, { ok: false, reason: 'bad-signature', detail: 'key-0' });
    assert.equal(server.seen.length, 1, 'fetched once');
  });

  it('are JSON with keys', async () => {
    answer = { body: '<html>sign in to the hotel</html>' };
    await failsWith(source().get(address()), 'network.not-aws');
    for (const body of ['{}', 'null', '[]', '{"keys":{}}']) {
      answer = { body };
      await failsWith(source().get(address()), 'token.keys-unavailable');
    }
    answer = { body: '{"keys":["x",null,{"kid":"a"}]}' };
    assert.deepEqual((await source().get(address())).keys, [{ kid: 'a' }]);
  });

  it('name what kept them away', async () => {
    const { url } = server;
    await server.close();
    await failsWith(source().get(`${url}/jwks.json`), 'network.unreachable');
    await failsWith(source().get('https://keys.example.invalid/jwks.json'), 'network.dns');
    server = await serve((request) => request.socket.destroy());
    await failsWith(source().get(`${server.url}/jwks.json`), 'network.reset');
    await failsWith(source().get(`${server.url.replace('http', 'https')}/jwks.json`), 'network.tls');
  });

  it('tell the log how long it took', async () => {
    const told: string[] = [];
    const keys = createJwksSource({
      allowHttp: () => true,
      observe: (url, milliseconds) => {
        assert.ok(milliseconds >= 0);
        told.push(url);
      },
    });
    await keys.get(address());
    await keys.get(address());
    assert.deepEqual(told, [address()]);
  });
});
