import type { Connection } from '../connection/model';
import { isWorkbenchError } from '../errors';
import type { Disposable, SecretStore, StateStore } from '../ports';
import { decodeClientSecret, encodeClientSecret } from './client-secret';
import { decodeSession, encodeSession, type UnreadableReason } from './codec';
import { Emitter } from './emitter';
import { clientSecretKey, parseSecretKey, refOf, sameRef, secretKey } from './keys';
import type { Session, SessionIndexEntry, SessionRef, SessionsChange } from './model';
import { SafeSecrets } from './safe-secrets';
import { activeFrom, entryOf, fingerprint, SessionIndex } from './session-index';

export interface SessionStoreDeps {
  readonly secrets: SecretStore;
  /** globalState: the list of stored sessions, nothing secret. */
  readonly index: StateStore;
  /** workspaceState: which identity is active in this window. */
  readonly window: StateStore;
}

/** A stored session that turned out to be unusable; it counts as signed out from now on. */
export interface SessionLoss {
  readonly ref: SessionRef;
  readonly name: string;
  readonly reason: 'missing' | UnreadableReason;
}

export interface ActiveIdentity {
  readonly ref: SessionRef;
  readonly name: string;
}

const ACTIVE_KEY = 'activeIdentity';

/**
 * The only writer of session secrets. Sessions are read from the secret store at each `load`; what is drawn without
 * them (list, active identity) comes from the index. Changes of other windows arrive through the secret store.
 */
export class SessionStore implements Disposable {
  /** For the other secrets of sessions, whose code is not needed at activation. */
  readonly secrets: SafeSecrets;
  readonly state: StateStore;
  private readonly index: SessionIndex;
  private readonly window: StateStore;
  /** Fingerprints of the secrets last written or heard of, which tell our own echo from another window's change. */
  private readonly seen = new Map<string, number>();
  private readonly changes = new Emitter<SessionsChange>();
  private readonly losses = new Emitter<SessionLoss>();
  private readonly subscription: Disposable;
  private activeRef: SessionRef | undefined;

  readonly onDidChange = this.changes.event;
  readonly onDidLose = this.losses.event;

  constructor(deps: SessionStoreDeps) {
    this.secrets = new SafeSecrets(deps.secrets);
    this.state = deps.index;
    this.index = new SessionIndex(deps.index);
    this.window = deps.window;
    this.activeRef = activeFrom(deps.window.get(ACTIVE_KEY));
    this.subscription = deps.secrets.onDidChange((key) => {
      const ref = parseSecretKey(key);
      if (ref) void this.heard(ref).catch(() => undefined); // The next load meets the same trouble, and tells it.
    });
  }

  /** Every stored session, without reading a secret. */
  list(): SessionIndexEntry[] {
    return this.index.list();
  }

  /**
   * The session itself; undefined where there is none, or none that can be read (then `onDidLose` tells why, and its
   * secret stays until the next sign-in writes over it). Throws `session.store-failed`.
   */
  async load(ref: SessionRef): Promise<Session | undefined> {
    const read = await this.read(ref);
    if (read.session) {
      if (!this.index.has(ref)) await this.note(read.session, 'added');
    } else await this.lose(ref, read.reason);
    return read.session;
  }

  /**
   * Writes the session and its index entry. Throws `session.unreadable` for an invalid session, and
   * `session.store-failed` where it could only be kept in memory: it is usable in this window all the same.
   */
  async save(session: Session): Promise<void> {
    const key = secretKey(session);
    const text = encodeSession(session);
    this.seen.set(key, fingerprint(text));
    const stored = this.secrets.set(key, text);
    await stored.catch(() => undefined);
    await this.note(session, this.index.has(session) ? 'changed' : 'added');
    await stored;
  }

  /** Forgets the session. Throws `session.store-failed` where its secret may be left; the session is gone from the list. */
  async remove(ref: SessionRef): Promise<void> {
    this.seen.delete(secretKey(ref));
    try {
      await this.secrets.delete(secretKey(ref));
    } finally {
      await this.drop(ref);
      if (this.activeRef && sameRef(this.activeRef, ref)) await this.setActive(undefined);
    }
  }

  /** The identity that is active in this window; undefined as well while its session is gone. */
  active(): ActiveIdentity | undefined {
    const entry = this.activeRef && this.index.get(this.activeRef);
    return entry && { ref: refOf(entry), name: entry.name };
  }

  /** Tells `onDidChange` of the identity that was active and of the one that is. */
  async setActive(ref: SessionRef | undefined): Promise<void> {
    const before = this.active()?.ref;
    this.activeRef = ref && refOf(ref);
    await this.window.update(ACTIVE_KEY, this.activeRef);
    const after = this.active()?.ref;
    if (before && after && sameRef(before, after)) return;
    this.tell('changed', ...[before, after].filter((one) => one !== undefined));
  }

  /**
   * The app client's secret of a connection; undefined as well where it was stored for another pool, client or endpoint
   * than the connection names now. Throws `session.store-failed`.
   */
  async clientSecret(connection: Connection): Promise<string | undefined> {
    const text = await this.secrets.get(clientSecretKey(connection.id));
    return text === undefined ? undefined : decodeClientSecret(connection, text);
  }

  /** Throws `session.store-failed` where the secret is kept in memory only. */
  setClientSecret(connection: Connection, secret: string): Promise<void> {
    return this.secrets.set(clientSecretKey(connection.id), encodeClientSecret(connection, secret));
  }

  deleteClientSecret(connectionId: string): Promise<void> {
    return this.secrets.delete(clientSecretKey(connectionId));
  }

  /** Resolves when the index is written. */
  flush(): Promise<void> {
    return this.index.flush();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
    this.losses.dispose();
  }

  private async heard(ref: SessionRef): Promise<void> {
    const key = secretKey(ref);
    const text = await this.secrets.get(key);
    if (text === undefined) {
      this.seen.delete(key);
      return this.drop(ref);
    }
    const mark = fingerprint(text);
    if (this.seen.get(key) === mark) return;
    this.seen.set(key, mark);
    const read = decode(ref, text);
    if (read.session) await this.note(read.session, this.index.has(ref) ? 'changed' : 'added');
    else await this.lose(ref, read.reason);
  }

  private async read(ref: SessionRef): Promise<ReadSession> {
    const text = await this.secrets.get(secretKey(ref));
    return text === undefined ? { session: undefined, reason: 'missing' } : decode(ref, text);
  }

  private async note(session: Session, what: 'added' | 'changed'): Promise<void> {
    const entry = entryOf(session);
    await this.index.put(entry, { persist: !this.secrets.isUnsaved(secretKey(session)) });
    this.tell(what, refOf(entry));
  }

  private async lose(ref: SessionRef, reason: SessionLoss['reason']): Promise<void> {
    const entry = this.index.get(ref);
    if (!entry) return;
    await this.drop(ref);
    this.losses.fire({ ref: refOf(entry), name: entry.name, reason });
  }

  private async drop(ref: SessionRef): Promise<void> {
    if (await this.index.delete(ref)) this.tell('removed', refOf(ref));
  }

  private tell(what: keyof SessionsChange, ...refs: readonly SessionRef[]): void {
    if (refs.length > 0) this.changes.fire({ added: [], removed: [], changed: [], [what]: refs });
  }
}

type ReadSession =
  { readonly session: Session } | { readonly session: undefined; readonly reason: SessionLoss['reason'] };

function decode(ref: SessionRef, text: string): ReadSession {
  try {
    const session = decodeSession(text);
    return sameRef(session, ref) ? { session } : { session: undefined, reason: 'corrupt' };
  } catch (error) {
    if (!isWorkbenchError(error) || error.code !== 'session.unreadable') throw error;
    return { session: undefined, reason: error.data.reason as UnreadableReason };
  }
}
