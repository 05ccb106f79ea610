import { isIdentityPoolIssuer } from '../tokens/decode';

/** Who vouches for a person towards an identity pool. */
export type ProviderKind =
  'user-pool' | 'google' | 'facebook' | 'amazon' | 'apple' | 'twitter' | 'oidc' | 'saml' | 'developer';

/** A provider, with what its entry in the Logins map is made of. */
export type Provider =
  | { readonly kind: 'google' | 'facebook' | 'amazon' | 'apple' | 'twitter' | 'developer' }
  /** `key`: what `loginKeyOf` gives, `cognito-idp.<region>.amazonaws.com/<poolId>`. */
  | { readonly kind: 'user-pool'; readonly key: string }
  /** `issuer`: as in the token's `iss`, with or without its scheme. */
  | { readonly kind: 'oidc'; readonly issuer: string }
  /** `providerArn`: of the SAML provider in IAM. */
  | { readonly kind: 'saml'; readonly providerArn: string };

/** What a provider gives to a person that an identity pool takes for a login. */
export type NeededArtefact = 'id-token' | 'access-token' | 'token-pair' | 'saml-response' | 'openid-token';

/** What a pasted text may turn out to be. */
export const FOUND_KINDS = [
  'user-pool-id-token',
  'user-pool-access-token',
  // Of an OpenID Connect issuer that is not a user pool.
  'id-token',
  // One that can be read (a JSON Web Token).
  'access-token',
  // An identity pool's own.
  'openid-token',
  'refresh-token',
  'opaque-token',
  'token-pair',
  'saml-response',
  'saml-part',
  'saml-refusal',
  'xml',
  'code',
  'error-answer',
  'aws-keys',
  'empty',
  'too-large',
  'unreadable',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

interface ProviderFacts {
  readonly needs: NeededArtefact;
  /** Key of the Logins map, where it is the same for everybody. */
  readonly key?: string;
  /** The maker's own hosts, as they stand in `iss` or are told by the shape of an opaque token. */
  readonly issuers?: readonly string[];
}

/** Developer guide, "Identity pools (federated identities) external identity providers"; facts of each key's value. */
export const PROVIDERS: Readonly<Record<ProviderKind, ProviderFacts>> = {
  'user-pool': { needs: 'id-token' },
  google: { needs: 'id-token', key: 'accounts.google.com', issuers: ['accounts.google.com'] },
  facebook: { needs: 'access-token', key: 'graph.facebook.com', issuers: ['www.facebook.com'] },
  amazon: { needs: 'access-token', key: 'www.amazon.com', issuers: ['www.amazon.com'] },
  apple: { needs: 'id-token', key: 'appleid.apple.com', issuers: ['appleid.apple.com'] },
  twitter: { needs: 'token-pair', key: 'api.twitter.com' },
  oidc: { needs: 'id-token' },
  saml: { needs: 'saml-response' },
  developer: { needs: 'openid-token', key: 'cognito-identity.amazonaws.com' },
};

/** The kinds that a person may choose, in the order in which they are offered. */
export const PROVIDER_KINDS: readonly ProviderKind[] = [
  'google',
  'facebook',
  'amazon',
  'apple',
  'oidc',
  'saml',
  'developer',
  'twitter',
  'user-pool',
];

/**
 * The key of a provider in the Logins map. `tokenIssuer`: the `iss` of an identity pool's own OpenID token, whose host
 * is the key in partitions other than the commercial one.
 */
export function loginsKey(provider: Provider, tokenIssuer?: string): string {
  switch (provider.kind) {
    case 'user-pool':
      return provider.key;
    case 'oidc':
      return issuerName(provider.issuer);
    case 'saml':
      return provider.providerArn;
    case 'developer':
      if (tokenIssuer !== undefined && isIdentityPoolIssuer(tokenIssuer)) return issuerName(tokenIssuer);
      return PROVIDERS.developer.key ?? '';
    default:
      return PROVIDERS[provider.kind].key ?? '';
  }
}

/** An issuer as the Logins map names it: without scheme, with its path, without a slash at the end. */
export function issuerName(issuer: string): string {
  return issuer
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');
}
