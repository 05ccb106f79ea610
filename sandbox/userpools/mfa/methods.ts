import type { MfaMethod, PoolMfa, PoolUser, UserPool } from '../model';

export interface MfaState {
  /** What the user can be asked for at sign-in. */
  readonly active: readonly MfaMethod[];
  /** One of the active ones. */
  readonly preferred: MfaMethod | undefined;
  /** A second factor is due: the pool requires one, or the user has turned one on. */
  readonly wanted: boolean;
  /** What a user who must have a second factor, and has none, may set up. */
  readonly canSetUp: readonly MfaMethod[];
}

const METHODS: readonly MfaMethod[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

export function poolOffers(mfa: PoolMfa, method: MfaMethod): boolean {
  switch (method) {
    case 'SMS_MFA':
      return mfa.sms !== undefined;
    case 'EMAIL_OTP':
      return mfa.email !== undefined;
    case 'SOFTWARE_TOKEN_MFA':
      return mfa.totp;
  }
}

/** Whether the user has what the method needs: a number, an address, an authenticator that was shown to work. */
export function userHas(user: PoolUser, method: MfaMethod): boolean {
  switch (method) {
    case 'SMS_MFA':
      return user.attributes.has('phone_number');
    case 'EMAIL_OTP':
      return user.attributes.get('email_verified') === 'true' && user.attributes.has('email');
    case 'SOFTWARE_TOKEN_MFA':
      return user.totp !== undefined;
  }
}

/** What the pool's settings and the user's preferences come to. */
export function mfaOf(pool: UserPool, user: PoolUser): MfaState {
  const { configuration } = pool.mfa;
  const offered = METHODS.filter((method) => poolOffers(pool.mfa, method));
  if (configuration === 'OFF') return { active: [], preferred: undefined, wanted: false, canSetUp: [] };
  const required = configuration === 'ON';
  // Where a second factor is required, all that a user has counts, as long as nothing was chosen.
  const none = user.mfa.enabled.size === 0;
  const active = offered.filter(
    (method) => userHas(user, method) && (user.mfa.enabled.has(method) || (required && none)),
  );
  return {
    active,
    preferred: active.find((method) => method === user.mfa.preferred),
    wanted: required || offered.some((method) => user.mfa.enabled.has(method)),
    canSetUp: required ? offered : [],
  };
}

/** What USER_AUTH offers; for a user that there is not, what it would offer to anybody. */
export function firstFactorsOf(pool: UserPool, user: PoolUser | undefined): readonly string[] {
  const allowed = pool.settings.firstFactors;
  const passwords = allowed.includes('PASSWORD') ? ['PASSWORD', 'PASSWORD_SRP'] : [];
  if (user === undefined)
    return [...passwords, ...allowed.filter((name) => name === 'EMAIL_OTP' || name === 'SMS_OTP')];
  if (user.status === 'FORCE_CHANGE_PASSWORD') return passwords;
  const has = (name: string): boolean => user.attributes.has(name);
  const verified = (name: string): boolean => user.attributes.get(`${name}_verified`) === 'true';
  // A single code or key is not two factors: whoever has a second factor begins with the password.
  const mfa = mfaOf(pool, user);
  const alone = !mfa.wanted;
  return [
    ...(user.password === undefined ? [] : passwords),
    ...(alone && allowed.includes('EMAIL_OTP') && has('email') && verified('email') ? ['EMAIL_OTP'] : []),
    ...(alone && allowed.includes('SMS_OTP') && has('phone_number') && verified('phone_number')
      ? ['SMS_OTP']
      : []),
    ...(alone && allowed.includes('WEB_AUTHN') && user.passkeys.length > 0 ? ['WEB_AUTHN'] : []),
  ];
}
