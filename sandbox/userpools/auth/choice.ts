import { randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error';
import { isRecord } from '../../kernel/input';
import { pretendedDelivery } from '../delivery';
import type { Gate } from '../gate';
import { firstFactorsOf } from '../mfa/methods';
import type { PoolUser } from '../model';
import { ask, asked, type ChallengeAnswer } from './answers';
import { newAttempt, type Attempt } from './attempt';
import { requiredParameter } from './parameters';
import { startSrp, takePassword } from './password-factor';
import { sentCode } from './second-factor';
import { wrongPassword } from './sign-in-state';
import type { Challenge, SignInStep } from './steps';

/** USER_AUTH: the preferred challenge where the user can have it, else the choice. */
export function startChoice(
  gate: Gate,
  typed: string,
  user: PoolUser | undefined,
  parameters: ReadonlyMap<string, string>,
): SignInStep {
  const attempt = newAttempt('USER_AUTH');
  const available = firstFactorsOf(gate.pool, user);
  const preferred = parameters.get('PREFERRED_CHALLENGE');
  if (preferred !== undefined && available.includes(preferred))
    return offering(available, chosen(gate, typed, user, attempt, preferred, parameters));
  const username = user?.username ?? typed;
  const challenge = { name: 'SELECT_CHALLENGE', parameters: { USERNAME: username } };
  return offering(available, ask(gate, username, attempt, challenge, { choices: available }));
}

/** SELECT_CHALLENGE: ANSWER names the choice, and may bring what the choice wants at once. */
export function answerChoice(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = asked(gate, answer);
  const choice = requiredParameter(answer.responses, 'ANSWER');
  if (session.memo.choices?.includes(choice) !== true)
    throw new AwsError('InvalidParameterException', 'Selected challenge is not available for the user.');
  const step = chosen(gate, answer.typed, user, session.attempt, choice, answer.responses);
  session.used = true;
  return step;
}

/** WEB_AUTHN: nobody here has an authenticator, so whatever comes is refused. */
export function answerPasskey(gate: Gate, answer: ChallengeAnswer): SignInStep {
  asked(gate, answer);
  refuseCredential(requiredParameter(answer.responses, 'CREDENTIAL'));
}

function chosen(
  gate: Gate,
  typed: string,
  user: PoolUser | undefined,
  attempt: Attempt,
  choice: string,
  given: ReadonlyMap<string, string>,
): SignInStep {
  const username = user?.username ?? typed;
  const plain = (parameters: Record<string, string> = {}): Challenge =>
    ask(gate, username, attempt, { name: choice, parameters: { ...parameters, USERNAME: username } });
  switch (choice) {
    case 'PASSWORD': {
      const password = given.get('PASSWORD');
      return password === undefined
        ? plain()
        : takePassword(gate, user, password, attempt, given.get('DEVICE_KEY'));
    }
    case 'PASSWORD_SRP': {
      const publicHex = given.get('SRP_A');
      return publicHex === undefined ? plain() : startSrp(gate, typed, user, publicHex, attempt, true);
    }
    case 'WEB_AUTHN': {
      const credential = given.get('CREDENTIAL');
      if (credential !== undefined) refuseCredential(credential);
      return plain({ CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(requestOptions(user)) });
    }
    default: {
      const medium = choice === 'SMS_OTP' ? 'SMS' : 'EMAIL';
      if (user !== undefined) return sentCode(gate, user, attempt, choice, medium);
      const CODE_DELIVERY_DESTINATION = pretendedDelivery(typed, medium).Destination;
      return plain({ CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION });
    }
  }
}

function requestOptions(user: PoolUser | undefined): Record<string, unknown> {
  const passkeys = user?.passkeys ?? [];
  return {
    challenge: randomBytes(32).toString('base64url'),
    timeout: 180_000,
    rpId: passkeys[0]?.relyingPartyId,
    allowCredentials: passkeys.map(({ id }) => ({ type: 'public-key', id, transports: ['internal'] })),
    userVerification: 'preferred',
  };
}

function refuseCredential(credential: string): never {
  let parsed: unknown;
  try {
    parsed = JSON.parse(credential);
  } catch {
    parsed = undefined;
  }
  if (!isRecord(parsed)) throw new AwsError('InvalidParameterException', 'CREDENTIAL is not valid JSON.');
  throw wrongPassword();
}

function offering(available: readonly string[], step: SignInStep): SignInStep {
  return step.kind === 'challenge' ? { ...step, available } : step;
}
