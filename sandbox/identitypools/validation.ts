import { AwsError } from '../kernel/aws-error';
import { constraintError, type Input, optionalTextMap, requiredText } from '../kernel/input';
import type { Call, Operation } from '../kernel/types';

export const POOL_OR_IDENTITY_ID = /^[\w-]+:[0-9a-f-]+$/;
const MAX_LOGINS = 10;

/** Identity pools call a parameter that breaks its constraints a ValidationException. */
export function identityOperation(run: (input: Input, call: Call) => unknown): Operation {
  return (input, call) => {
    try {
      return run(input, call);
    } catch (error) {
      throw error instanceof AwsError && /^\d+ validation error/.test(error.message)
        ? new AwsError('ValidationException', error.message)
        : error;
    }
  };
}

export function identityPoolId(input: Input): string {
  return requiredText(input, 'IdentityPoolId', { min: 1, max: 55, pattern: POOL_OR_IDENTITY_ID });
}

export function identityId(input: Input): string {
  return requiredText(input, 'IdentityId', { min: 1, max: 55, pattern: POOL_OR_IDENTITY_ID });
}

export interface MapRule {
  readonly maxEntries: number;
  readonly maxKey: number;
  readonly maxValue: number;
  readonly keyPattern?: RegExp;
}

/** A map of texts within its bounds. Values are not repeated in errors: they may be tokens. */
export function textMap(input: Input, name: string, rule: MapRule): ReadonlyMap<string, string> {
  const map = optionalTextMap(input, name);
  const keys = [...map.keys()];
  const fail = (constraint: string): AwsError =>
    constraintError(name, `{${keys.map((key) => `${key}=`).join(', ')}}`, constraint);
  if (keys.length > rule.maxEntries) {
    throw fail(`have length less than or equal to ${rule.maxEntries}`);
  }
  const badKey = (key: string): boolean =>
    key === '' || key.length > rule.maxKey || rule.keyPattern?.test(key) === false;
  if (keys.some(badKey)) {
    throw fail(`satisfy constraint: [Member must have length between 1 and ${rule.maxKey} and a valid form]`);
  }
  if ([...map.values()].some((value) => value === '' || value.length > rule.maxValue)) {
    throw fail(`satisfy constraint: [Member must have length between 1 and ${rule.maxValue}]`);
  }
  return map;
}

/** The Logins of GetId and GetCredentialsForIdentity: provider to token. */
export function loginMap(input: Input): ReadonlyMap<string, string> {
  return textMap(input, 'Logins', { maxEntries: MAX_LOGINS, maxKey: 128, maxValue: 50_000 });
}
