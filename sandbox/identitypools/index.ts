export { createIdentityPools } from './identity-pools';
export type { IdentityPools, IdentityPoolsOptions } from './identity-pools';
