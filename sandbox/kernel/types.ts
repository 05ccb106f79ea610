/** What the services of the sandbox share: plain shapes, no behaviour. */

/** The sandbox's own clock, in milliseconds since the epoch; the control API moves it forward. */
export interface Clock {
  now(): number;
  advance(seconds: number): void;
}

/** One HTTP request, its body read whole. `rawPath` and `rawQuery` are the bytes of the request line, undecoded. */
export interface HttpRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Lower-case names, values as Node joins them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export type PolicyDocument = Readonly<Record<string, unknown>>;

/** Who makes a signed call. */
export interface Principal {
  readonly kind: 'root' | 'role-session';
  readonly accountId: string;
  /** `arn:aws:iam::ACCOUNT:root` or `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly arn: string;
  /** As GetCallerIdentity's UserId. */
  readonly userId: string;
  /** Of a role session: the role's name; its policies are read at each call, so that a change takes effect at once. */
  readonly roleName?: string;
  readonly sessionPolicies?: readonly PolicyDocument[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Condition keys that stay with the session, e.g. `cognito-identity.amazonaws.com:sub`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the long-lived key of the administrator. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; absent for long-lived keys. */
  readonly expiresAt?: number;
  readonly principal: Principal;
}

export interface CredentialStore {
  issue(
    principal: Principal,
    lifetimeSeconds: number,
  ): IssuedCredentials & { sessionToken: string; expiresAt: number };
  find(accessKeyId: string): IssuedCredentials | undefined;
}

/** What a verified signature tells: the signer, or that the request is anonymous (carries no signature at all). */
export interface SignatureCheck {
  readonly principal: Principal | undefined;
  /** The body after removal of aws-chunked framing (chunk signatures and trailer checked). */
  readonly body: Buffer;
  /** Trailing headers of an aws-chunked body (`x-amz-checksum-crc32`, …), lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
  readonly presigned: boolean;
}

/** What an operation of a JSON or query service is called with. */
export interface Call {
  readonly requestId: string;
  readonly sourceIp: string;
  /** Undefined for unsigned calls; set (and verified) whenever the request carries a signature. */
  readonly principal: Principal | undefined;
}

/** An operation: validated input in, plain JSON-able output back; throws AwsError. */
export type Operation = (input: Readonly<Record<string, unknown>>, call: Call) => unknown;

/** A JSON 1.1 service (cognito-idp, cognito-identity) or a query service (sts, iam). */
export interface Service {
  /** IAM prefix: `cognito-idp`, `cognito-identity`, `sts`, `iam`. */
  readonly name: string;
  /** By operation name, e.g. `InitiateAuth`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Operations that need no signature. All others are refused when unsigned, and authorised by IAM otherwise. */
  readonly unsigned: ReadonlySet<string>;
}

/** A claim set out of a verified token, as identity pools need it. */
export interface VerifiedLogin {
  /** The key in the Logins map: `cognito-idp.REGION.amazonaws.com/POOLID`, `accounts.google.com`, … */
  readonly providerName: string;
  /** The app client or app id that the token was made for. */
  readonly clientId: string;
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /**
   * Where SetIdentityPoolRoles keeps a mapping: `PROVIDER:CLIENTID` of a user pool, the name of a public provider,
   * the ARN of an OIDC or SAML provider.
   */
  readonly mappingKey: string;
}

/** What identity pools ask of the user pools. */
export interface LoginVerifier {
  /**
   * Verifies an ID token of one of this sandbox's user pools: form, issuer against providerName, signature,
   * token_use and aud present, expiry. Throws AwsError NotAuthorizedException with the field's known texts
   * ("Invalid login token. Token expired: A >= B", "Invalid login token. Issuer doesn't match providerName", …).
   */
  verifyIdToken(providerName: string, token: string): VerifiedLogin;
  /** ServerSideTokenCheck: whether the user still exists, is enabled, and was not signed out since the token was made. */
  isLoginAlive(login: VerifiedLogin): boolean;
}

/** Everything that a policy decision depends on. */
export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** Request condition keys, lower-case names: `s3:prefix`, `aws:securetransport`, `aws:sourceip`, … Added to the principal's own. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface AccessDecision {
  readonly allowed: boolean;
  /** 'explicit-deny' | 'implicit-deny' | 'session-policy' | 'allowed' | 'root' */
  readonly reason: string;
}

export interface Authorizer {
  decide(request: AccessRequest): AccessDecision;
}
