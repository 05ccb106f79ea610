import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import type { Attempt } from './attempt';
import { deviceChallenge } from './device-challenge';
import { secondFactor } from './second-factor';
import { newPasswordChallenge } from './new-password';
import { refuseAfterPassword } from './sign-in-state';
import type { SignInStep } from './steps';

/**
 * What follows once it is proven who signs in: a new password, the device in place of the second factor, the second
 * factor, a device that is known but may not stand in for it, or nothing more.
 */
export function nextStep(gate: Gate, user: PoolUser, attempt: Attempt): SignInStep {
  refuseAfterPassword(user, gate.context.clock.now());
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(gate, user, attempt);
  const device = attempt.deviceKey === undefined ? undefined : user.devices.get(attempt.deviceKey);
  const standsIn = device?.remembered === true && gate.pool.settings.devices?.skipsMfa === true;
  const deviceAsked = device === undefined || attempt.deviceProven;
  if (standsIn && !deviceAsked) return deviceChallenge(gate, user, attempt, device);
  if (!attempt.secondFactorDone && !standsIn) {
    const challenge = secondFactor(gate, user, attempt);
    if (challenge !== undefined) return challenge;
  }
  if (!deviceAsked) return deviceChallenge(gate, user, attempt, device);
  return { kind: 'signed-in', user, attempt };
}
