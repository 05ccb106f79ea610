import type { IdentityPoolRoles, PrincipalTagMap, RoleMapping } from '../admin-port';
import type { Endpoints } from '../connection/model';
import { shellQuoted } from '../diagnosis/cli';
import { regionOf } from './trust-check-request';

/** Where the commands go. */
export interface CommandTarget {
  readonly poolId: string;
  readonly endpoints?: Endpoints | undefined;
}

/** SetIdentityPoolRoles replaces all roles and mappings, so that the command repeats those that stay. */
export function setIdentityPoolRoles(target: CommandTarget, roles: IdentityPoolRoles): string {
  const { authenticated, unauthenticated, mappings } = roles;
  const list = Object.entries(mappings).map(([key, mapping]) => [key, apiMapping(mapping)] as const);
  return command(target, 'cognito-identity', 'set-identity-pool-roles', [
    ['--identity-pool-id', target.poolId],
    ['--roles', JSON.stringify({ authenticated, unauthenticated })],
    ...(list.length === 0 ? [] : ([['--role-mappings', JSON.stringify(Object.fromEntries(list))]] as const)),
  ]);
}

/** Under the names of the API. */
function apiMapping({ type, ambiguous, rules }: RoleMapping): object {
  return {
    Type: type,
    AmbiguousRoleResolution: ambiguous,
    ...(type === 'Rules'
      ? {
          RulesConfiguration: {
            Rules: rules.map(({ claim, match, value, roleArn }) => ({
              Claim: claim,
              MatchType: match,
              Value: value,
              RoleARN: roleArn,
            })),
          },
        }
      : {}),
  };
}

export function updateTrust(target: CommandTarget, roleName: string, document: string): string {
  return command(target, 'iam', 'update-assume-role-policy', [
    ['--role-name', roleName],
    ['--policy-document', document],
  ]);
}

export function createRole(
  target: CommandTarget,
  role: { readonly name: string; readonly path: string },
  document: string,
): string {
  return command(target, 'iam', 'create-role', [
    ...(role.path === '/' ? [] : ([['--path', role.path]] as const)),
    ['--role-name', role.name],
    ['--assume-role-policy-document', document],
  ]);
}

export function showTrust(target: CommandTarget, roleName: string): string {
  return command(target, 'iam', 'get-role', [
    ['--role-name', roleName],
    ['--query', 'Role.AssumeRolePolicyDocument'],
  ]);
}

export function showIdentityPoolRoles(target: CommandTarget): string {
  return command(target, 'cognito-identity', 'get-identity-pool-roles', [
    ['--identity-pool-id', target.poolId],
  ]);
}

/** Replaces the whole map of one provider. */
export function setPrincipalTags(
  target: CommandTarget,
  providerName: string,
  tags: PrincipalTagMap['tags'],
): string {
  return command(target, 'cognito-identity', 'set-principal-tag-attribute-map', [
    ['--identity-pool-id', target.poolId],
    ['--identity-provider-name', providerName],
    ['--no-use-defaults'],
    ['--principal-tags', JSON.stringify(tags)],
  ]);
}

type Option = readonly [flag: string, value?: string];

function command(
  target: CommandTarget,
  service: 'cognito-identity' | 'iam',
  operation: string,
  options: readonly Option[],
): string {
  const { endpoints } = target;
  const endpoint = service === 'iam' ? endpoints?.iam : endpoints?.cognitoIdentity;
  const all: Option[] = [
    ['--region', regionOf(target)],
    ...options,
    ...(endpoint === undefined ? [] : [['--endpoint-url', endpoint] as const]),
  ];
  const words = all.map(([flag, value]) => (value === undefined ? flag : `${flag} ${shellQuoted(value)}`));
  return ['aws', service, operation, ...words].join(' ');
}
