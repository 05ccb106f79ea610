import { AwsError } from '../kernel/aws-error';
import { sameSecret } from '../kernel/secrets';
import { limitExceeded } from './attempts';
import type { CodePurpose, DeliveredTo, IssuedCode, PoolUser, UserPool } from './model';
import { findUser } from './store';

/** How often a code may be guessed before it is dead. */
const WRONG_CODES: Readonly<Record<CodePurpose, number>> = {
  'confirm-sign-up': 15,
  'reset-password': 5,
  'verify-email': 15,
  'verify-phone_number': 15,
};

/** The newest code of a kind, if this is it; throws CodeMismatch-, ExpiredCode- and LimitExceededException. */
export function checkCode(user: PoolUser, purpose: CodePurpose, code: string, now: number): IssuedCode {
  const issued = user.codes.get(purpose);
  if (issued === undefined || now >= issued.expiresAt) throw expiredCode();
  if (issued.failures >= WRONG_CODES[purpose]) throw limitExceeded();
  if (sameSecret(code, issued.code)) return issued;
  issued.failures += 1;
  throw codeMismatch();
}

export function expiredCode(): AwsError {
  return new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): AwsError {
  return new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}

/** An e-mail address or phone can be the alias of one confirmed user only; throws AliasExistsException. */
export function claimAlias(
  pool: UserPool,
  user: PoolUser,
  attribute: DeliveredTo,
  value: string | undefined,
  force: boolean,
): void {
  if (!pool.settings.aliasAttributes.includes(attribute)) return;
  const holder = value === undefined ? undefined : findUser(pool, value);
  if (holder === undefined || holder === user) return;
  if (!force)
    throw new AwsError('AliasExistsException', `An account with the given ${attribute} already exists.`);
  holder.attributes.set(`${attribute}_verified`, 'false');
}
