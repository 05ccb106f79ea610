/** The two pools of the challenges. As in `names.ts`, ids, passwords and secrets are the same at every start. */

export const CHALLENGE_POOL_ID = 'us-east-1_Sandbox02';
export const REQUIRED_POOL_ID = 'us-east-1_Sandbox03';

export const CHALLENGES_CLIENT = { id: '7challengessandboxclient02', name: 'challenges' } as const;
export const REQUIRED_CLIENT = { id: '8requiredsandboxclient0003', name: 'required' } as const;

export interface ChallengeUser {
  readonly username: string;
  readonly password: string;
  readonly sub: string;
  readonly phone?: string;
  readonly mfa?: readonly ('SMS_MFA' | 'EMAIL_OTP' | 'SOFTWARE_TOKEN_MFA')[];
  readonly totpSecret?: string;
  /** The flow that shows what the user is for, where it is not SRP. */
  readonly signIn?: 'choice' | 'custom';
  readonly passkey?: boolean;
  readonly state?: 'reset' | 'unconfirmed' | 'disabled' | 'expired';
  readonly hint: string;
}

const sub = (last: string): string => `64f8a4d8-2002-4c5e-9b1a-0000000000${last}`;

/** Of `us-east-1_Sandbox02`, "Every challenge". */
export const CHALLENGE_USERS: readonly ChallengeUser[] = [
  {
    username: 'totp',
    password: 'Totp-1-Sandbox!',
    sub: sub('01'),
    mfa: ['SOFTWARE_TOKEN_MFA'],
    totpSecret: 'SANDBOXTOTPSECRETAAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH234',
    hint: 'Is asked for a code of an authenticator app: SOFTWARE_TOKEN_MFA.',
  },
  {
    username: 'sms',
    password: 'Sms-1-Sandbox!',
    sub: sub('02'),
    phone: '+12065550102',
    mfa: ['SMS_MFA'],
    hint: 'Is asked for a code sent by SMS: SMS_MFA. The code is in the outbox.',
  },
  {
    username: 'emailotp',
    password: 'Emailotp-1-Sandbox!',
    sub: sub('03'),
    mfa: ['EMAIL_OTP'],
    hint: 'Is asked for a code sent by e-mail: EMAIL_OTP. The code is in the outbox.',
  },
  {
    username: 'selectmfa',
    password: 'Selectmfa-1-Sandbox!',
    sub: sub('04'),
    phone: '+12065550104',
    mfa: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
    totpSecret: 'SANDBOXSELECTMFASECRETAAAABBBBCCCCDDDDEEEEFFFFGGGG23',
    hint: 'Chooses between SMS, authenticator app and e-mail: SELECT_MFA_TYPE.',
  },
  {
    username: 'choice',
    password: 'Choice-1-Sandbox!',
    sub: sub('05'),
    phone: '+12065550105',
    passkey: true,
    signIn: 'choice',
    hint: 'Can begin with a password, a code by e-mail or SMS, or a passkey that is lost: USER_AUTH, SELECT_CHALLENGE.',
  },
  {
    username: 'custom',
    signIn: 'custom',
    password: 'Custom-1-Sandbox!',
    sub: sub('06'),
    hint: 'CUSTOM_AUTH asks two questions; the answers are 5 and blue. The answer "throw" makes the trigger fail.',
  },
  {
    username: 'device',
    password: 'Device-1-Sandbox!',
    sub: sub('07'),
    mfa: ['SOFTWARE_TOKEN_MFA'],
    totpSecret: 'SANDBOXDEVICESECRETAAAABBBBCCCCDDDDEEEEFFFFGGGGHHH23',
    hint: 'Needs no code on a device that is remembered: DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER.',
  },
  {
    username: 'reset',
    password: 'Reset-1-Sandbox!',
    sub: sub('08'),
    state: 'reset',
    hint: 'Must choose a new password with a code: PasswordResetRequiredException.',
  },
  {
    username: 'unconfirmed',
    password: 'Unconfirmed-1-Sandbox!',
    sub: sub('09'),
    state: 'unconfirmed',
    hint: 'Has not confirmed the e-mail address: UserNotConfirmedException.',
  },
  {
    username: 'disabled',
    password: 'Disabled-1-Sandbox!',
    sub: sub('10'),
    state: 'disabled',
    hint: 'Was disabled by an administrator.',
  },
  {
    username: 'expired',
    password: 'Expired-1-Sandbox!',
    sub: sub('11'),
    state: 'expired',
    hint: 'Has a temporary password whose time is over.',
  },
];

/** Of `us-east-1_Sandbox03`, which lets nobody in without a second factor. */
export const REQUIRED_USERS: readonly ChallengeUser[] = [
  {
    username: 'setup',
    password: 'Setup-1-Sandbox!',
    sub: sub('21'),
    hint: 'Must set up an authenticator app to get in: MFA_SETUP.',
  },
];
