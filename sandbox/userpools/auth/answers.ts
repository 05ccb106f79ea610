import { AwsError } from '../../kernel/aws-error';
import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { findUser } from '../store';
import type { Attempt } from './attempt';
import { invalidSession, type ChallengeMemo, type ChallengeSession } from './challenge-sessions';
import { refuseAfterPassword } from './sign-in-state';
import type { Challenge } from './steps';

/** A RespondToAuthChallenge, whichever way it came. */
export interface ChallengeAnswer {
  readonly challenge: string;
  readonly session: string | undefined;
  /** USERNAME, as it was sent. */
  readonly typed: string;
  readonly responses: ReadonlyMap<string, string>;
  readonly clientMetadata: ReadonlyMap<string, string>;
}

/** Asks a question: opens the session that its answer must bring back. */
export function ask(
  gate: Gate,
  username: string,
  attempt: Attempt,
  challenge: { readonly name: string; readonly parameters: Readonly<Record<string, string>> },
  memo: ChallengeMemo = {},
): Challenge {
  const session = gate.context.sessions.open(
    {
      challenge: challenge.name,
      poolId: gate.pool.id,
      clientId: gate.client.id,
      username,
      attempt,
      memo,
    },
    gate.client.settings.authSessionMinutes,
  );
  return { kind: 'challenge', session, ...challenge };
}

/** The session of an answer and its user, who is undefined where the pool only pretends that there is one. */
export function asked(
  gate: Gate,
  answer: ChallengeAnswer,
): { session: ChallengeSession; user: PoolUser | undefined } {
  if (answer.session === undefined)
    throw new AwsError('InvalidParameterException', 'Missing required parameter Session');
  const session = gate.context.sessions.require(answer.session, gate.client.id, answer.challenge);
  const user = findUser(gate.pool, answer.typed);
  if ((user?.username ?? answer.typed) !== session.username) throw invalidSession();
  // Whether a user is disabled shows only to who has proven to be that user.
  if (user !== undefined && session.attempt.firstFactorDone)
    refuseAfterPassword(user, gate.context.clock.now());
  return { session, user };
}

/** As `asked`, for challenges that only a real user can meet. */
export function askedUser(
  gate: Gate,
  answer: ChallengeAnswer,
): { session: ChallengeSession; user: PoolUser } {
  const { session, user } = asked(gate, answer);
  if (user === undefined) throw invalidSession();
  return { session, user };
}
