import { AwsError } from '../kernel/aws-error';
import { requiredText, type Input } from '../kernel/input';
import type { AppClient, Group, PoolUser, UserPool } from './model';

const POOL_ID = { pattern: /^[\w-]+_[0-9a-zA-Z]+$/, min: 1, max: 55 };
const CLIENT_ID = { pattern: /^[\w+]+$/, min: 1, max: 128 };
const GROUP_NAME = { pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u, min: 1, max: 128 };

/** All user pools, and the look-ups that every operation begins with. */
export class UserPoolStore {
  readonly pools = new Map<string, UserPool>();

  /** The pool that `UserPoolId` names; throws ResourceNotFoundException. */
  poolOf(input: Input): UserPool {
    const id = requiredText(input, 'UserPoolId', POOL_ID);
    const pool = this.pools.get(id);
    if (pool === undefined)
      throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
    return pool;
  }

  /** The client that `ClientId` names, in whichever pool it is; throws ResourceNotFoundException. */
  clientOf(input: Input): { pool: UserPool; client: AppClient } {
    const id = requiredText(input, 'ClientId', CLIENT_ID);
    for (const pool of this.pools.values()) {
      const client = pool.clients.get(id);
      if (client !== undefined) return { pool, client };
    }
    throw clientNotFound(id);
  }

  clientWithin(pool: UserPool, input: Input): AppClient {
    const id = requiredText(input, 'ClientId', CLIENT_ID);
    const client = pool.clients.get(id);
    if (client === undefined) throw clientNotFound(id);
    return client;
  }
}

function clientNotFound(id: string): AwsError {
  return new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
}

export function groupOf(pool: UserPool, input: Input): Group {
  const group = pool.groups.get(requiredText(input, 'GroupName', GROUP_NAME));
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'Group not found.');
  return group;
}

export function newGroupName(input: Input): string {
  return requiredText(input, 'GroupName', GROUP_NAME);
}

/** What SRP calls the pool: its id without the region. */
export function srpName(pool: UserPool): string {
  return pool.id.slice(pool.id.indexOf('_') + 1);
}

export function usernameKey(pool: UserPool, username: string): string {
  return pool.settings.caseSensitive ? username : username.toLowerCase();
}

/** The user whom a person means who types this: by username, or by one of the pool's aliases. */
export function findUser(pool: UserPool, typed: string): PoolUser | undefined {
  const wanted = usernameKey(pool, typed);
  const byName = pool.users.get(wanted);
  if (byName !== undefined) return byName;
  const { usernameAttributes, aliasAttributes } = pool.settings;
  return [...pool.users.values()].find((user) =>
    [...usernameAttributes, ...aliasAttributes].some((name) => {
      const value = user.attributes.get(name);
      if (value === undefined || usernameKey(pool, value) !== wanted) return false;
      // An alias counts only once it is verified; a pool that signs in by e-mail takes it from the start.
      if (usernameAttributes.includes(name)) return true;
      return name === 'preferred_username'
        ? user.status !== 'UNCONFIRMED'
        : user.attributes.get(`${name}_verified`) === 'true';
    }),
  );
}

/** For administrators' operations, which take the `sub` as well; throws UserNotFoundException. */
export function userOf(pool: UserPool, input: Input): PoolUser {
  const typed = requiredText(input, 'Username', { min: 1, max: 128 });
  const user = findUser(pool, typed) ?? [...pool.users.values()].find(({ sub }) => sub === typed);
  if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
  return user;
}
