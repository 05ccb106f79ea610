import { createHash, randomUUID } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, isWorkbenchError, WorkbenchError } from '../core/errors';
import type { Clock, CrossWindowLock } from '../core/ports';

export interface FileLockOptions {
  readonly clock?: Clock;
  /** A holder that gives no sign of life for so long is taken for dead. Milliseconds. */
  readonly staleAfterMs?: number;
  /** How long `run` waits before it throws `session.busy`. Milliseconds. */
  readonly waitLimitMs?: number;
}

/** What stands in a lock file. */
interface Holder {
  readonly owner: string;
  readonly pid: number;
  /** After this the lock is stale, unless its holder wrote a later one meanwhile. Milliseconds since the epoch. */
  readonly deadline: number;
}

/** Between two looks at a lock while nothing is heard of it. */
const LOOK_MS = 250;

/**
 * Mutual exclusion across windows of one machine, by lock files in a folder (the extension's global storage).
 * A lock is a file that is created exclusively; its holder renews the deadline in it while it works, so that only a
 * holder that died leaves a stale lock.
 */
export class FileLock implements CrossWindowLock {
  private readonly clock: Clock;
  private readonly staleAfterMs: number;
  private readonly waitLimitMs: number;

  constructor(
    private readonly folder: string,
    options: FileLockOptions = {},
  ) {
    this.clock = options.clock ?? { now: () => Date.now() };
    this.staleAfterMs = options.staleAfterMs ?? 30_000;
    this.waitLimitMs = options.waitLimitMs ?? 60_000;
  }

  /**
   * Waits for the lock, runs the task, gives the lock back whatever the task does. Throws CancelledError (or the
   * signal's own error) while waiting, `session.busy` after the wait limit, and what the task throws.
   */
  async run<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    // Hashed: names hold identities, and characters that file systems differ about.
    const path = join(this.folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.lock`);
    const owner = randomUUID();
    await this.acquire(path, owner, signal);
    const heartbeat = new Heartbeat(this.staleAfterMs / 3, () => this.renew(path, owner));
    try {
      return await task();
    } finally {
      await heartbeat.stop();
      await this.release(path, owner);
    }
  }

  private async acquire(path: string, owner: string, signal: AbortSignal | undefined): Promise<void> {
    const giveUpAt = Date.now() + this.waitLimitMs;
    const wait = new Waiting(this.folder, signal);
    try {
      await mkdir(this.folder, { recursive: true });
      for (;;) {
        wait.throwIfAborted();
        if (await this.create(path, owner)) return;
        if (await this.sweep(path, owner)) continue;
        if (Date.now() >= giveUpAt) throw busy('another window holds the lock');
        await wait.forNews(Math.min(LOOK_MS, Math.max(1, giveUpAt - Date.now())));
      }
    } catch (error) {
      throw isWorkbenchError(error) ? error : busy('the lock folder cannot be used', error);
    } finally {
      wait.dispose();
    }
  }

  private async create(path: string, owner: string): Promise<boolean> {
    try {
      const file = await open(path, 'wx');
      try {
        await file.writeFile(this.entry(owner));
      } finally {
        await file.close();
      }
      return true;
    } catch (error) {
      // Windows answers EPERM or EBUSY while the file is on its way out.
      if (hasCode(error, 'EEXIST', 'EPERM', 'EBUSY')) return false;
      throw error;
    }
  }

  /**
   * Takes a stale lock out of the way; true where it is worth trying again at once. A second lock file lets one window
   * do it at a time: two that saw the same stale lock would otherwise remove each other's fresh one.
   */
  private async sweep(path: string, owner: string): Promise<boolean> {
    if (!(await this.endedOrStale(path))) return false;
    const guard = `${path}.sweep`;
    if (!(await this.create(guard, owner))) {
      if (await this.endedOrStale(guard)) await rm(guard, { force: true });
      return false;
    }
    try {
      if (await this.endedOrStale(path)) await rm(path, { force: true });
    } finally {
      await this.release(guard, owner);
    }
    return true;
  }

  private async endedOrStale(path: string): Promise<boolean> {
    const holder = await this.read(path);
    return holder === 'gone' || this.clock.now() >= holder.deadline;
  }

  /** Writes a later deadline into the file, which it never creates: the lock may have been taken over meanwhile. */
  private async renew(path: string, owner: string): Promise<void> {
    const file = await open(path, 'r+');
    try {
      if (parseHolder(await file.readFile('utf8'))?.owner !== owner) return;
      const entry = this.entry(owner);
      await file.write(entry, 0);
      await file.truncate(Buffer.byteLength(entry));
    } finally {
      await file.close();
    }
  }

  private async release(path: string, owner: string): Promise<void> {
    try {
      const holder = await this.read(path);
      if (holder !== 'gone' && holder.owner === owner) await rm(path, { force: true, maxRetries: 5 });
    } catch {
      // Left behind, it becomes stale; what the task gave matters more.
    }
  }

  private entry(owner: string): string {
    const holder: Holder = { owner, pid: process.pid, deadline: this.clock.now() + this.staleAfterMs };
    return JSON.stringify(holder);
  }

  /** A file that is empty or broken (its writer died, or is at it) ages from its last change. */
  private async read(path: string): Promise<Holder | 'gone'> {
    try {
      const text = await readFile(path, 'utf8');
      const { mtimeMs } = await stat(path);
      return parseHolder(text) ?? { owner: '', pid: 0, deadline: mtimeMs + this.staleAfterMs };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return 'gone';
      throw error;
    }
  }
}

/** Does something again and again, one at a time, until it is stopped. */
class Heartbeat {
  private running: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(everyMs: number, beat: () => Promise<void>) {
    this.timer = setInterval(() => {
      // A beat that fails does no harm: the next one comes before the lock is stale.
      this.running = this.running.then(beat).catch(() => undefined);
    }, everyMs);
    this.timer.unref();
  }

  stop(): Promise<void> {
    clearInterval(this.timer);
    return this.running;
  }
}

/** Waits for something to happen in a folder. The watcher starts with the first wait; without one, a timer has to do. */
class Waiting {
  private watcher: FSWatcher | undefined;
  private started = false;
  private wake: (() => void) | undefined;
  private news = false;
  private readonly notify = (): void => {
    this.news = true;
    this.wake?.();
  };

  constructor(
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener('abort', this.notify, { once: true });
  }

  throwIfAborted(): void {
    if (!this.signal?.aborted) return;
    const reason: unknown = this.signal.reason;
    throw isWorkbenchError(reason) ? reason : new CancelledError(reason);
  }

  async forNews(atMostMs: number): Promise<void> {
    if (!this.started) {
      this.watch();
      return; // What happened before the watcher started is seen by one more look.
    }
    if (!this.news) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMostMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.news = false;
  }

  dispose(): void {
    this.watcher?.close();
    this.signal?.removeEventListener('abort', this.notify);
  }

  private watch(): void {
    this.started = true;
    try {
      this.watcher = watch(this.folder, { persistent: false }, this.notify);
      this.watcher.on('error', () => undefined);
    } catch {
      // No watchers left on this machine: the timer carries on alone.
    }
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { owner, pid, deadline } = value as Partial<Holder>;
    if (typeof owner !== 'string' || typeof deadline !== 'number') return undefined;
    return { owner, pid: typeof pid === 'number' ? pid : 0, deadline };
  } catch {
    return undefined;
  }
}

function busy(detail: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('session.busy', detail, { detail }, cause);
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
