import type { SupportedFlow } from './auth-flows';

/** What one sign-in has behind it, carried from challenge to challenge. */
export interface Attempt {
  readonly flow: SupportedFlow;
  /** Who asks could be proven: by password, or by a code in USER_AUTH. */
  readonly firstFactorDone: boolean;
  readonly secondFactorDone: boolean;
  /** A device of the user's that the client named; proven once DEVICE_PASSWORD_VERIFIER is passed. */
  readonly deviceKey: string | undefined;
  readonly deviceProven: boolean;
  /** In CUSTOM_AUTH: the rounds so far, as the triggers see them. */
  readonly rounds: readonly ChallengeRound[];
}

export interface ChallengeRound {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

export function newAttempt(flow: SupportedFlow): Attempt {
  return {
    flow,
    firstFactorDone: false,
    secondFactorDone: false,
    deviceKey: undefined,
    deviceProven: false,
    rounds: [],
  };
}
