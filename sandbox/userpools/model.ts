import type { PoolKeys } from './tokens/pool-keys';

/** What a user pool keeps. Times are milliseconds since the epoch. */
export interface UserPool {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly settings: PoolSettings;
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
  readonly mfaConfiguration: string;
  readonly tier: string;
}

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

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

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
  confirmation: ConfirmationCode | undefined;
  readonly lockout: { failures: number; lastFailureAt: number; until: number };
  readonly sendings: number[];
}

/** No password is kept, only what SRP needs to check one. */
export interface PasswordRecord {
  /** Hex. */
  readonly salt: string;
  readonly verifier: bigint;
}

export interface ConfirmationCode {
  readonly code: string;
  readonly medium: 'EMAIL' | 'SMS';
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
