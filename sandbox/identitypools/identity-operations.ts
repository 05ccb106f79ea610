import { optionalText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { guestRefused, type Linking } from './linking';
import type { Logins } from './logins';
import type { Identity, IdentityStore } from './store';
import { identityOperation, identityPoolId, loginMap } from './validation';

export interface IdentityOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly linking: Linking;
  readonly newIdentity: (poolId: string) => Identity;
}

export function identityOperations(parts: IdentityOperationParts): Record<string, Operation> {
  const { store, logins, linking, newIdentity } = parts;
  return {
    /** The identity that the logins lead to, made where there is none yet; without logins a new guest each time. */
    GetId: identityOperation((input) => {
      const poolId = identityPoolId(input);
      optionalText(input, 'AccountId', { min: 1, max: 15, pattern: /^\d+$/ });
      const tokens = loginMap(input);
      const pool = store.pool(poolId);
      if (tokens.size === 0) {
        if (!pool.settings.AllowUnauthenticatedIdentities) {
          throw guestRefused();
        }
        return { IdentityId: newIdentity(poolId).id };
      }
      const verified = logins.verify(pool, tokens);
      return { IdentityId: linking.identityFor(pool, verified, () => newIdentity(poolId)).id };
    }),
  };
}
