import { AwsError } from '../kernel/aws-error';
import type { PoolUser } from './model';

const FREE_FAILURES = 5;
const LONGEST_MS = 15 * 60_000;

/** Throws while the user is locked out; tries during a lockout change nothing. */
export function refuseIfLockedOut(user: PoolUser, now: number): void {
  if (now < user.lockout.until) throw new AwsError('NotAuthorizedException', 'Password attempts exceeded');
}

/** Counts a wrong password: from the fifth on, the user waits 1 s, doubling to about 15 minutes. */
export function recordFailure(user: PoolUser, now: number): void {
  const { lockout } = user;
  if (now - Math.max(lockout.lastFailureAt, lockout.until) >= LONGEST_MS) lockout.failures = 0;
  lockout.failures += 1;
  lockout.lastFailureAt = now;
  if (lockout.failures >= FREE_FAILURES)
    lockout.until = now + Math.min(1000 * 2 ** (lockout.failures - FREE_FAILURES), LONGEST_MS);
}

export function forgetFailures(user: PoolUser): void {
  user.lockout.failures = 0;
  user.lockout.until = 0;
}
