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
  readonly identityPools: readonly {
    readonly id: string;
    readonly name?: string;
    readonly developerProvider?: string;
    /** App ids by the key of their provider in a Logins map. */
    readonly socialProviders?: Readonly<Record<string, string>>;
    /** ARNs. */
    readonly samlProviders?: readonly string[];
  }[];
  /** Every right, as an account's root would have. */
  readonly admin: { readonly accessKeyId: string; readonly secretAccessKey: string };
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

/** Whether it is a further user pool of the sandbox: its users are offered beside those of the first. */
export function isFurtherSandboxPool(connectionId: string): boolean {
  return /^cognito-sandbox-\d+$/.test(connectionId);
}

/** Whether it is one of the sandbox's connections that show what else identity pools can do. */
export function isSandboxScene(connectionId: string): boolean {
  return connectionId.startsWith(`${sandboxConnectionId}-`) && !isFurtherSandboxPool(connectionId);
}

/**
 * The connections to a sandbox that the extension started: one for each of its user pools with a public client, and
 * one for each further identity pool, with the first user pool.
 */
export function sandboxConnections(description: SandboxDescription): Connection[] {
  const pools = description.userPools.flatMap((pool, index) => {
    const client = pool.clients.find((item) => item.secret === null);
    return client ? [connectionTo(description, pool.id, client.id, index, pool.name)] : [];
  });
  const [first] = pools;
  return first ? [...pools, ...scenesOf(description, first)] : pools;
}

/** What stands beside the sandbox's first identity pool, by the name that the sandbox gave it. */
const SCENES: Readonly<Record<string, { id: string; name: string }>> = {
  'notes-app-open': { id: 'open', name: 'Sandbox: Guests and providers' },
  'notes-app-rules': { id: 'rules', name: 'Sandbox: Roles by rules' },
};

function scenesOf({ identityPools }: SandboxDescription, first: Connection): Connection[] {
  return identityPools.flatMap((pool) => {
    const scene = SCENES[pool.name ?? ''];
    if (!scene) return [];
    const { developerProvider } = pool;
    return [
      {
        ...first,
        id: `${sandboxConnectionId}-${scene.id}`,
        name: scene.name,
        identityPool: {
          identityPoolId: pool.id,
          flow: 'enhanced',
          ...(developerProvider === undefined ? {} : { developerProvider }),
        },
      },
    ];
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
