import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, optionalTexts, requiredText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import type { IdentityPool, IdentityStore } from './store';
import { identityOperation, textMap } from './validation';

const MAX_TAGS = 50;
const TAG = { maxEntries: MAX_TAGS, maxKey: 128, maxValue: 256 };

/** Tags of identity pools, which IdentityPoolTags of the pool shows too. */
export function tagOperations(
  store: IdentityStore,
  account: { readonly region: string; readonly accountId: string },
): Record<string, Operation> {
  const prefix = `arn:aws:cognito-identity:${account.region}:${account.accountId}:identitypool/`;

  function poolOf(input: Input): IdentityPool {
    const arn = requiredText(input, 'ResourceArn', { min: 20, max: 2048, pattern: /^arn:/ });
    if (!arn.startsWith(prefix)) {
      throw new AwsError('InvalidParameterException', `${arn} is not an identity pool of this account.`);
    }
    return store.pool(arn.slice(prefix.length));
  }

  function retag(pool: IdentityPool, tags: Readonly<Record<string, string>>): void {
    if (Object.keys(tags).length > MAX_TAGS) {
      throw new AwsError('InvalidParameterException', `A resource can have at most ${MAX_TAGS} tags.`);
    }
    pool.settings = { ...pool.settings, IdentityPoolTags: tags };
  }

  return {
    TagResource: identityOperation((input) => {
      const pool = poolOf(input);
      const added = textMap(input, 'Tags', TAG);
      if (input['Tags'] === undefined || input['Tags'] === null) {
        throw constraintError('Tags', undefined, 'not be null');
      }
      retag(pool, { ...pool.settings.IdentityPoolTags, ...Object.fromEntries(added) });
      return {};
    }),

    UntagResource: identityOperation((input) => {
      const pool = poolOf(input);
      const keys = optionalTexts(input, 'TagKeys', { min: 1, max: 128 });
      if (keys === undefined) {
        throw constraintError('TagKeys', undefined, 'not be null');
      }
      const kept = Object.entries(pool.settings.IdentityPoolTags).filter(([key]) => !keys.includes(key));
      retag(pool, Object.fromEntries(kept));
      return {};
    }),

    ListTagsForResource: identityOperation((input) => ({ Tags: poolOf(input).settings.IdentityPoolTags })),
  };
}
