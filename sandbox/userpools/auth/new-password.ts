import { AwsError } from '../../kernel/aws-error';
import { checkAttribute, missingAttributes } from '../attributes';
import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { setPassword } from '../passwords';
import { ask, askedUser, type ChallengeAnswer } from './answers';
import type { Attempt } from './attempt';
import { invalidSession } from './challenge-sessions';
import { nextStep } from './next-step';
import { requiredParameter } from './parameters';
import type { Challenge, SignInStep } from './steps';

const PREFIX = 'userAttributes.';

export function newPasswordChallenge(gate: Gate, user: PoolUser, attempt: Attempt): Challenge {
  const missing = missingAttributes(gate.pool, user.attributes);
  return ask(gate, user.username, attempt, {
    name: 'NEW_PASSWORD_REQUIRED',
    parameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `${PREFIX}${name}`)),
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  });
}

/** Answers NEW_PASSWORD_REQUIRED; a refused password or attribute leaves the session usable. */
export function answerNewPassword(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { context, pool } = gate;
  const { session, user } = askedUser(gate, answer);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') throw invalidSession();
  const password = requiredParameter(answer.responses, 'NEW_PASSWORD');
  const given = givenAttributes(answer.responses);
  for (const [name, value] of given) {
    if (user.attributes.has(name))
      throw new AwsError('NotAuthorizedException', `Cannot modify an already provided ${name}`);
    checkAttribute(pool, name, value);
  }
  const missing = missingAttributes(pool, new Map([...user.attributes, ...given]));
  if (missing[0] !== undefined)
    throw new AwsError('InvalidParameterException', `Invalid attributes given, ${missing[0]} is missing`);
  setPassword(pool, user, password);
  for (const [name, value] of given) user.attributes.set(name, value);
  user.modifiedAt = context.clock.now();
  session.used = true;
  return nextStep(gate, user, session.attempt);
}

function givenAttributes(responses: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of responses)
    if (name.startsWith(PREFIX) && value !== '') given.set(name.slice(PREFIX.length), value);
  return given;
}
