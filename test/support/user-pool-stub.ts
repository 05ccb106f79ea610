import type { UserPoolApi } from '../../src/core/ports';

/** A user pool that has the given operations and no others. */
export function userPoolOf(operations: Partial<UserPoolApi>): UserPoolApi {
  return new Proxy(operations, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member === 'function') return member.bind(target);
      if (name === 'then') return undefined; // Else whoever awaits it would take it for a promise.
      return () => Promise.reject(new Error(`nobody should call ${String(name)}`));
    },
  }) as UserPoolApi;
}
