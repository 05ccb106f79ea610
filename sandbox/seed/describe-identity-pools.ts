import type { SandboxIdentityPool } from '../description';
import { CHALLENGE_POOL_ID, CHALLENGES_CLIENT, REQUIRED_CLIENT, REQUIRED_POOL_ID } from './challenge-names';
import { APP_IDS, DEVELOPER_PROVIDER, OPEN_POOL_ID, RULES, RULES_POOL_ID } from './identity-pool-names';
import { BACKEND_CLIENT, GROUPS, IDENTITY_POOL_ID, USER_POOL_ID, WEB_CLIENT } from './names';

const WEB = { userPoolId: USER_POOL_ID, clientId: WEB_CLIENT.id };

/** The seeded identity pools as the sandbox's line of JSON tells of them; `roleArns` by role name. */
export function describeIdentityPools(
  roleArns: ReadonlyMap<string, string>,
  samlProviderArn: string,
): readonly SandboxIdentityPool[] {
  const arn = (name: string): string => roleArns.get(name) ?? '';
  const arns = (names: readonly string[]): readonly string[] => [...new Set(names)].map(arn);
  return [
    {
      id: IDENTITY_POOL_ID,
      name: 'notes-app',
      hint: 'The token chooses the role: by the groups of the user.',
      flows: ['enhanced'],
      guests: false,
      roleMapping: 'token',
      clients: [
        WEB,
        { userPoolId: USER_POOL_ID, clientId: BACKEND_CLIENT.id },
        { userPoolId: CHALLENGE_POOL_ID, clientId: CHALLENGES_CLIENT.id },
        { userPoolId: REQUIRED_POOL_ID, clientId: REQUIRED_CLIENT.id },
      ],
      roles: {
        authenticated: arn('Readers'),
        unauthenticated: arn('Guest'),
        choices: arns(GROUPS.map(({ role }) => role)),
      },
    },
    {
      id: OPEN_POOL_ID,
      name: 'notes-app-open',
      hint: 'Every way in: guests, users, social providers, SAML, and users of a backend; in the enhanced and the basic flow.',
      flows: ['enhanced', 'basic'],
      guests: true,
      roleMapping: 'none',
      clients: [WEB],
      roles: {
        authenticated: arn('OpenReaders'),
        unauthenticated: arn('OpenGuest'),
        choices: arns(['OpenReaders', 'OpenAuditor']),
      },
      developerProvider: DEVELOPER_PROVIDER,
      socialProviders: APP_IDS,
      samlProviders: [samlProviderArn],
    },
    {
      id: RULES_POOL_ID,
      name: 'notes-app-rules',
      hint: 'Rules choose the role by the claims of the token, and nobody gets in without one; sessions carry tags.',
      flows: ['enhanced'],
      guests: false,
      roleMapping: 'rules',
      clients: [WEB],
      roles: { authenticated: arn('RulesReaders'), choices: arns(RULES.map(({ role }) => role)) },
    },
  ];
}
