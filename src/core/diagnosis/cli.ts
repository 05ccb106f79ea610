import type { Endpoints } from '../connection/model';
import { parseRole } from '../federation/role';
import type { Case } from './case';
import { requestedRole } from './case';

type Option = readonly [flag: string, value: string | readonly string[] | true | undefined];

/** An AWS CLI command for this connection's user pool; undefined where an id that it needs is not known. */
export function userPoolCommand(c: Case, operation: string, options: readonly Option[]): string | undefined {
  const all: Option[] = [['--region', c.region], ['--user-pool-id', c.userPoolId], ...options];
  return command(c, 'cognito-idp', 'cognitoIdp', operation, all);
}

/** Like `userPoolCommand`, for the operations that take the client id alone. */
export function userPoolClientCommand(
  c: Case,
  operation: string,
  options: readonly Option[],
): string | undefined {
  const all: Option[] = [['--region', c.region], ['--client-id', c.clientId], ...options];
  return command(c, 'cognito-idp', 'cognitoIdp', operation, all);
}

/** An AWS CLI command for this connection's identity pool. */
export function identityPoolCommand(
  c: Case,
  operation: string,
  options: readonly Option[] = [],
): string | undefined {
  const all: Option[] = [
    ['--region', c.identityRegion],
    ['--identity-pool-id', c.identityPoolId],
    ...options,
  ];
  return command(c, 'cognito-identity', 'cognitoIdentity', operation, all);
}

/**
 * A command that changes one thing of the identity pool and keeps the rest: UpdateIdentityPool resets what is left
 * out, so the pool is read, merged (`change` is a JMESPath expression) and written back.
 */
export function updateIdentityPool(c: Case, change: string): string | undefined {
  const read = identityPoolCommand(c, 'describe-identity-pool', [['--query', `merge(@, ${change})`]]);
  const write = command(c, 'cognito-identity', 'cognitoIdentity', 'update-identity-pool', [
    ['--region', c.identityRegion],
    ['--cli-input-json', 'file://identity-pool.json'],
  ]);
  return read && write ? `${read} --output json > identity-pool.json && ${write}` : undefined;
}

/** The AWS CLI command that shows one member of the role that was asked for; the name is left to fill in where it is unknown. */
export function roleCommand(
  c: Case,
  member: 'AssumeRolePolicyDocument' | 'MaxSessionDuration',
): string | undefined {
  const name = parseRole(requestedRole(c))?.name ?? c.context.roleName ?? 'ROLE-NAME';
  return command(c, 'iam', 'iam', 'get-role', [
    ['--role-name', name],
    ['--query', `Role.${member}`],
  ]);
}

function command(
  c: Case,
  service: string,
  endpoint: keyof Endpoints,
  operation: string,
  options: readonly Option[],
): string | undefined {
  const words = ['aws', service, operation];
  for (const [flag, value] of [...options, ...endpointOption(c, endpoint)]) {
    if (value === undefined) return undefined;
    words.push(flag);
    if (value !== true) words.push(...(typeof value === 'string' ? [value] : value).map(shellQuoted));
  }
  return words.join(' ');
}

function endpointOption(c: Case, endpoint: keyof Endpoints): readonly Option[] {
  const url = c.context.connection?.endpoints?.[endpoint];
  return url === undefined ? [] : [['--endpoint-url', url]];
}

/** One word for a POSIX shell; control characters, which have no place in ids and names, are dropped. */
export function shellQuoted(word: string): string {
  const clean = word.replace(/\p{Cc}/gu, '');
  return /^[\w@%+=:,./-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", String.raw`'\''`)}'`;
}
