import { optionalBoolean, optionalInteger, optionalText, requiredText, type Input } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import { lowerAlnum } from '../../kernel/random';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { AppClient } from '../model';
import { describeClient, readClientSettings } from './client-settings';

const CLIENT_NAME = { pattern: /^[\w\s+=,.@-]+$/, min: 1, max: 128 };

/** Makes an app client; `fixed` is for the seed. */
export function createClient(
  context: UserPoolContext,
  input: Input,
  fixed: { readonly id?: string; readonly secret?: string } = {},
): AppClient {
  const pool = context.store.poolOf(input);
  const settings = readClientSettings(input, requiredText(input, 'ClientName', CLIENT_NAME));
  const withSecret = optionalBoolean(input, 'GenerateSecret') ?? false;
  const now = context.clock.now();
  const client: AppClient = {
    id: fixed.id ?? lowerAlnum(26),
    poolId: pool.id,
    secret: withSecret ? (fixed.secret ?? lowerAlnum(51)) : undefined,
    createdAt: now,
    modifiedAt: now,
    settings,
  };
  pool.clients.set(client.id, client);
  return client;
}

export function clientOperations(context: UserPoolContext): Record<string, Operation> {
  const { store, clock } = context;
  return {
    CreateUserPoolClient: (input) => ({ UserPoolClient: describeClient(createClient(context, input)) }),
    DescribeUserPoolClient: (input) => ({
      UserPoolClient: describeClient(store.clientWithin(store.poolOf(input), input)),
    }),
    UpdateUserPoolClient(input) {
      const client = store.clientWithin(store.poolOf(input), input);
      const name = optionalText(input, 'ClientName', CLIENT_NAME) ?? client.settings.name;
      client.settings = readClientSettings(input, name);
      client.modifiedAt = clock.now();
      return { UserPoolClient: describeClient(client) };
    },
    DeleteUserPoolClient(input) {
      const pool = store.poolOf(input);
      pool.clients.delete(store.clientWithin(pool, input).id);
      return {};
    },
    ListUserPoolClients(input) {
      const pool = store.poolOf(input);
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: 60 }) ?? 60;
      const token = optionalText(input, 'NextToken', { min: 1, max: 131072 });
      const { items, next } = pageOf([...pool.clients.values()], ({ id }) => id, limit, token);
      return {
        UserPoolClients: items.map((client) => ({
          ClientId: client.id,
          UserPoolId: pool.id,
          ClientName: client.settings.name,
        })),
        NextToken: next,
      };
    },
  };
}
