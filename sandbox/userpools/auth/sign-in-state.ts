import { AwsError } from '../../kernel/aws-error';
import type { AppClient, PoolUser, UserPool } from '../model';
import { findUser } from '../store';

export function wrongPassword(): AwsError {
  return new AwsError('NotAuthorizedException', 'Incorrect username or password.');
}

export function userIsDisabled(): AwsError {
  return new AwsError('NotAuthorizedException', 'User is disabled.');
}

/**
 * The user who signs in, or undefined where the client hides that there is none. What AWS tells before it looks at
 * the password: unknown (if the client shows it), not confirmed, reset by an administrator.
 */
export function userForSignIn(pool: UserPool, client: AppClient, typed: string): PoolUser | undefined {
  const found = findUser(pool, typed);
  // Who comes from another provider has nothing to prove here, and is no user of this door.
  const user = found?.status === 'EXTERNAL_PROVIDER' ? undefined : found;
  const { hideUserExistence } = client.settings;
  if (user === undefined) {
    if (hideUserExistence) return undefined;
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  }
  if (user.status === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'RESET_REQUIRED') {
    if (hideUserExistence) return undefined;
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  return user;
}

/** What stops a user whose password was right. */
export function refuseAfterPassword(user: PoolUser, now: number): void {
  if (!user.enabled) throw userIsDisabled();
  if (user.temporaryUntil !== undefined && now >= user.temporaryUntil)
    throw new AwsError(
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    );
}
