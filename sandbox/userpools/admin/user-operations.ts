import { AwsError } from '../../kernel/aws-error';
import {
  optionalBoolean,
  optionalInteger,
  optionalText,
  optionalTexts,
  requiredText,
} from '../../kernel/input';
import type { Input } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import type { Operation } from '../../kernel/types';
import { attributeList, checkRequiredAttributes, readAttributes } from '../attributes';
import type { UserPoolContext } from '../context';
import { mfaMembers } from '../mfa/preference-operations';
import type { PoolUser, UserPool } from '../model';
import { addUser } from '../new-user';
import { checkPasswordPolicy, inventPassword, setPassword, setTemporaryPassword } from '../passwords';
import { userOf, usernameKey } from '../store';

const PASSWORD = { min: 1, max: 256, pattern: /^\S.*\S$|^\S$/, secret: true };

export function describeUser(user: PoolUser): Record<string, unknown> {
  return { ...userFacts(user), Attributes: attributeList(user) };
}

function userFacts(user: PoolUser): Record<string, unknown> {
  return {
    Username: user.username,
    UserCreateDate: new Date(user.createdAt),
    UserLastModifiedDate: new Date(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

/** AdminCreateUser; `fixedSub` is for the seed. */
export function adminCreateUser(context: UserPoolContext, input: Input, fixedSub?: string): PoolUser {
  const pool = context.store.poolOf(input);
  const typed = requiredText(input, 'Username', { min: 1, max: 128 });
  const action = optionalText(input, 'MessageAction', { oneOf: ['RESEND', 'SUPPRESS'] });
  const mediums = optionalTexts(input, 'DesiredDeliveryMediums', { oneOf: ['SMS', 'EMAIL'] }) ?? ['SMS'];
  const given = optionalText(input, 'TemporaryPassword', PASSWORD);
  const password = given ?? inventPassword(pool.settings.passwordPolicy);
  const now = context.clock.now();
  let user: PoolUser;
  if (action === 'RESEND') {
    user = userOf(pool, input);
    if (user.status !== 'FORCE_CHANGE_PASSWORD')
      throw new AwsError(
        'UnsupportedUserStateException',
        `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
      );
  } else {
    const attributes = readAttributes(pool, input, 'UserAttributes');
    checkPasswordPolicy(pool.settings.passwordPolicy, password);
    user = addUser(pool, typed, attributes, 'FORCE_CHANGE_PASSWORD', now, fixedSub);
  }
  setTemporaryPassword(pool, user, password, now);
  if (action !== 'SUPPRESS') invite(context, pool, user, password, mediums);
  return user;
}

export function userOperations(context: UserPoolContext): Record<string, Operation> {
  const { store, clock, families } = context;
  const change = (input: Input, edit: (user: PoolUser, pool: UserPool) => void): Record<string, never> => {
    const pool = store.poolOf(input);
    const user = userOf(pool, input);
    edit(user, pool);
    user.modifiedAt = clock.now();
    return {};
  };
  return {
    AdminCreateUser: (input) => ({ User: describeUser(adminCreateUser(context, input)) }),
    AdminGetUser(input) {
      const user = userOf(store.poolOf(input), input);
      return { ...userFacts(user), UserAttributes: attributeList(user), ...mfaMembers(user) };
    },
    AdminSetUserPassword: (input) =>
      change(input, (user, pool) => {
        const password = requiredText(input, 'Password', PASSWORD);
        if (optionalBoolean(input, 'Permanent') ?? false) setPassword(pool, user, password);
        else setTemporaryPassword(pool, user, password, clock.now());
      }),
    AdminDeleteUserAttributes: (input) =>
      change(input, (user) => {
        for (const name of optionalTexts(input, 'UserAttributeNames', { min: 1, max: 32 }) ?? [])
          user.attributes.delete(name);
      }),
    AdminConfirmSignUp: (input) =>
      change(input, (user) => {
        if (user.status !== 'UNCONFIRMED')
          throw new AwsError(
            'NotAuthorizedException',
            `User cannot be confirmed. Current status is ${user.status}`,
          );
        user.status = 'CONFIRMED';
      }),
    AdminUpdateUserAttributes: (input) =>
      change(input, (user, pool) => {
        for (const [name, value] of readAttributes(pool, input, 'UserAttributes'))
          user.attributes.set(name, value);
        checkRequiredAttributes(pool, user.attributes);
      }),
    AdminDisableUser: (input) =>
      change(input, (user, pool) => {
        user.enabled = false;
        families.revokeAllOf(pool.id, user.sub);
      }),
    AdminEnableUser: (input) =>
      change(input, (user) => {
        user.enabled = true;
      }),
    AdminDeleteUser: (input) =>
      change(input, (user, pool) => {
        pool.users.delete(usernameKey(pool, user.username));
        families.revokeAllOf(pool.id, user.sub);
      }),
    ListUsers(input) {
      const pool = store.poolOf(input);
      const limit = optionalInteger(input, 'Limit', { min: 0, max: 60 }) || 60;
      const token = optionalText(input, 'PaginationToken', { min: 1 });
      const users = [...pool.users.values()].filter(userFilter(optionalText(input, 'Filter', { max: 256 })));
      const { items, next } = pageOf(users, ({ username }) => username, limit, token);
      return { Users: items.map((user) => describeUser(user)), PaginationToken: next };
    },
  };
}

/** `username = "x"` and `email ^= "x"`; sub, status and the standard attributes alike. */
function userFilter(filter: string | undefined): (user: PoolUser) => boolean {
  if (filter === undefined || filter === '') return () => true;
  const match = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter);
  if (match === null) throw new AwsError('InvalidParameterException', 'Error while parsing filter');
  const [, name = '', operator, quoted = ''] = match;
  const wanted = quoted.replace(/\\(.)/g, '$1');
  return (user) => {
    const value =
      name === 'username'
        ? user.username
        : name === 'sub'
          ? user.sub
          : name === 'cognito:user_status'
            ? user.status
            : user.attributes.get(name);
    return value !== undefined && (operator === '=' ? value === wanted : value.startsWith(wanted));
  };
}

function invite(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
  password: string,
  mediums: readonly string[],
): void {
  for (const medium of ['EMAIL', 'SMS'] as const) {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number';
    const destination = user.attributes.get(attribute);
    if (!mediums.includes(medium) || destination === undefined) continue;
    const { username } = user;
    context.outbox.deliver({
      userPoolId: pool.id,
      username,
      medium,
      attribute,
      destination,
      purpose: 'invitation',
      code: password,
      expiresAt: new Date(user.temporaryUntil ?? context.clock.now()).toISOString(),
    });
  }
}
