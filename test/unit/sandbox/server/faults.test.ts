import assert from 'node:assert/strict';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';
import { rawExchange, rawPost } from './raw-http';

const GET_USER = 'AWSCognitoIdentityProviderService.GetUser';

describe('sandbox faults', () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox({ seed: false });
  });
  after(() => sandbox.stop());
  afterEach(() => sandbox.control.resetFaults());

  const getUser = (): ReturnType<TestSandbox['call']> => sandbox.call('GetUser', { AccessToken: 'x' });
  const healthy = async (): Promise<void> => {
    const { body } = await getUser();
    assert.equal(body['__type'], 'NotAuthorizedException');
  };

  it('happen as often as ordered, to the operation that was named', async () => {
    await sandbox.control.fault({ operation: 'GetUser', kind: 'throttle', times: 2 });
    const other = await sandbox.call('GlobalSignOut', { AccessToken: 'x' });
    assert.equal(other.body['__type'], 'NotAuthorizedException');
    for (let count = 0; count < 2; count++) {
      const { status, body } = await getUser();
      assert.equal(status, 400);
      assert.equal(body['__type'], 'TooManyRequestsException');
      assert.equal(body['message'], 'Rate exceeded');
    }
    await healthy();
  });

  const statuses: readonly [number | undefined, string][] = [
    [undefined, 'InternalErrorException'],
    [503, 'ServiceUnavailableException'],
    [403, 'ForbiddenException'],
  ];
  for (const [value, code] of statuses) {
    it(`answer with the status ${value ?? 'by default'}`, async () => {
      await sandbox.control.fault({ operation: 'GetUser', kind: 'status', ...(value && { value }) });
      const { status, body, headers } = await getUser();
      assert.equal(status, value ?? 500);
      assert.equal(body['__type'], code);
      assert.equal(headers.get('x-amzn-errortype'), code);
    });
  }

  it("answer with a proxy's page", async () => {
    await sandbox.control.fault({ operation: 'jwks', kind: 'html' });
    const response = await fetch(`${sandbox.description.api}/us-east-1_X/.well-known/jwks.json`);
    assert.equal(response.status, 502);
    assert.equal(response.headers.get('content-type'), 'text/html');
    assert.match(await response.text(), /^<!DOCTYPE html>/);
  });

  it('answer what cannot be parsed', async () => {
    await sandbox.control.fault({ operation: 'GetUser', kind: 'malformed' });
    await assert.rejects(getUser(), SyntaxError);
    await sandbox.control.fault({ operation: 'ListObjectsV2', kind: 'malformed' });
    const listing = await fetch(`${sandbox.description.s3}/bucket?list-type=2`);
    assert.equal(listing.status, 200);
    assert.doesNotMatch(await listing.text(), />\s*$/);
  });

  it('use the words of S3 on S3', async () => {
    await sandbox.control.fault({ operation: 'GetObject', kind: 'throttle' });
    const response = await fetch(`${sandbox.description.s3}/bucket/key`);
    assert.equal(response.status, 503);
    assert.match(await response.text(), /<Code>SlowDown<\/Code>/);
  });

  it('delay an answer', async () => {
    await sandbox.control.fault({ operation: 'GetUser', kind: 'delay', value: 120 });
    const start = performance.now();
    await healthy();
    assert.ok(performance.now() - start >= 115);
  });

  it('abandon a delayed answer when the client goes away: the operation does not run', async () => {
    await sandbox.control.fault({ operation: 'GetUser', kind: 'delay', value: 60_000 });
    await assert.rejects(
      fetch(sandbox.description.api, {
        method: 'POST',
        headers: { 'x-amz-target': GET_USER },
        body: '{}',
        signal: AbortSignal.timeout(50),
      }),
      { name: 'TimeoutError' },
    );
    await healthy();
  });

  for (const [kind, end] of [
    ['reset', 'reset'],
    ['truncate', 'closed'],
  ] as const) {
    it(`${kind}: half of the answer, then the connection is ${end}`, async () => {
      await sandbox.control.fault({ operation: 'GetUser', kind });
      const host = new URL(sandbox.description.api).host;
      const answer = await rawExchange(
        sandbox.description.api,
        rawPost(host, GET_USER, '{"AccessToken":"x"}'),
      );
      assert.equal(answer.end, end);
      assert.match(answer.received, /^HTTP\/1\.1 400 /);
      const [head = '', body = ''] = answer.received.split('\r\n\r\n');
      const promised = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      assert.ok(body.length > 0 && body.length < promised, `${body.length} of ${promised}`);
      await healthy();
    });
  }

  it('meet any operation with *', async () => {
    await sandbox.control.fault({ operation: '*', kind: 'throttle' });
    assert.equal((await sandbox.call('SignUp', {})).body['__type'], 'TooManyRequestsException');
    await healthy();
  });
});
