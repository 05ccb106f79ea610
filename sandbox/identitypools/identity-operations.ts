import { optionalText } from '../kernel/input';
import type { Clock, Operation } from '../kernel/types';
import { conflictingLogins, guestRefused, type Logins } from './logins';
import type { IdentityStore } from './store';
import { identityId, identityOperation, identityPoolId, loginMap } from './validation';

export interface IdentityOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly clock: Clock;
  readonly newId: () => string;
}

export function identityOperations(parts: IdentityOperationParts): Record<string, Operation> {
  const { store, logins, clock, newId } = parts;
  return {
    /** The identity that the logins lead to, made where there is none yet. */
    GetId: identityOperation((input) => {
      const poolId = identityPoolId(input);
      optionalText(input, 'AccountId', { min: 1, max: 15, pattern: /^\d+$/ });
      const tokens = loginMap(input);
      const pool = store.pool(poolId);
      if (tokens.size === 0) {
        throw guestRefused(pool);
      }
      const verified = logins.verify(pool, tokens);
      const [owner, ...others] = logins.owners(pool, verified);
      if (others.length > 0) {
        throw conflictingLogins();
      }
      const identity = owner ?? store.addIdentity(newId(), poolId, new Date(clock.now()));
      logins.link(identity, verified);
      return { IdentityId: identity.id };
    }),

    DescribeIdentity: identityOperation((input) => {
      const identity = store.identity(identityId(input));
      return {
        IdentityId: identity.id,
        Logins: [...identity.logins.keys()],
        CreationDate: identity.createdAt,
        LastModifiedDate: identity.modifiedAt,
      };
    }),
  };
}
