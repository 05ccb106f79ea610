import { AwsError } from '../../kernel/aws-error';
import type { Gate } from '../gate';
import { askedUser, type ChallengeAnswer } from './answers';
import { nextStep } from './next-step';
import type { SignInStep } from './steps';

/** MFA_SETUP: what VerifySoftwareToken has shown to work counts as the second factor of this sign-in. */
export function answerMfaSetup(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = askedUser(gate, answer);
  if (session.memo.totpVerified !== true)
    throw new AwsError('InvalidParameterException', 'Software token has not been verified for this session.');
  session.used = true;
  return nextStep(gate, user, { ...session.attempt, secondFactorDone: true });
}
