import { isCancelled } from '../errors';
import { refOf, sameRef } from './keys';
import type { Session, SessionRef } from './model';

/**
 * Identities that were refused their first AWS credentials, and are kept nowhere for that. Of each connection the last
 * one is remembered in memory, so that the cause can be looked for with the same login.
 */
export class RefusedIdentities {
  private readonly last = new Map<string, Session>();

  /** Runs the first exchange of an identity. */
  async watch<T>(session: Session, first: () => Promise<T>): Promise<T> {
    try {
      const done = await first();
      this.forget(session);
      return done;
    } catch (error) {
      if (!isCancelled(error)) this.note(session);
      throw error;
    }
  }

  note(session: Session): void {
    this.last.set(session.connectionId, session);
  }

  find(ref: SessionRef): Session | undefined {
    const session = this.last.get(ref.connectionId);
    return session && sameRef(refOf(session), ref) ? session : undefined;
  }

  of(connectionId: string): Session | undefined {
    return this.last.get(connectionId);
  }

  private forget(ref: SessionRef): void {
    if (this.find(ref)) this.last.delete(ref.connectionId);
  }
}
