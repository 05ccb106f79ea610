import { REGION } from '../account';
import type { IdentityPools } from '../identitypools';
import type { Invoke } from './invoke';
import { BACKEND_CLIENT, IDENTITY_POOL_ID, USER_POOL_ID, WEB_CLIENT } from './names';

export const USER_POOL_PROVIDER = `cognito-idp.${REGION}.amazonaws.com/${USER_POOL_ID}`;

/** The identity pool: both clients are its providers, and the token chooses the role. */
export async function seedIdentityPool(
  identityPools: IdentityPools,
  roleArns: ReadonlyMap<string, string>,
  invoke: Invoke,
): Promise<void> {
  const clients = [WEB_CLIENT, BACKEND_CLIENT];
  identityPools.createPool(
    {
      IdentityPoolName: 'notes-app',
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
      CognitoIdentityProviders: clients.map(({ id }) => ({
        ProviderName: USER_POOL_PROVIDER,
        ClientId: id,
        ServerSideTokenCheck: false,
      })),
    },
    IDENTITY_POOL_ID,
  );
  const mapping = { Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' };
  await invoke(identityPools.service, 'SetIdentityPoolRoles', {
    IdentityPoolId: IDENTITY_POOL_ID,
    Roles: { authenticated: roleArns.get('Readers'), unauthenticated: roleArns.get('Guest') },
    RoleMappings: Object.fromEntries(clients.map(({ id }) => [`${USER_POOL_PROVIDER}:${id}`, mapping])),
  });
}
