/** `NewDeviceMetadata`: the pool remembers devices, and this sign-in came from one that it does not know. */
export interface NewDevice {
  readonly deviceKey: string;
  readonly deviceGroupKey: string;
}

/** `AuthenticationResult` of the user pools API; `expiresIn` in seconds. */
export interface AuthTokens {
  readonly idToken?: string | undefined;
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly expiresIn: number;
  readonly newDevice?: NewDevice | undefined;
}

export type AuthAnswer =
  | { readonly kind: 'tokens'; readonly tokens: AuthTokens }
  | {
      readonly kind: 'challenge';
      readonly name: string;
      readonly session?: string | undefined;
      readonly parameters: Readonly<Record<string, string>>;
      readonly availableChallenges: readonly string[];
    };

/** Where a code was sent; `destination` as Cognito masks it. */
export interface CodeDelivery {
  /** `SMS` or `EMAIL`. */
  readonly medium?: string | undefined;
  readonly destination?: string | undefined;
  /** The attribute that the destination comes from. */
  readonly attribute?: string | undefined;
}

/** A device that the pool remembers or tracks, as ListDevices tells it. Times in milliseconds. */
export interface PoolDevice {
  readonly deviceKey: string;
  readonly name?: string | undefined;
  readonly remembered?: boolean | undefined;
  readonly lastAddress?: string | undefined;
  readonly createdAt?: number | undefined;
  readonly lastUsedAt?: number | undefined;
}

/** A passkey, as ListWebAuthnCredentials tells it. `createdAt` in milliseconds. */
export interface PoolPasskey {
  readonly credentialId: string;
  readonly name?: string | undefined;
  readonly relyingPartyId?: string | undefined;
  readonly createdAt?: number | undefined;
}

/** What GetUser says of the user whose access token it is. */
export interface PoolUser {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. */
  readonly mfaMethods: readonly string[];
  readonly preferredMfa?: string | undefined;
}

export interface MfaPreference {
  readonly enabled: boolean;
  readonly preferred?: boolean | undefined;
}

/** The client and user of an operation that needs no token; the hash where the client has a secret. */
export interface ClientUser {
  readonly clientId: string;
  readonly username: string;
  readonly secretHash?: string | undefined;
}

/** A session of a challenge, or the access token of somebody who is signed in. */
export type SessionOrToken = { readonly session: string } | { readonly accessToken: string };

/** Signing in, and the tokens that come of it. */
export interface SignInApi {
  initiateAuth(
    request: {
      flow: string;
      clientId: string;
      /** From ConfirmSignUp, for USER_AUTH right after. */
      session?: string | undefined;
      parameters: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<AuthAnswer>;
  respondToAuthChallenge(
    request: {
      challengeName: string;
      clientId: string;
      session?: string | undefined;
      responses: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<AuthAnswer>;
  getTokensFromRefreshToken(
    request: {
      clientId: string;
      clientSecret?: string | undefined;
      refreshToken: string;
      deviceKey?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<AuthTokens>;
  revokeToken(
    request: { clientId: string; clientSecret?: string | undefined; refreshToken: string },
    signal?: AbortSignal,
  ): Promise<void>;
  /** A new TOTP secret in base32, with the session that VerifySoftwareToken wants. */
  associateSoftwareToken(
    request: SessionOrToken,
    signal?: AbortSignal,
  ): Promise<{ readonly secret: string; readonly session?: string | undefined }>;
  /** `status` is SUCCESS or ERROR; a wrong code usually throws EnableSoftwareTokenMFAException. */
  verifySoftwareToken(
    request: SessionOrToken & { readonly code: string; readonly deviceName?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly status: string; readonly session?: string | undefined }>;
}

/** What a user can do about the own account: first without a token, then with an access token. */
export interface AccountApi {
  signUp(
    request: ClientUser & {
      readonly password?: string | undefined;
      readonly attributes: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<{
    readonly confirmed: boolean;
    readonly sub?: string | undefined;
    readonly delivery?: CodeDelivery | undefined;
    readonly session?: string | undefined;
  }>;
  /** `session` can begin a sign-in by USER_AUTH. */
  confirmSignUp(
    request: ClientUser & { readonly code: string; readonly session?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly session?: string | undefined }>;
  resendConfirmationCode(request: ClientUser, signal?: AbortSignal): Promise<CodeDelivery>;
  forgotPassword(request: ClientUser, signal?: AbortSignal): Promise<CodeDelivery>;
  confirmForgotPassword(
    request: ClientUser & { readonly code: string; readonly password: string },
    signal?: AbortSignal,
  ): Promise<void>;
  /** `previousPassword` is left out by users who have none yet. */
  changePassword(
    request: {
      readonly accessToken: string;
      readonly previousPassword?: string | undefined;
      readonly proposedPassword: string;
    },
    signal?: AbortSignal,
  ): Promise<void>;
  /** What is left out stays as it is. */
  setUserMfaPreference(
    request: {
      readonly accessToken: string;
      readonly sms?: MfaPreference | undefined;
      readonly softwareToken?: MfaPreference | undefined;
      readonly email?: MfaPreference | undefined;
    },
    signal?: AbortSignal,
  ): Promise<void>;
  getUser(request: { readonly accessToken: string }, signal?: AbortSignal): Promise<PoolUser>;
  globalSignOut(request: { readonly accessToken: string }, signal?: AbortSignal): Promise<void>;
  /** `salt` and `passwordVerifier` in base64. */
  confirmDevice(
    request: {
      readonly accessToken: string;
      readonly deviceKey: string;
      readonly deviceName?: string | undefined;
      readonly salt: string;
      readonly passwordVerifier: string;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly userConfirmationNecessary: boolean }>;
  updateDeviceStatus(
    request: { readonly accessToken: string; readonly deviceKey: string; readonly remembered: boolean },
    signal?: AbortSignal,
  ): Promise<void>;
  /** One page; `nextToken` asks for the next. */
  listDevices(
    request: { readonly accessToken: string; readonly nextToken?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly devices: readonly PoolDevice[]; readonly nextToken?: string | undefined }>;
  forgetDevice(
    request: { readonly accessToken: string; readonly deviceKey: string },
    signal?: AbortSignal,
  ): Promise<void>;
  /** One page; `nextToken` asks for the next. */
  listWebAuthnCredentials(
    request: { readonly accessToken: string; readonly nextToken?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly passkeys: readonly PoolPasskey[]; readonly nextToken?: string | undefined }>;
  deleteWebAuthnCredential(
    request: { readonly accessToken: string; readonly credentialId: string },
    signal?: AbortSignal,
  ): Promise<void>;
}

/** The user pools API, one connection's. Calls throw ServiceError, NetworkError, CancelledError. Never retried by the adapter. */
export interface UserPoolApi extends SignInApi, AccountApi {}
