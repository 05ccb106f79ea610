import { optionalInteger, optionalRecords, optionalText, requiredText, type Input } from '../../kernel/input';
import { constraintError } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import { alnum } from '../../kernel/random';
import type { Operation } from '../../kernel/types';
import { withCustomAttributes } from '../attributes';
import type { UserPoolContext } from '../context';
import { readMfaOfNewPool } from '../mfa/pool-mfa';
import type { UserPool } from '../model';
import { generatePoolKeys, type PoolKeys } from '../tokens/pool-keys';
import { describePool, readPoolSettings } from './pool-settings';

/** Makes a pool; `fixed` is for the seed, whose ids do not change from start to start. */
export async function createPool(
  context: UserPoolContext,
  input: Input,
  fixed: { readonly id?: string; readonly keys?: PoolKeys | Promise<PoolKeys> } = {},
): Promise<UserPool> {
  const { region, accountId, clock, store } = context;
  const name = requiredText(input, 'PoolName', { pattern: /^[\w\s+=,.@-]+$/, min: 1, max: 128 });
  const settings = readPoolSettings(input);
  const mfa = readMfaOfNewPool(input);
  const keys = await (fixed.keys ?? generatePoolKeys());
  const id = fixed.id ?? `${region}_${alnum(9)}`;
  const pool: UserPool = {
    id,
    name,
    arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`,
    createdAt: clock.now(),
    settings,
    mfa,
    keys,
    clients: new Map(),
    users: new Map(),
    groups: new Map(),
    providers: new Map(),
    domain: undefined,
  };
  store.pools.set(id, pool);
  return pool;
}

export function poolOperations(context: UserPoolContext): Record<string, Operation> {
  const { store } = context;
  return {
    async CreateUserPool(input) {
      return { UserPool: describePool(await createPool(context, input)) };
    },
    DescribeUserPool: (input) => ({ UserPool: describePool(store.poolOf(input)) }),
    AddCustomAttributes(input) {
      const pool = store.poolOf(input);
      const custom = optionalRecords(input, 'CustomAttributes') ?? [];
      pool.settings = { ...pool.settings, schema: withCustomAttributes(pool.settings.schema, custom) };
      return {};
    },
    DeleteUserPool(input) {
      const pool = store.poolOf(input);
      store.pools.delete(pool.id);
      return {};
    },
    ListUserPools(input) {
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: 60 });
      if (limit === undefined) throw constraintError('MaxResults', undefined, 'not be null');
      const token = optionalText(input, 'NextToken', { min: 1, max: 131072 });
      const { items, next } = pageOf([...store.pools.values()], ({ id }) => id, limit, token);
      return {
        UserPools: items.map(({ id, name, createdAt, settings }) => ({
          Id: id,
          Name: name,
          LambdaConfig: Object.fromEntries(settings.triggers),
          CreationDate: new Date(createdAt),
          LastModifiedDate: new Date(createdAt),
        })),
        NextToken: next,
      };
    },
  };
}
