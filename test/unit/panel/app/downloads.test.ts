import assert from 'node:assert/strict';
import type { ReactiveControllerHost } from 'lit';
import { Downloads } from '../../../../src/panel/app/s3/downloads';
import { Rpc } from '../../../../src/panel/app/rpc';
import type { HostMessage, PageMessage } from '../../../../src/panel/protocol';

/** A page before one and the same host: what it asked, and what the host tells it. */
function page() {
  const asked: PageMessage[] = [];
  let tell: (message: HostMessage) => void = () => undefined;
  const rpc = new Rpc({
    post: (message) => void asked.push(message),
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  const host: ReactiveControllerHost = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const downloads = new Downloads(host, () => rpc);
  return { downloads, asked, tell: (message: HostMessage) => tell(message) };
}

describe('downloads', () => {
  it('of a page that is made anew do not take the progress of one before', () => {
    const [before, after] = [page(), page()];
    void before.downloads.start('bucket', 'old.bin', 100);
    void after.downloads.start('bucket', 'new.bin', 100);
    const [request] = before.asked;
    assert.ok(request?.type === 'request' && request.name === 's3/download');
    const { downloadId } = request.input as { downloadId: string };
    const progress = { type: 's3/progress', downloadId, bytes: 50 } as const;
    after.tell(progress);
    assert.deepEqual(
      after.downloads.list.map(({ bytes }) => bytes),
      [0],
    );
    before.tell(progress);
    assert.deepEqual(
      before.downloads.list.map(({ bytes }) => bytes),
      [50],
    );
  });
});
