import assert from 'node:assert/strict';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { IAM } from '@aws-sdk/client-iam';
import { createAdminApi } from '../../../src/aws/index';
import type { AdminKeys } from '../../../src/core/admin-credentials';
import type { AdminApi } from '../../../src/core/admin-port';
import { failureOf } from '../../support/failures';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox';
import type { Observed } from './scene';

const provider = 'login.notes.app';

describe("an administrator's adapter", function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let iam: IAM;
  let openPoolId: string;
  const observed: Observed[] = [];

  /** `keys` stand for the administrator; the pool is the open one unless another is named. */
  function admin(options: { keys?: AdminKeys; poolId?: string; refused?: () => void } = {}): AdminApi {
    const place = { region: 'us-east-1', endpoint: sandbox.description.api };
    const keys = options.keys ?? sandbox.description.admin;
    return createAdminApi(
      {
        identityPool: { ...place, identityPoolId: options.poolId ?? openPoolId },
        userPool: { ...place, userPoolId: sandbox.userPoolId },
        iam: place,
      },
      async () => keys,
      (record) => observed.push(record),
      options.refused,
    );
  }

  async function userIdOf(api: AdminApi, user: string) {
    return (await api.getOpenIdTokenForDeveloperIdentity({ logins: { [provider]: user } })).identityId;
  }

  before(async () => {
    sandbox = await startTestSandbox();
    const { api: endpoint, region, admin: credentials } = sandbox.description;
    iam = new IAM({ endpoint, region, credentials, maxAttempts: 1 });
    const open = sandbox.description.identityPools.find((pool) => pool.developerProvider === provider);
    assert.ok(open, 'the seed has a pool with a developer provider');
    openPoolId = open.id;
  });
  after(() => sandbox.stop());

  it('describes the identity pool and its roles', async () => {
    const facts = await admin().describeIdentityPool();
    assert.equal(facts.developerProvider, provider);
    assert.equal(facts.allowGuests, true);
    assert.ok(facts.providers.some(({ providerName }) => providerName === sandbox.providerName));
    const roles = await admin().identityPoolRoles();
    assert.match(roles.authenticated ?? '', /^arn:aws:iam::\d{12}:role\//);
    const first = await admin({ poolId: sandbox.identityPoolId }).identityPoolRoles();
    const [mapping] = Object.values(first.mappings);
    assert.equal(mapping?.type, 'Token');
    assert.deepEqual(mapping.rules, []);
  });

  it('reads rules in their order', async () => {
    const rules = sandbox.description.identityPools.find(({ roleMapping }) => roleMapping === 'rules');
    const { mappings } = await admin({ poolId: rules?.id ?? '' }).identityPoolRoles();
    const mapping = Object.values(mappings).find(({ type }) => type === 'Rules');
    assert.ok(mapping && mapping.rules.length > 1);
    for (const rule of mapping.rules) {
      assert.match(rule.match, /^(Equals|Contains|StartsWith|NotEqual)$/);
      assert.match(rule.roleArn, /:role\//);
      assert.ok(rule.claim !== '' && rule.value !== '');
    }
  });

  it('reads which claims become tags', async () => {
    const { api: endpoint, region, admin: credentials } = sandbox.description;
    const pools = new CognitoIdentity({ endpoint, region, credentials });
    await pools.setPrincipalTagAttributeMap({
      IdentityPoolId: openPoolId,
      IdentityProviderName: sandbox.providerName,
      UseDefaults: false,
      PrincipalTags: { department: 'custom:department' },
    });
    const map = await admin().principalTagMap(sandbox.providerName);
    assert.deepEqual(map, { useDefaults: false, tags: { department: 'custom:department' } });
  });

  it("lists and describes identities, and a user's groups", async () => {
    const api = admin();
    const identityId = await userIdOf(api, 'listed');
    const page = await api.listIdentities({ maxResults: 1 });
    assert.equal(page.identities.length, 1);
    const found = await api.describeIdentity(identityId);
    assert.equal(found.identityId, identityId);
    assert.deepEqual(found.logins, [provider]);
    assert.ok(Math.abs((found.createdAt ?? 0) - Date.now()) < 60_000, 'milliseconds');
    const [group] = await api.groupsOfUser('reader');
    assert.match(group?.roleArn ?? '', /role\/Readers$/);
  });

  it('gives tokens to developer users, looks them up, merges and unlinks them', async () => {
    const api = admin();
    const anna = await api.getOpenIdTokenForDeveloperIdentity({
      logins: { [provider]: 'anna' },
      durationSeconds: 3600,
      principalTags: { team: 'blue' },
    });
    const claims = JSON.parse(Buffer.from(anna.token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      number | string
    >;
    assert.equal(claims['sub'], anna.identityId);
    assert.equal(Number(claims['exp']) - Number(claims['iat']), 3600);
    assert.match(JSON.stringify(claims), /"team":\["blue"\]/);
    const bob = await userIdOf(api, 'bob');
    assert.notEqual(bob, anna.identityId);
    assert.equal((await api.lookupDeveloperIdentity({ userIdentifier: 'bob' })).identityId, bob);

    const merge = { source: 'bob', destination: 'anna', providerName: provider };
    assert.equal(await api.mergeDeveloperIdentities(merge), anna.identityId);
    const users = await api.lookupDeveloperIdentity({ identityId: anna.identityId });
    assert.deepEqual([...users.userIdentifiers].sort(), ['anna', 'bob']);

    const unlink = { identityId: anna.identityId, userIdentifier: 'bob', providerName: provider };
    await api.unlinkDeveloperIdentity(unlink);
    const gone = await failureOf(api.lookupDeveloperIdentity({ userIdentifier: 'bob' }));
    assert.equal(gone.awsCode, 'ResourceNotFoundException');
  });

  it('reads a role, its policies and their documents as JSON', async () => {
    const role = await admin().getRole('Readers');
    assert.match(role.roleId, /^AROA/);
    assert.ok(role.maxSessionSeconds >= 3600);
    assert.match(JSON.stringify(JSON.parse(role.trustPolicy)), /AssumeRoleWithWebIdentity/);
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Sid: 'All' }],
    });
    const { Policy } = await iam.createPolicy({ PolicyName: 'ForAdminTest', PolicyDocument: document });
    await iam.attachRolePolicy({ RoleName: 'Readers', PolicyArn: Policy?.Arn });
    const policies = await admin().rolePolicies('Readers');
    const managed = policies.find(({ kind }) => kind === 'managed');
    assert.deepEqual(managed, { name: 'ForAdminTest', kind: 'managed', arn: Policy?.Arn, document });
    const inline = policies.filter(({ kind }) => kind === 'inline');
    assert.ok(inline.length > 0);
    for (const policy of inline) assert.ok(JSON.parse(policy.document));
  });

  it('goes through all pages of the policies', async () => {
    const names = Array.from({ length: 103 }, (_, index) => `Page${String(index).padStart(3, '0')}`);
    const trust = (await admin().getRole('Readers')).trustPolicy;
    await iam.createRole({ RoleName: 'ManyPolicies', AssumeRolePolicyDocument: trust });
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    });
    for (const PolicyName of names) {
      await iam.putRolePolicy({ RoleName: 'ManyPolicies', PolicyName, PolicyDocument });
    }
    await sandbox.control.resetRequests();
    const policies = await admin().rolePolicies('ManyPolicies');
    assert.deepEqual(policies.map(({ name }) => name).sort(), names);
    assert.equal((await sandbox.control.requests())['ListRolePolicies'], 2);
  });

  it('says what AWS said when it refuses, and that the keys were not taken', async () => {
    const unknown = { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'no' };
    for (const call of [
      (api: AdminApi) => api.describeIdentityPool(),
      (api: AdminApi) => api.getRole('Readers'),
      (api: AdminApi) => api.groupsOfUser('reader'),
      (api: AdminApi) => userIdOf(api, 'anna'),
    ]) {
      let refused = 0;
      const error = await failureOf(call(admin({ keys: unknown, refused: () => void refused++ })));
      assert.match(error.awsCode ?? '', /^(UnrecognizedClientException|InvalidClientTokenId)$/);
      assert.equal(refused, 1);
    }
  });

  it('passes on what does not exist, and other refusals, without giving the keys up', async () => {
    let refused = 0;
    const api = admin({ refused: () => void refused++ });
    assert.equal((await failureOf(api.getRole('Nobody'))).awsCode, 'NoSuchEntity');
    assert.equal((await failureOf(api.groupsOfUser('no-such-user'))).awsCode, 'UserNotFoundException');
    const foreign = api.getOpenIdTokenForDeveloperIdentity({ logins: { 'login.other.app': 'anna' } });
    assert.match((await failureOf(foreign)).message, /does not support the specified developer provider/);
    assert.equal(refused, 0);
  });

  it('repeats what only reads, and never what changes something', async () => {
    const { control } = sandbox;
    const api = admin();
    await control.fault({ operation: 'DescribeIdentityPool', kind: 'status', value: 503, times: 1 });
    await api.describeIdentityPool();
    const merge = { source: 'x', destination: 'y', providerName: provider };
    await control.fault({ operation: 'MergeDeveloperIdentities', kind: 'status', value: 503, times: 1 });
    assert.equal((await failureOf(api.mergeDeveloperIdentities(merge))).data['status'], 503);
    await control.resetFaults();
  });

  it('ends with the signal', async () => {
    await sandbox.control.fault({ operation: 'GetRole', kind: 'delay', value: 5_000, times: 1 });
    const stop = new AbortController();
    const asked = admin().getRole('Readers', stop.signal);
    stop.abort();
    assert.equal((await failureOf(asked)).code, 'cancelled');
    await sandbox.control.resetFaults();
  });

  it('throws for pools that the connection lacks', async () => {
    const place = { region: 'us-east-1', endpoint: sandbox.description.api };
    const api = createAdminApi(
      { iam: place },
      async () => sandbox.description.admin,
      () => undefined,
    );
    assert.equal((await failureOf(api.describeIdentityPool())).code, 'federation.no-identity-pool');
    assert.equal((await failureOf(api.groupsOfUser('x'))).code, 'connection.invalid');
  });

  it('tells the log of each call, without parameters', () => {
    assert.ok(
      observed.some(({ service, operation }) => service === 'iam' && operation === 'GetPolicyVersion'),
    );
    assert.doesNotMatch(JSON.stringify(observed), /sandboxadmin/);
  });
});
