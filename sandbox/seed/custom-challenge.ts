import type { ChallengeRound } from '../userpools/auth/attempt';
import type { TriggerEvent, TriggerFunction } from '../userpools/triggers';

/** The scripts behind CUSTOM_AUTH: two questions, three wrong answers allowed, after the password if SRP came first. */

const QUESTIONS = [
  { question: 'How much is 2 + 3?', answer: '5' },
  { question: 'Which colour is a cloudless sky?', answer: 'blue' },
] as const;
const WRONG_ANSWERS = 3;

const roundsOf = (event: TriggerEvent): readonly ChallengeRound[] =>
  event.request['session'] as readonly ChallengeRound[];
const answersOf = (event: TriggerEvent, right: boolean): number =>
  roundsOf(event).filter(
    ({ challengeName, challengeResult }) => challengeName === 'CUSTOM_CHALLENGE' && challengeResult === right,
  ).length;

function define(event: TriggerEvent): TriggerEvent {
  const { response } = event;
  response['issueTokens'] = answersOf(event, true) >= QUESTIONS.length;
  response['failAuthentication'] = answersOf(event, false) >= WRONG_ANSWERS;
  const last = roundsOf(event).at(-1);
  response['challengeName'] = last?.challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
  return event;
}

function create(event: TriggerEvent): TriggerEvent {
  const round = answersOf(event, true);
  const { question, answer } = QUESTIONS[round] ?? QUESTIONS[0];
  event.response['publicChallengeParameters'] = {
    question,
    round: `${round + 1} of ${QUESTIONS.length}`,
  };
  event.response['privateChallengeParameters'] = { answer };
  event.response['challengeMetadata'] = `QUESTION_${round + 1}`;
  return event;
}

function verify(event: TriggerEvent): TriggerEvent {
  const given = String(event.request['challengeAnswer']).trim().toLowerCase();
  if (given === 'throw') throw new Error('The sandbox was asked to fail');
  const { answer } = event.request['privateChallengeParameters'] as { answer: string };
  event.response['answerCorrect'] = given === answer;
  return event;
}

/** By function name. */
export const CUSTOM_CHALLENGE_FUNCTIONS: Readonly<Record<string, TriggerFunction>> = {
  'challenges-define': define,
  'challenges-create': create,
  'challenges-verify': verify,
};
