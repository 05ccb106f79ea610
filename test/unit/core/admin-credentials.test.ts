import assert from 'node:assert/strict';
import { AdminKeyring, type AdminKeys } from '../../../src/core/admin-credentials';
import { CancelledError } from '../../../src/core/errors';
import { failureOf } from '../../support/failures';

const request = { profile: 'shop', region: 'us-east-1' };

describe("the keyring of administrators' credentials", () => {
  let now: number;
  let loads: { signal: AbortSignal; give: (keys: AdminKeys) => void; fail: (error: Error) => void }[];
  let ring: AdminKeyring;

  beforeEach(() => {
    now = 1_000_000;
    loads = [];
    ring = new AdminKeyring(
      (_request, signal) =>
        new Promise((give, fail) => {
          loads.push({ signal, give, fail });
        }),
      { now: () => now },
    );
  });

  const keys = (accessKeyId: string, expiresAt?: number): AdminKeys => ({
    accessKeyId,
    secretAccessKey: 's',
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  const got = async (answer: AdminKeys): Promise<string> => {
    const asked = ring.keys(request);
    loads.at(-1)?.give(answer);
    return (await asked).accessKeyId;
  };

  it('keeps them until a minute before they end', async () => {
    assert.equal(await got(keys('one', now + 3_600_000)), 'one');
    now += 3_539_000;
    assert.equal((await ring.keys(request)).accessKeyId, 'one');
    now += 1_000;
    assert.equal(await got(keys('two', now + 3_600_000)), 'two');
    assert.equal(loads.length, 2);
  });

  it('looks again after five minutes where they name no end, or when they were refused', async () => {
    await got(keys('one'));
    now += 299_000;
    assert.equal((await ring.keys(request)).accessKeyId, 'one');
    now += 1_000;
    assert.equal(await got(keys('two')), 'two');
    ring.forget('shop');
    assert.equal(await got(keys('three')), 'three');
  });

  it('asks once for many who come together, whoever of them goes', async () => {
    const stop = new AbortController();
    const first = ring.keys(request, stop.signal);
    const others = Array.from({ length: 5 }, () => ring.keys(request));
    stop.abort(new CancelledError());
    assert.equal((await failureOf(first)).code, 'cancelled');
    assert.equal(loads.length, 1);
    assert.equal(loads[0]?.signal.aborted, false);
    loads[0]?.give(keys('one'));
    assert.deepEqual(
      (await Promise.all(others)).map(({ accessKeyId }) => accessKeyId),
      Array(5).fill('one'),
    );
  });

  it('gives up when nobody waits any more', async () => {
    const stop = new AbortController();
    const asked = ring.keys(request, stop.signal);
    stop.abort(new CancelledError());
    await failureOf(asked);
    assert.equal(loads[0]?.signal.aborted, true);
  });

  it('remembers no failure', async () => {
    const asked = ring.keys(request);
    loads[0]?.fail(new CancelledError());
    await failureOf(asked);
    assert.equal(await got(keys('one')), 'one');
  });
});
