import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createLeases } from '../../../../sandbox/control/leases';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

/** node:http, because fetch lets nobody choose Host and Origin. */
function ask(url: string, method: string, headers: Record<string, string>, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? body : undefined);
  });
}

describe('sandbox control API', () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox({ seed: false });
  });
  after(() => sandbox.stop());
  afterEach(() => sandbox.control.resetFaults());

  const strangers: readonly [string, Record<string, string>][] = [
    ['a web page', { origin: 'https://evil.example' }],
    ['a page that was opened from a file', { origin: 'null' }],
    ['a page of the sandbox itself', { origin: 'http://127.0.0.1' }],
    ['a name that points here', { host: 'evil.example' }],
    ['a name that points here, with the right port', { host: 'evil.example:PORT' }],
    ['the right name with another port', { host: '127.0.0.1:1' }],
  ];
  for (const [who, headers] of strangers) {
    it(`refuses ${who}`, async () => {
      const { port } = new URL(sandbox.description.api);
      const sent = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)]),
      );
      for (const [method, path] of [
        ['GET', '/outbox'],
        ['POST', '/clock'],
        ['POST', '/stop'],
        ['GET', '/lease'],
      ] as const)
        assert.equal(
          await ask(sandbox.description.control + path, method, sent, '{"advanceSeconds":9}'),
          403,
        );
    });
  }

  it('answers localhost as well', async () => {
    const { port } = new URL(sandbox.description.api);
    const host = `localhost:${port}`;
    assert.equal(await ask(`${sandbox.description.control}/outbox`, 'GET', { host }), 200);
  });

  it('moves the clock, and the Date header with it', async () => {
    const before = Date.now();
    const now = await sandbox.control.advance(600);
    assert.ok(now.getTime() >= before + 600_000);
    const { headers } = await sandbox.call('ListUserPools', {});
    const date = Date.parse(headers.get('date') ?? '');
    assert.ok(date >= before + 599_000, headers.get('date') ?? 'no date');
    const onS3 = await fetch(sandbox.description.s3);
    assert.ok(Date.parse(onS3.headers.get('date') ?? '') >= before + 599_000);
    await sandbox.control.advance(-600);
  });

  it('counts requests by operation, also unknown ones, until it is reset', async () => {
    await sandbox.control.resetRequests();
    await sandbox.call('GetUser', { AccessToken: 'x' });
    await sandbox.call('GetUser', { AccessToken: 'x' });
    await sandbox.call('NoSuchThing', {});
    await fetch(`${sandbox.description.api}/us-east-1_X/.well-known/jwks.json`);
    await fetch(`${sandbox.description.s3}/bucket?list-type=2`);
    assert.deepEqual(await sandbox.control.requests(), { GetUser: 2, Unknown: 1, jwks: 1, ListObjectsV2: 1 });
    await sandbox.control.resetRequests();
    assert.deepEqual(await sandbox.control.requests(), {});
  });

  const bad: readonly [string, string][] = [
    ['/clock', '{"advanceSeconds":"9"}'],
    ['/clock', 'not json'],
    ['/faults', '{"operation":"GetId"}'],
    ['/faults', '{"operation":"GetId","kind":"explode"}'],
    ['/faults', '{"operation":"GetId","kind":"delay"}'],
    ['/faults', '{"operation":"GetId","kind":"status","value":200}'],
    ['/faults', '{"operation":"GetId","kind":"reset","times":0}'],
    ['/faults', '{"kind":"reset"}'],
  ];
  for (const [path, body] of bad) {
    it(`refuses ${path} ${body}`, async () => {
      assert.equal(await ask(sandbox.description.control + path, 'POST', {}, body), 400);
    });
  }

  it('knows nothing else', async () => {
    assert.equal(await ask(`${sandbox.description.control}/nowhere`, 'GET', {}), 404);
    assert.equal(await ask(`${sandbox.description.control}/constructor`, 'GET', {}), 404);
  });

  it('tells again what it printed at the start', async () => {
    const response = await fetch(`${sandbox.description.control}/description`);
    assert.deepEqual(await response.json(), sandbox.description);
  });

  it('keeps a lease as long as its connection', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${sandbox.description.control}/lease`, { signal: leaving.signal });
    assert.equal(response.status, 200);
    const reading = response.body?.getReader().read();
    leaving.abort();
    await assert.rejects(async () => reading);
  });
});

describe('sandbox leases and ends', () => {
  it('end the sandbox after the last one, not before', async () => {
    let idle = 0;
    await new Promise<void>((resolve) => {
      const leases = createLeases({
        afterSeconds: 0.01,
        firstWithinSeconds: 60,
        onIdle: () => {
          idle = leases.held;
          resolve();
        },
      });
      const [first, second] = [leases.take(), leases.take()];
      first();
      first();
      assert.equal(leases.held, 1);
      second();
    });
    assert.equal(idle, 0);
  });

  it('end the sandbox when none is ever taken', () =>
    new Promise<void>((resolve) => {
      createLeases({ afterSeconds: 60, firstWithinSeconds: 0.01, onIdle: resolve });
    }));

  it('ends when it is told to, and says so first', async () => {
    const sandbox = await startTestSandbox({ seed: false });
    const response = await fetch(`${sandbox.description.control}/stop`, { method: 'POST' });
    assert.equal(response.status, 200);
    await sandbox.ended;
    await assert.rejects(fetch(sandbox.description.api));
  });

  it('end a whole sandbox, whose ports are free afterwards', async () => {
    const sandbox = await startTestSandbox({ seed: false, idleExitSeconds: 0 });
    const leaving = new AbortController();
    await fetch(`${sandbox.description.control}/lease`, { signal: leaving.signal });
    leaving.abort();
    await sandbox.ended;
    await assert.rejects(fetch(sandbox.description.api));
  });
});
