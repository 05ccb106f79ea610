import type { IdentityPools } from '../identitypools';
import {
  APP_IDS,
  DEVELOPER_PROVIDER,
  OPEN_POOL_ID,
  PRINCIPAL_TAGS,
  RULES,
  RULES_POOL_ID,
} from './identity-pool-names';
import type { Invoke } from './invoke';
import { WEB_CLIENT } from './names';
import { USER_POOL_PROVIDER } from './seed-identity-pool';

const WEB = {
  CognitoIdentityProviders: [
    { ProviderName: USER_POOL_PROVIDER, ClientId: WEB_CLIENT.id, ServerSideTokenCheck: false },
  ],
};

/** The pool for every way in: guests, users, social providers, SAML, the app's own backend; both flows, one role for all. */
export async function seedOpenPool(
  identityPools: IdentityPools,
  roleArns: ReadonlyMap<string, string>,
  samlProviderArn: string,
  invoke: Invoke,
): Promise<void> {
  identityPools.createPool(
    {
      ...WEB,
      IdentityPoolName: 'notes-app-open',
      AllowUnauthenticatedIdentities: true,
      AllowClassicFlow: true,
      DeveloperProviderName: DEVELOPER_PROVIDER,
      SupportedLoginProviders: APP_IDS,
      SamlProviderARNs: [samlProviderArn],
    },
    OPEN_POOL_ID,
  );
  await invoke(identityPools.service, 'SetIdentityPoolRoles', {
    IdentityPoolId: OPEN_POOL_ID,
    Roles: { authenticated: roleArns.get('OpenReaders'), unauthenticated: roleArns.get('OpenGuest') },
  });
}

/** The pool whose rules choose the role by the claims of the token, and whose sessions carry tags. */
export async function seedRulesPool(
  identityPools: IdentityPools,
  roleArns: ReadonlyMap<string, string>,
  invoke: Invoke,
): Promise<void> {
  const IdentityPoolId = RULES_POOL_ID;
  identityPools.createPool(
    {
      ...WEB,
      IdentityPoolName: 'notes-app-rules',
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
    },
    IdentityPoolId,
  );
  await invoke(identityPools.service, 'SetIdentityPoolRoles', {
    IdentityPoolId,
    Roles: { authenticated: roleArns.get('RulesReaders') },
    RoleMappings: {
      [`${USER_POOL_PROVIDER}:${WEB_CLIENT.id}`]: {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: {
          Rules: RULES.map(({ claim, match, value, role }) => ({
            Claim: claim,
            MatchType: match,
            Value: value,
            RoleARN: roleArns.get(role),
          })),
        },
      },
    },
  });
  await invoke(identityPools.service, 'SetPrincipalTagAttributeMap', {
    IdentityPoolId,
    IdentityProviderName: USER_POOL_PROVIDER,
    UseDefaults: false,
    PrincipalTags: PRINCIPAL_TAGS,
  });
}
