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
];

export const GROUPS = [
  { name: 'admins', role: 'Admins', precedence: 1 },
  { name: 'readers', role: 'Readers', precedence: 10 },
] as const;
