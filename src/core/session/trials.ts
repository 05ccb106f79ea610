import type { Federated } from '../federation/exchange';
import { exchangeStart, subjectOfExchange, type ExchangeStart } from './exchange-start';
import { federateSession, type SessionExchange } from './federate-session';
import type { AwsCredentials, CallerIdentity, Session, SessionRef } from './model';
import { RefusedIdentities } from './refused';
import type { SessionsDeps } from './renewal';

/**
 * Exchanges that are made to be looked at: nothing of them is stored. Also for a guest who never was, and for an
 * identity that was refused its first credentials.
 */
export class Trials {
  readonly refusals = new RefusedIdentities();

  /** `freshLogin` sees to it that a login that can be renewed is not due. */
  constructor(
    private readonly deps: SessionsDeps,
    private readonly freshLogin: (ref: SessionRef, signal?: AbortSignal) => Promise<void>,
  ) {}

  /** Throws as `loadUsable`, `tokens` of the sessions, and `federateSession`. */
  async exchange(ref: SessionRef, options: SessionExchange, signal?: AbortSignal): Promise<Federated> {
    await this.freshLogin(ref, signal);
    const [session, connection] = await this.subject(ref);
    return federateSession(this.deps, connection, session, options, signal);
  }

  /** What `exchange` begins with: a login that is alive, and the identity ID. Throws as `exchange`. */
  async start(ref: SessionRef, signal?: AbortSignal): Promise<ExchangeStart> {
    await this.freshLogin(ref, signal);
    const start = await exchangeStart(this.deps, await this.subject(ref), signal);
    // The next look is at the same identity.
    if (this.refusals.find(ref)) this.refusals.note(start.session);
    return start;
  }

  /** Account and role of credentials that `exchange` gave. Throws what the API throws. */
  async callerOf(
    ref: SessionRef,
    credentials: AwsCredentials,
    signal?: AbortSignal,
  ): Promise<CallerIdentity> {
    const [, connection] = await this.subject(ref);
    return (await this.deps.apis.sts(connection)).getCallerIdentity(credentials, signal);
  }

  /** The identity that was last refused its first credentials on a connection, until it gets some. */
  refused(connectionId: string): Pick<Session, 'connectionId' | 'identityKey' | 'name'> | undefined {
    return this.refusals.of(connectionId);
  }

  private subject(ref: SessionRef) {
    return subjectOfExchange(this.deps, this.refusals, ref);
  }
}
