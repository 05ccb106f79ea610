import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { call, callSeconds } from '../../../src/aws/call';
import { CancelledError, TimeoutError } from '../../../src/core/errors';
import { failsWith } from '../../support/failures';
import type { Observed } from './scene';

const site = { service: 'sts', operation: 'GetCallerIdentity', host: 'sts.us-east-1' } as const;

/** A service that never answers, as the SDK takes it: rejects with an AbortError of its own. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () =>
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' })),
    );
  });
}

describe('a call', () => {
  afterEach(() => mock.timers.reset());

  it('ends by itself when no answer comes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const observed: Observed[] = [];
    const failed = failsWith(
      call(site, silence, (record) => observed.push(record)),
      'timeout',
    );
    mock.timers.tick(callSeconds * 1000);
    assert.deepEqual((await failed).data, { operation: 'GetCallerIdentity', seconds: callSeconds });
    assert.equal(observed.length, 1);
  });

  it("ends as the caller's signal says: cancelled, or the time limit that it names", async () => {
    const endedBy = (reason?: Error): Promise<unknown> => {
      const abort = new AbortController();
      const running = call(site, silence, () => undefined, abort.signal);
      abort.abort(reason);
      return running;
    };
    await failsWith(endedBy(), 'cancelled');
    await failsWith(endedBy(new CancelledError()), 'cancelled');
    const { data } = await failsWith(endedBy(new TimeoutError('listing', 5)), 'timeout');
    assert.deepEqual(data, { operation: 'listing', seconds: 5 });
  });

  it('tells the log the request id of an answer, and nothing that was sent', async () => {
    const observed: Observed[] = [];
    const answer = { $metadata: { requestId: 'id-1' }, Secret: 'x' };
    const given = await call(
      site,
      () => Promise.resolve(answer),
      (record) => observed.push(record),
    );
    assert.equal(given, answer);
    const [record] = observed;
    assert.ok(record && record.milliseconds >= 0);
    assert.deepEqual({ ...record, milliseconds: 0 }, { ...site, milliseconds: 0, requestId: 'id-1' });
  });
});
