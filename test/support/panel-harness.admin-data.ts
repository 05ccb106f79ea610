import type { IdentityPoolRoles } from '../../src/core/admin-port';
import { chooseRole } from '../../src/core/federation/role-mapping';
import { freshTrust } from '../../src/core/federation/trust-check-correct';
import { whatFailed } from '../../src/core/federation/what-failed';
import { type AdminRoleQuestion, explainRoleAsAdmin } from '../../src/core/federation/why-role-admin';
import type { AdminRoleView, CauseView, CredentialsView } from '../../src/panel/protocol';

/** What the product itself says of a scene, as an administrator sees it. */
const POOL = 'us-east-1:5a3c8a52-7d1b-4c0e-9a55-0c1de2f3a4b5';
const ME = 'us-east-1:1f3c8a52-7d1b-4c0e-9a55-0c1de2f3a4b5';
const PROVIDER = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01';
const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const claims = {
  'cognito:groups': ['readers', 'staff'],
  'cognito:roles': [arn('Readers')],
  'cognito:preferred_role': arn('Readers'),
  'custom:department': 'research',
};
const trustLogin = {
  poolId: POOL,
  sub: ME,
  amr: ['authenticated', PROVIDER],
  needsTagSession: false,
};
const login = { kind: 'login', key: PROVIDER, clientId: 'web', claims } as const;
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OwnFolder',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: 'arn:aws:s3:::notes-app-uploads/private/${cognito-identity.amazonaws.com:sub}/*',
    },
    {
      Sid: 'ListOwnFolder',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::notes-app-uploads',
      Condition: { StringLike: { 's3:prefix': '${cognito-identity.amazonaws.com:sub}/*' } },
    },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::notes-app-uploads/public/*' },
  ],
};

const roles: IdentityPoolRoles = {
  authenticated: arn('Authenticated'),
  unauthenticated: arn('Guest'),
  mappings: {
    [`${PROVIDER}:web`]: {
      type: 'Rules',
      ambiguous: 'AuthenticatedRole',
      rules: [
        { claim: 'custom:department', match: 'Equals', value: 'sales', roleArn: arn('Sales') },
        { claim: 'cognito:groups', match: 'Contains', value: 'read', roleArn: arn('Readers') },
        { claim: 'email', match: 'StartsWith', value: 'admin@', roleArn: arn('Admins') },
      ],
    },
  },
};

function question(name = 'Readers'): AdminRoleQuestion {
  const readers = arn(name);
  return {
    question: { claims, connection: { id: 'sandbox' }, roleArn: readers },
    login,
    trustLogin,
    roles,
    groups: [
      { name: 'readers', precedence: 10, roleArn: readers },
      { name: 'staff', precedence: 20 },
      { name: 'everybody-in-the-company', roleArn: arn('Everybody') },
    ],
    role: {
      state: 'found',
      role: {
        arn: readers,
        roleId: 'AROAEXAMPLE',
        trustPolicy: freshTrust(trustLogin),
        maxSessionSeconds: 3600,
      },
    },
    rolePolicies: [{ name: 'notes', kind: 'inline', document: JSON.stringify(policy) }],
    locations: [
      `s3://notes-app-uploads/private/${ME}/`,
      's3://notes-app-uploads/public/',
      's3://somebody-elses-bucket/',
    ],
    nowMs: Date.UTC(2026, 10, 21, 12),
  };
}

export function adminRole(): AdminRoleView {
  const asked = 'the administrator of the sandbox';
  return { explanation: explainRoleAsAdmin(question()), asked, unread: [] };
}

const long = 'a-role-whose-name-is-as-long-as-IAM-lets-it-be-which-is-64-chars';

/** Long names, markup in names, and reads that were denied. */
export function longAdminRole(): AdminRoleView {
  const asked = question(long);
  return {
    explanation: explainRoleAsAdmin({
      ...asked,
      groups: [
        { name: `<img src=x onerror=alert(1)>${'g'.repeat(90)}`, precedence: 1, roleArn: arn(long) },
        { name: 'readers', precedence: 1, roleArn: arn('Readers') },
      ],
    }),
    asked: 'AWS profile company-wide-administrator-of-the-development-account',
    unread: [
      `The policies of the role ${long} could not be read: AccessDenied: User: arn:aws:iam::123456789012:user/someone is not authorized to perform: iam:ListRolePolicies on resource: role ${long}`,
    ],
  };
}

export function refusedCredentials(): CredentialsView {
  return {
    available: false,
    flow: [],
    error: {
      id: 'C78',
      title: 'reader could not get a role from AWS',
      why: 'The sign-in itself was accepted. Then the identity pool asked AWS STS for the role, and STS refused. Cognito gives one answer for all reasons.',
      fix: 'Find the Cause asks STS itself.',
      actions: ['find-cause', 'copy-cli-command', 'show-details', 'retry'],
      possibleCauses: [{ row: 'C78', text: 'No role is attached.' }],
      cliCommand: 'aws cognito-identity get-identity-pool-roles',
      details: [],
    },
  };
}

const target = { poolId: POOL, endpoints: { iam: 'http://127.0.0.1:4566' } };

export function cause(): CauseView {
  const choice = chooseRole({ roles, login });
  const trustPolicy = freshTrust({ ...trustLogin, poolId: 'us-east-1:00000000-0000-4000-8000-000000000000' });
  const roleArn = arn('Readers');
  const awsCode = 'AccessDenied';
  const awsMessage = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
  return {
    outcome: 'refused',
    roleName: 'Readers',
    finding: whatFailed({
      target,
      login: trustLogin,
      roles,
      choice,
      role: { state: 'found', role: { arn: roleArn, roleId: 'AROA', trustPolicy, maxSessionSeconds: 3600 } },
      replay: { outcome: 'refused', roleArn, awsCode, awsMessage },
    }),
    choice: choice.steps,
    steps: [
      {
        ok: false,
        sentence:
          'GetCredentialsForIdentity was refused: InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check assigned IAM roles for this pool.',
      },
      { ok: true, sentence: 'Pool and role were read by the administrator of the sandbox.' },
      { ok: false, sentence: 'STS was asked for the role Readers in the basic flow, and refused.' },
    ],
  };
}

/** Neither an administrator nor the basic flow. */
export function noCause(): CauseView {
  return {
    outcome: 'refused',
    finding: whatFailed({ target, login: trustLogin }),
    steps: [
      { ok: 'skipped', sentence: 'Pool and role were not looked at.' },
      { ok: 'skipped', sentence: 'STS was not asked, as you wished.' },
    ],
    adminMissing: true,
  };
}

export function nothingFails(): CauseView {
  return { outcome: 'works', roleName: 'Readers', steps: [] };
}
