import assert from 'node:assert/strict';
import { Scene, members, text, type Members, type Refusal } from './scene';

describe('sandbox user pools: administration', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  const list = (value: unknown): readonly Members[] => value as readonly Members[];

  it('describes a pool as it was created, with AWS defaults', async () => {
    const { UserPool } = await scene.admin('DescribeUserPool', {});
    const pool = members(UserPool);
    assert.match(text(pool, 'Id'), /^us-east-1_[A-Za-z0-9]{9}$/);
    assert.equal(pool['Arn'], `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${scene.poolId}`);
    assert.equal(members(members(pool['Policies'])['PasswordPolicy'])['MinimumLength'], 8);
    assert.equal(pool['MfaConfiguration'], 'OFF');
  });

  it('pages through the pools', async () => {
    for (let count = 0; count < 4; count++) await scene.addPool();
    const seen: unknown[] = [];
    let token: unknown;
    do {
      const page = await scene.call('ListUserPools', { MaxResults: 2, NextToken: token });
      assert.ok(list(page['UserPools']).length <= 2);
      seen.push(...list(page['UserPools']).map(({ Id }) => Id));
      token = page['NextToken'];
    } while (token !== undefined);
    assert.equal(new Set(seen).size, 5);
  });

  it('describes a client, its secret included, and lists it without', async () => {
    const id = await scene.addClient({ ClientName: 'backend', GenerateSecret: true });
    const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: id });
    assert.match(id, /^[a-z0-9]{26}$/);
    assert.match(text(UserPoolClient, 'ClientSecret'), /^[a-z0-9]{51}$/);
    const { UserPoolClients } = await scene.admin('ListUserPoolClients', { MaxResults: 60 });
    assert.deepEqual(list(UserPoolClients), [
      { ClientId: scene.clientId, UserPoolId: scene.poolId, ClientName: 'app' },
      { ClientId: id, UserPoolId: scene.poolId, ClientName: 'backend' },
    ]);
  });

  it('resets what an update of a client leaves out', async () => {
    await scene.admin('UpdateUserPoolClient', { ClientId: scene.clientId, AuthSessionValidity: 5 });
    const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: scene.clientId });
    assert.equal(members(UserPoolClient)['ExplicitAuthFlows'], undefined);
    assert.equal(members(UserPoolClient)['PreventUserExistenceErrors'], 'LEGACY');
    assert.equal(members(UserPoolClient)['AuthSessionValidity'], 5);
  });

  it('gives a pool one domain that no other has', async () => {
    await scene.admin('CreateUserPoolDomain', { Domain: 'notes' });
    const { DomainDescription } = await scene.call('DescribeUserPoolDomain', { Domain: 'notes' });
    assert.equal(members(DomainDescription)['UserPoolId'], scene.poolId);
    const { UserPool } = await scene.admin('DescribeUserPool', {});
    assert.equal(members(UserPool)['Domain'], 'notes');
    const other = await scene.addPool();
    await scene.refuses(
      'CreateUserPoolDomain',
      { UserPoolId: other, Domain: 'notes' },
      { code: 'InvalidParameterException', message: /already associated/ },
    );
    await scene.refuses(
      'CreateUserPoolDomain',
      { UserPoolId: other, Domain: 'my-aws-notes' },
      { code: 'InvalidParameterException', message: /reserved word/ },
    );
  });

  it('keeps groups and who is in them', async () => {
    await scene.addUser('reader');
    await scene.admin('CreateGroup', { GroupName: 'readers', Precedence: 3, Description: 'They read' });
    await scene.admin('AdminAddUserToGroup', { Username: 'reader', GroupName: 'readers' });
    const { Groups } = await scene.admin('ListGroups', {});
    assert.equal(list(Groups)[0]?.['Precedence'], 3);
    const ofUser = await scene.admin('AdminListGroupsForUser', { Username: 'reader' });
    assert.deepEqual(list(ofUser['Groups']), list(Groups));
    const inGroup = await scene.admin('ListUsersInGroup', { GroupName: 'readers' });
    assert.deepEqual(
      list(inGroup['Users']).map(({ Username }) => Username),
      ['reader'],
    );
    await scene.admin('DeleteGroup', { GroupName: 'readers' });
    assert.deepEqual((await scene.admin('AdminListGroupsForUser', { Username: 'reader' }))['Groups'], []);
  });

  it('keeps identity providers', async () => {
    const provider = {
      ProviderName: 'Corp',
      ProviderType: 'OIDC',
      ProviderDetails: { oidc_issuer: 'https://idp.example.com' },
    };
    await scene.admin('CreateIdentityProvider', provider);
    const { IdentityProvider } = await scene.admin('DescribeIdentityProvider', { ProviderName: 'Corp' });
    assert.deepEqual(members(IdentityProvider)['ProviderDetails'], provider.ProviderDetails);
    const { Providers } = await scene.admin('ListIdentityProviders', {});
    assert.deepEqual(
      list(Providers).map(({ ProviderName }) => ProviderName),
      ['Corp'],
    );
  });

  it('filters users', async () => {
    await scene.addUser('reader', { email: 'reader@example.com' });
    await scene.addUser('admin', { email: 'admin@example.com' });
    const found = async (Filter: string): Promise<unknown> =>
      list((await scene.admin('ListUsers', { Filter }))['Users']).map(({ Username }) => Username);
    assert.deepEqual(await found('email = "admin@example.com"'), ['admin']);
    assert.deepEqual(await found('username ^= "rea"'), ['reader']);
    assert.deepEqual(await found(''), ['reader', 'admin']);
  });

  it('disables and enables', async () => {
    await scene.addUser('reader');
    await scene.admin('AdminDisableUser', { Username: 'reader' });
    assert.equal((await scene.admin('AdminGetUser', { Username: 'reader' }))['Enabled'], false);
    await scene.admin('AdminEnableUser', { Username: 'reader' });
    assert.ok((await scene.passwordSignIn('reader'))['AuthenticationResult']);
  });

  const refusals: readonly [operation: string, input: Members, refusal: Refusal][] = [
    [
      'DescribeUserPool',
      { UserPoolId: 'us-east-1_Nowhere00' },
      { code: 'ResourceNotFoundException', message: 'User pool us-east-1_Nowhere00 does not exist.' },
    ],
    [
      'DescribeUserPool',
      { UserPoolId: 'nonsense' },
      {
        code: 'InvalidParameterException',
        message:
          "1 validation error detected: Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
      },
    ],
    [
      'DescribeUserPool',
      { UserPoolId: undefined },
      {
        code: 'InvalidParameterException',
        message:
          "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
      },
    ],
    ['ListUserPools', {}, { code: 'InvalidParameterException', message: /maxResults.*not be null/ }],
    [
      'ListUserPools',
      { MaxResults: 61 },
      { code: 'InvalidParameterException', message: /less than or equal to 60/ },
    ],
    [
      'ListUserPools',
      { MaxResults: 1, NextToken: 'bm9uc2Vuc2U' },
      { code: 'InvalidParameterException', message: 'Invalid pagination token.' },
    ],
    [
      'DescribeUserPoolClient',
      { ClientId: 'nosuchclient' },
      { code: 'ResourceNotFoundException', message: 'User pool client nosuchclient does not exist.' },
    ],
    [
      'CreateUserPoolClient',
      { ClientName: 'x', AuthSessionValidity: 16 },
      { code: 'InvalidParameterException', message: /less than or equal to 15/ },
    ],
    [
      'CreateUserPoolClient',
      { ClientName: 'x', AccessTokenValidity: 2, TokenValidityUnits: { AccessToken: 'minutes' } },
      { code: 'InvalidParameterException', message: /Invalid range for token validity/ },
    ],
    [
      'CreateUserPoolClient',
      { ClientName: 'x', ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
      { code: 'InvalidParameterException', message: /legacy/ },
    ],
    [
      'AdminGetUser',
      { Username: 'nobody' },
      { code: 'UserNotFoundException', message: 'User does not exist.' },
    ],
    [
      'AdminAddUserToGroup',
      { Username: 'reader', GroupName: 'nowhere' },
      { code: 'ResourceNotFoundException', message: 'Group not found.' },
    ],
    [
      'AdminCreateUser',
      { Username: 'reader' },
      { code: 'UsernameExistsException', message: 'User account already exists' },
    ],
    [
      'AdminCreateUser',
      { Username: 'reader', MessageAction: 'RESEND' },
      { code: 'UnsupportedUserStateException', message: /Resend not possible/ },
    ],
    [
      'DescribeIdentityProvider',
      { ProviderName: 'Nowhere' },
      { code: 'ResourceNotFoundException', message: 'Identity provider Nowhere does not exist.' },
    ],
  ];
  for (const [operation, input, refusal] of refusals) {
    it(`refuses ${operation} ${JSON.stringify(input)}`, async () => {
      await scene.addUser('reader');
      const whole = { UserPoolId: scene.poolId, ...input };
      await scene.refuses(operation, operation === 'ListUserPools' ? input : whole, refusal);
    });
  }
});
