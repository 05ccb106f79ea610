import type { UserPools } from '../userpools/user-pools';
import { createClient } from '../userpools/admin/client-operations';
import { CHALLENGE_POOL_ID, CHALLENGES_CLIENT, REQUIRED_CLIENT, REQUIRED_POOL_ID } from './challenge-names';
import type { Invoke } from './invoke';
import { USER_POOL_ID, WEB_CLIENT } from './names';

export const MACHINE_CLIENT = {
  id: '7machinesandboxclientnotes',
  name: 'machine',
  secret: 'sandboxsecretofthemachineclient0123456789abcdefghij',
} as const;

export const CALLBACK_URLS = [
  'http://localhost:8400/callback',
  'http://localhost:8401/callback',
  'http://localhost:8402/callback',
  'code-oss://cognito-workbench.cognito-workbench/callback',
  'vscode://cognito-workbench.cognito-workbench/callback',
] as const;
export const LOGOUT_URLS = [
  'http://localhost:8400/signed-out',
  'http://localhost:8401/signed-out',
  'http://localhost:8402/signed-out',
] as const;

const OPENID_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** Where the pages of each pool would be in AWS, and the client that sends people there. */
const DOORS = [
  { pool: USER_POOL_ID, domain: 'notes-app-sandbox', client: WEB_CLIENT.id },
  { pool: CHALLENGE_POOL_ID, domain: 'challenges-sandbox', client: CHALLENGES_CLIENT.id },
  { pool: REQUIRED_POOL_ID, domain: 'required-sandbox', client: REQUIRED_CLIENT.id },
];

/** Sign-in in the browser for one client of each pool, and tokens without a user for the client `machine`. */
export async function seedHostedUi({ context, service }: UserPools, invoke: Invoke): Promise<void> {
  for (const { pool: UserPoolId, domain, client } of DOORS) {
    await invoke(service, 'CreateUserPoolDomain', { UserPoolId, Domain: domain });
    const named = { UserPoolId, ClientId: client };
    const { UserPoolClient } = await invoke(service, 'DescribeUserPoolClient', named);
    // An update sets back whatever it does not name.
    await invoke(service, 'UpdateUserPoolClient', {
      ...(UserPoolClient as Record<string, unknown>),
      SupportedIdentityProviders: ['COGNITO'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: OPENID_SCOPES,
      CallbackURLs: CALLBACK_URLS,
      LogoutURLs: LOGOUT_URLS,
    });
  }
  const UserPoolId = USER_POOL_ID;
  await invoke(service, 'CreateResourceServer', {
    UserPoolId,
    Identifier: 'notes',
    Name: 'Notes',
    Scopes: [
      { ScopeName: 'read', ScopeDescription: 'Read notes' },
      { ScopeName: 'write', ScopeDescription: 'Write notes' },
    ],
  });
  createClient(
    context,
    {
      UserPoolId,
      ClientName: MACHINE_CLIENT.name,
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['notes/read', 'notes/write'],
    },
    MACHINE_CLIENT,
  );
}
