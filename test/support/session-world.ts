import type { Connection } from '../../src/core/connection/model';
import type { CrossWindowLock } from '../../src/core/ports';
import { Sessions } from '../../src/core/session/manager';
import type { SessionRef } from '../../src/core/session/model';
import { SessionStore } from '../../src/core/session/store';
import type { SignInRequest } from '../../src/core/signin/sign-in';
import { nodeDigest } from '../../src/node/digest';
import { FakeAws, testConnection } from './fake-aws';
import { FakeClock, FakeLock, FakeSecretStorage, FakeState, type FakeSecretWindow } from './fakes';

export interface SessionWindow {
  readonly store: SessionStore;
  readonly sessions: Sessions;
  readonly secrets: FakeSecretWindow;
}

/** A machine with windows on it, before an AWS with the users `reader` and `admin`. */
export class SessionWorld {
  readonly clock = new FakeClock();
  readonly aws = new FakeAws(this.clock);
  readonly storage = new FakeSecretStorage();
  readonly state = new FakeState();
  readonly lock = new FakeLock();
  readonly connections = new Map<string, Connection>();
  refreshBeforeMinutes = 5;

  constructor(connection: Connection = testConnection()) {
    this.connections.set(connection.id, connection);
    this.aws.users.add({ username: 'reader', password: 'Passw0rd!', sub: 'sub-reader' });
    this.aws.users.add({ username: 'admin', password: 'Passw0rd!', sub: 'sub-admin' });
  }

  /** The one connection that the world began with, as it is now. */
  get connection(): Connection {
    const [first] = this.connections.values();
    if (!first) throw new Error('no connection is left');
    return first;
  }

  window(lock: CrossWindowLock = this.lock): SessionWindow {
    const secrets = this.storage.window();
    const store = new SessionStore({ secrets, index: this.state, window: new FakeState() });
    const sessions = new Sessions({
      store,
      apis: this.aws,
      digest: nodeDigest,
      clock: this.clock,
      lock,
      refreshBeforeMinutes: () => this.refreshBeforeMinutes,
      connection: (id) => this.connections.get(id),
    });
    return { store, sessions, secrets };
  }

  /** Signs in by the password flow and forgets the requests that it took. */
  async signedIn(window: SessionWindow, username = 'reader'): Promise<SessionRef> {
    const { session, federationError } = await window.sessions.signIn(
      this.connection,
      passwordRequest(username),
    );
    if (federationError) throw federationError;
    this.aws.reset();
    return { connectionId: session.connectionId, identityKey: session.identityKey };
  }
}

export function passwordRequest(
  username = 'reader',
  password = 'Passw0rd!',
): Omit<SignInRequest, 'connection'> {
  return {
    method: 'password',
    username,
    password,
    answer: () => Promise.reject(new Error('nobody should be asked')),
  };
}
