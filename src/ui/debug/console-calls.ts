import { isCancelled } from '../../core/errors';
import type { FoundToken } from './find-in-variable';
import { SessionEnded, type Ask } from './session-requests';
import { tokensInValue } from './tokens-in-value';

/** A connection of the Chrome DevTools Protocol. */
export interface Devtools {
  /** Throws what the other side refuses with, and when the signal that it was opened with aborts. */
  send(method: string, params: object): Promise<unknown>;
  /** Events that have come so far and were not asked for yet. */
  events(method: string): unknown[];
  close(): void;
}

export type OpenDevtools = (url: string, signal: AbortSignal) => Promise<Devtools>;

/** Calls, and in each of them levels of properties, properties of one object, and objects in all. */
const MAX_CALLS = 50;
const MAX_DEPTH = 4;
const MAX_PROPERTIES = 100;
const MAX_OBJECTS = 150;
/** Of a string that is searched. */
const MAX_LENGTH = 1_000_000;

/** A value of the program, as the protocol describes it. */
interface Remote {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly objectId?: unknown;
}

interface Property {
  readonly name?: unknown;
  /** Absent for a getter, which is not run. */
  readonly value?: Remote;
}

/**
 * The tokens in what a program printed last, the newest first. VS Code's JavaScript debugger cuts the strings of printed
 * objects at 1000 characters, but it shares its connection with extensions (its CDP_SHARE.md) and replays the last
 * calls of the console there. Nothing in the program is run. Throws what the adapter refuses with.
 */
export async function tokensOfConsole(
  ask: Ask,
  open: OpenDevtools,
  signal: AbortSignal,
): Promise<FoundToken[]> {
  const devtools = await open(addressOf(await ask('requestCDPProxy', {})), signal);
  const search = new Search(devtools);
  try {
    await devtools.send('Runtime.enable', {});
    for (const call of devtools.events('Runtime.consoleAPICalled').slice(-MAX_CALLS).toReversed()) {
      const { args } = (call ?? {}) as { args?: unknown };
      for (const argument of Array.isArray(args) ? (args as Remote[]) : [])
        await search.value(argument, '', 1);
    }
    return [...search.found.values()];
  } finally {
    await search.release();
    devtools.close();
  }
}

/** Only this machine, and nothing but a path. */
function addressOf(body: unknown): string {
  const { host, port, path = '' } = (body ?? {}) as Record<string, unknown>;
  const local = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const safe = typeof path === 'string' && /^(?:\/[\w-]*)*$/.test(path);
  if (!local || !Number.isSafeInteger(port) || !safe) throw new Error('no address of this machine');
  return `ws://${host === '::1' ? '[::1]' : host}:${String(port)}${path}`;
}

class Search {
  readonly found = new Map<string, FoundToken>();
  /** Of the objects that were handed out for this search alone. */
  private readonly ids: string[] = [];
  private objects = 0;

  constructor(private readonly devtools: Devtools) {}

  async value(value: Remote, place: string, depth: number): Promise<void> {
    if (value.type === 'string') {
      if (typeof value.value !== 'string' || value.value.length > MAX_LENGTH) return;
      for (const token of tokensInValue(value.value)) {
        if (!this.found.has(token)) this.found.set(token, { place, token });
      }
    } else if (value.type === 'object' && typeof value.objectId === 'string') {
      await this.object(value.objectId, place, depth);
    }
  }

  async release(): Promise<void> {
    const sent = this.ids.map((objectId) => this.devtools.send('Runtime.releaseObject', { objectId }));
    await Promise.allSettled(sent);
  }

  private async object(objectId: string, place: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH || this.objects >= MAX_OBJECTS) return;
    this.objects += 1;
    const body = await this.properties(objectId);
    const entries = listOf(body.internalProperties).filter(({ name }) => name === '[[Entries]]');
    const own = listOf(body.result).slice(0, MAX_PROPERTIES);
    for (const { value } of [...own, ...entries]) {
      if (typeof value?.objectId === 'string') this.ids.push(value.objectId);
    }
    for (const { name, value } of own) {
      const inner = [place, String(name)].filter((part) => part !== '').join('.');
      if (value && name !== '__proto__') await this.value(value, inner, depth + 1);
    }
    for (const { value } of entries) if (value) await this.value(value, place, depth);
  }

  /** An object that is gone has none. */
  private async properties(objectId: string): Promise<{ result?: unknown; internalProperties?: unknown }> {
    try {
      return (await this.devtools.send('Runtime.getProperties', { objectId, ownProperties: true })) ?? {};
    } catch (error) {
      if (isCancelled(error) || error instanceof SessionEnded) throw error;
      return {};
    }
  }
}

const listOf = (value: unknown): Property[] => (Array.isArray(value) ? (value as Property[]) : []);
