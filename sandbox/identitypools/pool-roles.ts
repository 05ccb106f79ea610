import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, isRecord, optionalRecord, requiredText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { type MappingRule, readRules } from './rule-mappings';
import type { IdentityPool, IdentityStore } from './store';
import { identityOperation, identityPoolId, textMap } from './validation';

/** What happens where neither token nor rules name one role. */
export type AmbiguousRoleResolution = 'AuthenticatedRole' | 'Deny';

/** How the role of a login is chosen, where not simply the default one; under the names of the API. */
export type RoleMapping =
  | { readonly Type: 'Token'; readonly AmbiguousRoleResolution: AmbiguousRoleResolution }
  | {
      readonly Type: 'Rules';
      readonly AmbiguousRoleResolution: AmbiguousRoleResolution;
      readonly RulesConfiguration: { readonly Rules: readonly MappingRule[] };
    };

export interface PoolRoles {
  readonly authenticated?: string;
  readonly unauthenticated?: string;
  /** By `PROVIDERNAME:CLIENTID` of a user pool, the name of a public provider, or the ARN of an OIDC or SAML provider. */
  readonly mappings: ReadonlyMap<string, RoleMapping>;
}

export const NO_ROLES: PoolRoles = { mappings: new Map() };

const MAX_MAPPINGS = 10;

/** The keys under which the mappings of a pool's providers stand. */
function mappingKeys({ settings }: IdentityPool): ReadonlySet<string> {
  return new Set([
    ...settings.CognitoIdentityProviders.map(({ ProviderName, ClientId }) => `${ProviderName}:${ClientId}`),
    ...Object.keys(settings.SupportedLoginProviders ?? {}),
    ...(settings.OpenIdConnectProviderARNs ?? []),
    ...(settings.SamlProviderARNs ?? []),
  ]);
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
  const known = mappingKeys(pool);
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
  if (raw['AmbiguousRoleResolution'] === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      `AmbiguousRoleResolution is required for role mappings of type ${type}.`,
    );
  }
  const ambiguous = requiredText(raw, 'AmbiguousRoleResolution', { oneOf: ['AuthenticatedRole', 'Deny'] });
  const AmbiguousRoleResolution = ambiguous === 'Deny' ? 'Deny' : 'AuthenticatedRole';
  if (type === 'Rules') {
    return { Type: 'Rules', AmbiguousRoleResolution, RulesConfiguration: { Rules: readRules(raw) } };
  }
  if (raw['RulesConfiguration'] !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'RulesConfiguration is for role mappings of type Rules only.',
    );
  }
  return { Type: 'Token', AmbiguousRoleResolution };
}
