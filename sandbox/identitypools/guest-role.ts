import { AwsError } from '../kernel/aws-error';
import { invalidConfiguration } from './roles';
import type { IdentityPool } from './store';

/**
 * The ARN of the role of guests. Throws InvalidIdentityPoolConfigurationException where the pool has none, and
 * NotAuthorizedException for a custom role: a guest has no token that could offer one.
 */
export function guestRole(pool: IdentityPool, customRoleArn: string | undefined): string {
  const role = pool.roles.unauthenticated;
  if (customRoleArn !== undefined && customRoleArn !== role) {
    throw new AwsError('NotAuthorizedException', 'The requested role is not the role of guests.');
  }
  if (role === undefined) {
    throw invalidConfiguration();
  }
  return role;
}
