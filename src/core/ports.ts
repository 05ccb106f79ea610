import type { Connection } from './connection/model';
import type { AwsCredentials, CallerIdentity } from './session/model';
import type { UserPoolApi } from './user-pool-port';

export type {
  AccountApi,
  AuthAnswer,
  AuthTokens,
  ClientUser,
  CodeDelivery,
  MfaPreference,
  NewDevice,
  PoolDevice,
  PoolPasskey,
  PoolUser,
  SessionOrToken,
  SignInApi,
  UserPoolApi,
} from './user-pool-port';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export interface Disposable {
  dispose(): void;
}

/** SHA-256 and HMAC for the SRP maths; bytes in, bytes out. */
export interface Digest {
  sha256(data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  randomBytes(length: number): Uint8Array;
}

/** The identity pools API, one connection's. */
export interface IdentityPoolApi {
  getId(
    request: {
      identityPoolId: string;
      accountId?: string | undefined;
      logins: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<string>;
  getCredentialsForIdentity(
    request: {
      identityId: string;
      logins: Readonly<Record<string, string>>;
      customRoleArn?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly identityId: string; readonly credentials: Omit<AwsCredentials, 'issuedAt'> }>;
  /** The identity pool's own token for an identity, which STS takes in the basic flow. It lives 10 minutes. */
  getOpenIdToken(
    request: { identityId: string; logins: Readonly<Record<string, string>> },
    signal?: AbortSignal,
  ): Promise<{ readonly identityId: string; readonly token: string }>;
  unlinkIdentity(
    request: {
      identityId: string;
      logins: Readonly<Record<string, string>>;
      /** Keys of the Logins map. */
      loginsToRemove: readonly string[];
    },
    signal?: AbortSignal,
  ): Promise<void>;
}

export interface StsApi {
  assumeRoleWithWebIdentity(
    request: {
      roleArn: string;
      sessionName: string;
      token: string;
      durationSeconds?: number | undefined;
      /** A policy document (JSON) that narrows what the role may do. */
      policy?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<Omit<AwsCredentials, 'issuedAt'>>;
  getCallerIdentity(credentials: AwsCredentials, signal?: AbortSignal): Promise<CallerIdentity>;
}

/** Makes the service APIs of a connection (region and endpoints come from it). Loads the SDK at its first call. */
export interface AwsApis {
  userPool(connection: Connection): Promise<UserPoolApi>;
  identityPool(connection: Connection): Promise<IdentityPoolApi>;
  sts(connection: Connection): Promise<StsApi>;
}

/** VS Code's SecretStorage, as far as it is needed. `onDidChange` also tells of other windows. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  onDidChange(listener: (key: string) => void): Disposable;
}

/** A small plain-text key-value store (globalState, workspaceState). */
export interface StateStore {
  get(key: string): unknown;
  update(key: string, value: unknown): Promise<void>;
}

/** Mutual exclusion across windows. `run` waits for the lock, runs the task, and always gives the lock back. */
export interface CrossWindowLock {
  run<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A pool's published keys (JSON Web Key Set), fetched and cached by the adapter. */
export interface JwksSource {
  /** `refetch` asks for the keys anew (an unknown key id). Throws NetworkError or WorkbenchError `token.keys-unavailable`. */
  get(url: string, options?: { refetch?: boolean; signal?: AbortSignal }): Promise<{ keys: readonly Jwk[] }>;
}

export type Jwk = Readonly<Record<string, unknown>>;

/** Verifies a compact JWS's signature with the keys of one issuer. */
export interface SignatureVerifier {
  /** Resolves to what was found; throws only when the keys could not be had. */
  verify(token: string, jwksUrl: string, signal?: AbortSignal): Promise<SignatureFinding>;
}

export type SignatureFinding =
  | { readonly ok: true; readonly kid: string }
  | {
      readonly ok: false;
      readonly reason: 'unknown-key' | 'bad-signature' | 'unsupported-algorithm' | 'critical-header';
      readonly detail: string;
    };

/** Listing and reading of S3 with one identity's credentials, which the adapter asks for at each call. */
export interface S3Api {
  list(request: S3ListRequest, signal?: AbortSignal): Promise<S3ListPage>;
  head(bucket: string, key: string, signal?: AbortSignal): Promise<S3ObjectDetails>;
  /** Whole object in memory; refuses (`s3.too-large`) above `maxBytes`. */
  read(bucket: string, key: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Streams to `write`, in order; `progress` gets bytes so far. Returns total bytes. */
  download(
    bucket: string,
    key: string,
    write: (chunk: Uint8Array) => Promise<void>,
    progress: (bytes: number, total: number | undefined) => void,
    signal?: AbortSignal,
  ): Promise<number>;
  /** A presigned GET address, its end clamped to that of the credentials. */
  presignGet(bucket: string, key: string, seconds: number): Promise<{ url: string; expiresAt: number }>;
}

export interface S3ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter?: string | undefined;
  readonly continuationToken?: string | undefined;
  readonly maxKeys?: number | undefined;
}

export interface S3ObjectSummary {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds. */
  readonly lastModified?: number | undefined;
  readonly storageClass?: string | undefined;
  readonly etag?: string | undefined;
}

export interface S3ListPage {
  /** Whole common prefixes, each ending with the delimiter. */
  readonly prefixes: readonly string[];
  readonly objects: readonly S3ObjectSummary[];
  readonly nextToken?: string | undefined;
}

export interface S3ObjectDetails extends S3ObjectSummary {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly versionId?: string | undefined;
  readonly encryption?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}
