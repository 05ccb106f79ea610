import type { Connection, SignInMethod } from './connection/model';
import { DEFAULT_CALLBACK_PORTS, DEFAULT_SCOPES } from './connection/schema';

/** The sandbox's line of JSON, as far as the product uses it. Its users and passwords are public knowledge. */
export interface SandboxDescription {
  readonly api: string;
  readonly s3: string;
  readonly region: string;
  readonly control: string;
  readonly userPools: readonly {
    readonly id: string;
    readonly name?: string;
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
  /** The flow that shows what the user is for; SRP where none is named. */
  readonly signIn?: SignInMethod;
  /** Base32, of a user whose authenticator is set up. */
  readonly totpSecret?: string;
}

export const sandboxConnectionId = 'cognito-sandbox';

/** Whether it is a further pool of the sandbox: its users are offered beside those of the first. */
export function isFurtherSandboxPool(connectionId: string): boolean {
  return connectionId.startsWith(`${sandboxConnectionId}-`);
}

/** The connections to a sandbox that the extension started: one for each of its user pools with a public client. */
export function sandboxConnections(description: SandboxDescription): Connection[] {
  return description.userPools.flatMap((pool, index) => {
    const client = pool.clients.find((item) => item.secret === null);
    return client ? [connectionTo(description, pool.id, client.id, index, pool.name)] : [];
  });
}

function connectionTo(
  description: SandboxDescription,
  userPoolId: string,
  clientId: string,
  index: number,
  poolName: string | undefined,
): Connection {
  const identityPool = description.identityPools[0];
  const bucket = description.buckets[0];
  return {
    id: index === 0 ? sandboxConnectionId : `${sandboxConnectionId}-${index + 1}`,
    name: index === 0 ? 'Sandbox' : `Sandbox: ${poolName ?? userPoolId}`,
    userPool: {
      userPoolId,
      clientId,
      hasClientSecret: false,
      signIn: 'srp',
      scopes: DEFAULT_SCOPES,
      callbackPorts: DEFAULT_CALLBACK_PORTS,
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
