import { AwsError } from '../kernel/aws-error';
import type { VerifiedLogin } from '../kernel/types';
import type { RoleMapping } from './pool-roles';
import type { IdentityPool } from './store';

/** What AWS answers for all faults of roles, without a word about which one. */
export function invalidConfiguration(): AwsError {
  return new AwsError(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );
}

/**
 * The ARN of the role that a login gets: by the token where the provider has a mapping, the pool's default
 * otherwise. Throws NotAuthorizedException, and InvalidIdentityPoolConfigurationException where there is no role.
 */
export function chooseRole(
  pool: IdentityPool,
  login: VerifiedLogin,
  customRoleArn: string | undefined,
): string {
  const mapping = mappingOf(pool, login);
  if (mapping === undefined) {
    const role = defaultRole(pool);
    if (customRoleArn !== undefined && customRoleArn !== role) {
      throw roleNotOffered();
    }
    return role;
  }
  if (customRoleArn !== undefined) {
    if (!rolesOf(login).includes(customRoleArn)) {
      throw roleNotOffered();
    }
    return customRoleArn;
  }
  const preferred = login.claims['cognito:preferred_role'];
  if (typeof preferred === 'string') {
    return preferred;
  }
  if (mapping.AmbiguousRoleResolution === 'Deny') {
    throw new AwsError('NotAuthorizedException', 'The ambiguous role mapping rules denied this request.');
  }
  return defaultRole(pool);
}

/** The mapping of the provider and app client that a login came through. */
export function mappingOf(pool: IdentityPool, { mappingKey }: VerifiedLogin): RoleMapping | undefined {
  return pool.roles.mappings.get(mappingKey);
}

function defaultRole(pool: IdentityPool): string {
  const role = pool.roles.authenticated;
  if (role === undefined) {
    throw invalidConfiguration();
  }
  return role;
}

function rolesOf({ claims }: VerifiedLogin): readonly unknown[] {
  const roles: unknown = claims['cognito:roles'];
  return Array.isArray(roles) ? roles : [];
}

/** AWS's own words for this are not known to us. */
function roleNotOffered(): AwsError {
  return new AwsError('NotAuthorizedException', 'The requested role is not among the roles of this login.');
}
