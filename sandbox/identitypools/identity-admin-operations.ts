import {
  constraintError,
  optionalBoolean,
  optionalInteger,
  optionalText,
  optionalTexts,
} from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Operation } from '../kernel/types';
import type { Identity, IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, identityPoolId, POOL_OR_IDENTITY_ID } from './validation';

const MAX_PAGE = 60;

/** What the owner of an identity pool sees of its identities, and can take away. */
export function identityAdminOperations(store: IdentityStore): Record<string, Operation> {
  return {
    DescribeIdentity: identityOperation((input) => {
      const identity = store.identity(identityId(input));
      return describeIdentity(identity, store.pool(identity.poolId));
    }),

    ListIdentities: identityOperation((input) => {
      const id = identityPoolId(input);
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: MAX_PAGE });
      if (limit === undefined) {
        throw constraintError('MaxResults', undefined, 'not be null');
      }
      const token = optionalText(input, 'NextToken', { min: 1, max: 65_535, pattern: /^\S+$/ });
      const hideDisabled = optionalBoolean(input, 'HideDisabled') ?? false;
      const pool = store.pool(id);
      const shown = store.identitiesOf(id).filter(({ state }) => !(hideDisabled && state === 'disabled'));
      const page = pageOf(shown, (identity) => identity.id, limit, token);
      return {
        IdentityPoolId: id,
        Identities: page.items.map((identity) => describeIdentity(identity, pool)),
        ...(page.next === undefined ? {} : { NextToken: page.next }),
      };
    }),

    /** AWS does not document what becomes of IDs that are not there; here they are among the unprocessed ones. */
    DeleteIdentities: identityOperation((input) => {
      const name = 'IdentityIdsToDelete';
      const ids = optionalTexts(input, name, { min: 1, max: 55, pattern: POOL_OR_IDENTITY_ID });
      if (ids === undefined) {
        throw constraintError(name, undefined, 'not be null');
      }
      if (ids.length < 1 || ids.length > MAX_PAGE) {
        throw constraintError(name, `[${ids.join(', ')}]`, `have length between 1 and ${MAX_PAGE}`);
      }
      const unprocessed = ids.filter((id) => !store.removeIdentity(id));
      return {
        UnprocessedIdentityIds: unprocessed.map((id) => ({ IdentityId: id, ErrorCode: 'AccessDenied' })),
      };
    }),
  };
}

function describeIdentity(identity: Identity, pool: IdentityPool): Record<string, unknown> {
  const developer = pool.settings.DeveloperProviderName;
  return {
    IdentityId: identity.id,
    Logins: [
      ...identity.logins.keys(),
      ...(identity.developerUsers.size > 0 && developer !== undefined ? [developer] : []),
    ],
    CreationDate: identity.createdAt,
    LastModifiedDate: identity.modifiedAt,
  };
}
