/** Ids and passwords are the same at every start, so that settings and scripts go on working. */

export const USER_POOL_ID = 'us-east-1_Sandbox01';
export const IDENTITY_POOL_ID = 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000001';
export const BUCKET = 'notes-app-uploads';

export const WEB_CLIENT = { id: '5websandboxclient0notesapp', name: 'web' } as const;
export const BACKEND_CLIENT = {
  id: '6backendsandboxclientnotes',
  name: 'backend',
  secret: 'sandboxsecretofthebackendclient0123456789abcdefghij',
} as const;

export interface SeedUser {
  readonly username: string;
  readonly password: string;
  readonly sub: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly temporary: boolean;
  /** The attribute `custom:department`, which rules and principal tags look at. */
  readonly department?: string;
  readonly hint: string;
}

export const USERS: readonly SeedUser[] = [
  {
    username: 'admin',
    password: 'Admin-1-Sandbox!',
    sub: '64f8a4d8-2001-4c5e-9b1a-0000000000a1',
    name: 'Ada Admin',
    groups: ['admins'],
    temporary: false,
    hint: 'Gets the role Admins: the whole bucket, secret/ included.',
  },
  {
    username: 'reader',
    password: 'Reader-1-Sandbox!',
    sub: '64f8a4d8-2001-4c5e-9b1a-0000000000b2',
    name: 'Rita Reader',
    groups: ['readers'],
    temporary: false,
    hint: 'Gets the role Readers: public/ and a private folder of her own.',
  },
  {
    username: 'newcomer',
    password: 'Newcomer-1-Sandbox!',
    sub: '64f8a4d8-2001-4c5e-9b1a-0000000000c3',
    name: 'Nino Newcomer',
    groups: [],
    temporary: true,
    hint: 'Has a temporary password and must choose a new one; is in no group, so gets the default role.',
  },
  {
    username: 'both',
    password: 'Both-1-Sandbox!',
    sub: '64f8a4d8-2001-4c5e-9b1a-0000000000d4',
    name: 'Bo Both',
    groups: ['admins', 'readers'],
    temporary: false,
    department: 'Editorial',
    hint: 'Is in both groups, so may choose between the roles Admins and Readers; Admins comes first.',
  },
  {
    username: 'nobody',
    password: 'Nobody-1-Sandbox!',
    sub: '64f8a4d8-2001-4c5e-9b1a-0000000000e5',
    name: 'Nora Nobody',
    groups: [],
    temporary: false,
    department: 'none',
    hint: 'Is in no group and meets no rule: gets the default role of notes-app, and none at all of notes-app-rules.',
  },
];

export const GROUPS = [
  { name: 'admins', role: 'Admins', precedence: 1 },
  { name: 'readers', role: 'Readers', precedence: 10 },
] as const;
