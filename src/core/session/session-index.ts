import type { StateStore } from '../ports';
import { decodeIndex } from './codec';
import { expiresAt } from './expiry';
import { refOf, secretKey } from './keys';
import type { Session, SessionIndexEntry, SessionRef } from './model';

const INDEX_KEY = 'sessions';

/**
 * The list of stored sessions in globalState, which every window writes as a whole. A window that loses such a race
 * mends it: it hears of the session's secret and puts the entry back.
 */
export class SessionIndex {
  private readonly entries = new Map<string, SessionIndexEntry>();
  /** Entries whose secrets live in this window's memory; no other window could read them. */
  private readonly unsaved = new Set<string>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly state: StateStore) {
    const stored = state.get(INDEX_KEY);
    // Where nobody is signed in, activation needs not load what reads the entries.
    const none = stored === undefined || (Array.isArray(stored) && stored.length === 0);
    for (const entry of none ? [] : decodeIndex(stored)) this.entries.set(secretKey(entry), entry);
  }

  list(): SessionIndexEntry[] {
    return [...this.entries.values()];
  }

  get(ref: SessionRef): SessionIndexEntry | undefined {
    return this.entries.get(secretKey(ref));
  }

  has(ref: SessionRef): boolean {
    return this.entries.has(secretKey(ref));
  }

  async put(entry: SessionIndexEntry, { persist }: { persist: boolean }): Promise<void> {
    const key = secretKey(entry);
    this.entries.set(key, entry);
    if (persist) this.unsaved.delete(key);
    else this.unsaved.add(key);
    await this.write();
  }

  /** Whether there was such an entry. */
  async delete(ref: SessionRef): Promise<boolean> {
    this.unsaved.delete(secretKey(ref));
    const existed = this.entries.delete(secretKey(ref));
    if (existed) await this.write();
    return existed;
  }

  flush(): Promise<void> {
    return this.writing;
  }

  private write(): Promise<void> {
    const before = this.writing.catch(() => undefined);
    this.writing = before.then(async () => {
      const lasting = [...this.entries].filter(([key]) => !this.unsaved.has(key)).map(([, entry]) => entry);
      if (JSON.stringify(this.state.get(INDEX_KEY)) === JSON.stringify(lasting)) return;
      await this.state.update(INDEX_KEY, lasting);
    });
    return this.writing;
  }
}

export function entryOf(session: Session): SessionIndexEntry {
  return {
    ...refOf(session),
    name: session.name,
    expiresAt: expiresAt(session) ?? 0,
    origin: session.origin,
    ...(session.unrefreshable ? { unrefreshable: true } : {}),
  };
}

/** Reads what the window remembers as its active identity. */
export function activeFrom(value: unknown): SessionRef | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [entry] = decodeIndex([{ ...value, name: '', expiresAt: 0 }]);
  return entry && refOf(entry);
}

/** A short mark of a text that gives nothing of it away (FNV-1a, 32 bits, beside its length). */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) * 0x100000 + (text.length % 0x100000);
}
