import { AwsError } from '../../kernel/aws-error';
import { optionalBoolean, optionalRecord, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { MfaMethod, PoolUser, UserPool } from '../model';
import { userOf } from '../store';
import { requireAccessToken } from '../tokens/access-token';
import { firstFactorsOf, poolOffers, userHas } from './methods';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const SETTINGS: readonly (readonly [member: string, method: MfaMethod])[] = [
  ['SMSMfaSettings', 'SMS_MFA'],
  ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ['EmailMfaSettings', 'EMAIL_OTP'],
];

export function preferenceOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    SetUserMFAPreference(input) {
      const { pool, user } = requireAccessToken(context, input);
      setPreference(pool, user, input);
      return {};
    },
    AdminSetUserMFAPreference(input) {
      const pool = context.store.poolOf(input);
      setPreference(pool, userOf(pool, input), input);
      return {};
    },
    GetUserAuthFactors(input) {
      const { pool, user } = requireAccessToken(context, input);
      return authFactors(pool, user);
    },
    AdminGetUserAuthFactors(input) {
      const pool = context.store.poolOf(input);
      return authFactors(pool, userOf(pool, input));
    },
  };
}

/** The members of GetUser and AdminGetUser that tell of MFA; absent where there is none. */
export function mfaMembers(user: PoolUser): Record<string, unknown> {
  const { enabled, preferred } = user.mfa;
  return {
    ...(enabled.size > 0 && { UserMFASettingList: [...enabled] }),
    ...(preferred !== undefined && { PreferredMfaSetting: preferred }),
    ...(enabled.has('SMS_MFA') && {
      MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }],
    }),
  };
}

/** All or nothing: a request that asks for one thing too many changes none. */
function setPreference(pool: UserPool, user: PoolUser, input: Input): void {
  const enabled = new Set(user.mfa.enabled);
  let preferred = user.mfa.preferred;
  const wantedFirst: MfaMethod[] = [];
  for (const [member, method] of SETTINGS) {
    const settings = optionalRecord(input, member);
    if (settings === undefined) continue;
    const on = optionalBoolean(settings, 'Enabled') ?? false;
    const first = optionalBoolean(settings, 'PreferredMfa') ?? false;
    if (on) checkPossible(pool, user, method);
    if (first && !on) throw invalid(`${method} cannot be preferred without being enabled.`);
    if (on) enabled.add(method);
    else enabled.delete(method);
    if (first) wantedFirst.push(method);
    else if (preferred === method) preferred = undefined;
  }
  if (wantedFirst.length > 1) throw invalid('Only one MFA method can be preferred.');
  user.mfa.enabled.clear();
  for (const method of enabled) user.mfa.enabled.add(method);
  user.mfa.preferred = wantedFirst[0] ?? preferred;
}

function checkPossible(pool: UserPool, user: PoolUser, method: MfaMethod): void {
  if (pool.mfa.configuration === 'OFF' || !poolOffers(pool.mfa, method))
    throw invalid(`${method} is not enabled for the user pool.`);
  if (userHas(user, method)) return;
  if (method === 'SOFTWARE_TOKEN_MFA') throw invalid('User has not verified software token mfa');
  throw invalid(`User does not have delivery config set to turn on ${method}`);
}

function authFactors(pool: UserPool, user: PoolUser): Record<string, unknown> {
  const { enabled, preferred } = user.mfa;
  return {
    Username: user.username,
    ...(preferred !== undefined && { PreferredMfaSetting: preferred }),
    ...(enabled.size > 0 && { UserMFASettingList: [...enabled] }),
    ConfiguredUserAuthFactors: firstFactorsOf(pool, user).filter((name) => name !== 'PASSWORD_SRP'),
  };
}
