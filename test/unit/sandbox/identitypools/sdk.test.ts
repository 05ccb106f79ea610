import assert from 'node:assert/strict';
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  DeleteIdentitiesCommand,
  DescribeIdentityCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  GetOpenIdTokenForDeveloperIdentityCommand,
  ListIdentitiesCommand,
  ListTagsForResourceCommand,
  LookupDeveloperIdentityCommand,
  MergeDeveloperIdentitiesCommand,
  SetIdentityPoolRolesCommand,
  TagResourceCommand,
  UnlinkDeveloperIdentityCommand,
  UnlinkIdentityCommand,
} from '@aws-sdk/client-cognito-identity';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromCognitoIdentityPool, fromWebToken } from '@aws-sdk/credential-providers';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';
import { trust } from './scene';

const BACKEND = 'login.example.app';

/** Over HTTP, as the AWS SDK calls and reads it. */
describe('sandbox identity pools, judged by the AWS SDK', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let admin: CognitoIdentityClient;
  let anybody: CognitoIdentityClient;
  let pool: string;
  let idToken: string;

  interface Keys {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }
  const place = (
    credentials: Keys,
  ): { endpoint: string; region: string; credentials: Keys; maxAttempts: 1 } => ({
    endpoint: sandbox.description.api,
    region: sandbox.description.region,
    credentials,
    maxAttempts: 1,
  });
  const newGuest = async (): Promise<string> =>
    (await anybody.send(new GetIdCommand({ IdentityPoolId: pool }))).IdentityId ?? assert.fail('no identity');
  const vouch = async (user: string): Promise<{ IdentityId: string; Token: string }> => {
    const Logins = { [BACKEND]: user };
    const { IdentityId = '', Token = '' } = await admin.send(
      new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId: pool, Logins }),
    );
    return { IdentityId, Token };
  };
  const logins = (): Record<string, string> => ({ [sandbox.providerName]: idToken });

  before(async () => {
    sandbox = await startTestSandbox();
    admin = new CognitoIdentityClient(place(sandbox.description.admin));
    const { endpoint, region, maxAttempts } = place(sandbox.description.admin);
    // Without any credentials: these calls must not need them.
    anybody = new CognitoIdentityClient({ endpoint, region, maxAttempts });
    const created = await admin.send(
      new CreateIdentityPoolCommand({
        IdentityPoolName: 'everybody',
        AllowUnauthenticatedIdentities: true,
        AllowClassicFlow: true,
        DeveloperProviderName: BACKEND,
        CognitoIdentityProviders: [{ ProviderName: sandbox.providerName, ClientId: sandbox.webClientId }],
      }),
    );
    pool = created.IdentityPoolId ?? '';
    const iam = new IAMClient(place(sandbox.description.admin));
    const role = async (RoleName: string, amr: string): Promise<string> => {
      const AssumeRolePolicyDocument = trust(pool).replace('"authenticated"', `"${amr}"`);
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      return Role?.Arn ?? '';
    };
    const Roles = {
      authenticated: await role('Members', 'authenticated'),
      unauthenticated: await role('Visitors', 'unauthenticated'),
    };
    await admin.send(new SetIdentityPoolRolesCommand({ IdentityPoolId: pool, Roles }));
    const document = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: ['cognito-identity:GetOpenIdTokenForDeveloperIdentity', 'cognito-identity:TagResource'],
        Resource: `arn:aws:cognito-identity:*:*:identitypool/${pool}`,
      },
    };
    const PolicyDocument = JSON.stringify(document);
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Members', PolicyName: 'vouch', PolicyDocument }));
    ({ idToken } = await sandbox.signIn('reader'));
  });
  after(() => sandbox.stop());

  const who = async (
    IdentityId: string,
    Logins?: Record<string, string>,
  ): Promise<[string, Keys, string]> => {
    const answer = await anybody.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    const { AccessKeyId = '', SecretKey = '', SessionToken = '' } = answer.Credentials ?? {};
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    const { Arn = '' } = await new STSClient(place(keys)).send(new GetCallerIdentityCommand({}));
    return [Arn.split('/')[1] ?? '', keys, answer.IdentityId ?? ''];
  };

  describe('are closed', () => {
    it('to whoever does not sign the calls of a backend', async () => {
      const response = await fetch(sandbox.description.api, {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity' },
        body: JSON.stringify({ IdentityPoolId: pool, Logins: { [BACKEND]: 'anna' } }),
      });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /MissingAuthenticationToken/);
    });

    it('to sessions whose role does not allow a call, and open to those whose role does, on this pool', async () => {
      const { IdentityId, Token } = await vouch('anna');
      const [, keys] = await who(IdentityId, { 'cognito-identity.amazonaws.com': Token });
      const member = new CognitoIdentityClient(place(keys));
      const resource = `arn:aws:cognito-identity:${sandbox.description.region}:${sandbox.description.accountId}:identitypool/`;
      await member.send(
        new GetOpenIdTokenForDeveloperIdentityCommand({
          IdentityPoolId: pool,
          Logins: { [BACKEND]: 'berta' },
        }),
      );
      await member.send(new TagResourceCommand({ ResourceArn: resource + pool, Tags: { team: 'blue' } }));
      const { Tags } = await admin.send(new ListTagsForResourceCommand({ ResourceArn: resource + pool }));
      assert.deepEqual(Tags, { team: 'blue' });
      for (const command of [
        (): Promise<unknown> =>
          member.send(new ListIdentitiesCommand({ IdentityPoolId: pool, MaxResults: 1 })),
        (): Promise<unknown> => member.send(new DescribeIdentityCommand({ IdentityId })),
        (): Promise<unknown> =>
          member.send(
            new TagResourceCommand({ ResourceArn: resource + sandbox.identityPoolId, Tags: { a: 'b' } }),
          ),
      ]) {
        await assert.rejects(command(), {
          name: 'AccessDeniedException',
          message: /is not authorized to perform/,
        });
      }
    });
  });

  it('let a guest in, link the login, and give the merged identity back', async () => {
    const guest = await newGuest();
    const [role, keys, id] = await who(guest);
    assert.deepEqual([role, id], ['Visitors', guest]);
    await assert.rejects(
      new IAMClient(place(keys)).send(
        new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: '{}' }),
      ),
      { name: 'AccessDenied' },
    );
    assert.deepEqual((await who(guest, logins())).toSpliced(1, 1), ['Members', guest]);
    const other = await newGuest();
    assert.equal((await who(other, logins()))[2], guest);
    await assert.rejects(who(other, logins()), {
      name: 'NotAuthorizedException',
      message: `Access to Identity '${other}' is forbidden.`,
    });
    const { Logins, CreationDate } = await admin.send(new DescribeIdentityCommand({ IdentityId: guest }));
    assert.deepEqual(Logins, [sandbox.providerName]);
    assert.ok(CreationDate instanceof Date);
  });

  it('give an OpenID token, whose key stands at the published address', async () => {
    const IdentityId = await newGuest();
    const { Token = '' } = await anybody.send(new GetOpenIdTokenCommand({ IdentityId }));
    const header = JSON.parse(Buffer.from(Token.split('.')[0] ?? '', 'base64url').toString()) as {
      kid: string;
    };
    const response = await fetch(`${sandbox.description.api}/.well-known/jwks_uri`);
    assert.equal(response.headers.get('content-type'), 'application/json');
    const { keys } = (await response.json()) as { keys: { kid: string; alg: string }[] };
    assert.deepEqual(
      keys.map(({ kid, alg }) => [kid, alg]),
      [[header.kid, 'RS512']],
    );
    await assert.rejects(
      anybody.send(new GetOpenIdTokenCommand({ IdentityId: sandbox.identityPoolId.replace(/.$/, '0') })),
      { name: 'ResourceNotFoundException' },
    );
  });

  it("give the SDK's own providers the same identity and role by the enhanced and by the basic flow", async () => {
    const { endpoint, region, maxAttempts } = place(sandbox.description.admin);
    const clientConfig = { endpoint, region, maxAttempts };
    const enhanced = await fromCognitoIdentityPool({
      clientConfig,
      identityPoolId: pool,
      logins: logins(),
    })();
    const [role] = await who(enhanced.identityId, logins());
    const { Token = '' } = await anybody.send(
      new GetOpenIdTokenCommand({ IdentityId: enhanced.identityId, Logins: logins() }),
    );
    const roleArn = `arn:aws:iam::${sandbox.description.accountId}:role/${role}`;
    const basic = await fromWebToken({ clientConfig, roleArn, webIdentityToken: Token })();
    const roleOf = async (keys: Keys): Promise<string | undefined> =>
      (await new STSClient(place(keys)).send(new GetCallerIdentityCommand({}))).Arn?.split('/')[1];
    assert.deepEqual([await roleOf(enhanced), await roleOf(basic)], ['Members', 'Members']);
    const visitors = roleArn.replace('Members', 'Visitors');
    await assert.rejects(fromWebToken({ clientConfig, roleArn: visitors, webIdentityToken: Token })(), {
      name: 'AccessDenied',
    });
  });

  it('lead a backend through the whole life of its users', async () => {
    const [carla, dora] = [await vouch('carla'), await vouch('dora')];
    const provider = { DeveloperProviderName: BACKEND, IdentityPoolId: pool };
    const merged = await admin.send(
      new MergeDeveloperIdentitiesCommand({
        ...provider,
        SourceUserIdentifier: 'dora',
        DestinationUserIdentifier: 'carla',
      }),
    );
    assert.equal(merged.IdentityId, carla.IdentityId);
    const found = await admin.send(
      new LookupDeveloperIdentityCommand({ IdentityPoolId: pool, IdentityId: carla.IdentityId }),
    );
    assert.deepEqual(found.DeveloperUserIdentifierList, ['carla', 'dora']);
    const Logins = { 'cognito-identity.amazonaws.com': dora.Token };
    await assert.rejects(who(dora.IdentityId, Logins), { message: /is forbidden/ });
    const user = { ...provider, IdentityId: carla.IdentityId, DeveloperUserIdentifier: 'dora' };
    await admin.send(new UnlinkDeveloperIdentityCommand(user));
    assert.notEqual((await vouch('dora')).IdentityId, carla.IdentityId);
    const { UnprocessedIdentityIds } = await admin.send(
      new DeleteIdentitiesCommand({ IdentityIdsToDelete: [carla.IdentityId] }),
    );
    assert.deepEqual(UnprocessedIdentityIds, []);
    await assert.rejects(admin.send(new DescribeIdentityCommand({ IdentityId: carla.IdentityId })), {
      name: 'ResourceNotFoundException',
    });
    await assert.rejects(
      admin.send(
        new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId: pool, Logins: { other: 'carla' } }),
      ),
      { message: 'This identity pool does not support the specified developer provider.' },
    );
  });

  it('let a person take a login off, without credentials of AWS', async () => {
    const { idToken: theirs } = await sandbox.signIn('admin');
    const Logins = { [sandbox.providerName]: theirs };
    const { IdentityId = '' } = await anybody.send(new GetIdCommand({ IdentityPoolId: pool, Logins }));
    await anybody.send(
      new UnlinkIdentityCommand({ IdentityId, Logins, LoginsToRemove: [sandbox.providerName] }),
    );
    const again = await anybody.send(new GetIdCommand({ IdentityPoolId: pool, Logins }));
    assert.notEqual(again.IdentityId, IdentityId);
    const listed = async (HideDisabled: boolean): Promise<(string | undefined)[]> => {
      const command = new ListIdentitiesCommand({ IdentityPoolId: pool, MaxResults: 60, HideDisabled });
      return ((await admin.send(command)).Identities ?? []).map((identity) => identity.IdentityId);
    };
    assert.ok((await listed(false)).includes(IdentityId));
    assert.ok(!(await listed(true)).includes(IdentityId));
  });
});
