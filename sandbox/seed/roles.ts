import { BUCKET, IDENTITY_POOL_ID } from './names';

const ON_BUCKET = `arn:aws:s3:::${BUCKET}`;
const OWN_FOLDER = 'private/${cognito-identity.amazonaws.com:sub}/*';

type Statement = Readonly<Record<string, unknown>>;

export interface SeedRole {
  readonly name: string;
  readonly description: string;
  readonly trust: string;
  readonly policy: string;
}

function policy(...Statement: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
}

function trust(amr: 'authenticated' | 'unauthenticated'): string {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': IDENTITY_POOL_ID },
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
    policy: policy({
      Sid: 'WholeBucket',
      Effect: 'Allow',
      Action: 's3:*',
      Resource: [ON_BUCKET, `${ON_BUCKET}/*`],
    }),
  },
  {
    name: 'Readers',
    description: 'public/ to read, and a private folder for each identity',
    trust: trust('authenticated'),
    policy: policy(list('public/*', OWN_FOLDER), READ_PUBLIC, {
      Sid: 'OwnFolder',
      Effect: 'Allow',
      Action: 's3:*',
      Resource: `${ON_BUCKET}/${OWN_FOLDER}`,
    }),
  },
  {
    name: 'Guest',
    description: 'public/ to read, without a sign-in',
    trust: trust('unauthenticated'),
    policy: policy(list('public/*'), READ_PUBLIC),
  },
];
