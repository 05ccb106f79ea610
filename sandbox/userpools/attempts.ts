import { AwsError } from '../kernel/aws-error';
import type { PoolUser } from './model';

const HOUR_MS = 3_600_000;

/** Counts a try of what a user may try so often an hour; throws LimitExceededException, and then counts nothing. */
export function limitAttempts(user: PoolUser, what: string, perHour: number, now: number): void {
  const recent = (user.attempts.get(what) ?? []).filter((at) => now - at < HOUR_MS);
  if (recent.length >= perHour) throw limitExceeded();
  user.attempts.set(what, [...recent, now]);
}

export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
}
