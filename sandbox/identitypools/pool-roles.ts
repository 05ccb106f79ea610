import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, isRecord, optionalRecord, requiredText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import type { CognitoProvider } from './pool-settings';
import type { IdentityPool, IdentityStore } from './store';
import { identityOperation, identityPoolId, textMap } from './validation';

/** How the role of a login is chosen, where not simply the default one. */
export interface RoleMapping {
  readonly Type: 'Token';
  readonly AmbiguousRoleResolution: 'AuthenticatedRole' | 'Deny';
}

export interface PoolRoles {
  readonly authenticated?: string;
  readonly unauthenticated?: string;
  /** By `PROVIDERNAME:CLIENTID`. */
  readonly mappings: ReadonlyMap<string, RoleMapping>;
}

export const NO_ROLES: PoolRoles = { mappings: new Map() };

const MAX_MAPPINGS = 10;

/** The key under which a provider's mapping stands. */
export function mappingKey({
  ProviderName,
  ClientId,
}: Pick<CognitoProvider, 'ProviderName' | 'ClientId'>): string {
  return `${ProviderName}:${ClientId}`;
}

export function roleOperations(store: IdentityStore): Record<string, Operation> {
  return {
    /** Replaces roles and mappings alike: what is not given is gone. */
    SetIdentityPoolRoles: identityOperation((input) => {
      const id = identityPoolId(input);
      if (optionalRecord(input, 'Roles') === undefined) {
        throw constraintError('Roles', undefined, 'not be null');
      }
      const roles = textMap(input, 'Roles', {
        maxEntries: 2,
        maxKey: 128,
        maxValue: 2048,
        keyPattern: /^(un)?authenticated$/,
      });
      for (const [kind, arn] of roles) {
        requiredText({ [kind]: arn }, kind, { min: 20, max: 2048 });
      }
      const pool = store.pool(id);
      pool.roles = { ...Object.fromEntries(roles), mappings: readMappings(input, pool) };
      return {};
    }),

    GetIdentityPoolRoles: identityOperation((input) => {
      const { id, roles } = store.pool(identityPoolId(input));
      const { mappings, ...defaults } = roles;
      return {
        IdentityPoolId: id,
        Roles: defaults,
        ...(mappings.size === 0 ? {} : { RoleMappings: Object.fromEntries(mappings) }),
      };
    }),
  };
}

function readMappings(input: Input, pool: IdentityPool): ReadonlyMap<string, RoleMapping> {
  const entries = Object.entries(optionalRecord(input, 'RoleMappings') ?? {});
  if (entries.length > MAX_MAPPINGS) {
    throw new AwsError('LimitExceededException', `At most ${MAX_MAPPINGS} role mappings may be given.`);
  }
  const known = new Set(pool.settings.CognitoIdentityProviders.map(mappingKey));
  return new Map(
    entries.map(([key, raw]) => {
      if (!isRecord(raw)) {
        throw new AwsError('SerializationException', 'RoleMappings must be a map of structures');
      }
      if (!known.has(key)) {
        throw new AwsError(
          'InvalidParameterException',
          `${key} is not a valid RoleMapping ProviderName or is not a configured provider.`,
        );
      }
      return [key, readMapping(raw)];
    }),
  );
}

function readMapping(raw: Input): RoleMapping {
  const type = requiredText(raw, 'Type', { oneOf: ['Token', 'Rules'] });
  if (type === 'Rules') {
    throw new AwsError('InvalidParameterException', 'The sandbox does not know role mappings by rules.');
  }
  if (raw['AmbiguousRoleResolution'] === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'AmbiguousRoleResolution is required for role mappings of type Token.',
    );
  }
  if (raw['RulesConfiguration'] !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'RulesConfiguration is for role mappings of type Rules only.',
    );
  }
  const ambiguous = requiredText(raw, 'AmbiguousRoleResolution', { oneOf: ['AuthenticatedRole', 'Deny'] });
  return { Type: 'Token', AmbiguousRoleResolution: ambiguous === 'Deny' ? 'Deny' : 'AuthenticatedRole' };
}
