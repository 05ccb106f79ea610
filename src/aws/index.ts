/** Entry of the side bundle `dist/aws.js`: every AWS client, loaded on first use. */
export { createAdminApi } from './admin';
export { createIdentityPoolApi } from './identity-pool';
export { listProfiles, profileKeys } from './profile';
export { createS3Api } from './s3';
export { createStsApi } from './sts';
export { createUserPoolApi } from './user-pool';
export type { CallObserver } from './call';
