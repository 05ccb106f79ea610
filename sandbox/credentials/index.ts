export { adminCredentials, createCredentialStore, rootPrincipal } from './credential-store';
export type { CredentialStoreOptions } from './credential-store';
export { newUniqueId } from './access-keys';
