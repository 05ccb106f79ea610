import { AwsError } from '../../kernel/aws-error';
import { sameSecret } from '../../kernel/secrets';
import { sendSignInCode } from '../delivery';
import type { Gate } from '../gate';
import { mfaOf } from '../mfa/methods';
import { takeTotp } from '../mfa/totp';
import type { MfaMethod, PoolUser } from '../model';
import { ask, asked, askedUser, type ChallengeAnswer } from './answers';
import type { Attempt } from './attempt';
import { invalidSession, type ChallengeSession } from './challenge-sessions';
import { nextStep } from './next-step';
import { requiredParameter } from './parameters';
import type { Challenge, SignInStep } from './steps';

/** The challenge for the second factor; undefined where none is wanted. Throws MFAMethodNotFoundException. */
export function secondFactor(gate: Gate, user: PoolUser, attempt: Attempt): Challenge | undefined {
  const { active, preferred, wanted, canSetUp } = mfaOf(gate.pool, user);
  const [first, ...others] = active;
  if (first === undefined) {
    if (!wanted) return undefined;
    if (canSetUp.length === 0)
      throw new AwsError('MFAMethodNotFoundException', 'No MFA mechanism registered in the account.');
    const parameters = { MFAS_CAN_SETUP: JSON.stringify(canSetUp), USER_ID_FOR_SRP: user.username };
    return ask(gate, user.username, attempt, { name: 'MFA_SETUP', parameters });
  }
  if (preferred !== undefined) return mfaChallenge(gate, user, attempt, preferred);
  if (others.length === 0) return mfaChallenge(gate, user, attempt, first);
  const parameters = { MFAS_CAN_CHOOSE: JSON.stringify(active), USER_ID_FOR_SRP: user.username };
  return ask(gate, user.username, attempt, { name: 'SELECT_MFA_TYPE', parameters }, { choices: active });
}

function mfaChallenge(gate: Gate, user: PoolUser, attempt: Attempt, method: MfaMethod): Challenge {
  if (method !== 'SOFTWARE_TOKEN_MFA')
    return sentCode(gate, user, attempt, method, method === 'SMS_MFA' ? 'SMS' : 'EMAIL');
  const parameters = {
    ...(user.totp?.friendlyName && { FRIENDLY_DEVICE_NAME: user.totp.friendlyName }),
    USER_ID_FOR_SRP: user.username,
  };
  return ask(gate, user.username, attempt, { name: method, parameters });
}

/** Sends a code and asks for it: SMS_MFA, EMAIL_OTP, SMS_OTP. */
export function sentCode(
  gate: Gate,
  user: PoolUser,
  attempt: Attempt,
  name: string,
  medium: 'EMAIL' | 'SMS',
): Challenge {
  const { code, destination } = sendSignInCode(gate.context, gate.pool, user, medium, {
    // As AWS does it: six digits as a second factor, eight where the code is all there is.
    digits: attempt.firstFactorDone ? 6 : 8,
    minutes: gate.client.settings.authSessionMinutes,
  });
  const parameters = {
    CODE_DELIVERY_DELIVERY_MEDIUM: medium,
    CODE_DELIVERY_DESTINATION: destination,
    USER_ID_FOR_SRP: user.username,
  };
  return ask(gate, user.username, attempt, { name, parameters }, { code });
}

/** SELECT_MFA_TYPE; AWS's documents call the e-mail method EMAIL_MFA here, its API EMAIL_OTP. */
export function answerMfaSelection(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = askedUser(gate, answer);
  const given = requiredParameter(answer.responses, 'ANSWER');
  const wanted = given === 'EMAIL_MFA' ? 'EMAIL_OTP' : given;
  const method = mfaOf(gate.pool, user).active.find((candidate) => candidate === wanted);
  if (method === undefined)
    throw new AwsError('InvalidParameterException', 'Invalid MFA selection for the user.');
  session.used = true;
  return mfaChallenge(gate, user, session.attempt, method);
}

/** SOFTWARE_TOKEN_MFA: a wrong code leaves the session, a right one is good for one time. */
export function answerTotp(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = askedUser(gate, answer);
  const code = requiredParameter(answer.responses, 'SOFTWARE_TOKEN_MFA_CODE');
  if (user.totp === undefined) throw invalidSession();
  const outcome = takeTotp(user.totp, code, gate.context.clock.now());
  if (outcome === 'used')
    throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
  if (outcome === 'wrong') throw wrongCode(session, 'Invalid code received for user');
  session.used = true;
  return nextStep(gate, user, { ...session.attempt, secondFactorDone: true });
}

/** SMS_MFA, and EMAIL_OTP and SMS_OTP whether they are the second factor or the first. */
export function answerSentCode(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = asked(gate, answer);
  const code = requiredParameter(answer.responses, `${answer.challenge}_CODE`);
  const { attempt, memo } = session;
  if (user === undefined || memo.code === undefined || !sameSecret(code, memo.code))
    throw wrongCode(session, 'Invalid code or auth state for the user.');
  session.used = true;
  const done = attempt.firstFactorDone ? { secondFactorDone: true } : { firstFactorDone: true };
  return nextStep(gate, user, { ...attempt, ...done });
}

function wrongCode(session: ChallengeSession, message: string): AwsError {
  session.wrongCodes += 1;
  return new AwsError('CodeMismatchException', message);
}
