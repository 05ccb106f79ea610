import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createUserPoolApi } from '../../../src/aws/index';
import type { ErrorCode } from '../../../src/core/errors';
import type { FaultOrder } from '../../support/sandbox';
import { failsWith, failureOf } from '../../support/failures';
import { serve, type LocalServer } from '../../support/local-server';
import { startScene, type Scene } from './scene';

/** Whatever goes wrong between the SDK and the service, it ends as one of the core's errors. */
describe('faults of AWS calls', function () {
  this.timeout(20_000);
  let scene: Scene;

  before(async () => {
    scene = await startScene();
  });
  after(() => scene.sandbox.stop());
  beforeEach(async () => {
    await scene.sandbox.control.resetFaults();
    scene.observed.length = 0;
  });

  const signIn = (password?: string): Promise<unknown> =>
    scene.userPool.initiateAuth({
      flow: 'USER_PASSWORD_AUTH',
      clientId: scene.sandbox.webClientId,
      parameters: { USERNAME: 'reader', PASSWORD: password ?? scene.sandbox.user('reader').password },
    });

  const table: readonly [Omit<FaultOrder, 'operation'>, ErrorCode, string?, number?][] = [
    [{ kind: 'html' }, 'network.not-aws'],
    [{ kind: 'html', value: 403 }, 'network.not-aws'],
    [{ kind: 'malformed' }, 'network.not-aws'],
    [{ kind: 'reset' }, 'network.reset'],
    [{ kind: 'truncate' }, 'network.reset'],
    [{ kind: 'throttle' }, 'service.refused', 'TooManyRequestsException', 400],
    [{ kind: 'status' }, 'service.refused', 'InternalErrorException', 500],
    [{ kind: 'status', value: 503 }, 'service.refused', 'ServiceUnavailableException', 503],
    [{ kind: 'status', value: 403 }, 'service.refused', 'ForbiddenException', 403],
  ];
  for (const [fault, code, awsCode, status] of table) {
    it(`${fault.kind} ${fault.value ?? ''} is ${awsCode ?? code}`, async () => {
      await scene.sandbox.control.fault({ operation: 'InitiateAuth', times: 9, ...fault });
      const error = await failureOf(signIn());
      assert.equal(error.code, code, error.message);
      assert.equal(error.awsCode, awsCode);
      assert.equal(error.data['status'], status);
      assert.ok(!error.message.includes('\n'), "none of the SDK's hints for its own users");
      assert.ok(!error.message.includes('hidden field'));
      if (awsCode === undefined) assert.equal(error.data['host'], scene.sandbox.description.api);
      else assert.ok(error.data['requestId']);
    });
  }

  it('tells what the service refused, and by which clock', async () => {
    const now = await scene.sandbox.control.advance(600);
    const error = await failureOf(signIn('wrong'));
    await scene.sandbox.control.advance(-600);
    assert.equal(error.awsCode, 'NotAuthorizedException');
    assert.equal(error.data['status'], 400);
    assert.equal(error.data['flow'], 'USER_PASSWORD_AUTH');
    assert.ok(Math.abs(Number(error.data['serverDateMs']) - now.getTime()) < 5000, "the answer's own date");
    assert.ok(Number(error.data['serverDateMs']) - Date.now() > 590_000);
  });

  it('holds nothing of what was sent, the way into it apart', async () => {
    const error = await failureOf(signIn('Correct-Horse-1!'));
    assert.ok(!JSON.stringify([error, error.message, error.data, error.cause]).includes('Correct-Horse'));
    assert.ok(!JSON.stringify(scene.observed).includes('Correct-Horse'));
  });

  it('gives up a delayed answer when the person cancels', async () => {
    await scene.sandbox.control.fault({ operation: 'InitiateAuth', kind: 'delay', value: 60_000 });
    const abort = new AbortController();
    const call = scene.userPool.initiateAuth(
      { flow: 'USER_PASSWORD_AUTH', clientId: scene.sandbox.webClientId, parameters: {} },
      abort.signal,
    );
    setTimeout(() => abort.abort(), 20);
    await failsWith(call, 'cancelled');
    assert.deepEqual(
      scene.observed.map(({ operation, failure }) => [operation, failure]),
      [['InitiateAuth', 'cancelled']],
    );
  });

  it('asks nobody when the person cancelled before', async () => {
    await scene.sandbox.control.resetRequests();
    const call = scene.userPool.initiateAuth(
      { flow: 'USER_PASSWORD_AUTH', clientId: scene.sandbox.webClientId, parameters: {} },
      AbortSignal.abort(),
    );
    await failsWith(call, 'cancelled');
    assert.deepEqual(await scene.sandbox.control.requests(), {});
  });

  describe('without a service', () => {
    let server: LocalServer | undefined;
    afterEach(async () => {
      await server?.close();
      server = undefined;
    });
    const at = (endpoint: string): Promise<unknown> =>
      createUserPoolApi({ region: 'us-east-1', endpoint }, () => undefined).initiateAuth({
        flow: 'USER_PASSWORD_AUTH',
        clientId: 'client',
        parameters: {},
      });

    it('a refused connection is unreachable', async () => {
      server = await serve(() => undefined);
      const { url } = server;
      await server.close();
      server = undefined;
      const error = await failsWith(at(url), 'network.unreachable');
      assert.equal(error.data['host'], url);
    });

    it('a name that nobody has is DNS', async () => {
      await failsWith(at('https://cognito-idp.example.invalid'), 'network.dns');
    });

    it('a connection that breaks before the answer is a reset', async () => {
      server = await serve((request) => request.socket.destroy());
      await failsWith(at(server.url), 'network.reset');
    });

    it('plain HTTP where HTTPS was meant is TLS', async () => {
      server = await serve((_request, response) => response.end());
      await failsWith(at(server.url.replace('http:', 'https:')), 'network.tls');
    });

    it('a listener that speaks something else is not the service', async () => {
      const odd = createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
      await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
      const { port } = odd.address() as AddressInfo;
      try {
        await failsWith(at(`http://127.0.0.1:${port}`), 'network.not-aws');
      } finally {
        odd.close();
      }
    });

    it("the environment's AWS_ENDPOINT_URL is not followed: it could send a password elsewhere", async () => {
      server = await serve((_request, response) => response.end('{}'));
      process.env['AWS_ENDPOINT_URL'] = server.url;
      try {
        const api = createUserPoolApi({ region: 'xx-nowhere-1' }, () => undefined);
        const request = { flow: 'USER_PASSWORD_AUTH', clientId: 'client', parameters: { PASSWORD: 'p' } };
        const error = await failureOf(api.initiateAuth(request));
        assert.match(error.code, /^network\./);
        assert.deepEqual(server.seen, []);
      } finally {
        delete process.env['AWS_ENDPOINT_URL'];
      }
    });
  });
});
