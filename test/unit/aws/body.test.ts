import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { chunksOf } from '../../../src/aws/body';
import { callSeconds } from '../../../src/aws/call';
import { failsWith } from '../../support/failures';

const site = { service: 's3', operation: 'GetObject', host: 's3.us-east-1' } as const;

describe('the body of an answer', () => {
  let stream: PassThrough;
  const body = (): Parameters<typeof chunksOf>[0] => stream as unknown as Parameters<typeof chunksOf>[0];
  beforeEach(() => {
    stream = new PassThrough();
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is given up when nothing comes for as long as a call may take', async () => {
    const chunks = chunksOf(body(), site);
    stream.write('one');
    await chunks.next();
    const next = failsWith(chunks.next(), 'timeout');
    mock.timers.tick(callSeconds * 1000);
    assert.equal((await next).data['operation'], 'GetObject');
    assert.equal(stream.destroyed, true);
  });

  it('may take as long as the reader likes', async () => {
    const chunks = chunksOf(body(), site);
    stream.write('one');
    assert.equal(String((await chunks.next()).value), 'one');
    mock.timers.tick(callSeconds * 10_000);
    stream.end('two');
    assert.equal(String((await chunks.next()).value), 'two');
    assert.equal((await chunks.next()).done, true);
  });

  it('is let go when the reader stops in the middle', async () => {
    stream.write('one');
    for await (const chunk of chunksOf(body(), site)) {
      assert.equal(String(chunk), 'one');
      break;
    }
    assert.equal(stream.destroyed, true);
  });

  it('is not read at all after a cancel, and let go', async () => {
    await failsWith(chunksOf(body(), site, AbortSignal.abort()).next(), 'cancelled');
    assert.equal(stream.destroyed, true);
  });

  it('may be none', async () => {
    assert.deepEqual(await chunksOf(undefined, site).next(), { done: true, value: undefined });
  });
});
