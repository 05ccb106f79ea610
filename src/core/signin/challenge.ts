import type { ServiceError } from '../errors';
import type { AuthAnswer } from '../ports';

/** What every question has, whichever challenge asks it. */
interface Question {
  /** The user name that Cognito uses from here on. */
  readonly username: string;
  /** Why the answer before was refused, where the challenge is asked again. */
  readonly problem?: ServiceError | undefined;
  /** One localised sentence: what happened meanwhile, such as a sign-in that was started again. */
  readonly notice?: string | undefined;
  /** When the session of this challenge ends, in milliseconds, as far as is known: apps can set it to 3–15 minutes. */
  readonly endsAt?: number | undefined;
  /** Whether the answer `back` leads to a question that was asked before. */
  readonly canGoBack: boolean;
}

/** NEW_PASSWORD_REQUIRED: the user was created by an administrator and must choose a password. */
export interface NewPasswordChallenge extends Question {
  readonly kind: 'new-password';
  /** Attributes that the pool requires and that the user has no value of, by bare name. */
  readonly requiredAttributes: readonly string[];
  /** What the user has already; for display only, it must not be sent back. */
  readonly userAttributes: Readonly<Record<string, string>>;
}

export type CodeChallengeName = 'SMS_MFA' | 'SMS_OTP' | 'EMAIL_OTP' | 'EMAIL_MFA' | 'SOFTWARE_TOKEN_MFA';

/** A code from a message or an authenticator app. */
export interface CodeChallenge extends Question {
  readonly kind: 'code';
  readonly challenge: CodeChallengeName;
  /** `SMS` or `EMAIL`, as Cognito says it. */
  readonly medium?: string | undefined;
  /** Where the code was sent, masked by Cognito: `+*******1234`. */
  readonly destination?: string | undefined;
  /** The name that the person gave to the authenticator. */
  readonly deviceName?: string | undefined;
  readonly canResend: boolean;
}

/** One of several ways; the options exactly as Cognito offered them. */
export interface ChoiceChallenge extends Question {
  readonly kind: 'choice';
  readonly challenge: 'SELECT_CHALLENGE' | 'SELECT_MFA_TYPE' | 'MFA_SETUP';
  readonly options: readonly string[];
}

/** The password, where none was given at the start. */
export interface PasswordChallenge extends Question {
  readonly kind: 'password';
  readonly challenge: 'PASSWORD' | 'PASSWORD_SRP';
}

/** MFA_SETUP by an authenticator app (TOTP, RFC 6238). */
export interface TotpSetupChallenge extends Question {
  readonly kind: 'totp-setup';
  /** Base32. */
  readonly secret: string;
  readonly otpauthUri: string;
  /** Codes that were refused so far. */
  readonly attempts: number;
}

/** CUSTOM_CHALLENGE: a question of the pool's own triggers. */
export interface CustomChallenge extends Question {
  readonly kind: 'custom';
  /** What the trigger made public. */
  readonly parameters: Readonly<Record<string, string>>;
  /** 1 for the first one of a sign-in. */
  readonly round: number;
}

/** A challenge that is not in the table: shown as it came, answered by names and values. */
export interface UnknownChallenge extends Question {
  readonly kind: 'unknown';
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A passkey, which belongs to the pool's own domain: only the browser sign-in can use it. */
export interface WebAuthnChallenge extends Question {
  readonly kind: 'web-authn';
}

/** The next input that a sign-in needs from the person. */
export type PendingChallenge =
  | NewPasswordChallenge
  | CodeChallenge
  | ChoiceChallenge
  | PasswordChallenge
  | TotpSetupChallenge
  | CustomChallenge
  | UnknownChallenge
  | WebAuthnChallenge;

/** What the person gave; to cancel, `answer` throws CancelledError. Every kind answers the challenge of the same kind. */
export type ChallengeAnswer =
  /** Attributes that were not asked for are not sent. */
  | {
      readonly kind: 'new-password';
      readonly newPassword: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'choice'; readonly option: string }
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'totp-setup'; readonly code: string; readonly deviceName: string }
  | { readonly kind: 'custom'; readonly answer: string }
  | { readonly kind: 'unknown'; readonly responses: Readonly<Record<string, string>> }
  /** To the choice before, else to the beginning of the sign-in. */
  | { readonly kind: 'back' }
  /** A new code: the sign-in starts again with the same password and choices. */
  | { readonly kind: 'resend' }
  /** On in the browser: the sign-in ends with `signin.browser-needed`. */
  | { readonly kind: 'browser' };

export type ReceivedChallenge = Extract<AuthAnswer, { kind: 'challenge' }>;
