import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLock } from '../../../src/node/file-lock';
import { Deferred, FakeClock } from '../../support/fakes';

const WORKER = join(__dirname, '../../support/lock-worker.ts');

/** Takes the lock, and holds it until `done` is resolved. */
async function hold(lock: FileLock, name = 'session'): Promise<{ done: Deferred; ended: Promise<void> }> {
  const [taken, done] = [new Deferred(), new Deferred()];
  const ended = lock.run(name, () => {
    taken.resolve();
    return done.promise;
  });
  await taken.promise;
  return { done, ended };
}

describe('FileLock', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const files = (): Promise<string[]> => readdir(folder);

  it('gives back what the task gives, and leaves nothing behind', async () => {
    assert.equal(await new FileLock(join(folder, 'not', 'there', 'yet')).run('session', async () => 42), 42);
    assert.deepEqual(await readdir(join(folder, 'not', 'there', 'yet')), []);
  });

  it('gives the lock back when the task fails', async () => {
    const lock = new FileLock(folder);
    await assert.rejects(
      lock.run('session', () => Promise.reject(new Error('task failed'))),
      /task failed/,
    );
    assert.equal(await lock.run('session', async () => 'next'), 'next');
  });

  it('names no identity in the folder', async () => {
    const { done, ended } = await hold(new FileLock(folder), 'session/shop-dev/user:sub-reader');
    const [name = ''] = await files();
    assert.match(name, /^[0-9a-f]{32}\.lock$/);
    assert.ok(!(await readFile(join(folder, name), 'utf8')).includes('reader'));
    done.resolve();
    await ended;
  });

  it('lets one in at a time', async () => {
    let [inside, most, total] = [0, 0, 0];
    const visit = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      total += 1;
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => new FileLock(folder).run('session', visit)));
    assert.deepEqual([most, total, await files()], [1, 12, []]);
  });

  it('does not mix up names', async () => {
    const { done, ended } = await hold(new FileLock(folder), 'one');
    assert.equal(await new FileLock(folder).run('two', async () => 'free'), 'free');
    done.resolve();
    await ended;
  });

  it('hands over as soon as the holder is done', async () => {
    const { done, ended } = await hold(new FileLock(folder));
    const order: string[] = [];
    const waiting = new FileLock(folder).run('session', async () => void order.push('second'));
    order.push('first');
    done.resolve();
    await Promise.all([ended, waiting]);
    assert.deepEqual(order, ['first', 'second']);
  });

  it('can be cancelled while it waits, and disturbs nobody', async () => {
    const { done, ended } = await hold(new FileLock(folder));
    const controller = new AbortController();
    const waiting = new FileLock(folder).run(
      'session',
      () => Promise.reject(new Error('never')),
      controller.signal,
    );
    setImmediate(() => controller.abort());
    await assert.rejects(waiting, { code: 'cancelled' });
    assert.equal((await files()).length, 1);
    done.resolve();
    await ended;
    await assert.rejects(
      new FileLock(folder).run('session', async () => undefined, AbortSignal.abort()),
      { code: 'cancelled' },
    );
    assert.deepEqual(await files(), []);
  });

  it('gives up after its limit', async () => {
    const { done, ended } = await hold(new FileLock(folder));
    const impatient = new FileLock(folder, { waitLimitMs: 30 });
    await assert.rejects(
      impatient.run('session', async () => undefined),
      { code: 'session.busy' },
    );
    done.resolve();
    await ended;
  });

  it('says busy where the folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await assert.rejects(
      new FileLock(join(file, 'below')).run('session', async () => undefined),
      { code: 'session.busy' },
    );
  });

  describe('left behind by a window that died', () => {
    /** A lock file as a dead holder leaves it, 30 s before its deadline by `clock`. */
    async function abandon(clock: FakeClock, text?: string): Promise<string> {
      const { done, ended } = await hold(new FileLock(folder, { clock }));
      const path = join(folder, (await files())[0] ?? '');
      const entry = JSON.parse(await readFile(path, 'utf8')) as object;
      done.resolve();
      await ended;
      await writeFile(path, text ?? JSON.stringify({ ...entry, owner: 'dead' }));
      return path;
    }

    it('is respected for 30 s, and then taken over', async () => {
      const clock = new FakeClock();
      await abandon(clock);
      clock.advance(29_999);
      const early = new FileLock(folder, { clock, waitLimitMs: 20 });
      await assert.rejects(
        early.run('session', async () => undefined),
        { code: 'session.busy' },
      );
      clock.advance(1);
      assert.equal(await new FileLock(folder, { clock }).run('session', async () => 'mine'), 'mine');
      assert.deepEqual(await files(), []);
    });

    it('is taken over by one of many', async () => {
      const clock = new FakeClock();
      await abandon(clock);
      clock.advance(30_000);
      let [inside, most] = [0, 0];
      const visit = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      };
      await Promise.all(
        Array.from({ length: 10 }, () => new FileLock(folder, { clock }).run('session', visit)),
      );
      assert.deepEqual([most, await files()], [1, []]);
    });

    it('is taken over though someone died while sweeping it away', async () => {
      const clock = new FakeClock();
      const path = await abandon(clock);
      await writeFile(`${path}.sweep`, await readFile(path));
      clock.advance(30_000);
      assert.equal(await new FileLock(folder, { clock }).run('session', async () => 'mine'), 'mine');
      assert.deepEqual(await files(), []);
    });

    for (const text of ['', '{"owner":', 'null', '{"owner":"dead","deadline":"soon"}']) {
      it(`goes by the age of the file where it holds ${text || 'nothing'}`, async () => {
        const clock = new FakeClock(Date.now());
        const path = await abandon(clock, text);
        const early = new FileLock(folder, { clock, waitLimitMs: 20 });
        await assert.rejects(
          early.run('session', async () => undefined),
          { code: 'session.busy' },
        );
        const old = (clock.now() - 31_000) / 1000;
        await utimes(path, old, old);
        assert.equal(await new FileLock(folder, { clock }).run('session', async () => 'mine'), 'mine');
      });
    }
  });

  it('keeps the lock of a holder that works for longer than 30 s', async () => {
    const clock = new FakeClock();
    // A third of 60 ms: the beat comes often enough to see it, whatever the clock says.
    const { done, ended } = await hold(new FileLock(folder, { clock, staleAfterMs: 60 }));
    const path = join(folder, (await files())[0] ?? '');
    const deadline = async (): Promise<number> =>
      (JSON.parse(await readFile(path, 'utf8')) as { deadline: number }).deadline;
    const first = await deadline();
    clock.advance(50);
    while ((await deadline()) === first) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await deadline(), first + 50);
    done.resolve();
    await ended;
    assert.deepEqual(await files(), []);
  });

  it('does not give back a lock that another took over', async () => {
    const clock = new FakeClock();
    const slow = await hold(new FileLock(folder, { clock }));
    clock.advance(30_000);
    const next = await hold(new FileLock(folder, { clock }));
    slow.done.resolve();
    await slow.ended;
    assert.equal((await files()).length, 1);
    next.done.resolve();
    await next.ended;
    assert.deepEqual(await files(), []);
  });

  it('keeps processes apart', async function () {
    this.timeout(30_000);
    const log = join(folder, 'log');
    const worker = (): Promise<number | null> =>
      new Promise((resolve) => {
        const child = fork(WORKER, [join(folder, 'locks'), log], { execArgv: ['--import', 'tsx'] });
        child.on('exit', resolve);
      });
    assert.deepEqual(await Promise.all([worker(), worker(), worker()]), [0, 0, 0]);
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    assert.equal(lines.length, 60);
    for (let at = 0; at < lines.length; at += 2) {
      assert.deepEqual(lines[at]?.replace('in', ''), lines[at + 1]?.replace('out', ''), `visit ${at}`);
    }
  });
});
