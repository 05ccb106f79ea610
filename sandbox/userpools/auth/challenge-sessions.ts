import { randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import type { Clock } from '../../kernel/types';

export interface ChallengeSession {
  readonly challenge: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly expiresAt: number;
  used: boolean;
}

/**
 * The `Session` strings between a challenge and its answer: bound to user, client and challenge, dead after their
 * time, and good for one success. A wrong answer does not use a session up.
 */
export class ChallengeSessions {
  private readonly sessions = new Map<string, ChallengeSession>();

  constructor(private readonly clock: Clock) {}

  open(session: Omit<ChallengeSession, 'used' | 'expiresAt'>, minutes: number): string {
    this.sweep();
    const token = `AYABe${randomBytes(384).toString('base64url')}`;
    this.sessions.set(token, { ...session, expiresAt: this.clock.now() + minutes * 60_000, used: false });
    return token;
  }

  /** The live session behind a string, for this client and challenge; throws NotAuthorizedException. */
  require(token: string, clientId: string, challenge: string): ChallengeSession {
    const session = this.sessions.get(token);
    if (session === undefined || session.clientId !== clientId || session.challenge !== challenge)
      throw refuse('Invalid session for the user.');
    if (session.used) throw refuse('Invalid session for the user, session can only be used once.');
    if (this.clock.now() >= session.expiresAt)
      throw refuse('Invalid session for the user, session is expired.');
    return session;
  }

  private sweep(): void {
    const longAgo = this.clock.now() - 3_600_000;
    for (const [token, { expiresAt }] of this.sessions) if (expiresAt < longAgo) this.sessions.delete(token);
  }
}

function refuse(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}
