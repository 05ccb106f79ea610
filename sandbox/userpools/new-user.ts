import { AwsError } from '../kernel/aws-error';
import { uuid } from '../kernel/random';
import type { PoolUser, UserPool, UserStatus } from './model';
import { findUser, usernameKey } from './store';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/**
 * Makes the user of a sign-up or an invitation and puts him into the pool. Where people sign in by e-mail or phone, the
 * name that was typed becomes that attribute, and the user name is the `sub`. Throws UsernameExistsException.
 */
export function addUser(
  pool: UserPool,
  typed: string,
  attributes: ReadonlyMap<string, string>,
  status: UserStatus,
  now: number,
  fixedSub?: string,
): PoolUser {
  const sub = fixedSub ?? uuid();
  const all = new Map(attributes);
  const signInBy = pool.settings.usernameAttributes;
  if (signInBy.length > 0) {
    const name = attributeOfUsername(signInBy, typed);
    all.set(name, typed);
  } else {
    refuseAliasForm(pool, typed);
  }
  if (findUser(pool, typed) !== undefined)
    throw new AwsError('UsernameExistsException', 'User account already exists');
  const user: PoolUser = {
    username: signInBy.length > 0 ? sub : typed,
    sub,
    createdAt: now,
    modifiedAt: now,
    status,
    enabled: true,
    attributes: all,
    groups: new Set(),
    password: undefined,
    formerPasswords: [],
    temporaryUntil: undefined,
    codes: new Map(),
    lockout: { failures: 0, lastFailureAt: 0, until: 0 },
    attempts: new Map(),
    unverified: new Map(),
    mfa: { enabled: new Set(), preferred: undefined },
    totp: undefined,
    devices: new Map(),
    passkeys: [],
  };
  pool.users.set(usernameKey(pool, user.username), user);
  return user;
}

function attributeOfUsername(signInBy: readonly string[], typed: string): string {
  if (signInBy.includes('email') && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return 'email';
  if (signInBy.includes('phone_number') && /^\+\d{5,15}$/.test(typed)) return 'phone_number';
  if (signInBy.length === 2) throw invalid('Username should be either an email or a phone number.');
  throw invalid(
    signInBy[0] === 'email' ? 'Username should be an email.' : 'Username should be a phone number.',
  );
}

/** In a pool with an e-mail or phone alias, a user name of that form could be taken for another user's alias. */
function refuseAliasForm(pool: UserPool, typed: string): void {
  const { aliasAttributes } = pool.settings;
  if (aliasAttributes.includes('email') && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed))
    throw invalid('Username cannot be of email format, since user pool is configured for email alias.');
  if (aliasAttributes.includes('phone_number') && /^\+\d{5,15}$/.test(typed))
    throw invalid(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
}
