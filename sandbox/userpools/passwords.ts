import { randomInt } from 'node:crypto';
import { AwsError } from '../kernel/aws-error';
import { randomFrom } from '../kernel/random';
import type { PasswordPolicy, PoolUser, UserPool } from './model';
import { makePasswordRecord, matchesPassword } from './srp';
import { srpName } from './store';

const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Throws InvalidPasswordException with what the policy misses. */
export function checkPasswordPolicy(policy: PasswordPolicy, password: string): void {
  const complaint =
    password.length < policy.minimumLength
      ? 'Password not long enough'
      : policy.requireUppercase && !/[A-Z]/.test(password)
        ? 'Password must have uppercase characters'
        : policy.requireLowercase && !/[a-z]/.test(password)
          ? 'Password must have lowercase characters'
          : policy.requireNumbers && !/[0-9]/.test(password)
            ? 'Password must have numeric characters'
            : policy.requireSymbols && !SYMBOL.test(password)
              ? 'Password must have symbol characters'
              : undefined;
  if (complaint !== undefined)
    throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${complaint}`);
}

/** Sets a permanent password; throws where the policy or the history refuses it. */
export function setPassword(pool: UserPool, user: PoolUser, password: string): void {
  const { passwordPolicy } = pool.settings;
  checkPasswordPolicy(passwordPolicy, password);
  if (passwordPolicy.historySize > 0 && wasUsedBefore(pool, user, password))
    throw new AwsError('PasswordHistoryPolicyViolationException', 'Password has previously been used');
  replacePassword(pool, user, password);
  user.temporaryUntil = undefined;
  user.status = 'CONFIRMED';
}

/** Sets a password that must be changed at the first sign-in, and dies when it is not used. */
export function setTemporaryPassword(pool: UserPool, user: PoolUser, password: string, now: number): void {
  checkPasswordPolicy(pool.settings.passwordPolicy, password);
  replacePassword(pool, user, password);
  user.temporaryUntil = now + pool.settings.passwordPolicy.temporaryValidityDays * 86_400_000;
  user.status = 'FORCE_CHANGE_PASSWORD';
}

export function isPassword(pool: UserPool, user: PoolUser, password: string): boolean {
  return (
    user.password !== undefined && matchesPassword(user.password, srpName(pool), user.username, password)
  );
}

/** A password that every policy accepts. */
export function inventPassword(policy: PasswordPolicy): string {
  const filler = randomFrom('abcdefghijkmnpqrstuvwxyz', Math.max(policy.minimumLength, 12) - 4);
  return `${filler}A${String(randomInt(10))}!x`;
}

function replacePassword(pool: UserPool, user: PoolUser, password: string): void {
  if (user.password !== undefined && user.status === 'CONFIRMED') user.formerPasswords.unshift(user.password);
  user.formerPasswords.splice(pool.settings.passwordPolicy.historySize);
  user.password = makePasswordRecord(srpName(pool), user.username, password);
}

function wasUsedBefore(pool: UserPool, user: PoolUser, password: string): boolean {
  const known = [...(user.password === undefined ? [] : [user.password]), ...user.formerPasswords];
  return known
    .slice(0, pool.settings.passwordPolicy.historySize)
    .some((record) => matchesPassword(record, srpName(pool), user.username, password));
}
