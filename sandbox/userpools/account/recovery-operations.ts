import { AwsError } from '../../kernel/aws-error';
import { requiredText, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { userIsDisabled } from '../auth/sign-in-state';
import { checkCode, codeMismatch } from '../codes';
import type { UserPoolContext } from '../context';
import { pretendedDelivery, sendCode, type DeliveryDetails } from '../delivery';
import { forgetFailures } from '../lockout';
import { mfaOf } from '../mfa/methods';
import type { DeliveredTo, PoolUser, UserPool } from '../model';
import { setPassword } from '../passwords';
import { caller } from '../sign-up';
import { findUser, userOf } from '../store';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
const refuse = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

const BY_MECHANISM: Readonly<Record<string, DeliveredTo>> = {
  verified_email: 'email',
  verified_phone_number: 'phone_number',
};

export function recoveryOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    ForgotPassword: (input) => forgotPassword(context, input),
    ConfirmForgotPassword: (input) => confirmForgotPassword(context, input),
    AdminResetUserPassword(input) {
      const pool = context.store.poolOf(input);
      const user = userOf(pool, input);
      if (user.status === 'FORCE_CHANGE_PASSWORD') throw wrongState();
      sendRecoveryCode(context, pool, user);
      user.status = 'RESET_REQUIRED';
      user.password = undefined;
      user.modifiedAt = context.clock.now();
      return {};
    },
  };
}

function forgotPassword(context: UserPoolContext, input: Input): unknown {
  const { pool, client, typed } = caller(context, input);
  const user = findUser(pool, typed);
  if (user?.enabled !== true && client.settings.hideUserExistence)
    return { CodeDeliveryDetails: pretendedDelivery(typed) };
  if (user === undefined)
    throw new AwsError('UserNotFoundException', 'Username/client id combination not found.');
  if (!user.enabled) throw userIsDisabled();
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER') throw wrongState();
  return { CodeDeliveryDetails: sendRecoveryCode(context, pool, user) };
}

/** A refused password leaves the code good. */
function confirmForgotPassword(context: UserPoolContext, input: Input): unknown {
  const { pool, client, typed } = caller(context, input);
  const code = requiredText(input, 'ConfirmationCode', { min: 1, max: 2048, pattern: /^\S+$/, secret: true });
  const password = requiredText(input, 'Password', { min: 1, max: 256, secret: true });
  const user = findUser(pool, typed);
  if (user?.enabled !== true && client.settings.hideUserExistence) throw codeMismatch();
  if (user === undefined)
    throw new AwsError('UserNotFoundException', 'Username/client id combination not found.');
  if (!user.enabled) throw userIsDisabled();
  if (user.status === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  const { attribute } = checkCode(user, 'reset-password', code, context.clock.now());
  setPassword(pool, user, password);
  user.codes.delete('reset-password');
  user.attributes.set(`${attribute}_verified`, 'true');
  user.modifiedAt = context.clock.now();
  forgetFailures(user);
  return {};
}

/** Where the pool's settings and what the user has verified let a code go. */
function sendRecoveryCode(context: UserPoolContext, pool: UserPool, user: PoolUser): DeliveryDetails {
  const { recovery } = pool.settings;
  if (recovery?.includes('admin_only') === true) throw refuse('Contact administrator to reset password.');
  // The telephone that is the second factor must not be all it takes.
  const second = mfaOf(pool, user).active.includes('SMS_MFA') ? 'phone_number' : undefined;
  const attribute = (recovery ?? ['verified_phone_number', 'verified_email'])
    .map((mechanism) => BY_MECHANISM[mechanism])
    .find((name) => name !== second && name !== undefined && isVerified(user, name));
  if (attribute === undefined)
    throw invalid(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  return sendCode(context, pool, user, 'reset-password', attribute);
}

function isVerified(user: PoolUser, attribute: DeliveredTo): boolean {
  return user.attributes.has(attribute) && user.attributes.get(`${attribute}_verified`) === 'true';
}

function wrongState(): AwsError {
  return refuse('User password cannot be reset in the current state.');
}
