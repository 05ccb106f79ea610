import { constraintError, optionalInteger, optionalText } from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Operation } from '../kernel/types';
import { readPoolSettings } from './pool-settings';
import type { IdentityPool, IdentityStore } from './store';
import { identityOperation, identityPoolId } from './validation';

function describePool(pool: IdentityPool): Record<string, unknown> {
  return { IdentityPoolId: pool.id, ...pool.settings };
}

export function poolOperations(store: IdentityStore, newId: () => string): Record<string, Operation> {
  return {
    CreateIdentityPool: identityOperation((input) =>
      describePool(store.addPool(newId(), readPoolSettings(input))),
    ),

    DescribeIdentityPool: identityOperation((input) => describePool(store.pool(identityPoolId(input)))),

    ListIdentityPools: identityOperation((input) => {
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: 60 });
      if (limit === undefined) {
        throw constraintError('MaxResults', undefined, 'not be null');
      }
      const token = optionalText(input, 'NextToken', { min: 1, max: 65_535, pattern: /^\S+$/ });
      const page = pageOf(store.pools(), (pool) => pool.id, limit, token);
      return {
        IdentityPools: page.items.map(({ id, settings }) => ({
          IdentityPoolId: id,
          IdentityPoolName: settings.IdentityPoolName,
        })),
        ...(page.next === undefined ? {} : { NextToken: page.next }),
      };
    }),

    UpdateIdentityPool: identityOperation((input) => {
      const id = identityPoolId(input);
      const settings = readPoolSettings(input);
      const pool = store.pool(id);
      pool.settings = settings;
      return describePool(pool);
    }),

    DeleteIdentityPool: identityOperation((input) => {
      store.removePool(identityPoolId(input));
      return {};
    }),
  };
}
