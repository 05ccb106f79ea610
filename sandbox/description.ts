/** The sandbox's line of JSON: everything that a client needs to use it. */
export interface SandboxDescription {
  /** cognito-idp, cognito-identity, STS, IAM, and the pools' documents. */
  readonly api: string;
  readonly s3: string;
  readonly region: string;
  readonly accountId: string;
  /** May do everything, as the root of an account. */
  readonly admin: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly userPools: readonly {
    readonly id: string;
    readonly name: string;
    readonly clients: readonly {
      readonly id: string;
      readonly name: string;
      readonly secret: string | null;
    }[];
    readonly users: readonly SandboxUser[];
  }[];
  readonly identityPools: readonly SandboxIdentityPool[];
  readonly roles: readonly string[];
  readonly buckets: readonly string[];
  readonly control: string;
}

export interface SandboxUser {
  readonly username: string;
  /** The temporary one, where the user must change it. */
  readonly password: string;
  readonly groups: readonly string[];
  /** What this user is there to show. */
  readonly hint: string;
  /** Base32, of a user whose authenticator app is set up. */
  readonly totpSecret?: string;
  /** The flow that shows what the user is for; SRP where none is named. */
  readonly signIn?: 'choice' | 'custom';
}

export interface SandboxIdentityPool {
  readonly id: string;
  readonly name: string;
  /** What this pool is there to show. */
  readonly hint: string;
  readonly flows: readonly ('enhanced' | 'basic')[];
  readonly guests: boolean;
  /** How the enhanced flow chooses the role of a user of the user pools. */
  readonly roleMapping: 'none' | 'token' | 'rules';
  /** The app clients whose users get in. */
  readonly clients: readonly { readonly userPoolId: string; readonly clientId: string }[];
  /** ARNs; `choices` are the further roles that trust the pool. */
  readonly roles: {
    readonly authenticated: string;
    readonly unauthenticated?: string;
    readonly choices: readonly string[];
  };
  /** Its name, which a backend puts in GetOpenIdTokenForDeveloperIdentity. */
  readonly developerProvider?: string;
  /** App id by key of Logins: the audience of tokens that `POST login-tokens` makes. */
  readonly socialProviders?: Readonly<Record<string, string>>;
  /** ARNs, which are their keys of Logins. */
  readonly samlProviders?: readonly string[];
}
