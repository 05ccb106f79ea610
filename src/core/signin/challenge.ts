import { WorkbenchError, type ServiceError } from '../errors';
import type { AuthAnswer } from '../ports';

/** NEW_PASSWORD_REQUIRED: the user was created by an administrator and must choose a password. */
export interface NewPasswordChallenge {
  readonly kind: 'new-password';
  /** The user name that Cognito uses from here on. */
  readonly username: string;
  /** Attributes that the pool requires and that the user has no value of, by bare name. */
  readonly requiredAttributes: readonly string[];
  /** What the user has already; for display only, it must not be sent back. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** Why the answer before was refused, where the challenge is asked again. */
  readonly problem?: ServiceError | undefined;
}

export type PendingChallenge = NewPasswordChallenge;

/** What the person gave; attributes that were not asked for are not sent. */
export interface ChallengeAnswer {
  readonly newPassword: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export type ReceivedChallenge = Extract<AuthAnswer, { kind: 'challenge' }>;

const PREFIX = 'userAttributes.';

/** Reads NEW_PASSWORD_REQUIRED's parameters. Throws `signin.protocol` where they are not JSON. */
export function newPasswordChallenge(challenge: ReceivedChallenge, username: string): NewPasswordChallenge {
  const attributes = jsonParameter(challenge, 'userAttributes');
  const required = jsonParameter(challenge, 'requiredAttributes');
  const userAttributes = stringEntries(attributes);
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const bare = names.map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name));
  return {
    kind: 'new-password',
    username: challenge.parameters.USER_ID_FOR_SRP ?? username,
    requiredAttributes: bare.filter(
      (name) => !Object.hasOwn(userAttributes, name) || userAttributes[name] === '',
    ),
    userAttributes,
  };
}

/** ChallengeResponses of NEW_PASSWORD_REQUIRED, without SECRET_HASH: the required attributes that are missing, no other. */
export function newPasswordResponses(
  challenge: NewPasswordChallenge,
  answer: ChallengeAnswer,
): Record<string, string> {
  const responses: Record<string, string> = {
    USERNAME: challenge.username,
    NEW_PASSWORD: answer.newPassword,
  };
  for (const name of challenge.requiredAttributes) {
    const value = answer.attributes[name];
    if (value !== undefined && value !== '') responses[PREFIX + name] = value;
  }
  return responses;
}

function jsonParameter(challenge: ReceivedChallenge, name: string): unknown {
  const text = challenge.parameters[name];
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const detail = `${challenge.name}: ${name} is not JSON`;
    throw new WorkbenchError('signin.protocol', detail, { detail }, error);
  }
}

function stringEntries(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
