import { randomBytes } from 'node:crypto';
import type { Clock, HttpRequest } from '../kernel/types';
import type { PendingSignIn } from './pending';

/** Who is signed in to a pool in one browser. */
export interface SingleSignOn {
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What stands behind the cookie of one browser. */
export interface BrowserSession {
  /** The cookie's value; changes at each sign-in, so that one set by somebody else is worth nothing. */
  id: string;
  /** Repeated in every form. */
  readonly formKey: string;
  /** By user pool id. */
  readonly signedIn: Map<string, SingleSignOn>;
  /** Sign-ins under way, by the `flow` in their pages' addresses. */
  readonly pending: Map<string, PendingSignIn>;
}

export const COOKIE = 'cognito';
const SSO_MS = 3_600_000;
const KEPT = 500;
const PENDING_KEPT = 20;

const secret = (): string => randomBytes(24).toString('base64url');

export class BrowserSessions {
  private readonly sessions = new Map<string, BrowserSession>();

  constructor(private readonly clock: Clock) {}

  /** The session of the browser that sent this, or a new one. */
  of(request: HttpRequest): BrowserSession {
    const known = this.sessions.get(cookieOf(request) ?? '');
    if (known !== undefined) return known;
    const session: BrowserSession = {
      id: secret(),
      formKey: secret(),
      signedIn: new Map(),
      pending: new Map(),
    };
    this.sessions.set(session.id, session);
    dropOldest(this.sessions, KEPT);
    return session;
  }

  /** Remembers a sign-in for an hour, under a new cookie. */
  signIn(session: BrowserSession, poolId: string, sub: string): SingleSignOn {
    this.sessions.delete(session.id);
    session.id = secret();
    this.sessions.set(session.id, session);
    const now = this.clock.now();
    const signedIn = { sub, authTime: Math.floor(now / 1000), expiresAt: now + SSO_MS };
    session.signedIn.set(poolId, signedIn);
    return signedIn;
  }

  signedIn(session: BrowserSession, poolId: string): SingleSignOn | undefined {
    const found = session.signedIn.get(poolId);
    return found !== undefined && this.clock.now() < found.expiresAt ? found : undefined;
  }

  /** Keeps a sign-in that waits for its next page; answers the `flow` of that page's address. */
  keep(session: BrowserSession, pending: PendingSignIn): string {
    const flow = secret();
    session.pending.set(flow, pending);
    dropOldest(session.pending, PENDING_KEPT);
    return flow;
  }
}

export function setCookie(session: BrowserSession): string {
  return `${COOKIE}=${session.id}; Path=/; HttpOnly; SameSite=Lax`;
}

export function cookieOf(request: HttpRequest): string | undefined {
  for (const pair of (request.headers['cookie'] ?? '').split(/;\s*/)) {
    const [name, value] = pair.split('=', 2);
    if (name === COOKIE) return value;
  }
  return undefined;
}

function dropOldest<T>(map: Map<string, T>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
