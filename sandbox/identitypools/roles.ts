import { AwsError } from '../kernel/aws-error';
import type { VerifiedLogin } from '../kernel/types';
import type { RoleMapping } from './pool-roles';
import { matchingRules } from './rule-mappings';
import { samlRoles } from './saml-roles';
import type { IdentityPool } from './store';

/** What AWS answers for all faults of roles, without a word about which one. */
export function invalidConfiguration(): AwsError {
  return new AwsError(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );
}

/** What a login offers: the roles that may be asked for, and the one that it gets unasked. */
interface Offer {
  readonly roles: readonly string[];
  readonly first: string | undefined;
}

/**
 * The ARN of the role that a login gets: by the token or by rules where the provider has a mapping, the pool's
 * default otherwise. Throws NotAuthorizedException, and InvalidIdentityPoolConfigurationException where there is no
 * role.
 */
export function chooseRole(
  pool: IdentityPool,
  login: VerifiedLogin,
  customRoleArn: string | undefined,
): string {
  const mapping = mappingOf(pool, login);
  const offer = offerOf(pool, login, mapping);
  if (customRoleArn !== undefined) {
    if (!offer.roles.includes(customRoleArn)) {
      throw roleNotOffered();
    }
    return customRoleArn;
  }
  if (offer.first !== undefined) {
    return offer.first;
  }
  if (mapping?.AmbiguousRoleResolution === 'Deny') {
    throw new AwsError('NotAuthorizedException', 'The ambiguous role mapping rules denied this request.');
  }
  return defaultRole(pool);
}

/** The mapping of the provider and app client that a login came through. */
export function mappingOf(pool: IdentityPool, { mappingKey }: VerifiedLogin): RoleMapping | undefined {
  return pool.roles.mappings.get(mappingKey);
}

function offerOf(pool: IdentityPool, login: VerifiedLogin, mapping: RoleMapping | undefined): Offer {
  const bySaml = samlRoles(login);
  if (mapping?.Type === 'Rules') {
    const roles = matchingRules(mapping.RulesConfiguration.Rules, login.claims).map(({ RoleARN }) => RoleARN);
    return { roles, first: roles[0] };
  }
  if (bySaml.length > 0) {
    // Among several, only the caller can tell which one is meant.
    return { roles: bySaml, first: bySaml.length === 1 ? bySaml[0] : undefined };
  }
  if (mapping === undefined) {
    const role = defaultRole(pool);
    return { roles: [role], first: role };
  }
  const preferred = login.claims['cognito:preferred_role'];
  return { roles: tokenRoles(login), first: typeof preferred === 'string' ? preferred : undefined };
}

function defaultRole(pool: IdentityPool): string {
  const role = pool.roles.authenticated;
  if (role === undefined) {
    throw invalidConfiguration();
  }
  return role;
}

function tokenRoles({ claims }: VerifiedLogin): readonly string[] {
  const roles: unknown = claims['cognito:roles'];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

/** AWS's own words for this are not known to us. */
function roleNotOffered(): AwsError {
  return new AwsError('NotAuthorizedException', 'The requested role is not among the roles of this login.');
}
