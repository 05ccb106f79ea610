import type { SecretStore } from '../core/ports';
import { abortError } from '../core/session/abort';

/** How long a window may take to fetch a callback that came to another one; milliseconds. */
const patience = 10_000;
const prefix = 'callback/';

interface Waiter {
  readonly state: string;
  /** Whether the address answers this wait. It may be called with anything. */
  readonly accept: (address: string) => boolean;
  readonly resolve: (address: string) => void;
}

export interface UriCallbacksDeps {
  readonly secrets: SecretStore;
  /** A name for a state that does not give it away. */
  readonly hash: (state: string) => string;
  /** A callback came that no window waits for. */
  readonly unexpected: () => void;
  readonly patienceMs?: number;
}

/**
 * Callbacks that the operating system hands to VS Code. It chooses the window, not we: one that is not waited for here
 * is left in the secret storage for the window that does wait, which validates it and takes it away.
 */
export class UriCallbacks {
  private readonly waiters = new Map<string, Waiter>();

  constructor(private readonly deps: UriCallbacksDeps) {}

  /** The first address with this state that `accept` takes, whichever window it came to. Throws as the signal says. */
  async wait(state: string, accept: Waiter['accept'], signal: AbortSignal): Promise<string> {
    const key = this.keyOf(state);
    const heard = this.deps.secrets.onDidChange((changed) => {
      if (changed === key) void this.fetch(key).catch(() => undefined);
    });
    let abort = (): void => undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        abort = () => reject(abortError(signal));
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort, { once: true });
        this.waiters.set(key, { state, accept, resolve });
      });
    } finally {
      heard.dispose();
      signal.removeEventListener('abort', abort);
      this.waiters.delete(key);
    }
  }

  /** What VS Code was given. Resolves when a window has taken it, or when it is clear that none does. */
  async handle(address: string): Promise<void> {
    const state = stateOf(address);
    if (state === undefined) return this.deps.unexpected();
    const key = this.keyOf(state);
    const waiter = this.waiters.get(key);
    if (waiter) {
      if (waiter.accept(address)) waiter.resolve(address);
      else this.deps.unexpected();
      return;
    }
    if (!(await this.handOver(key, address))) this.deps.unexpected();
  }

  /** Leaves a callback for another window; false when nobody fetched it, and then it is thrown away. */
  private async handOver(key: string, address: string): Promise<boolean> {
    const { secrets, patienceMs = patience } = this.deps;
    let timer: NodeJS.Timeout | undefined;
    let listening: { dispose(): void } | undefined;
    try {
      const taken = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), patienceMs);
        listening = secrets.onDidChange((changed) => {
          if (changed !== key) return;
          void secrets.get(key).then(
            (left) => left === undefined && resolve(true),
            () => resolve(false),
          );
        });
      });
      await secrets.store(key, address);
      if (await taken) return true;
      await secrets.delete(key);
      return false;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
      listening?.dispose();
    }
  }

  /** Takes what another window left: read, removed, and only then believed if it is what is waited for. */
  private async fetch(key: string): Promise<void> {
    const waiter = this.waiters.get(key);
    if (!waiter) return;
    const address = await this.deps.secrets.get(key);
    if (address === undefined) return;
    await this.deps.secrets.delete(key);
    if (stateOf(address) === waiter.state && waiter.accept(address)) waiter.resolve(address);
  }

  private keyOf(state: string): string {
    return `${prefix}${this.deps.hash(state)}`;
  }
}

/** The one state of an address; undefined where there is none, or several. */
function stateOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const [state, second] = new URL(address).searchParams.getAll('state');
  return state !== undefined && state !== '' && second === undefined ? state : undefined;
}
