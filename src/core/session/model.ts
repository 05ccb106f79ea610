import type { SignInMethod } from '../connection/model';

/** `user:<sub>`, `guest`, `dev:<id>`, `idp:<provider>:<subject>` or `m2m`. */
export type IdentityKey = string;

/** Names one session everywhere: in the secret store, the tree, the events. */
export interface SessionRef {
  readonly connectionId: string;
  readonly identityKey: IdentityKey;
}

/** User-pool tokens as received. Times in milliseconds since the epoch. */
export interface TokenSet {
  readonly idToken?: string | undefined;
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** When ID and access token end (from their `exp`, else from ExpiresIn). */
  readonly expiresAt: number;
  /** When they were received; with `expiresAt` it tells the lifetime. */
  readonly issuedAt?: number | undefined;
  /** When the sign-in gave the first refresh token; a rotated one ends with the first, so a refresh keeps this. */
  readonly refreshTokenSince?: number | undefined;
}

/** Temporary AWS credentials. `expiresAt` in milliseconds since the epoch. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number;
  /** When they were received; with `expiresAt` it tells the lifetime. */
  readonly issuedAt: number;
}

/** A login for the identity pool that no user-pool token gives: an external provider's, or the identity pool's own. */
export interface StoredLogin {
  /** Key in the Logins map: `accounts.google.com`, an issuer without its scheme, the ARN of a SAML provider, … */
  readonly provider: string;
  /** The ID token, access token or assertion that this provider needs. */
  readonly token: string;
  /** Milliseconds; absent where the token does not tell. */
  readonly expiresAt?: number | undefined;
}

/** A user of the developer's own backend, whom the identity pool knows under `providerName`. */
export interface DeveloperUser {
  readonly providerName: string;
  readonly userId: string;
  /** Who asks Cognito for the OpenID token: this tool with an AWS profile, or the backend, whose answer was pasted. */
  readonly by: 'profile' | 'backend';
  readonly tokenSeconds?: number | undefined;
  readonly principalTags?: Readonly<Record<string, string>> | undefined;
}

/** How AWS credentials came: the flow, and its requests with their times. */
export interface Exchange {
  readonly flow: 'enhanced' | 'basic';
  readonly steps: readonly { readonly operation: string; readonly milliseconds: number }[];
}

/** What GetCallerIdentity said of the credentials. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** Role name out of the assumed-role ARN. */
  readonly roleName: string;
}

/** The ids that a session was made with (decision 11): where they differ from the connection's, it counts as signed out. */
export interface SessionOrigin {
  readonly userPoolId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly identityPoolId?: string | undefined;
  /** The endpoints' origins, comma-joined; empty for AWS itself. */
  readonly endpoints: string;
}

/** One secret in SecretStorage. */
export interface Session {
  readonly version: 1;
  readonly connectionId: string;
  readonly identityKey: IdentityKey;
  /** Display name: the user name, `guest` for guests. */
  readonly name: string;
  /** What the person typed to sign in; offered at the next sign-in. */
  readonly signInName?: string | undefined;
  readonly signInMethod?: SignInMethod | undefined;
  readonly origin: SessionOrigin;
  readonly tokens?: TokenSet | undefined;
  /** In a pool that tracks devices: the device of the sign-in, which every refresh must name. */
  readonly deviceKey?: string | undefined;
  /** Besides the user pool's: of external providers, linked ones too, or of a developer-authenticated user. */
  readonly logins?: readonly StoredLogin[] | undefined;
  readonly developer?: DeveloperUser | undefined;
  /** The role that the person chose for this identity, before the connection's `roleArn`. */
  readonly roleArn?: string | undefined;
  readonly identityId?: string | undefined;
  readonly credentials?: AwsCredentials | undefined;
  readonly exchange?: Exchange | undefined;
  readonly caller?: CallerIdentity | undefined;
  /** Milliseconds of the last successful sign-in. */
  readonly signedInAt: number;
  /** Cognito refused the refresh token for good: what is left still works, but only a sign-in brings more. */
  readonly unrefreshable?: boolean | undefined;
}

/** The entry of a session in globalState: enough to draw tree and status bar without reading a secret. */
export interface SessionIndexEntry extends SessionRef {
  readonly name: string;
  /** Of the AWS credentials, else of the tokens; milliseconds. */
  readonly expiresAt: number;
  /** As in the session: tells without a secret whether the connection is still the one that it was made with. */
  readonly origin?: SessionOrigin | undefined;
  /** As in the session. */
  readonly unrefreshable?: boolean | undefined;
}

/** `expiring`: less than 15 minutes left. `signed-out`: there is nothing that could expire. */
export type SessionState = 'valid' | 'expiring' | 'expired' | 'signed-out';

/** What changed, for tree, status bar, panel, accounts. */
export interface SessionsChange {
  readonly added: readonly SessionRef[];
  readonly removed: readonly SessionRef[];
  readonly changed: readonly SessionRef[];
}
