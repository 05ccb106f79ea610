import assert from 'node:assert/strict';
import type { Explanation } from '../../../../src/core/diagnosis/types';
import { RequestFailure, Rpc, wasCancelled, type Channel } from '../../../../src/panel/app/rpc';
import type { PageMessage } from '../../../../src/panel/protocol';

const refused: Explanation = { id: 'E65', title: 'Refused', why: '', fix: '', actions: [], details: [] };

function connect() {
  const sent: PageMessage[] = [];
  const listeners = new Set<(message: unknown) => void>();
  const channel: Channel = {
    post: (message) => sent.push(message),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const receive = (message: unknown) => listeners.forEach((listener) => listener(message));
  return { rpc: new Rpc(channel), sent, receive, listeners };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('should have failed'),
    (error: unknown) => error,
  );

describe('panel rpc', () => {
  it('gives each request its own id, and each answer to the one who asked', async () => {
    const { rpc, sent, receive } = connect();
    const first = rpc.request('credentials/reveal', { field: 'accessKeyId' });
    const second = rpc.request('credentials/reveal', { field: 'sessionToken' });
    assert.deepEqual(sent, [
      { type: 'request', requestId: 1, name: 'credentials/reveal', input: { field: 'accessKeyId' } },
      { type: 'request', requestId: 2, name: 'credentials/reveal', input: { field: 'sessionToken' } },
    ]);
    receive({ type: 'response', requestId: 2, output: { value: 'second' } });
    receive({ type: 'response', requestId: 1, output: { value: 'first' } });
    assert.deepEqual(await Promise.all([first, second]), [{ value: 'first' }, { value: 'second' }]);
  });

  it('rejects with the explanation that the host gave', async () => {
    const { rpc, receive } = connect();
    const asked = rpc.request('tokens/load', {});
    receive({ type: 'failure', requestId: 1, explanation: refused });
    const error = await failureOf(asked);
    assert.ok(error instanceof RequestFailure);
    assert.deepEqual(error.explanation, refused);
    assert.equal(wasCancelled(error), false);
  });

  it('takes a failure without an explanation for a cancelled request', async () => {
    const { rpc, receive } = connect();
    const asked = rpc.request('tokens/load', {});
    receive({ type: 'failure', requestId: 1, explanation: undefined });
    assert.equal(wasCancelled(await failureOf(asked)), true);
  });

  it('tells the host when a request is given up, and does not hear its late answer', async () => {
    const { rpc, sent, receive } = connect();
    const abort = new AbortController();
    const asked = rpc.request('tokens/load', {}, { signal: abort.signal });
    abort.abort();
    receive({ type: 'response', requestId: 1, output: { cards: [] } });
    assert.equal(wasCancelled(await failureOf(asked)), true);
    assert.deepEqual(sent.at(-1), { type: 'cancel', requestId: 1 });
  });

  it('sends nothing for a request that was given up before', async () => {
    const { rpc, sent } = connect();
    const error = await failureOf(rpc.request('tokens/load', {}, { signal: AbortSignal.abort() }));
    assert.equal(wasCancelled(error), true);
    assert.deepEqual(sent, []);
  });

  it('sends no cancel after the answer', async () => {
    const { rpc, sent, receive } = connect();
    const abort = new AbortController();
    const asked = rpc.request('tokens/load', {}, { signal: abort.signal });
    receive({ type: 'response', requestId: 1, output: { cards: [] } });
    await asked;
    abort.abort();
    assert.equal(sent.filter((message) => message.type === 'cancel').length, 0);
  });

  it('rejects what is pending when disposed, and asks nothing afterwards', async () => {
    const { rpc, sent, listeners } = connect();
    const asked = rpc.request('tokens/load', {});
    rpc.dispose();
    assert.equal(wasCancelled(await failureOf(asked)), true);
    assert.equal(wasCancelled(await failureOf(rpc.request('tokens/load', {}))), true);
    rpc.notify({ type: 'ready' });
    assert.equal(sent.length, 1);
    assert.equal(listeners.size, 0);
  });

  it('passes the host’s events on, and ignores what is not the host’s', () => {
    const { rpc, receive } = connect();
    const heard: unknown[] = [];
    const stop = rpc.listen((event) => heard.push(event.type));
    for (const noise of [null, 7, 'state', {}, { type: 'vscode-other' }]) receive(noise);
    receive({ type: 's3/progress', downloadId: 'd', bytes: 1 });
    stop();
    receive({ type: 'l10n', contents: undefined });
    assert.deepEqual(heard, ['s3/progress']);
  });
});
