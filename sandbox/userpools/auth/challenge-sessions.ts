import { randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import type { Clock } from '../../kernel/types';
import type { Attempt } from './attempt';

const WRONG_CODES = 3;

export interface ChallengeSession {
  readonly challenge: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly attempt: Attempt;
  readonly memo: ChallengeMemo;
  readonly expiresAt: number;
  used: boolean;
  wrongCodes: number;
}

/** What the pool keeps to itself about a challenge. */
export interface ChallengeMemo {
  /** The code that was sent. */
  readonly code?: string;
  /** What the user may choose. */
  readonly choices?: readonly string[];
  /** Of the SRP exchange that this session belongs to. */
  readonly secretBlock?: string;
  /** An authenticator's secret on its way: made by AssociateSoftwareToken, shown to work by VerifySoftwareToken. */
  readonly totpSecret?: string;
  readonly totpVerified?: boolean;
  /** CreateAuthChallenge's private parameters and metadata. */
  readonly privateParameters?: Readonly<Record<string, unknown>>;
  readonly metadata?: string | null;
}

/**
 * The `Session` strings between a challenge and its answer: bound to user, client and challenge, dead after their
 * time, and good for one success. A wrong answer does not use a session up, the third wrong code does.
 */
export class ChallengeSessions {
  private readonly sessions = new Map<string, ChallengeSession>();

  constructor(private readonly clock: Clock) {}

  open(session: Omit<ChallengeSession, 'used' | 'wrongCodes' | 'expiresAt'>, minutes: number): string {
    this.sweep();
    const token = `AYABe${randomBytes(384).toString('base64url')}`;
    const expiresAt = this.clock.now() + minutes * 60_000;
    this.sessions.set(token, { ...session, expiresAt, used: false, wrongCodes: 0 });
    return token;
  }

  /** The live session behind a string, for this client (any, if undefined) and challenge; throws NotAuthorizedException. */
  require(token: string, clientId: string | undefined, challenge: string): ChallengeSession {
    const session = this.sessions.get(token);
    if (session === undefined || session.clientId !== (clientId ?? session.clientId)) throw invalidSession();
    if (session.challenge !== challenge || session.wrongCodes >= WRONG_CODES) throw invalidSession();
    if (session.used) throw invalidSession(', session can only be used once');
    if (this.clock.now() >= session.expiresAt) throw invalidSession(', session is expired');
    return session;
  }

  private sweep(): void {
    const longAgo = this.clock.now() - 3_600_000;
    for (const [token, { expiresAt }] of this.sessions) if (expiresAt < longAgo) this.sessions.delete(token);
  }
}

export function invalidSession(why = ''): AwsError {
  return new AwsError('NotAuthorizedException', `Invalid session for the user${why}.`);
}
