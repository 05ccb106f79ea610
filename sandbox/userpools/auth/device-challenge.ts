import { AwsError } from '../../kernel/aws-error';
import type { Gate } from '../gate';
import { recordFailure, refuseIfLockedOut } from '../lockout';
import type { Device, PoolUser } from '../model';
import { ask, askedUser, type ChallengeAnswer } from './answers';
import type { Attempt } from './attempt';
import { invalidSession } from './challenge-sessions';
import { nextStep } from './next-step';
import { requiredParameter } from './parameters';
import { wrongPassword } from './sign-in-state';
import type { Challenge, SignInStep } from './steps';

export function noSuchDevice(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Device does not exist.');
}

/** The confirmed device that a DEVICE_KEY names; ignored where the pool tracks none. Throws ResourceNotFoundException. */
export function knownDevice(gate: Gate, user: PoolUser, key: string | undefined): Device | undefined {
  if (gate.pool.settings.devices === undefined || key === undefined || key === '') return undefined;
  const device = user.devices.get(key);
  if (device?.verifier === undefined) throw noSuchDevice();
  return device;
}

export function deviceChallenge(gate: Gate, user: PoolUser, attempt: Attempt, device: Device): Challenge {
  const parameters = { DEVICE_KEY: device.key, USERNAME: user.username };
  return ask(gate, user.username, attempt, { name: 'DEVICE_SRP_AUTH', parameters });
}

/** DEVICE_SRP_AUTH: the device's public value comes, the server's goes back. */
export function answerDeviceSrp(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = askedUser(gate, answer);
  const publicHex = requiredParameter(answer.responses, 'SRP_A');
  const device = deviceOf(user, session.attempt, answer);
  refuseIfLockedOut(user, gate.context.clock.now());
  const subject = { realm: device.groupKey, identity: device.key, record: device.verifier };
  const question = gate.context.proofs.start(gate.client.id, subject, publicHex, true);
  session.used = true;
  const parameters = { ...question.parameters, DEVICE_KEY: device.key, USERNAME: user.username };
  const challenge = { name: 'DEVICE_PASSWORD_VERIFIER', parameters };
  return ask(gate, user.username, session.attempt, challenge, { secretBlock: question.secretBlock });
}

/** DEVICE_PASSWORD_VERIFIER: the device proves that it knows its password. */
export function answerDeviceVerifier(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = askedUser(gate, answer);
  const device = deviceOf(user, session.attempt, answer);
  if (requiredParameter(answer.responses, 'PASSWORD_CLAIM_SECRET_BLOCK') !== session.memo.secretBlock)
    throw invalidSession();
  const now = gate.context.clock.now();
  refuseIfLockedOut(user, now);
  const verdict = gate.context.proofs.judge(gate.client.id, answer.responses, true);
  if (verdict?.identity === device.key && verdict.wrong) recordFailure(user, now);
  if (verdict?.identity !== device.key || !verdict.right) throw wrongPassword();
  session.used = true;
  const kept = user.devices.get(device.key);
  if (kept !== undefined) kept.authenticatedAt = now;
  return nextStep(gate, user, { ...session.attempt, deviceProven: true });
}

function deviceOf(
  user: PoolUser,
  attempt: Attempt,
  answer: ChallengeAnswer,
): Device & { verifier: NonNullable<Device['verifier']> } {
  const key = requiredParameter(answer.responses, 'DEVICE_KEY');
  const device = user.devices.get(key);
  if (key !== attempt.deviceKey || device?.verifier === undefined) throw noSuchDevice();
  return { ...device, verifier: device.verifier };
}
