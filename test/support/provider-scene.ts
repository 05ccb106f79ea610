import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import type { CreateIdentityPoolCommandInput } from '@aws-sdk/client-cognito-identity';
import { IAM } from '@aws-sdk/client-iam';
import type { TestSandbox } from './sandbox';

let made = 0;

/**
 * An identity pool of its own that takes the ID tokens of this issuer for this client, made with the operations that
 * anybody would make it with; its users get a role of their own. Answers the pool's id and the role's name.
 */
export async function poolWithIssuer(
  { description }: Pick<TestSandbox, 'description'>,
  issuer: { readonly url: string; readonly clientId: string },
  more: Partial<CreateIdentityPoolCommandInput> = {},
): Promise<{ identityPoolId: string; roleName: string }> {
  const { api: endpoint, region, admin: credentials } = description;
  const config = { endpoint, region, credentials, maxAttempts: 1 };
  const [iam, pools] = [new IAM(config), new CognitoIdentity(config)];
  const name = `issuer-${++made}-${process.pid}`;
  const { OpenIDConnectProviderArn: arn = '' } = await iam.createOpenIDConnectProvider({
    Url: issuer.url,
    ClientIDList: [issuer.clientId],
    ThumbprintList: ['0'.repeat(40)],
  });
  const { IdentityPoolId: identityPoolId = '' } = await pools.createIdentityPool({
    IdentityPoolName: name,
    AllowUnauthenticatedIdentities: false,
    OpenIdConnectProviderARNs: [arn],
    ...more,
  });
  const roleName = `Users-of-${name}`;
  const { Role } = await iam.createRole({
    RoleName: roleName,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPoolId },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
          },
        },
      ],
    }),
  });
  await pools.setIdentityPoolRoles({
    IdentityPoolId: identityPoolId,
    Roles: { authenticated: Role?.Arn ?? '' },
  });
  return { identityPoolId, roleName };
}
