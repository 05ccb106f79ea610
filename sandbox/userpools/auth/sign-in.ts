import { AwsError } from '../../kernel/aws-error';
import type { Gate } from '../gate';
import { callTrigger, triggerAttributes } from '../triggers';
import type { ChallengeAnswer } from './answers';
import { newAttempt } from './attempt';
import type { SupportedFlow } from './auth-flows';
import { answerChoice, answerPasskey, startChoice } from './choice';
import { answerCustom, startCustom } from './custom-auth';
import { answerDeviceSrp, answerDeviceVerifier } from './device-challenge';
import { answerMfaSetup } from './mfa-setup';
import { answerNewPassword } from './new-password';
import { requiredParameter } from './parameters';
import {
  answerPassword,
  answerPasswordSrp,
  answerPasswordVerifier,
  startSrp,
  takePassword,
} from './password-factor';
import { answerMfaSelection, answerSentCode, answerTotp } from './second-factor';
import { userForSignIn } from './sign-in-state';
import type { SignInStep } from './steps';

export type SignInFlow = Exclude<SupportedFlow, 'REFRESH_TOKEN_AUTH'>;

/**
 * Begins a sign-in, whoever asks: the API after it has checked flow and secret hash, or the hosted UI, which may do
 * with any client what it likes. The parameters are InitiateAuth's; throws what InitiateAuth throws.
 */
export function beginSignIn(
  gate: Gate,
  flow: SignInFlow,
  parameters: ReadonlyMap<string, string>,
): SignInStep {
  const typed = requiredParameter(parameters, 'USERNAME');
  // What is missing is told before who is unknown.
  const password = flow === 'USER_PASSWORD_AUTH' ? requiredParameter(parameters, 'PASSWORD') : '';
  const publicHex = flow === 'USER_SRP_AUTH' ? requiredParameter(parameters, 'SRP_A') : '';
  const user = userForSignIn(gate.pool, gate.client, typed);
  if (gate.pool.settings.triggers.has('PreAuthentication'))
    callTrigger(gate.context, 'PreAuthentication', {
      pool: gate.pool,
      client: gate.client,
      username: user?.username ?? typed,
      source: 'Authentication',
      request: { userAttributes: triggerAttributes(user), userNotFound: user === undefined },
      response: {},
    });
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      return takePassword(gate, user, password, newAttempt(flow), parameters.get('DEVICE_KEY'));
    case 'USER_SRP_AUTH':
      return startSrp(gate, typed, user, publicHex, newAttempt(flow), false);
    case 'USER_AUTH':
      return startChoice(gate, typed, user, parameters);
    case 'CUSTOM_AUTH':
      return startCustom(gate, typed, user, parameters);
  }
}

const ANSWERS: Readonly<Record<string, (gate: Gate, answer: ChallengeAnswer) => SignInStep>> = {
  PASSWORD_VERIFIER: answerPasswordVerifier,
  NEW_PASSWORD_REQUIRED: answerNewPassword,
  SELECT_CHALLENGE: answerChoice,
  PASSWORD: answerPassword,
  PASSWORD_SRP: answerPasswordSrp,
  WEB_AUTHN: answerPasskey,
  SMS_OTP: answerSentCode,
  EMAIL_OTP: answerSentCode,
  SMS_MFA: answerSentCode,
  SOFTWARE_TOKEN_MFA: answerTotp,
  SELECT_MFA_TYPE: answerMfaSelection,
  MFA_SETUP: answerMfaSetup,
  CUSTOM_CHALLENGE: answerCustom,
  DEVICE_SRP_AUTH: answerDeviceSrp,
  DEVICE_PASSWORD_VERIFIER: answerDeviceVerifier,
};

/** Takes the answer to a challenge; throws what RespondToAuthChallenge throws. */
export function answerChallenge(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const take = Object.hasOwn(ANSWERS, answer.challenge) ? ANSWERS[answer.challenge] : undefined;
  if (take === undefined)
    throw new AwsError('InvalidParameterException', 'Challenge response is not supported by this user pool.');
  return take(gate, answer);
}
