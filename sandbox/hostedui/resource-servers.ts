import { AwsError } from '../kernel/aws-error';
import { optionalInteger, optionalRecords, optionalText, requiredText, type Input } from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Operation } from '../kernel/types';
import type { UserPoolContext } from '../userpools/context';
import type { UserPool } from '../userpools/model';

export interface ResourceServer {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
}

const IDENTIFIER = { pattern: /^[\x21\x23-\x5B\x5D-\x7E]+$/, min: 1, max: 256 };
const NAME = { pattern: /^[\w\s+=,.@-]+$/, min: 1, max: 256 };
const SCOPE_NAME = { pattern: /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/, min: 1, max: 256 };

/** The resource servers of all pools, whose scopes apps can ask for as `IDENTIFIER/SCOPE`. */
export class ResourceServers {
  private readonly byPool = new WeakMap<UserPool, Map<string, ResourceServer>>();

  of(pool: UserPool): Map<string, ResourceServer> {
    const known = this.byPool.get(pool) ?? new Map<string, ResourceServer>();
    this.byPool.set(pool, known);
    return known;
  }

  /** `notes/read`, `notes/write`, … */
  scopesOf(pool: UserPool): ReadonlySet<string> {
    const servers = [...this.of(pool).values()];
    return new Set(
      servers.flatMap(({ identifier, scopes }) => scopes.map(({ name }) => `${identifier}/${name}`)),
    );
  }
}

export function resourceServerOperations(
  context: UserPoolContext,
  servers: ResourceServers,
): Record<string, Operation> {
  const { store } = context;
  const found = (pool: UserPool, input: Input): ResourceServer => {
    const identifier = requiredText(input, 'Identifier', IDENTIFIER);
    const server = servers.of(pool).get(identifier);
    if (server === undefined)
      throw new AwsError('ResourceNotFoundException', `Resource server ${identifier} does not exist.`);
    return server;
  };
  return {
    CreateResourceServer(input) {
      const pool = store.poolOf(input);
      const server = readServer(input);
      if (servers.of(pool).has(server.identifier))
        throw new AwsError(
          'InvalidParameterException',
          `Resource server with identifier ${server.identifier} already exists in user pool ${pool.id}.`,
        );
      servers.of(pool).set(server.identifier, server);
      return { ResourceServer: described(pool, server) };
    },
    DescribeResourceServer(input) {
      const pool = store.poolOf(input);
      return { ResourceServer: described(pool, found(pool, input)) };
    },
    UpdateResourceServer(input) {
      const pool = store.poolOf(input);
      found(pool, input);
      const server = readServer(input);
      servers.of(pool).set(server.identifier, server);
      return { ResourceServer: described(pool, server) };
    },
    DeleteResourceServer(input) {
      const pool = store.poolOf(input);
      servers.of(pool).delete(found(pool, input).identifier);
      return {};
    },
    ListResourceServers(input) {
      const pool = store.poolOf(input);
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50;
      const token = optionalText(input, 'NextToken', { min: 1 });
      const all = [...servers.of(pool).values()];
      const { items, next } = pageOf(all, ({ identifier }) => identifier, limit, token);
      return { ResourceServers: items.map((server) => described(pool, server)), NextToken: next };
    },
  };
}

function readServer(input: Input): ResourceServer {
  return {
    identifier: requiredText(input, 'Identifier', IDENTIFIER),
    name: requiredText(input, 'Name', NAME),
    scopes: (optionalRecords(input, 'Scopes') ?? []).map((scope) => ({
      name: requiredText(scope, 'ScopeName', SCOPE_NAME),
      description: requiredText(scope, 'ScopeDescription', { min: 1, max: 256 }),
    })),
  };
}

function described(pool: UserPool, server: ResourceServer): Record<string, unknown> {
  return {
    UserPoolId: pool.id,
    Identifier: server.identifier,
    Name: server.name,
    Scopes: server.scopes.map(({ name, description }) => ({
      ScopeName: name,
      ScopeDescription: description,
    })),
  };
}
