/**
 * What an administrator's credentials are used for, one connection's (Amazon Cognito identity pools and user pools API,
 * IAM API). Every operation throws ServiceError, NetworkError, TimeoutError or CancelledError. Times in milliseconds.
 */
export interface AdminApi extends IdentityPoolAdminApi, DeveloperIdentityApi, RoleReadApi {
  /** AdminListGroupsForUser, all pages. */
  groupsOfUser(username: string, signal?: AbortSignal): Promise<readonly GroupFact[]>;
}

/** The settings of the connection's identity pool and its identities. */
export interface IdentityPoolAdminApi {
  describeIdentityPool(signal?: AbortSignal): Promise<IdentityPoolFacts>;
  identityPoolRoles(signal?: AbortSignal): Promise<IdentityPoolRoles>;
  /** `providerName` as in the Logins map. */
  principalTagMap(providerName: string, signal?: AbortSignal): Promise<PrincipalTagMap>;
  describeIdentity(identityId: string, signal?: AbortSignal): Promise<IdentityFacts>;
  listIdentities(
    page: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
    signal?: AbortSignal,
  ): Promise<IdentityPage>;
}

/** Identities that the developer's own backend vouches for. */
export interface DeveloperIdentityApi {
  /** `logins` holds the developer provider's name and the user's identifier there, and public logins to link with it. */
  getOpenIdTokenForDeveloperIdentity(
    request: {
      readonly logins: Readonly<Record<string, string>>;
      readonly identityId?: string | undefined;
      /** 1 to 86,400; 900 without it. */
      readonly durationSeconds?: number | undefined;
      readonly principalTags?: Readonly<Record<string, string>> | undefined;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly identityId: string; readonly token: string }>;
  /** One of the two must be given; both check that they belong together. */
  lookupDeveloperIdentity(
    request: {
      readonly identityId?: string | undefined;
      readonly userIdentifier?: string | undefined;
      readonly nextToken?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<DeveloperIdentityPage>;
  /** The user identifiers of the two users; the source's identity is disabled. Resolves to the identity that is left. */
  mergeDeveloperIdentities(
    request: { readonly source: string; readonly destination: string; readonly providerName: string },
    signal?: AbortSignal,
  ): Promise<string>;
  unlinkDeveloperIdentity(
    request: { readonly identityId: string; readonly userIdentifier: string; readonly providerName: string },
    signal?: AbortSignal,
  ): Promise<void>;
}

/** IAM, read only. */
export interface RoleReadApi {
  /** By name, without the path. */
  getRole(name: string, signal?: AbortSignal): Promise<RoleFact>;
  /** Inline policies and attached managed ones, each with its document in force. */
  rolePolicies(name: string, signal?: AbortSignal): Promise<readonly RolePolicy[]>;
}

export interface IdentityPoolFacts {
  readonly name: string;
  readonly allowGuests: boolean;
  readonly classicFlow: boolean;
  /** User pools. */
  readonly providers: readonly {
    readonly providerName: string;
    readonly clientId: string;
    readonly serverSideTokenCheck: boolean;
  }[];
  readonly developerProvider?: string | undefined;
  /** By key of the Logins map: the app id. */
  readonly socialProviders: Readonly<Record<string, string>>;
  readonly oidcProviderArns: readonly string[];
  readonly samlProviderArns: readonly string[];
}

export interface IdentityPoolRoles {
  readonly authenticated?: string | undefined;
  readonly unauthenticated?: string | undefined;
  /** By provider: `cognito-idp.<region>.amazonaws.com/<poolId>:<clientId>`, a social provider's name, or an IAM provider's ARN. */
  readonly mappings: Readonly<Record<string, RoleMapping>>;
}

export interface RoleMapping {
  readonly type: 'Token' | 'Rules';
  /** What happens where the mapping leads to no single role. */
  readonly ambiguous: 'AuthenticatedRole' | 'Deny' | undefined;
  /** In their order; empty for type Token. */
  readonly rules: readonly MappingRule[];
}

export interface MappingRule {
  readonly claim: string;
  readonly match: RuleMatch;
  readonly value: string;
  readonly roleArn: string;
}

export type RuleMatch = 'Equals' | 'Contains' | 'StartsWith' | 'NotEqual';

/** Attributes for access control: which claims become session tags. */
export interface PrincipalTagMap {
  /** The defaults for user pools: tag `client` from `aud`, tag `username` from `sub`. */
  readonly useDefaults: boolean;
  /** Tag to claim. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface IdentityFacts {
  readonly identityId: string;
  /** Provider names. */
  readonly logins: readonly string[];
  readonly createdAt?: number | undefined;
  readonly modifiedAt?: number | undefined;
}

export interface IdentityPage {
  readonly identities: readonly IdentityFacts[];
  readonly nextToken?: string | undefined;
}

export interface DeveloperIdentityPage {
  readonly identityId: string;
  readonly userIdentifiers: readonly string[];
  readonly nextToken?: string | undefined;
}

export interface RoleFact {
  readonly arn: string;
  /** `AROA…`, the first half of `aws:userid`. */
  readonly roleId: string;
  /** JSON, percent-decoded. */
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
}

export interface RolePolicy {
  readonly name: string;
  readonly kind: 'inline' | 'managed';
  /** Of managed policies. */
  readonly arn?: string | undefined;
  /** JSON, percent-decoded. */
  readonly document: string;
}

export interface GroupFact {
  readonly name: string;
  /** The lowest number wins; without one the group comes last. */
  readonly precedence?: number | undefined;
  readonly roleArn?: string | undefined;
}
