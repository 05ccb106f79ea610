import {
  CognitoIdentityClient,
  DescribeIdentityCommand,
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  GetPrincipalTagAttributeMapCommand,
  ListIdentitiesCommand,
} from '@aws-sdk/client-cognito-identity';
import type { IdentityDescription, RoleMapping as SdkMapping } from '@aws-sdk/client-cognito-identity';
import type { AdminKeys } from '../core/admin-credentials';
import type { IdentityFacts, IdentityPoolAdminApi, RoleMapping, RuleMatch } from '../core/admin-port';
import type { AdminPlaces } from '../core/connection/admin-places';
import { WorkbenchError } from '../core/errors';
import type { AdminCaller } from './admin';
import { clientOptions } from './call';

type Pool = NonNullable<AdminPlaces['identityPool']>;

/** The connection's identity pool. Throws `federation.no-identity-pool`. */
export function neededPool(place: AdminPlaces['identityPool']): Pool {
  if (place) return place;
  throw new WorkbenchError('federation.no-identity-pool', 'the connection has no identity pool');
}

/** A client of the identity pools API, and where it sends. Reading may be repeated; `attempts` is 1 for the rest. */
export async function identityClient(
  pool: Pool,
  caller: AdminCaller,
  attempts: 1 | 2,
  operation: string,
  signal: AbortSignal | undefined,
) {
  const make = (credentials: AdminKeys) =>
    new CognitoIdentityClient({ ...clientOptions(pool, attempts), credentials });
  const client = await caller.client(`cognito-identity ${attempts}`, make, operation, signal);
  const host = pool.endpoint ?? `cognito-identity.${pool.region}`;
  return { client, site: { service: 'cognito-identity', operation, host } as const };
}

/** https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/ */
export function identityPoolAdminApi(
  place: AdminPlaces['identityPool'],
  caller: AdminCaller,
): IdentityPoolAdminApi {
  const clientFor = (operation: string, signal: AbortSignal | undefined) =>
    identityClient(neededPool(place), caller, 2, operation, signal);
  const poolId = () => neededPool(place).identityPoolId;
  return {
    async describeIdentityPool(signal) {
      const { client, site } = await clientFor('DescribeIdentityPool', signal);
      const command = new DescribeIdentityPoolCommand({ IdentityPoolId: poolId() });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      return {
        name: answer.IdentityPoolName ?? '',
        allowGuests: answer.AllowUnauthenticatedIdentities ?? false,
        classicFlow: answer.AllowClassicFlow ?? false,
        providers: (answer.CognitoIdentityProviders ?? []).map((one) => ({
          providerName: one.ProviderName ?? '',
          clientId: one.ClientId ?? '',
          serverSideTokenCheck: one.ServerSideTokenCheck ?? false,
        })),
        developerProvider: answer.DeveloperProviderName,
        socialProviders: answer.SupportedLoginProviders ?? {},
        oidcProviderArns: answer.OpenIdConnectProviderARNs ?? [],
        samlProviderArns: answer.SamlProviderARNs ?? [],
      };
    },
    async identityPoolRoles(signal) {
      const { client, site } = await clientFor('GetIdentityPoolRoles', signal);
      const command = new GetIdentityPoolRolesCommand({ IdentityPoolId: poolId() });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      const mappings = Object.entries(answer.RoleMappings ?? {});
      return {
        authenticated: answer.Roles?.['authenticated'],
        unauthenticated: answer.Roles?.['unauthenticated'],
        mappings: Object.fromEntries(mappings.map(([provider, mapping]) => [provider, toMapping(mapping)])),
      };
    },
    async principalTagMap(providerName, signal) {
      const { client, site } = await clientFor('GetPrincipalTagAttributeMap', signal);
      const command = new GetPrincipalTagAttributeMapCommand({
        IdentityPoolId: poolId(),
        IdentityProviderName: providerName,
      });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      return { useDefaults: answer.UseDefaults ?? false, tags: answer.PrincipalTags ?? {} };
    },
    async describeIdentity(identityId, signal) {
      const { client, site } = await clientFor('DescribeIdentity', signal);
      const command = new DescribeIdentityCommand({ IdentityId: identityId });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      return toIdentity({ ...answer, IdentityId: answer.IdentityId ?? identityId });
    },
    async listIdentities({ maxResults, nextToken }, signal) {
      const { client, site } = await clientFor('ListIdentities', signal);
      const command = new ListIdentitiesCommand({
        IdentityPoolId: poolId(),
        MaxResults: maxResults ?? 60,
        NextToken: nextToken,
      });
      const answer = await caller.run(site, (abortSignal) => client.send(command, { abortSignal }), signal);
      return { identities: (answer.Identities ?? []).map(toIdentity), nextToken: answer.NextToken };
    },
  };
}

function toIdentity(found: IdentityDescription): IdentityFacts {
  return {
    identityId: found.IdentityId ?? '',
    logins: found.Logins ?? [],
    createdAt: found.CreationDate?.getTime(),
    modifiedAt: found.LastModifiedDate?.getTime(),
  };
}

function toMapping(mapping: SdkMapping): RoleMapping {
  return {
    type: mapping.Type === 'Rules' ? 'Rules' : 'Token',
    ambiguous: mapping.AmbiguousRoleResolution,
    rules: (mapping.RulesConfiguration?.Rules ?? []).map((rule) => ({
      claim: rule.Claim ?? '',
      match: rule.MatchType as RuleMatch,
      value: rule.Value ?? '',
      roleArn: rule.RoleARN ?? '',
    })),
  };
}
