import type { NewPasswordChallenge, ReceivedChallenge } from './challenge';
import { jsonParameter } from './parameters';

const PREFIX = 'userAttributes.';

/** What NEW_PASSWORD_REQUIRED asks for. Throws `signin.protocol` where its parameters are not JSON. */
export function newPasswordFacts(
  challenge: ReceivedChallenge,
): Pick<NewPasswordChallenge, 'requiredAttributes' | 'userAttributes'> {
  const userAttributes = stringEntries(jsonParameter(challenge, 'userAttributes'));
  const required = jsonParameter(challenge, 'requiredAttributes');
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const bare = names.map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name));
  return {
    requiredAttributes: bare.filter(
      (name) => !Object.hasOwn(userAttributes, name) || userAttributes[name] === '',
    ),
    userAttributes,
  };
}

/** ChallengeResponses of NEW_PASSWORD_REQUIRED: the required attributes that are missing, no other. */
export function newPasswordResponses(
  requiredAttributes: readonly string[],
  answer: { readonly newPassword: string; readonly attributes: Readonly<Record<string, string>> },
): Record<string, string> {
  const responses: Record<string, string> = { NEW_PASSWORD: answer.newPassword };
  for (const name of requiredAttributes) {
    const value = answer.attributes[name];
    if (value !== undefined && value !== '') responses[PREFIX + name] = value;
  }
  return responses;
}

function stringEntries(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
