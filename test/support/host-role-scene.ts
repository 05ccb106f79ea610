import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { SetIdentityPoolRolesInput } from '@aws-sdk/client-cognito-identity';
import type { World } from './host-world';

let made = 0;
const PRINCIPAL = 'cognito-identity.amazonaws.com';

type Statement = Record<string, unknown>;

export interface RoleSceneOptions {
  /** Changes the statement of the trust policy, which fits before. */
  readonly trust?: (statement: Statement) => Statement;
  readonly amr?: 'authenticated' | 'unauthenticated';
  /** Of the pool; the default is the role of the scene for the kind of user that it is for. */
  readonly roles?: (roleArn: string) => Record<string, string>;
  readonly mapping?: (roleArn: string) => NonNullable<SetIdentityPoolRolesInput['RoleMappings']>[string];
  readonly guests?: boolean;
  readonly classicFlow?: boolean;
  /** Attributes for access control: tag to claim. */
  readonly tags?: Record<string, string>;
}

export interface RoleScene {
  readonly poolId: string;
  readonly roleName: string;
  readonly roleArn: string;
}

/** An identity pool of the test's own, with a role of its own, and a connection `cause` to it. */
export async function roleScene(world: World, options: RoleSceneOptions = {}): Promise<RoleScene> {
  const { providerName, webClientId } = world.sandbox;
  const { amr = 'authenticated' } = options;
  const roleName = `Cause-${++made}`;
  const { IdentityPoolId: poolId = '' } = await world.identityPools.createIdentityPool({
    IdentityPoolName: roleName,
    AllowUnauthenticatedIdentities: options.guests ?? false,
    AllowClassicFlow: options.classicFlow ?? true,
    CognitoIdentityProviders: [{ ProviderName: providerName, ClientId: webClientId }],
  });
  const roleArn = await newRole(world, roleName, poolId, amr, options.trust);
  const mapping = options.mapping?.(roleArn);
  await world.identityPools.setIdentityPoolRoles({
    IdentityPoolId: poolId,
    Roles: (options.roles ?? ((arn) => ({ [amr]: arn })))(roleArn),
    ...(mapping ? { RoleMappings: { [`${providerName}:${webClientId}`]: mapping } } : {}),
  });
  if (options.tags) {
    await world.identityPools.setPrincipalTagAttributeMap({
      IdentityPoolId: poolId,
      IdentityProviderName: providerName,
      UseDefaults: false,
      PrincipalTags: options.tags,
    });
  }
  await world.connect(world.entry('cause', { identityPool: { identityPoolId: poolId } }));
  return { poolId, roleName, roleArn };
}

/** A role that trusts this kind of user of the pool; answers its ARN. */
export async function newRole(
  world: World,
  roleName: string,
  poolId: string,
  amr: string,
  trust: RoleSceneOptions['trust'] = (statement) => statement,
): Promise<string> {
  const statement = trust({
    Effect: 'Allow',
    Principal: { Federated: PRINCIPAL },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${PRINCIPAL}:aud`]: poolId },
      'ForAnyValue:StringLike': { [`${PRINCIPAL}:amr`]: amr },
    },
  });
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { Role } = await world.iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: document });
  return Role?.Arn ?? '';
}

/** Does what an AWS CLI command would, which a real shell has taken apart. */
export async function runCommand(world: World, command: string): Promise<void> {
  const [service, operation, ...rest] = execFileSync('sh', [
    '-c',
    `aws() { printf '%s\\0' "$@"; }\n${command}`,
  ])
    .toString()
    .split('\0')
    .slice(0, -1);
  const option = (name: string): string => {
    const at = rest.indexOf(name);
    assert.ok(at >= 0, `${command} has ${name}`);
    return rest[at + 1] ?? '';
  };
  assert.equal(option('--endpoint-url'), world.sandbox.description.api);
  assert.equal(option('--region'), world.sandbox.description.region);
  switch (`${service} ${operation}`) {
    case 'iam update-assume-role-policy':
      await world.iam.updateAssumeRolePolicy({
        RoleName: option('--role-name'),
        PolicyDocument: option('--policy-document'),
      });
      return;
    case 'iam create-role':
      await world.iam.createRole({
        RoleName: option('--role-name'),
        AssumeRolePolicyDocument: option('--assume-role-policy-document'),
      });
      return;
    case 'cognito-identity set-identity-pool-roles':
      await world.identityPools.setIdentityPoolRoles({
        IdentityPoolId: option('--identity-pool-id'),
        Roles: JSON.parse(option('--roles')) as Record<string, string>,
        ...(rest.includes('--role-mappings')
          ? {
              RoleMappings: JSON.parse(
                option('--role-mappings'),
              ) as SetIdentityPoolRolesInput['RoleMappings'],
            }
          : {}),
      });
      return;
    case 'cognito-identity set-principal-tag-attribute-map':
      assert.ok(rest.includes('--no-use-defaults'));
      await world.identityPools.setPrincipalTagAttributeMap({
        IdentityPoolId: option('--identity-pool-id'),
        IdentityProviderName: option('--identity-provider-name'),
        UseDefaults: false,
        PrincipalTags: JSON.parse(option('--principal-tags')) as Record<string, string>,
      });
      return;
    default:
      assert.fail(`a command that changes nothing: ${command}`);
  }
}
