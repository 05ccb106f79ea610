import type { Connection } from './connection/model';

/** The sandbox's line of JSON, as far as the product uses it. Its users and passwords are public knowledge. */
export interface SandboxDescription {
  readonly api: string;
  readonly s3: string;
  readonly region: string;
  readonly control: string;
  readonly userPools: readonly {
    readonly id: string;
    readonly clients: readonly {
      readonly id: string;
      readonly name: string;
      readonly secret: string | null;
    }[];
    readonly users: readonly SandboxUser[];
  }[];
  readonly identityPools: readonly { readonly id: string }[];
  readonly buckets: readonly string[];
}

export interface SandboxUser {
  readonly username: string;
  readonly password: string;
  readonly groups: readonly string[];
  /** What the user is for, one line. */
  readonly hint?: string;
}

export const sandboxConnectionId = 'cognito-sandbox';

/** The connection to a sandbox that the extension started; undefined when it describes no pool with a public client. */
export function sandboxConnection(description: SandboxDescription): Connection | undefined {
  const pool = description.userPools[0];
  const client = pool?.clients.find((item) => item.secret === null);
  const identityPool = description.identityPools[0];
  const bucket = description.buckets[0];
  if (!pool || !client) return undefined;
  return {
    id: sandboxConnectionId,
    name: 'Sandbox',
    userPool: {
      userPoolId: pool.id,
      clientId: client.id,
      hasClientSecret: false,
      signIn: 'srp',
      scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
      callbackPorts: [8400, 8401, 8402],
    },
    ...(identityPool ? { identityPool: { identityPoolId: identityPool.id, flow: 'enhanced' as const } } : {}),
    ...(bucket
      ? {
          s3: {
            locations: [`s3://${bucket}/private/\${identityId}/`, `s3://${bucket}/public/`],
            region: description.region,
          },
        }
      : {}),
    endpoints: {
      cognitoIdp: description.api,
      cognitoIdentity: description.api,
      sts: description.api,
      iam: description.api,
      s3: description.s3,
      // As AWS does by default: what is tried here is what AWS gets.
      s3Checksums: 'supported',
      hostedUi: description.api,
    },
  };
}
