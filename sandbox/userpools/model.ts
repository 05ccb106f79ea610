import type { TriggerName } from './triggers';
import type { PoolKeys } from './tokens/pool-keys';

/** What a user pool keeps. Times are milliseconds since the epoch. */
export interface UserPool {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  settings: PoolSettings;
  mfa: PoolMfa;
  readonly keys: PoolKeys;
  readonly clients: Map<string, AppClient>;
  /** By username, folded to lower case unless the pool is case-sensitive. */
  readonly users: Map<string, PoolUser>;
  readonly groups: Map<string, Group>;
  readonly providers: Map<string, IdentityProvider>;
  domain: string | undefined;
}

export interface PoolSettings {
  readonly passwordPolicy: PasswordPolicy;
  readonly usernameAttributes: readonly string[];
  readonly aliasAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  readonly caseSensitive: boolean;
  readonly adminCreateUserOnly: boolean;
  readonly schema: readonly SchemaAttribute[];
  readonly tier: string;
  /** What USER_AUTH may begin with: PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN. */
  readonly firstFactors: readonly string[];
  /** Undefined where the pool does not track devices. */
  readonly devices: DeviceSettings | undefined;
  /** `verified_email`, `verified_phone_number`, `admin_only`, the first choice first; undefined: AWS's own order. */
  readonly recovery: readonly string[] | undefined;
  /** Attributes that keep their old value until the new one is verified. */
  readonly verifyBeforeUpdate: readonly string[];
  /** The ARNs of the functions that the pool calls. */
  readonly triggers: ReadonlyMap<TriggerName, string>;
}

export interface DeviceSettings {
  /** A remembered device stands in for the second factor. */
  readonly skipsMfa: boolean;
  /** A confirmed device is remembered only when UpdateDeviceStatus says so. */
  readonly onUserPrompt: boolean;
}

/** What SetUserPoolMfaConfig sets. */
export interface PoolMfa {
  readonly configuration: 'OFF' | 'OPTIONAL' | 'ON';
  readonly totp: boolean;
  /** As it was given; undefined where the method is off. */
  readonly sms: Readonly<Record<string, unknown>> | undefined;
  readonly email: Readonly<Record<string, unknown>> | undefined;
  readonly webAuthn: Readonly<Record<string, unknown>> | undefined;
}

export type MfaMethod = 'SMS_MFA' | 'EMAIL_OTP' | 'SOFTWARE_TOKEN_MFA';

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly historySize: number;
  readonly temporaryValidityDays: number;
}

export interface SchemaAttribute {
  readonly name: string;
  readonly type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  readonly mutable: boolean;
  readonly required: boolean;
}

export interface AppClient {
  readonly id: string;
  readonly poolId: string;
  readonly secret: string | undefined;
  readonly createdAt: number;
  modifiedAt: number;
  settings: ClientSettings;
}

/** All that UpdateUserPoolClient replaces. */
export interface ClientSettings {
  readonly name: string;
  readonly explicitAuthFlows: readonly string[] | undefined;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly authSessionMinutes: number;
  readonly hideUserExistence: boolean;
  readonly revocation: boolean;
  /** Undefined without refresh token rotation. */
  readonly rotation: { readonly graceSeconds: number } | undefined;
  readonly readAttributes: readonly string[] | undefined;
  readonly writeAttributes: readonly string[] | undefined;
  /** Members that are kept and given back, and mean nothing here (OAuth settings, units, …). */
  readonly echoed: Readonly<Record<string, unknown>>;
}

export type UserStatus =
  'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED' | 'EXTERNAL_PROVIDER';

export interface PoolUser {
  readonly username: string;
  readonly sub: string;
  readonly createdAt: number;
  modifiedAt: number;
  status: UserStatus;
  enabled: boolean;
  readonly attributes: Map<string, string>;
  readonly groups: Set<string>;
  password: PasswordRecord | undefined;
  readonly formerPasswords: PasswordRecord[];
  /** Of a temporary password. */
  temporaryUntil: number | undefined;
  /** The newest code of each kind. */
  readonly codes: Map<CodePurpose, IssuedCode>;
  readonly lockout: { failures: number; lastFailureAt: number; until: number };
  /** When something was tried that is limited by the hour, by its name. */
  readonly attempts: Map<string, number[]>;
  /** New values that wait for their code. */
  readonly unverified: Map<string, string>;
  readonly mfa: MfaPreference;
  totp: TotpSecret | undefined;
  readonly devices: Map<string, Device>;
  readonly passkeys: Passkey[];
}

export interface MfaPreference {
  readonly enabled: Set<MfaMethod>;
  preferred: MfaMethod | undefined;
}

export interface TotpSecret {
  /** Base32, without padding. */
  readonly secret: string;
  readonly friendlyName: string;
  /** The last step whose code was taken; it and all before it count as used. */
  lastStep: number;
}

/** A device that a sign-in was made from; without a verifier it is not confirmed yet. */
export interface Device {
  readonly key: string;
  readonly groupKey: string;
  readonly createdAt: number;
  modifiedAt: number;
  authenticatedAt: number;
  name: string | undefined;
  verifier: PasswordRecord | undefined;
  remembered: boolean;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly relyingPartyId: string;
  readonly createdAt: number;
}

/** No password is kept, only what SRP needs to check one. */
export interface PasswordRecord {
  /** Hex. */
  readonly salt: string;
  readonly verifier: bigint;
}

export type CodePurpose = 'confirm-sign-up' | 'reset-password' | 'verify-email' | 'verify-phone_number';
export type DeliveredTo = 'email' | 'phone_number';

export interface IssuedCode {
  readonly code: string;
  readonly attribute: DeliveredTo;
  readonly expiresAt: number;
  failures: number;
}

export interface Group {
  readonly name: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly precedence: number | undefined;
  readonly createdAt: number;
}

export interface IdentityProvider {
  readonly name: string;
  readonly type: string;
  readonly details: ReadonlyMap<string, string>;
  readonly attributeMapping: ReadonlyMap<string, string>;
  readonly identifiers: readonly string[];
  readonly createdAt: number;
}
