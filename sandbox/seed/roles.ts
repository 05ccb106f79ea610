import { BUCKET, IDENTITY_POOL_ID } from './names';
import { OPEN_POOL_ID, RULES_POOL_ID } from './identity-pool-names';

const ON_BUCKET = `arn:aws:s3:::${BUCKET}`;
const OWN_FOLDER = 'private/${cognito-identity.amazonaws.com:sub}/*';

/** A folder by the session's tag, where the pool maps one. */
const BY_NAME = 'people/${aws:PrincipalTag/username}/*';
const ASSUME = 'sts:AssumeRoleWithWebIdentity';

type Statement = Readonly<Record<string, unknown>>;

export interface SeedRole {
  readonly name: string;
  readonly description: string;
  readonly trust: string;
  readonly policy: string;
  /** An hour where it is not given. */
  readonly maxSessionSeconds?: number;
}

function policy(...Statement: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
}

function trust(
  amr: 'authenticated' | 'unauthenticated',
  poolId = IDENTITY_POOL_ID,
  ...more: readonly string[]
): string {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: more.length === 0 ? ASSUME : [ASSUME, ...more],
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': poolId },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
    },
  });
}

const list = (...prefixes: readonly string[]): Statement => ({
  Sid: 'ListThesePrefixesOnly',
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: ON_BUCKET,
  Condition: { StringLike: { 's3:prefix': prefixes } },
});

const everythingIn = (folder: string): Statement => ({
  Sid: 'OwnFolder',
  Effect: 'Allow',
  Action: 's3:*',
  Resource: `${ON_BUCKET}/${folder}`,
});

const WHOLE_BUCKET: Statement = {
  Sid: 'WholeBucket',
  Effect: 'Allow',
  Action: 's3:*',
  Resource: [ON_BUCKET, `${ON_BUCKET}/*`],
};

const READ_PUBLIC: Statement = {
  Sid: 'ReadPublic',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: `${ON_BUCKET}/public/*`,
};

export const ROLES: readonly SeedRole[] = [
  {
    name: 'Admins',
    description: 'The whole bucket',
    trust: trust('authenticated'),
    policy: policy(WHOLE_BUCKET),
  },
  {
    name: 'Readers',
    description: 'public/ to read, and a private folder for each identity',
    trust: trust('authenticated'),
    policy: policy(list('public/*', OWN_FOLDER), READ_PUBLIC, everythingIn(OWN_FOLDER)),
  },
  {
    name: 'Guest',
    description: 'public/ to read, without a sign-in',
    trust: trust('unauthenticated'),
    policy: policy(list('public/*'), READ_PUBLIC),
  },
  {
    name: 'OpenReaders',
    description: 'notes-app-open: public/ to read, and a private folder for each identity',
    trust: trust('authenticated', OPEN_POOL_ID),
    policy: policy(list('public/*', OWN_FOLDER), READ_PUBLIC, everythingIn(OWN_FOLDER)),
  },
  {
    name: 'OpenGuest',
    description: 'notes-app-open: public/ to read, without a sign-in',
    trust: trust('unauthenticated', OPEN_POOL_ID),
    policy: policy(list('public/*'), READ_PUBLIC),
  },
  {
    name: 'OpenAuditor',
    description: 'notes-app-open: the whole bucket to read; only the basic flow can choose it',
    trust: trust('authenticated', OPEN_POOL_ID),
    policy: policy({
      Sid: 'ReadWholeBucket',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetObject'],
      Resource: [ON_BUCKET, `${ON_BUCKET}/*`],
    }),
    maxSessionSeconds: 7200,
  },
  {
    name: 'RulesAdmins',
    description: 'notes-app-rules: the whole bucket',
    trust: trust('authenticated', RULES_POOL_ID, 'sts:TagSession'),
    policy: policy(WHOLE_BUCKET),
  },
  {
    name: 'RulesReaders',
    description: 'notes-app-rules: public/ to read, and a folder by the tag username',
    trust: trust('authenticated', RULES_POOL_ID, 'sts:TagSession'),
    policy: policy(list('public/*', BY_NAME), READ_PUBLIC, everythingIn(BY_NAME)),
  },
  {
    name: 'RulesEditors',
    description: 'notes-app-rules: public/ to write, for a session with a tag department',
    trust: trust('authenticated', RULES_POOL_ID, 'sts:TagSession'),
    policy: policy(
      {
        ...list('public/*'),
        Condition: {
          StringLike: { 's3:prefix': ['public/*'], 'aws:PrincipalTag/department': '?*' },
        },
      },
      {
        Sid: 'WritePublic',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        Resource: `${ON_BUCKET}/public/*`,
        Condition: { StringLike: { 'aws:PrincipalTag/department': '?*' } },
      },
    ),
  },
];
