import assert from 'node:assert/strict';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SandboxIdentityPool } from '../../../../sandbox/description';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

interface Entered {
  readonly role: string;
  readonly s3: S3Client;
}

describe('sandbox seed: identity pools', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let open: SandboxIdentityPool;
  let rules: SandboxIdentityPool;

  before(async () => {
    sandbox = await startTestSandbox();
    const [, second, third] = sandbox.description.identityPools;
    assert.ok(second && third);
    [open, rules] = [second, third];
  });
  after(() => sandbox.stop());

  /** Enters as a client would; the answer of AWS where it refuses. */
  async function enter(
    { id }: SandboxIdentityPool,
    Logins: Readonly<Record<string, string>>,
    CustomRoleArn?: string,
  ): Promise<Entered | string> {
    const { body: found } = await sandbox.call('GetId', { IdentityPoolId: id, Logins });
    const IdentityId = found['IdentityId'];
    const { body } = await sandbox.call('GetCredentialsForIdentity', { IdentityId, Logins, CustomRoleArn });
    const keys = body['Credentials'] as Record<string, string> | undefined;
    if (keys === undefined) return String(body['message']);
    const { AccessKeyId = '', SecretKey = '', SessionToken = '' } = keys;
    const { api, s3, region } = sandbox.description;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    const client = { region, credentials, maxAttempts: 1 };
    const { Arn = '' } = await new STSClient({ ...client, endpoint: api }).send(
      new GetCallerIdentityCommand(),
    );
    return {
      role: Arn.split('/')[1] ?? '',
      s3: new S3Client({ ...client, endpoint: s3, forcePathStyle: true }),
    };
  }

  const entered = (answer: Entered | string): Entered =>
    typeof answer === 'string' ? assert.fail(answer) : answer;
  const asUser = async (
    pool: SandboxIdentityPool,
    username: string,
    role?: string,
  ): Promise<Entered | string> =>
    enter(pool, { [sandbox.providerName]: (await sandbox.signIn(username)).idToken }, role);
  const read = ({ s3 }: Entered, Key: string): Promise<unknown> =>
    s3.send(new GetObjectCommand({ Bucket: sandbox.bucket, Key }));

  it('are three, and are what the description says', async () => {
    const { api, region, admin, roles } = sandbox.description;
    const client = new CognitoIdentity({ endpoint: api, region, credentials: admin, maxAttempts: 1 });
    const pools = sandbox.description.identityPools;
    assert.deepEqual(
      pools.map(({ id, name }) => `${id.slice(-2)} ${name}`),
      ['01 notes-app', '02 notes-app-open', '03 notes-app-rules'],
    );
    for (const pool of pools) {
      const described = await client.describeIdentityPool({ IdentityPoolId: pool.id });
      assert.equal(described.IdentityPoolName, pool.name);
      assert.equal(described.AllowUnauthenticatedIdentities, pool.guests);
      assert.equal(described.AllowClassicFlow, pool.flows.includes('basic'));
      assert.equal(described.DeveloperProviderName, pool.developerProvider);
      assert.deepEqual(described.SupportedLoginProviders, pool.socialProviders);
      assert.deepEqual(described.SamlProviderARNs, pool.samlProviders);
      assert.deepEqual(
        described.CognitoIdentityProviders?.map(({ ProviderName, ClientId }) => ({
          userPoolId: ProviderName?.split('/')[1],
          clientId: ClientId,
        })),
        pool.clients,
      );
      const { Roles, RoleMappings } = await client.getIdentityPoolRoles({ IdentityPoolId: pool.id });
      const { choices, ...defaults } = pool.roles;
      assert.deepEqual(Roles, defaults);
      const types = Object.values(RoleMappings ?? {}).map(({ Type }) => Type?.toLowerCase());
      assert.deepEqual([...new Set(types)], pool.roleMapping === 'none' ? [] : [pool.roleMapping]);
      for (const arn of [...choices, ...Object.values(defaults)]) assert.ok(roles.includes(arn), arn);
      assert.ok(pool.hint.endsWith('.'));
    }
  });

  it('both may choose between two roles, and gets the first without a choice', async () => {
    const [pool] = sandbox.description.identityPools;
    assert.ok(pool);
    const readers = pool.roles.choices.find((arn) => arn.endsWith('/Readers'));
    assert.equal(entered(await asUser(pool, 'both')).role, 'Admins');
    assert.equal(entered(await asUser(pool, 'both', readers)).role, 'Readers');
    assert.equal(entered(await asUser(pool, 'nobody')).role, 'Readers');
  });

  it('open lets everybody of a social provider in by the role of all', async () => {
    for (const provider of Object.keys(open.socialProviders ?? {})) {
      const token = await sandbox.control.loginToken({ provider, subject: 'ada' });
      const session = entered(await enter(open, { [provider]: token }));
      assert.equal(session.role, 'OpenReaders');
      await read(session, 'public/welcome.txt');
      await assert.rejects(read(session, 'secret/plan.txt'), { name: 'AccessDenied' });
    }
    assert.equal(entered(await asUser(open, 'admin')).role, 'OpenReaders');
  });

  it('open lets guests read what is public', async () => {
    const session = entered(await enter(open, {}));
    assert.equal(session.role, 'OpenGuest');
    await read(session, 'public/welcome.txt');
    await assert.rejects(read(session, 'people/reader/note.txt'), { name: 'AccessDenied' });
  });

  it('rules chooses by claims, and refuses whom no rule fits', async () => {
    for (const [username, role] of [
      ['admin', 'RulesAdmins'],
      ['both', 'RulesAdmins'],
      ['reader', 'RulesReaders'],
    ] as const)
      assert.equal(entered(await asUser(rules, username)).role, role, username);
    assert.equal(await asUser(rules, 'nobody'), 'The ambiguous role mapping rules denied this request.');
  });

  it('rules offers every role whose rule fits', async () => {
    for (const arn of rules.roles.choices)
      assert.equal(entered(await asUser(rules, 'both', arn)).role, arn.split('/')[1]);
  });

  it('open takes assertions of the SAML provider, and the roles that they offer', async () => {
    const [provider = ''] = open.samlProviders ?? [];
    const plain = await sandbox.control.loginToken({ provider, subject: 'ada' });
    assert.equal(entered(await enter(open, { [provider]: plain })).role, 'OpenReaders');
    const claims = {
      'https://aws.amazon.com/SAML/Attributes/Role': open.roles.choices.map((arn) => `${arn},${provider}`),
    };
    const token = await sandbox.control.loginToken({ provider, subject: 'ada', claims });
    for (const arn of open.roles.choices)
      assert.equal(entered(await enter(open, { [provider]: token }, arn)).role, arn.split('/')[1]);
  });

  it('rules tags its sessions with the user name and the department', async () => {
    const reader = entered(await asUser(rules, 'reader'));
    await read(reader, 'people/reader/note.txt');
    await assert.rejects(read(reader, 'people/admin/note.txt'), { name: 'AccessDenied' });
    const editors = rules.roles.choices.find((arn) => arn.endsWith('/RulesEditors'));
    const editor = entered(await asUser(rules, 'both', editors));
    const page = new ListObjectsV2Command({ Bucket: sandbox.bucket, Prefix: 'public/odd/', MaxKeys: 1 });
    assert.equal((await editor.s3.send(page)).KeyCount, 1);
  });
});
