import { REGION } from '../account';
import type { IdentityPools } from '../identitypools';
import type { Invoke } from './invoke';
import { CHALLENGE_POOL_ID, CHALLENGES_CLIENT, REQUIRED_CLIENT, REQUIRED_POOL_ID } from './challenge-names';
import { BACKEND_CLIENT, IDENTITY_POOL_ID, USER_POOL_ID, WEB_CLIENT } from './names';

const providerOf = (userPoolId: string): string => `cognito-idp.${REGION}.amazonaws.com/${userPoolId}`;

export const USER_POOL_PROVIDER = providerOf(USER_POOL_ID);

const PROVIDERS = [
  { provider: USER_POOL_PROVIDER, client: WEB_CLIENT.id },
  { provider: USER_POOL_PROVIDER, client: BACKEND_CLIENT.id },
  { provider: providerOf(CHALLENGE_POOL_ID), client: CHALLENGES_CLIENT.id },
  { provider: providerOf(REQUIRED_POOL_ID), client: REQUIRED_CLIENT.id },
];

/** The identity pool: the clients of all pools are its providers, and the token chooses the role. */
export async function seedIdentityPool(
  identityPools: IdentityPools,
  roleArns: ReadonlyMap<string, string>,
  invoke: Invoke,
): Promise<void> {
  identityPools.createPool(
    {
      IdentityPoolName: 'notes-app',
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
      CognitoIdentityProviders: PROVIDERS.map(({ provider, client }) => ({
        ProviderName: provider,
        ClientId: client,
        ServerSideTokenCheck: false,
      })),
    },
    IDENTITY_POOL_ID,
  );
  const mapping = { Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' };
  await invoke(identityPools.service, 'SetIdentityPoolRoles', {
    IdentityPoolId: IDENTITY_POOL_ID,
    Roles: { authenticated: roleArns.get('Readers'), unauthenticated: roleArns.get('Guest') },
    RoleMappings: Object.fromEntries(
      PROVIDERS.map(({ provider, client }) => [`${provider}:${client}`, mapping]),
    ),
  });
}
