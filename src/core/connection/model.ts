/** The shapes of `cognitoWorkbench.connections` after validation; see the JSON schema in package.json. */
export type SignInMethod = 'srp' | 'password' | 'browser' | 'choice' | 'custom';

export interface UserPoolSettings {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly hasClientSecret: boolean;
  readonly domain?: string;
  readonly signIn: SignInMethod;
  readonly scopes: readonly string[];
  readonly callbackPorts: readonly number[];
}

export interface IdentityPoolSettings {
  readonly identityPoolId: string;
  readonly flow: 'enhanced' | 'basic';
  readonly accountId?: string;
  readonly roleArn?: string;
  /** Basic flow: how long the credentials live, 900 to 43,200 seconds; AWS gives 3,600 where it is absent. */
  readonly durationSeconds?: number;
  /** Basic flow: a policy document (JSON) that narrows what the role may do. */
  readonly sessionPolicy?: string;
  /** OpenID providers whose sign-in page can be opened in the browser. */
  readonly providers?: readonly OidcProviderSettings[];
  readonly developerProvider?: string;
  readonly loginKey?: string;
}

export interface OidcProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
  /** Loopback ports that are registered there as `http://localhost:PORT/callback`. */
  readonly callbackPorts?: readonly number[];
}

export interface S3Settings {
  readonly locations: readonly string[];
  readonly region?: string;
}

/** Service endpoints other than AWS's own. `jwks` stands before `/<poolId>/.well-known/…`; default `cognitoIdp`. */
export interface Endpoints {
  readonly cognitoIdp?: string;
  readonly cognitoIdentity?: string;
  readonly sts?: string;
  readonly iam?: string;
  readonly s3?: string;
  readonly s3Checksums?: 'required' | 'supported';
  readonly hostedUi?: string;
  readonly jwks?: string;
}

export interface Connection {
  readonly id: string;
  readonly name?: string;
  readonly userPool?: UserPoolSettings;
  readonly identityPool?: IdentityPoolSettings;
  readonly s3?: S3Settings;
  readonly endpoints?: Endpoints;
}

/** Where an entry stands; `sandbox` is the one that the extension itself started. */
export type ConnectionSource = 'user' | 'workspace' | 'folder' | 'sandbox';

export interface ConnectionProblem {
  /** Path inside the entry, e.g. `identityPool.identityPoolId`; empty for the entry itself. */
  readonly path: string;
  /** One localised sentence. */
  readonly message: string;
}

/** One entry of the settings: usable, or shown with its problems. `warnings` (unknown fields) do not stop it. */
export type ConnectionEntry =
  | {
      readonly ok: true;
      readonly connection: Connection;
      readonly source: ConnectionSource;
      readonly warnings: readonly ConnectionProblem[];
    }
  | {
      readonly ok: false;
      /** The id as far as it can be read; else `#3` for the third entry. */
      readonly label: string;
      readonly source: ConnectionSource;
      readonly problems: readonly ConnectionProblem[];
    };

/** One settings layer's raw value, from the farthest (user) to the nearest (folder). */
export interface SettingsLayer {
  readonly source: ConnectionSource;
  readonly value: unknown;
}
