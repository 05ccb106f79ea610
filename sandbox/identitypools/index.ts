export { createIdentityPools } from './identity-pools';
export type { IdentityPools, IdentityPoolsOptions } from './identity-pools';
export { OPENID_ISSUER, OPENID_JWKS_PATH, OpenIdTokenRefused } from './openid-tokens';
export type { OpenIdClaims, OpenIdTokenFault, OpenIdTokens } from './openid-tokens';
