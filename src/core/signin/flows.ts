import type { SignInMethod } from '../connection/model';

/** How the password goes with InitiateAuth: not at all, as it is, or as SRP_A, which only announces its proof. */
export type Proof = 'none' | 'password' | 'srp';

/** What is known before InitiateAuth. */
export interface Known {
  readonly hasPassword: boolean;
  readonly preferred?: string | undefined;
}

/** One way to begin a sign-in. */
export interface Flow {
  /** AuthFlow. */
  readonly authFlow: string;
  /** The password that must be known at the start; asked for where it is not. */
  password(known: Known): 'PASSWORD' | 'PASSWORD_SRP' | undefined;
  proof(known: Known): Proof;
  /** Parameters beside USERNAME, the proof, SECRET_HASH and DEVICE_KEY. */
  parameters(known: Known): Readonly<Record<string, string>>;
}

export type ApiMethod = Exclude<SignInMethod, 'browser'>;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html */
export const flows: Readonly<Record<ApiMethod, Flow>> = {
  srp: {
    authFlow: 'USER_SRP_AUTH',
    password: () => 'PASSWORD_SRP',
    proof: () => 'srp',
    parameters: () => ({}),
  },
  password: {
    authFlow: 'USER_PASSWORD_AUTH',
    password: () => 'PASSWORD',
    proof: () => 'password',
    parameters: () => ({}),
  },
  // With a password, Cognito verifies it by SRP before the first question of the pool's triggers.
  custom: {
    authFlow: 'CUSTOM_AUTH',
    password: () => undefined,
    proof: ({ hasPassword }) => (hasPassword ? 'srp' : 'none'),
    parameters: ({ hasPassword }): Record<string, string> => (hasPassword ? { CHALLENGE_NAME: 'SRP_A' } : {}),
  },
  choice: {
    authFlow: 'USER_AUTH',
    password: ({ preferred }) =>
      preferred === 'PASSWORD' || preferred === 'PASSWORD_SRP' ? preferred : undefined,
    proof: ({ preferred }) => proofs[preferred ?? ''] ?? 'none',
    parameters: ({ preferred }): Record<string, string> =>
      preferred === undefined ? {} : { PREFERRED_CHALLENGE: preferred },
  },
};

const proofs: Readonly<Record<string, Proof>> = { PASSWORD: 'password', PASSWORD_SRP: 'srp' };
