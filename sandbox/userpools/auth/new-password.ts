import { AwsError } from '../../kernel/aws-error';
import { checkAttribute, missingAttributes } from '../attributes';
import type { UserPoolContext } from '../context';
import type { AppClient, UserPool } from '../model';
import { setPassword } from '../passwords';
import { findUser } from '../store';
import { requiredParameter } from './parameters';
import { signedIn } from './sign-in-result';
import { refuseAfterPassword } from './sign-in-state';

const PREFIX = 'userAttributes.';

/** Answers NEW_PASSWORD_REQUIRED; a refused password or attribute leaves the session usable. */
export function answerNewPassword(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  answer: {
    readonly session: string;
    readonly typed: string;
    readonly responses: ReadonlyMap<string, string>;
  },
): unknown {
  const session = context.sessions.require(answer.session, client.id, 'NEW_PASSWORD_REQUIRED');
  const user = findUser(pool, answer.typed);
  if (user === undefined || user.username !== session.username || user.status !== 'FORCE_CHANGE_PASSWORD')
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  refuseAfterPassword(user, context.clock.now());
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
  return signedIn(context, pool, client, user);
}

function givenAttributes(responses: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of responses)
    if (name.startsWith(PREFIX) && value !== '') given.set(name.slice(PREFIX.length), value);
  return given;
}
