import { adminCreateUser } from '../userpools/admin/user-operations';
import { createClient } from '../userpools/admin/client-operations';
import { createPool } from '../userpools/admin/pool-operations';
import type { PoolKeys } from '../userpools/tokens/pool-keys';
import type { UserPools } from '../userpools/user-pools';
import type { Invoke } from './invoke';
import { BACKEND_CLIENT, GROUPS, USER_POOL_ID, USERS, WEB_CLIENT } from './names';

const FLOWS = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** The pool with its clients, groups and users; `roleArns` by role name. */
export async function seedUserPool(
  userPools: UserPools,
  keys: Promise<PoolKeys>,
  roleArns: ReadonlyMap<string, string>,
  invoke: Invoke,
): Promise<void> {
  const { context, service } = userPools;
  const UserPoolId = USER_POOL_ID;
  await createPool(
    context,
    {
      PoolName: 'notes-app',
      UsernameConfiguration: { CaseSensitive: false },
      AliasAttributes: ['email', 'preferred_username'],
      AutoVerifiedAttributes: ['email'],
      Schema: [{ Name: 'department', AttributeDataType: 'String', Mutable: true }],
    },
    { id: USER_POOL_ID, keys },
  );
  for (const client of [WEB_CLIENT, BACKEND_CLIENT]) {
    createClient(
      context,
      {
        UserPoolId,
        ClientName: client.name,
        ExplicitAuthFlows: FLOWS,
        PreventUserExistenceErrors: 'ENABLED',
        GenerateSecret: 'secret' in client,
      },
      client,
    );
  }
  for (const { name, role, precedence } of GROUPS)
    await invoke(service, 'CreateGroup', {
      UserPoolId,
      GroupName: name,
      RoleArn: roleArns.get(role),
      Precedence: precedence,
    });
  for (const user of USERS) {
    const named = { UserPoolId, Username: user.username };
    adminCreateUser(
      context,
      {
        ...named,
        TemporaryPassword: user.password,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'name', Value: user.name },
          { Name: 'email', Value: `${user.username}@example.com` },
          { Name: 'email_verified', Value: 'true' },
          ...(user.department === undefined ? [] : [{ Name: 'custom:department', Value: user.department }]),
        ],
      },
      user.sub,
    );
    if (!user.temporary)
      await invoke(service, 'AdminSetUserPassword', { ...named, Password: user.password, Permanent: true });
    for (const group of user.groups)
      await invoke(service, 'AdminAddUserToGroup', { ...named, GroupName: group });
  }
}

/** The ID token of a seeded user, through the ordinary sign-in. */
export async function idTokenOf(userPools: UserPools, username: string, invoke: Invoke): Promise<string> {
  const user = USERS.find((candidate) => candidate.username === username);
  const answer = await invoke(userPools.service, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: WEB_CLIENT.id,
    AuthParameters: { USERNAME: username, PASSWORD: user?.password },
  });
  const result = answer['AuthenticationResult'] as Record<string, unknown>;
  return String(result['IdToken']);
}
