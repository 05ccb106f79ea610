import * as vscode from 'vscode';
import type { Connection } from '../core/connection/model';
import { isWorkbenchError } from '../core/errors';
import { sessionState } from '../core/session/expiry';
import { refOf, sameRef, secretKey } from '../core/session/keys';
import type { Session, SessionIndexEntry, SessionRef, SessionState } from '../core/session/model';
import type { SessionStore } from '../core/session/store';
import { originOf, sameOrigin } from '../core/connection/derive';
import type { ConnectionSettings } from './settings';

/** One identity as tree, status bar and Inspector draw it. */
export interface IdentityView {
  readonly ref: SessionRef;
  readonly name: string;
  readonly connection: Connection | undefined;
  readonly state: SessionState;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly active: boolean;
  /** Why it counts as signed out, or why the last refresh failed. */
  readonly reason?: string | undefined;
  readonly failed: boolean;
}

/** Joins what is stored (index) with what is configured and what has been seen to fail. Reads no secret by itself. */
export class Identities implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly reasons = new Map<string, { text: string; signedOut: boolean }>();
  private readonly subscriptions: { dispose(): void }[];
  /** Whether the sandbox that the extension started still answers; undefined when there is none. */
  private sandboxAlive: boolean | undefined;

  constructor(
    private readonly store: SessionStore,
    private readonly settings: ConnectionSettings,
  ) {
    this.subscriptions = [
      store.onDidChange((change) => {
        for (const ref of [...change.changed, ...change.removed, ...change.added])
          this.reasons.delete(secretKey(ref));
        this.changed.fire();
      }),
      settings.onDidChange(() => this.changed.fire()),
    ];
  }

  list(connectionId?: string): IdentityView[] {
    const entries = this.store.list();
    const wanted =
      connectionId === undefined ? entries : entries.filter((e) => e.connectionId === connectionId);
    return wanted.map((entry) => this.view(entry));
  }

  /** Those that a person can choose: of the connections of this window. Others wait for their workspace. */
  choosable(connectionId?: string): IdentityView[] {
    return this.list(connectionId).filter((view) => view.connection !== undefined);
  }

  find(ref: SessionRef): IdentityView | undefined {
    const entry = this.store.list().find((item) => sameRef(item, ref));
    return entry ? this.view(entry) : undefined;
  }

  active(): IdentityView | undefined {
    const active = this.store.active();
    return active ? this.find(active.ref) : undefined;
  }

  /** The whole session, for someone who looks; undefined when it cannot be used, and then its view says why. */
  async load(ref: SessionRef): Promise<Session | undefined> {
    const session = await this.store.load(ref);
    const connection = this.settings.find(ref.connectionId);
    const moved = session && connection && !sameOrigin(session.origin, originOf(connection));
    return moved ? undefined : session;
  }

  /** Remembers until the session changes why it cannot be used or refreshed. */
  note(ref: SessionRef, text: string, signedOut: boolean): void {
    const known = this.reasons.get(secretKey(ref));
    if (known?.text === text && known.signedOut === signedOut) return;
    this.reasons.set(secretKey(ref), { text, signedOut });
    this.changed.fire();
  }

  noteFailure(ref: SessionRef, error: unknown, text: string): void {
    const ended = isWorkbenchError(error) && error.code.startsWith('session.');
    // A lock is free again in a moment, and a disabled user may be enabled again: the session is not over.
    const passing = ended && (error.code === 'session.busy' || error.data['reason'] === 'user-disabled');
    this.note(ref, text, ended && !passing);
  }

  setSandboxAlive(alive: boolean | undefined): void {
    this.sandboxAlive = alive;
    this.changed.fire();
  }

  dispose(): void {
    for (const item of this.subscriptions) item.dispose();
    this.changed.dispose();
  }

  private view(entry: SessionIndexEntry): IdentityView {
    const ref = refOf(entry);
    const active = this.store.active()?.ref;
    const connection = this.settings.find(entry.connectionId);
    const known = this.reasons.get(secretKey(ref)) ?? this.impliedReason(entry, connection);
    return {
      ref,
      name: entry.name,
      connection,
      state: known?.signedOut ? 'signed-out' : sessionState(entry, Date.now()),
      expiresAt: entry.expiresAt,
      active: active !== undefined && sameRef(active, ref),
      reason: known?.text,
      failed: known !== undefined && !known.signedOut,
    };
  }

  private impliedReason(entry: SessionIndexEntry, connection: Connection | undefined) {
    if (!connection) {
      const text = vscode.l10n.t('The connection {0} is no longer in the settings.', entry.connectionId);
      return { text, signedOut: true };
    }
    if (this.sandboxAlive === false && this.settings.sandbox(connection.id) !== undefined) {
      return { text: vscode.l10n.t('The sandbox that issued this session has ended.'), signedOut: true };
    }
    if (entry.origin && !sameOrigin(entry.origin, originOf(connection))) {
      return { text: this.movedReason(connection), signedOut: true };
    }
    if (entry.unrefreshable && entry.expiresAt <= Date.now()) {
      return {
        text: vscode.l10n.t('Cognito takes its refresh token no longer: sign in again.'),
        signedOut: true,
      };
    }
    return undefined;
  }

  private movedReason(connection: Connection): string {
    return this.settings.sandbox(connection.id) !== undefined
      ? vscode.l10n.t('The sandbox was started anew: sessions of the one before are void.')
      : vscode.l10n.t(
          'The connection now names another pool, client or endpoint than this session was made with.',
        );
  }
}
