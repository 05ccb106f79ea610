import type { ChallengeAnswer, CodeChallengeName, PendingChallenge, ReceivedChallenge } from './challenge';
import { newPasswordFacts, newPasswordResponses } from './new-password';

type QuestionPart = 'username' | 'problem' | 'notice' | 'endsAt' | 'canGoBack';
type Bare<T> = T extends unknown ? Omit<T, QuestionPart> : never;

/** A question without what every question has. */
export type Body = Bare<PendingChallenge>;
export type BodyOf<K extends PendingChallenge['kind']> = Extract<Body, { kind: K }>;
export type AnswerTo<K extends PendingChallenge['kind']> = Extract<ChallengeAnswer, { kind: K }>;

/** A challenge that is one question and one answer. */
export interface Row<K extends PendingChallenge['kind'] = PendingChallenge['kind']> {
  /** The question. `round` counts the challenges of this name in this sign-in, from 1. */
  body(received: ReceivedChallenge, round: number): BodyOf<K>;
  /** ChallengeResponses beside USERNAME, SECRET_HASH and DEVICE_KEY. */
  responses(body: BodyOf<K>, answer: AnswerTo<K>): Record<string, string>;
  /** Refusals that leave the session alive, so that another answer can be given. */
  readonly again: readonly string[];
  /** Answers with a remembered device carry its key. */
  readonly deviceKey: boolean;
  /** The answer can be given once more, unasked, to the same challenge of a sign-in that was started again. */
  readonly keeps: boolean;
}

const code = (challenge: CodeChallengeName): Row<'code'> => {
  const byApp = challenge === 'SOFTWARE_TOKEN_MFA';
  return {
    body: ({ parameters }) => ({
      kind: 'code',
      challenge,
      medium: parameters.CODE_DELIVERY_DELIVERY_MEDIUM,
      destination: parameters.CODE_DELIVERY_DESTINATION,
      deviceName: parameters.FRIENDLY_DEVICE_NAME,
      canResend: !byApp,
    }),
    responses: (_body, answer) => ({ [`${challenge}_CODE`]: answer.code.trim() }),
    // An authenticator's code that was used already counts as expired; the next one comes by itself.
    again: byApp ? ['CodeMismatchException', 'ExpiredCodeException'] : ['CodeMismatchException'],
    deviceKey: true,
    keeps: byApp,
  };
};

const newPassword: Row<'new-password'> = {
  body: (received) => ({ kind: 'new-password', ...newPasswordFacts(received) }),
  responses: ({ requiredAttributes }, answer) => newPasswordResponses(requiredAttributes, answer),
  again: [
    'InvalidPasswordException',
    'PasswordHistoryPolicyViolationException',
    'InvalidParameterException', // An attribute that the pool does not accept in this form.
  ],
  deviceKey: false,
  keeps: true,
};

const custom: Row<'custom'> = {
  body: ({ parameters }, round) => {
    const { USERNAME: _known, USER_ID_FOR_SRP: _id, ...shown } = parameters;
    return { kind: 'custom', parameters: shown, round };
  },
  responses: (_body, { answer }) => ({ ANSWER: answer }),
  again: [],
  deviceKey: true,
  keeps: false,
};

const webAuthn: Row<'web-authn'> = {
  body: () => ({ kind: 'web-authn' }),
  // Never called: the only answer leads to the browser.
  responses: () => ({}),
  again: [],
  deviceKey: false,
  keeps: false,
};

const unknown: Row<'unknown'> = {
  body: ({ name, parameters }) => ({ kind: 'unknown', name, parameters }),
  responses: (_body, { responses }) => ({ ...responses }),
  again: ['CodeMismatchException', 'InvalidParameterException'],
  deviceKey: false,
  keeps: false,
};

/**
 * The challenges that are one question and one answer; those that are more are steps of the `Attempt`.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
 */
export const challengeTable = {
  NEW_PASSWORD_REQUIRED: newPassword,
  SMS_MFA: code('SMS_MFA'),
  SMS_OTP: code('SMS_OTP'),
  EMAIL_OTP: code('EMAIL_OTP'),
  EMAIL_MFA: code('EMAIL_MFA'),
  SOFTWARE_TOKEN_MFA: code('SOFTWARE_TOKEN_MFA'),
  CUSTOM_CHALLENGE: custom,
  WEB_AUTHN: webAuthn,
} as const;

export const unknownChallenge = unknown;
