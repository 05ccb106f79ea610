import assert from 'node:assert/strict';
import {
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromCognitoIdentityPool } from '@aws-sdk/credential-providers';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

describe('sandbox, judged by the AWS SDK', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  const settings = (
    credentials: Keys,
  ): { endpoint: string; region: string; credentials: Keys; maxAttempts: 1 } => ({
    endpoint: sandbox.description.api,
    region: sandbox.description.region,
    credentials,
    maxAttempts: 1,
  });
  const s3 = (credentials: Keys): S3Client =>
    new S3Client({ ...settings(credentials), endpoint: sandbox.description.s3, forcePathStyle: true });

  /** The SDK's own provider; the identity comes with the credentials. */
  const federate = (logins: Record<string, string>): ReturnType<ReturnType<typeof fromCognitoIdentityPool>> =>
    fromCognitoIdentityPool({
      clientConfig: { endpoint: sandbox.description.api, region: sandbox.description.region, maxAttempts: 1 },
      identityPoolId: sandbox.identityPoolId,
      logins,
    })();

  describe('fromCognitoIdentityPool', () => {
    it('gets the same identity every time, and another one for another user', async () => {
      const identities: string[] = [];
      for (const username of ['reader', 'reader', 'admin']) {
        const { idToken } = await sandbox.signIn(username);
        const credentials = await federate({ [sandbox.providerName]: idToken });
        assert.match(credentials.accessKeyId, /^ASIA/);
        identities.push(credentials.identityId);
      }
      assert.equal(identities[0], identities[1]);
      assert.notEqual(identities[1], identities[2]);
      for (const identity of identities) assert.match(identity, /^us-east-1:[0-9a-f-]{36}$/);
    });

    const refusals: readonly [string, () => Promise<Record<string, string>>, RegExp][] = [
      [
        'an access token',
        async () => ({ [sandbox.providerName]: (await sandbox.signIn('reader')).accessToken }),
        /Missing a required claim: aud/,
      ],
      [
        'the name of another pool',
        async () => ({
          [sandbox.providerName.replace('Sandbox01', 'Sandbox02')]: (await sandbox.signIn('reader')).idToken,
        }),
        /./,
      ],
      [
        'a client that the identity pool does not know',
        async () => {
          const { userPoolId: UserPoolId } = sandbox;
          const idp = new CognitoIdentityProviderClient(settings(sandbox.description.admin));
          const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const];
          const { UserPoolClient } = await idp.send(
            new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'stranger', ExplicitAuthFlows }),
          );
          const AuthParameters = { USERNAME: 'reader', PASSWORD: sandbox.user('reader').password };
          const { body } = await sandbox.call('InitiateAuth', {
            AuthFlow: 'USER_PASSWORD_AUTH',
            ClientId: UserPoolClient?.ClientId,
            AuthParameters,
          });
          const { IdToken = '' } = body['AuthenticationResult'] as Record<string, string>;
          return { [sandbox.providerName]: IdToken };
        },
        /Token is not from a supported provider of this identity pool/,
      ],
    ];
    for (const [name, logins, message] of refusals) {
      it(`is refused with ${name}`, async () => {
        await assert.rejects(federate(await logins()), { name: 'NotAuthorizedException', message });
      });
    }
  });

  it('sees who it is, lists and reads what its role allows, and nothing else', async () => {
    const { idToken } = await sandbox.signIn('reader');
    const credentials = await federate({ [sandbox.providerName]: idToken });
    const who = await new STSClient(settings(credentials)).send(new GetCallerIdentityCommand({}));
    assert.match(who.Arn ?? '', /:assumed-role\/Readers\//);
    assert.equal(who.Account, sandbox.description.accountId);
    const Bucket = sandbox.bucket;
    const own = `private/${credentials.identityId}/`;
    const { Contents } = await s3(credentials).send(new ListObjectsV2Command({ Bucket, Prefix: own }));
    assert.deepEqual(
      Contents?.map(({ Key }) => Key),
      [`${own}big.bin`, `${own}photo.png`, `${own}profile.json`],
    );
    const profile = await s3(credentials).send(new GetObjectCommand({ Bucket, Key: `${own}profile.json` }));
    const { identityId } = JSON.parse((await profile.Body?.transformToString()) ?? '') as {
      identityId: string;
    };
    assert.equal(identityId, credentials.identityId);
    for (const Prefix of ['', 'secret/', 'private/', 'private/us-east-1:other/'])
      await assert.rejects(s3(credentials).send(new ListObjectsV2Command({ Bucket, Prefix })), {
        name: 'AccessDenied',
      });
    await assert.rejects(s3(credentials).send(new GetObjectCommand({ Bucket, Key: 'secret/plan.txt' })), {
      name: 'AccessDenied',
    });
    await assert.rejects(
      new CognitoIdentityProviderClient(settings(credentials)).send(
        new ListUserPoolsCommand({ MaxResults: 1 }),
      ),
      { name: 'AccessDeniedException', message: /is not authorized to perform: cognito-idp:ListUserPools/ },
    );
  });

  describe('as the administrator', () => {
    const wrong = (): Keys => ({ ...sandbox.description.admin, secretAccessKey: 'wrong' });

    it('reads clients and pools, dates included', async () => {
      const idp = new CognitoIdentityProviderClient(settings(sandbox.description.admin));
      const { UserPools } = await idp.send(new ListUserPoolsCommand({ MaxResults: 60 }));
      assert.equal(UserPools?.[0]?.Id, sandbox.userPoolId);
      assert.ok(Math.abs(Date.now() - Number(UserPools[0].CreationDate)) < 60_000);
      const { UserPoolClient } = await idp.send(
        new DescribeUserPoolClientCommand({ UserPoolId: sandbox.userPoolId, ClientId: sandbox.webClientId }),
      );
      assert.equal(UserPoolClient?.ClientName, 'web');
      await assert.rejects(
        idp.send(new CreateGroupCommand({ UserPoolId: sandbox.userPoolId, GroupName: 'readers' })),
        { name: 'GroupExistsException' },
      );
    });

    it('makes and reads roles over the query protocol', async () => {
      const iam = new IAMClient(settings(sandbox.description.admin));
      const document = '{"Version":"2012-10-17","Statement":[]}';
      const trusted = document.replace(
        '[]',
        '[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]',
      );
      await iam.send(
        new CreateRoleCommand({
          RoleName: 'Made',
          AssumeRolePolicyDocument: trusted,
          Tags: [{ Key: 'team', Value: 'a & b' }],
        }),
      );
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Made' }));
      assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), trusted);
      assert.deepEqual(Role?.Tags, [{ Key: 'team', Value: 'a & b' }]);
      assert.ok(Role.CreateDate instanceof Date);
      await assert.rejects(iam.send(new GetRoleCommand({ RoleName: 'Nowhere' })), {
        name: 'NoSuchEntityException',
      });
    });

    it('is refused with a wrong secret, by each service in its own words', async () => {
      await assert.rejects(new STSClient(settings(wrong())).send(new GetCallerIdentityCommand({})), {
        name: 'SignatureDoesNotMatch',
      });
      await assert.rejects(
        new IAMClient(settings(wrong())).send(new GetRoleCommand({ RoleName: 'Admins' })),
        {
          name: 'SignatureDoesNotMatch',
        },
      );
      await assert.rejects(
        new CognitoIdentityProviderClient(settings(wrong())).send(
          new ListUserPoolsCommand({ MaxResults: 1 }),
        ),
        { name: 'InvalidSignatureException' },
      );
      await assert.rejects(s3(wrong()).send(new ListObjectsV2Command({ Bucket: sandbox.bucket })), {
        name: 'SignatureDoesNotMatch',
      });
    });
  });
});
