import { AwsError } from '../../kernel/aws-error';
import { isRecord } from '../../kernel/input';
import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { callTrigger, triggerAttributes, unrecognizable } from '../triggers';
import { ask, asked, type ChallengeAnswer } from './answers';
import { newAttempt, type Attempt, type ChallengeRound } from './attempt';
import { nextStep } from './next-step';
import { requiredParameter } from './parameters';
import { startSrp } from './password-factor';
import { wrongPassword } from './sign-in-state';
import type { SignInStep } from './steps';

const NEEDED = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const;

/** CUSTOM_AUTH: the pool's triggers decide what is asked, how often, and when it is enough. */
export function startCustom(
  gate: Gate,
  typed: string,
  user: PoolUser | undefined,
  parameters: ReadonlyMap<string, string>,
): SignInStep {
  if (!NEEDED.every((name) => gate.pool.settings.triggers.has(name)))
    throw new AwsError(
      'InvalidParameterException',
      'Custom auth lambda trigger is not configured for the user pool.',
    );
  const attempt = newAttempt('CUSTOM_AUTH');
  const username = user?.username ?? typed;
  if (parameters.get('CHALLENGE_NAME') !== 'SRP_A')
    return nextRound(gate, username, user, attempt, new Map());
  const publicHex = requiredParameter(parameters, 'SRP_A');
  const begun = withRound(attempt, {
    challengeName: 'SRP_A',
    challengeResult: true,
    challengeMetadata: null,
  });
  const decision = define(gate, username, user, begun, new Map());
  if (decision !== 'PASSWORD_VERIFIER') throw unrecognizable();
  return startSrp(gate, typed, user, publicHex, begun, true);
}

/** Goes on after a round of which the outcome is known. */
export function continueCustom(
  gate: Gate,
  username: string,
  user: PoolUser | undefined,
  attempt: Attempt,
  round: ChallengeRound,
  clientMetadata: ReadonlyMap<string, string>,
): SignInStep {
  return nextRound(gate, username, user, withRound(attempt, round), clientMetadata);
}

/** CUSTOM_CHALLENGE: VerifyAuthChallengeResponse says whether the answer is right; a wrong one ends nothing by itself. */
export function answerCustom(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = asked(gate, answer);
  const challengeAnswer = requiredParameter(answer.responses, 'ANSWER');
  const response = callTrigger(gate.context, 'VerifyAuthChallengeResponse', {
    pool: gate.pool,
    client: gate.client,
    username: session.username,
    source: 'Authentication',
    request: {
      ...common(user, answer.clientMetadata),
      privateChallengeParameters: session.memo.privateParameters ?? {},
      challengeAnswer,
    },
    response: { answerCorrect: null },
  });
  if (typeof response['answerCorrect'] !== 'boolean') throw unrecognizable();
  session.used = true;
  const round = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult: response['answerCorrect'],
    challengeMetadata: session.memo.metadata ?? null,
  };
  return continueCustom(gate, session.username, user, session.attempt, round, answer.clientMetadata);
}

function nextRound(
  gate: Gate,
  username: string,
  user: PoolUser | undefined,
  attempt: Attempt,
  clientMetadata: ReadonlyMap<string, string>,
): SignInStep {
  const decision = define(gate, username, user, attempt, clientMetadata);
  if (decision === 'tokens') {
    if (user === undefined) throw wrongPassword();
    // The triggers have the say over further factors.
    return nextStep(gate, user, { ...attempt, firstFactorDone: true, secondFactorDone: true });
  }
  if (decision !== 'CUSTOM_CHALLENGE') throw unrecognizable();
  const response = callTrigger(gate.context, 'CreateAuthChallenge', {
    pool: gate.pool,
    client: gate.client,
    username,
    source: 'Authentication',
    request: {
      ...common(user, clientMetadata),
      challengeName: decision,
      session: attempt.rounds,
    },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  });
  const shown = response['publicChallengeParameters'] ?? {};
  const kept = response['privateChallengeParameters'] ?? {};
  const metadata = response['challengeMetadata'] ?? null;
  if (!isRecord(shown) || !isRecord(kept)) throw unrecognizable();
  if (metadata !== null && typeof metadata !== 'string') throw unrecognizable();
  const parameters = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, String(value)]));
  return ask(
    gate,
    username,
    attempt,
    { name: decision, parameters: { ...parameters, USERNAME: username } },
    { privateParameters: kept, metadata },
  );
}

/** What DefineAuthChallenge wants next: a challenge by its name, or the tokens. Throws where it says no. */
function define(
  gate: Gate,
  username: string,
  user: PoolUser | undefined,
  attempt: Attempt,
  clientMetadata: ReadonlyMap<string, string>,
): string {
  const response = callTrigger(gate.context, 'DefineAuthChallenge', {
    pool: gate.pool,
    client: gate.client,
    username,
    source: 'Authentication',
    request: { ...common(user, clientMetadata), session: attempt.rounds },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  if (response['failAuthentication'] === true) throw wrongPassword();
  if (response['issueTokens'] === true) return 'tokens';
  const { challengeName } = response;
  if (typeof challengeName !== 'string' || challengeName === '') throw unrecognizable();
  return challengeName;
}

function common(
  user: PoolUser | undefined,
  clientMetadata: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return {
    userAttributes: triggerAttributes(user),
    userNotFound: user === undefined,
    ...(clientMetadata.size > 0 && { clientMetadata: Object.fromEntries(clientMetadata) }),
  };
}

function withRound(attempt: Attempt, round: ChallengeRound): Attempt {
  return { ...attempt, rounds: [...attempt.rounds, round] };
}
