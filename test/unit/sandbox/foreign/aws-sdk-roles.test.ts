import assert from 'node:assert/strict';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  DetachRolePolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetSAMLProviderCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { fromCognitoIdentityPool, fromWebToken } from '@aws-sdk/credential-providers';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

describe('sandbox roles, judged by the AWS SDK', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let openPool: string;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    openPool = sandbox.description.identityPools.find(({ name }) => name === 'notes-app-open')?.id ?? '';
  });
  afterEach(() => sandbox.stop());

  const client = (): { endpoint: string; region: string; maxAttempts: 1 } => ({
    endpoint: sandbox.description.api,
    region: sandbox.description.region,
    maxAttempts: 1,
  });
  const iam = (credentials: Keys = sandbox.description.admin): IAMClient =>
    new IAMClient({ ...client(), credentials });
  const s3 = (credentials: Keys): S3Client =>
    new S3Client({ ...client(), endpoint: sandbox.description.s3, forcePathStyle: true, credentials });
  const roleArn = (name: string): string => `arn:aws:iam::${sandbox.description.accountId}:role/${name}`;
  const loginsOf = async (username: string): Promise<Record<string, string>> => ({
    [sandbox.providerName]: (await sandbox.signIn(username)).idToken,
  });

  /** The first half of the basic flow. */
  async function openIdToken(Logins: Record<string, string>): Promise<{ id: string; token: string }> {
    const { body: found } = await sandbox.call('GetId', { IdentityPoolId: openPool, Logins });
    const { body } = await sandbox.call('GetOpenIdToken', { IdentityId: found['IdentityId'], Logins });
    return { id: String(body['IdentityId']), token: String(body['Token']) };
  }

  const assume = (
    over: Partial<AssumeRoleWithWebIdentityCommandInput>,
  ): Promise<{ Provider?: string | undefined; Audience?: string | undefined }> =>
    new STSClient(client()).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn('OpenReaders'),
        RoleSessionName: 'sdk',
        WebIdentityToken: undefined,
        ...over,
      }),
    );

  const basic = (webIdentityToken: string, role: string, policy?: string): Promise<Keys> =>
    fromWebToken({
      clientConfig: client(),
      roleArn: roleArn(role),
      roleSessionName: 'sdk',
      webIdentityToken,
      ...(policy === undefined ? {} : { policy }),
    })();

  const whoIs = async (credentials: Keys): Promise<string> =>
    (await new STSClient({ ...client(), credentials }).send(new GetCallerIdentityCommand({}))).Arn ?? '';

  describe('fromWebToken', () => {
    it('gets the identity and the role that fromCognitoIdentityPool gets', async () => {
      const logins = await loginsOf('reader');
      const { id, token } = await openIdToken(logins);
      const identityPoolId = openPool;
      const enhanced = await fromCognitoIdentityPool({ clientConfig: client(), identityPoolId, logins })();
      const credentials = await basic(token, 'OpenReaders');
      assert.equal(enhanced.identityId, id);
      const own = { Bucket: sandbox.bucket, Key: `private/${id}/made.txt` };
      await s3(credentials).send(new PutObjectCommand({ ...own, Body: 'basic' }));
      const { Body } = await s3(enhanced).send(new GetObjectCommand(own));
      assert.equal(await Body?.transformToString(), 'basic');
      assert.match(await whoIs(credentials), /:assumed-role\/OpenReaders\/sdk$/);
      assert.match(await whoIs(enhanced), /:assumed-role\/OpenReaders\/CognitoIdentityCredentials$/);
    });

    it('is bounded by a session policy', async () => {
      const { id, token } = await openIdToken(await loginsOf('reader'));
      const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
      const policy = JSON.stringify({ Version: '2012-10-17', Statement });
      const credentials = await basic(token, 'OpenReaders', policy);
      const own = { Bucket: sandbox.bucket, Key: `private/${id}/x.txt` };
      await assert.rejects(s3(credentials).send(new PutObjectCommand({ ...own, Body: 'x' })), {
        name: 'AccessDenied',
        message: /no session policy allows/,
      });
    });

    it("takes a user pool's ID token, once IAM knows the pool as a provider", async () => {
      const { idToken } = await sandbox.signIn('reader');
      await assert.rejects(basic(idToken, 'Direct'), {
        name: 'InvalidIdentityTokenException',
        message: /Couldn't retrieve verification key from your identity provider/,
      });
      const { OpenIDConnectProviderArn: Federated } = await iam().send(
        new CreateOpenIDConnectProviderCommand({
          Url: `https://${sandbox.providerName}`,
          ClientIDList: [sandbox.webClientId],
        }),
      );
      const Statement = {
        Effect: 'Allow',
        Principal: { Federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${sandbox.providerName}:aud`]: sandbox.webClientId } },
      };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await iam().send(new CreateRoleCommand({ RoleName: 'Direct', AssumeRolePolicyDocument }));
      assert.match(await whoIs(await basic(idToken, 'Direct')), /assumed-role\/Direct\/sdk$/);
      const [head = '', claims = ''] = idToken.split('.');
      await assert.rejects(basic(`${head}.${claims}.${'A'.repeat(342)}`, 'Direct'), {
        name: 'InvalidIdentityTokenException',
      });
    });
  });

  it('refusals of AssumeRoleWithWebIdentity are those that the SDK knows', async () => {
    const { token: WebIdentityToken } = await openIdToken(await loginsOf('reader'));
    const answer = await assume({ WebIdentityToken });
    assert.deepEqual([answer.Provider, answer.Audience], ['cognito-identity.amazonaws.com', openPool]);
    const { accessToken } = await sandbox.signIn('reader');
    for (const [over, name] of [
      [{ WebIdentityToken: 'undefined' }, 'InvalidIdentityTokenException'],
      [{ WebIdentityToken: accessToken }, 'InvalidIdentityTokenException'],
      [{ WebIdentityToken: `${WebIdentityToken.slice(0, -6)}AAAAAA` }, 'InvalidIdentityTokenException'],
      [{ RoleArn: roleArn('OpenGuest') }, 'AccessDenied'],
      [{ RoleArn: roleArn('Readers') }, 'AccessDenied'],
      [{ DurationSeconds: 60 }, 'ValidationError'],
      [{ DurationSeconds: 3601 }, 'ValidationError'],
      [{ Policy: '{}' }, 'MalformedPolicyDocumentException'],
    ] as const) {
      await assert.rejects(assume({ WebIdentityToken, ...over }), { name }, JSON.stringify(over));
    }
    await iam().send(new UpdateRoleCommand({ RoleName: 'OpenReaders', MaxSessionDuration: 7200 }));
    await assume({ WebIdentityToken, DurationSeconds: 7200 });
    await sandbox.control.advance(600);
    await assert.rejects(assume({ WebIdentityToken }), {
      name: 'ExpiredTokenException',
      message: /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    });
  });

  it('guests are bounded in the enhanced flow, and only there', async () => {
    const attachment = { RoleName: 'OpenGuest', PolicyArn: ADMINISTRATOR };
    await iam().send(new AttachRolePolicyCommand(attachment));
    const enhanced = await fromCognitoIdentityPool({ clientConfig: client(), identityPoolId: openPool })();
    await s3(enhanced).send(new ListObjectsV2Command({ Bucket: sandbox.bucket }));
    const look = new GetRoleCommand({ RoleName: 'OpenGuest' });
    await assert.rejects(iam(enhanced).send(look), {
      name: 'AccessDenied',
      message: /because no session policy allows the iam:GetRole action$/,
    });
    const bounded = await basic((await openIdToken({})).token, 'OpenGuest');
    assert.equal((await iam(bounded).send(look)).Role?.RoleName, 'OpenGuest');
    await iam().send(new DetachRolePolicyCommand(attachment));
    await assert.rejects(iam(bounded).send(look), { message: /no identity-based policy allows/ });
  });

  describe('IAM', () => {
    it('tells of roles and of their policies, page by page', async () => {
      const names: (string | undefined)[] = [];
      let Marker: string | undefined;
      do {
        const page = await iam().send(
          new ListRolesCommand({ MaxItems: 2, ...(Marker === undefined ? {} : { Marker }) }),
        );
        assert.ok((page.Roles?.length ?? 0) <= 2);
        names.push(...(page.Roles ?? []).map(({ RoleName }) => RoleName));
        Marker = page.IsTruncated === true ? page.Marker : undefined;
      } while (Marker !== undefined);
      assert.ok(names.length > 2 && names.includes('OpenGuest'));
      assert.deepEqual(names, [...names].sort());
      const RoleName = 'OpenGuest';
      const { PolicyNames = [] } = await iam().send(new ListRolePoliciesCommand({ RoleName }));
      const [PolicyName] = PolicyNames;
      const { PolicyDocument = '' } = await iam().send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      assert.match(decodeURIComponent(PolicyDocument), /public\/\*/);
      const { Role } = await iam().send(new GetRoleCommand({ RoleName }));
      assert.equal(Role?.MaxSessionDuration, 3600);
    });

    it('tells of managed policies', async () => {
      const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
      const { Policy } = await iam().send(
        new CreatePolicyCommand({ PolicyName: 'nothing', PolicyDocument: document }),
      );
      const PolicyArn = Policy?.Arn;
      await iam().send(new AttachRolePolicyCommand({ RoleName: 'OpenGuest', PolicyArn }));
      const { AttachedPolicies } = await iam().send(
        new ListAttachedRolePoliciesCommand({ RoleName: 'OpenGuest' }),
      );
      assert.deepEqual(AttachedPolicies, [{ PolicyName: 'nothing', PolicyArn }]);
      const { Policy: read } = await iam().send(new GetPolicyCommand({ PolicyArn }));
      assert.deepEqual([read?.AttachmentCount, read?.IsAttachable], [1, true]);
      const VersionId = read?.DefaultVersionId;
      const { PolicyVersion } = await iam().send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
      assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ''), document);
      assert.equal(PolicyVersion?.IsDefaultVersion, true);
      await assert.rejects(iam().send(new GetPolicyCommand({ PolicyArn: `${PolicyArn}x` })), {
        name: 'NoSuchEntityException',
      });
    });

    it('tells of identity providers', async () => {
      const { OpenIDConnectProviderArn } = await iam().send(
        new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example.com/', ClientIDList: ['a', 'b'] }),
      );
      const oidc = await iam().send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      assert.deepEqual([oidc.Url, oidc.ClientIDList], ['id.example.com', ['a', 'b']]);
      const listed = await iam().send(new ListOpenIDConnectProvidersCommand({}));
      assert.ok(listed.OpenIDConnectProviderList?.some(({ Arn }) => Arn === OpenIDConnectProviderArn));
      const SAMLMetadataDocument = `<EntityDescriptor entityID="a&amp;b"><IDPSSODescriptor><X509Certificate>${'A'.repeat(1000)}</X509Certificate></IDPSSODescriptor></EntityDescriptor>`;
      const { SAMLProviderArn } = await iam().send(
        new CreateSAMLProviderCommand({ Name: 'made', SAMLMetadataDocument }),
      );
      const saml = await iam().send(new GetSAMLProviderCommand({ SAMLProviderArn }));
      assert.equal(saml.SAMLMetadataDocument, SAMLMetadataDocument);
      assert.ok(saml.ValidUntil instanceof Date);
      const { SAMLProviderList } = await iam().send(new ListSAMLProvidersCommand({}));
      assert.ok(SAMLProviderList?.some(({ Arn }) => Arn === SAMLProviderArn));
      await assert.rejects(
        iam().send(new GetSAMLProviderCommand({ SAMLProviderArn: `${SAMLProviderArn}x` })),
        { name: 'NoSuchEntityException' },
      );
    });

    it('tells nothing to a session that may not ask', async () => {
      const credentials = await basic((await openIdToken(await loginsOf('reader'))).token, 'OpenReaders');
      for (const command of [
        new ListAttachedRolePoliciesCommand({ RoleName: 'OpenReaders' }),
        new ListOpenIDConnectProvidersCommand({}),
      ]) {
        await assert.rejects(iam(credentials).send(command as ListOpenIDConnectProvidersCommand), {
          name: 'AccessDenied',
          message: /is not authorized to perform: iam:List/,
        });
      }
    });
  });
});
