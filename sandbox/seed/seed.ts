import type { SandboxDescription } from '../description';
import type { SandboxServices } from '../services';
import type { PoolKeys } from '../userpools/tokens/pool-keys';
import { invokeAs } from './invoke';
import { BACKEND_CLIENT, BUCKET, USER_POOL_ID, USERS, WEB_CLIENT } from './names';
import { seedSharedObjects } from './objects';
import { ROLES } from './roles';
import { seedUserPool } from './seed-users';

export type SeedDescription = Pick<SandboxDescription, 'userPools' | 'identityPools' | 'roles' | 'buckets'>;

export const NOTHING_SEEDED: SeedDescription = { userPools: [], identityPools: [], roles: [], buckets: [] };

/** Fills a fresh sandbox with the notes app: users, roles, identity pool and bucket. */
export async function seedSandbox(
  services: SandboxServices,
  keys: Promise<PoolKeys>,
): Promise<SeedDescription> {
  const invoke = invokeAs(services.admin.principal);
  const roleArns = new Map<string, string>();
  for (const role of ROLES) {
    const RoleName = role.name;
    const { Role } = await invoke(services.iam, 'CreateRole', {
      RoleName,
      Description: role.description,
      AssumeRolePolicyDocument: role.trust,
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
  return {
    userPools: [
      {
        id: USER_POOL_ID,
        clients: [{ ...WEB_CLIENT, secret: null }, { ...BACKEND_CLIENT }],
        users: USERS.map(({ username, password, groups, hint }) => ({ username, password, groups, hint })),
      },
    ],
    identityPools: [],
    roles: [...roleArns.values()],
    buckets: [BUCKET],
  };
}
