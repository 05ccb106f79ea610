import type { Challenge } from '../userpools/auth/steps';

/** A sign-in between two pages. It begins again from `query`, that of the authorize request. */
export interface PendingSignIn {
  readonly query: string;
  readonly step: PendingStep;
}

export type PendingStep =
  | {
      readonly kind: 'challenge';
      readonly typed: string;
      readonly challenge: Challenge;
      readonly totp?: TotpSetup;
    }
  | {
      readonly kind: 'confirm-sign-up';
      readonly typed: string;
      readonly sentTo: string | undefined;
      /** The password was given in this very sign-in, so that the confirmation ends it. */
      readonly passwordGiven: boolean;
    }
  | { readonly kind: 'reset-password'; readonly typed: string; readonly sentTo: string | undefined }
  | { readonly kind: 'elsewhere'; readonly provider: string; readonly nonce: string };

/** An authenticator on its way. */
export interface TotpSetup {
  readonly secret: string;
  /** Newer than the challenge's own. */
  readonly session: string;
}
