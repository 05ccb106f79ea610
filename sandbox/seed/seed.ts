import type { SandboxDescription, SandboxUser } from '../description';
import type { SandboxServices } from '../services';
import type { PoolKeys } from '../userpools/tokens/pool-keys';
import {
  CHALLENGE_POOL_ID,
  CHALLENGE_USERS,
  CHALLENGES_CLIENT,
  REQUIRED_CLIENT,
  REQUIRED_POOL_ID,
  REQUIRED_USERS,
  type ChallengeUser,
} from './challenge-names';
import { MACHINE_CLIENT, seedHostedUi } from './hosted-ui';
import { SAML_PROVIDER } from './identity-pool-names';
import { invokeAs, type Invoke } from './invoke';
import { describeIdentityPools } from './describe-identity-pools';
import { BACKEND_CLIENT, BUCKET, IDENTITY_POOL_ID, USER_POOL_ID, USERS, WEB_CLIENT } from './names';
import { bigContents, seedOwnObjects, seedSharedObjects } from './objects';
import { ROLES } from './roles';
import { seedChallengePools } from './seed-challenges';
import { seedOpenPool, seedRulesPool } from './seed-further-pools';
import { seedIdentityPool, USER_POOL_PROVIDER } from './seed-identity-pool';
import { idTokenOf, seedUserPool } from './seed-users';

export type SeedDescription = Pick<SandboxDescription, 'userPools' | 'identityPools' | 'roles' | 'buckets'>;

export const NOTHING_SEEDED: SeedDescription = { userPools: [], identityPools: [], roles: [], buckets: [] };

/** Fills a fresh sandbox with the notes app: users, roles, identity pool and bucket. */
export async function seedSandbox(
  services: SandboxServices,
  keys: Promise<PoolKeys>,
): Promise<SeedDescription> {
  const invoke = invokeAs(services.admin.principal);
  const samlKey = services.samlIssuer.prepare();
  const roleArns = new Map<string, string>();
  for (const role of ROLES) {
    const RoleName = role.name;
    const { Role } = await invoke(services.iam, 'CreateRole', {
      RoleName,
      Description: role.description,
      AssumeRolePolicyDocument: role.trust,
      ...(role.maxSessionSeconds !== undefined && { MaxSessionDuration: String(role.maxSessionSeconds) }),
    });
    await invoke(services.iam, 'PutRolePolicy', {
      RoleName,
      PolicyName: 'Access',
      PolicyDocument: role.policy,
    });
    roleArns.set(role.name, String((Role as Record<string, unknown>)['Arn']));
  }
  services.s3.createBucket(BUCKET);
  seedSharedObjects(services.s3);
  await seedUserPool(services.userPools, keys, roleArns, invoke);
  await seedChallengePools(services.userPools, invoke);
  await seedHostedUi(services.userPools, invoke);
  await seedIdentityPool(services.identityPools, roleArns, invoke);
  await samlKey;
  const samlProviderArn = await seedSamlProvider(services, invoke);
  await seedOpenPool(services.identityPools, roleArns, samlProviderArn, invoke);
  await seedRulesPool(services.identityPools, roleArns, invoke);
  await seedOwnFolders(services, invoke);
  return {
    userPools: [
      {
        id: USER_POOL_ID,
        name: 'notes-app',
        clients: [{ ...WEB_CLIENT, secret: null }, { ...BACKEND_CLIENT }, { ...MACHINE_CLIENT }],
        users: USERS.map(({ username, password, groups, hint }) => ({ username, password, groups, hint })),
      },
      {
        id: CHALLENGE_POOL_ID,
        name: 'Every challenge',
        clients: [{ ...CHALLENGES_CLIENT, secret: null }],
        users: CHALLENGE_USERS.map(describeUser),
      },
      {
        id: REQUIRED_POOL_ID,
        name: 'Second factor required',
        clients: [{ ...REQUIRED_CLIENT, secret: null }],
        users: REQUIRED_USERS.map(describeUser),
      },
    ],
    identityPools: describeIdentityPools(roleArns, samlProviderArn),
    roles: [...roleArns.values()],
    buckets: [BUCKET],
  };
}

async function seedSamlProvider({ iam, samlIssuer }: SandboxServices, invoke: Invoke): Promise<string> {
  const { SAMLProviderArn } = await invoke(iam, 'CreateSAMLProvider', {
    Name: SAML_PROVIDER,
    SAMLMetadataDocument: samlIssuer.metadata(),
  });
  return String(SAMLProviderArn);
}

function describeUser({ username, password, hint, totpSecret, signIn }: ChallengeUser): SandboxUser {
  return {
    username,
    password,
    groups: [],
    hint,
    ...(totpSecret !== undefined && { totpSecret }),
    ...(signIn !== undefined && { signIn }),
  };
}

/** Signs each user in as a client would, to learn whose folder it is. */
async function seedOwnFolders(services: SandboxServices, invoke: Invoke): Promise<void> {
  const big = bigContents();
  for (const user of USERS) {
    if (user.temporary) continue;
    const token = await idTokenOf(services.userPools, user.username, invoke);
    const { IdentityId } = await invoke(services.identityPools.service, 'GetId', {
      IdentityPoolId: IDENTITY_POOL_ID,
      Logins: { [USER_POOL_PROVIDER]: token },
    });
    seedOwnObjects(services.s3, user, String(IdentityId), big);
  }
}
