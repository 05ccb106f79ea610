import type { PoolUser } from '../model';
import type { Attempt } from './attempt';

/** Where a sign-in stands: at a question, or through. Says nothing about who asks (the API, the hosted UI). */
export type SignInStep = Challenge | SignedIn;

export interface Challenge {
  readonly kind: 'challenge';
  readonly name: string;
  /** Absent only in PASSWORD_VERIFIER of USER_SRP_AUTH. */
  readonly session: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** In USER_AUTH: what the user can choose from. */
  readonly available?: readonly string[];
}

export interface SignedIn {
  readonly kind: 'signed-in';
  readonly user: PoolUser;
  readonly attempt: Attempt;
}

export function challengeAnswer(challenge: Challenge): Record<string, unknown> {
  return {
    ChallengeName: challenge.name,
    ...(challenge.session !== undefined && { Session: challenge.session }),
    ChallengeParameters: challenge.parameters,
    ...(challenge.available !== undefined && { AvailableChallenges: challenge.available }),
  };
}
