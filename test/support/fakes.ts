import type { Clock, CrossWindowLock, Disposable, SecretStore, StateStore } from '../../src/core/ports';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  constructor(private millis = Date.parse('2026-11-01T12:00:00Z')) {}

  now(): number {
    return this.millis;
  }

  advance(millis: number): void {
    this.millis += millis;
  }

  advanceMinutes(minutes: number): void {
    this.advance(minutes * 60_000);
  }
}

/** The machine's one secret storage; each window has its own view of it, and hears of every change. */
export class FakeSecretStorage {
  readonly values = new Map<string, string>();
  private readonly windows = new Set<FakeSecretWindow>();

  window(): FakeSecretWindow {
    const window = new FakeSecretWindow(this);
    this.windows.add(window);
    return window;
  }

  /** A change that comes from nowhere in this process. */
  write(key: string, value: string | undefined): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    for (const window of this.windows) window.tell(key);
  }
}

export class FakeSecretWindow implements SecretStore {
  /** `lost`: stores succeed and keep nothing, as without a keyring; `throws`: every call fails. */
  trouble: 'none' | 'lost' | 'throws' = 'none';
  reads = 0;
  private readonly listeners = new Set<(key: string) => void>();

  constructor(private readonly storage: FakeSecretStorage) {}

  async get(key: string): Promise<string | undefined> {
    this.reads += 1;
    await this.io();
    return this.storage.values.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.io();
    if (this.trouble === 'none') this.storage.write(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.io();
    if (this.trouble === 'none') this.storage.write(key, undefined);
  }

  onDidChange(listener: (key: string) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  tell(key: string): void {
    for (const listener of this.listeners) listener(key);
  }

  get listenerCount(): number {
    return this.listeners.size;
  }

  /** Real stores answer later, never at once. */
  private async io(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.trouble === 'throws') throw new Error('org.freedesktop.secrets is not there');
  }
}

/** globalState or workspaceState: keeps JSON, so that nothing is shared by reference. */
export class FakeState implements StateStore {
  readonly texts = new Map<string, string>();
  writes = 0;

  get(key: string): unknown {
    const text = this.texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  async update(key: string, value: unknown): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.writes += 1;
    if (value === undefined) this.texts.delete(key);
    else this.texts.set(key, JSON.stringify(value));
  }
}

/** A lock within the process: waiters in order, each of them cancellable. */
export class FakeLock implements CrossWindowLock {
  /** Names in the order in which the lock was taken. */
  readonly taken: string[] = [];
  /** What `run` throws instead of waiting. */
  refuseWith: Error | undefined;
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.refuseWith) throw this.refuseWith;
    const before = this.tails.get(name) ?? Promise.resolve();
    const mine = before.then(() => {
      signal?.throwIfAborted();
      this.taken.push(name);
      return task();
    });
    this.tails.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }
}

/** A promise with its handles outside. */
export class Deferred<T = void> {
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** The next value that `subscribe` hands to its listener. */
export function nextEvent<T>(subscribe: (listener: (value: T) => void) => Disposable): Promise<T> {
  return new Promise((resolve) => {
    const subscription = subscribe((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}
