import { AwsError } from '../kernel/aws-error';
import { optionalInteger, optionalText } from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Operation } from '../kernel/types';
import {
  developerProviderName,
  developerUser,
  mustSupport,
  optionalDeveloperUser,
  optionalIdentityId,
} from './developer-input';
import type { Linking } from './linking';
import type { Identity, IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, identityPoolId } from './validation';

const MAX_PAGE = 60;

/** What a backend does with the users of its own directory once they have identities. */
export function developerOperations(store: IdentityStore, linking: Linking): Record<string, Operation> {
  function ownerOf(pool: IdentityPool, user: string): Identity {
    const owner = store.developerOwnerOf(pool.id, user);
    if (owner === undefined) {
      throw new AwsError('ResourceNotFoundException', `Developer user '${user}' not found.`);
    }
    return owner;
  }

  function identityIn(pool: IdentityPool, id: string): Identity {
    const identity = store.identity(id);
    if (identity.poolId !== pool.id) {
      throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`);
    }
    return identity;
  }

  return {
    /** The identity of a user, or the users of an identity; both given are compared. */
    LookupDeveloperIdentity: identityOperation((input) => {
      const poolId = identityPoolId(input);
      const id = optionalIdentityId(input);
      const user = optionalDeveloperUser(input, 'DeveloperUserIdentifier');
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: MAX_PAGE }) ?? MAX_PAGE;
      const token = optionalText(input, 'NextToken', { min: 1, max: 65_535, pattern: /^\S+$/ });
      const pool = store.pool(poolId);
      if (user !== undefined) {
        const owner = ownerOf(pool, user);
        if (id !== undefined && owner.id !== id) {
          throw otherIdentity(user);
        }
        return { IdentityId: owner.id, DeveloperUserIdentifierList: [user] };
      }
      if (id === undefined) {
        throw new AwsError(
          'InvalidParameterException',
          'Either IdentityId or DeveloperUserIdentifier must be given.',
        );
      }
      const page = pageOf([...identityIn(pool, id).developerUsers], (one) => one, limit, token);
      return {
        IdentityId: id,
        DeveloperUserIdentifierList: page.items,
        ...(page.next === undefined ? {} : { NextToken: page.next }),
      };
    }),

    /** The identity of the destination stays, with all that leads to the one of the source. */
    MergeDeveloperIdentities: identityOperation((input) => {
      const source = developerUser(input, 'SourceUserIdentifier');
      const destination = developerUser(input, 'DestinationUserIdentifier');
      const providerName = developerProviderName(input);
      const pool = store.pool(identityPoolId(input));
      mustSupport(pool, providerName);
      const identities = new Set([ownerOf(pool, destination), ownerOf(pool, source)]);
      return { IdentityId: linking.combine([...identities], []).id };
    }),

    UnlinkDeveloperIdentity: identityOperation((input) => {
      const id = identityId(input);
      const poolId = identityPoolId(input);
      const providerName = developerProviderName(input);
      const user = developerUser(input, 'DeveloperUserIdentifier');
      const pool = store.pool(poolId);
      mustSupport(pool, providerName);
      const identity = identityIn(pool, id);
      if (ownerOf(pool, user) !== identity) {
        throw otherIdentity(user);
      }
      linking.unlink(identity, [], user);
      return {};
    }),
  };
}

function otherIdentity(user: string): AwsError {
  return new AwsError('ResourceConflictException', `Developer user '${user}' is linked to another identity.`);
}
