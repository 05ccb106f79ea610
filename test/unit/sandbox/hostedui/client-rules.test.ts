import assert from 'node:assert/strict';
import {
  CreateResourceServerCommand,
  DeleteResourceServerCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolDomainCommand,
  ListResourceServersCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { Scene } from './scene';

type Settings = Partial<CreateUserPoolClientCommandInput>;

describe('sandbox hosted UI: settings of clients and resource servers', function () {
  this.timeout(20_000);
  let scene: Scene;
  let UserPoolId: string;

  before(async () => {
    scene = await Scene.start();
    UserPoolId = scene.sandbox.userPoolId;
  });
  after(() => scene.stop());

  const MACHINE: Settings = {
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['notes/read'],
  };
  const refusals: readonly [name: string, settings: Settings, error: string, message: RegExp][] = [
    [
      'plain http',
      { CallbackURLs: ['http://app.example/cb'] },
      'InvalidParameterException',
      /cannot use the HTTP protocol/,
    ],
    ['a fragment', { CallbackURLs: ['https://app.example/#cb'] }, 'InvalidParameterException', /fragment/],
    ['a relative address', { LogoutURLs: ['/out'] }, 'InvalidParameterException', /not a valid redirect URI/],
    ['no callback', { CallbackURLs: [] }, 'InvalidParameterException', /at least one valid URL/],
    ['no flow', { AllowedOAuthFlows: [] }, 'InvalidOAuthFlowException', /are required/],
    ['an unknown scope', { AllowedOAuthScopes: ['notes/burn'] }, 'ScopeDoesNotExistException', /notes\/burn/],
    [
      'an unknown provider',
      { SupportedIdentityProviders: ['Nobody'] },
      'InvalidParameterException',
      /provider Nobody/,
    ],
    [
      'a machine without a secret',
      { ...MACHINE, GenerateSecret: false },
      'InvalidOAuthFlowException',
      /client secret/,
    ],
    [
      'a machine that is a person too',
      { ...MACHINE, AllowedOAuthFlows: ['client_credentials', 'code'] },
      'InvalidOAuthFlowException',
      /along with code flow/,
    ],
    [
      "a machine with a person's scope",
      { ...MACHINE, AllowedOAuthScopes: ['openid'] },
      'InvalidOAuthFlowException',
      /custom scopes/,
    ],
  ];
  for (const [name, settings, error, message] of refusals) {
    it(`refuse ${name}`, async () => {
      await assert.rejects(scene.addClient(settings), { name: error, message });
    });
  }

  it('refuse an update as they refuse a new client, which changes nothing', async () => {
    const { id: ClientId } = await scene.addClient();
    const update = { UserPoolId, ClientId, CallbackURLs: ['http://app.example/cb'] };
    await assert.rejects(scene.admin.send(new UpdateUserPoolClientCommand(update)), {
      name: 'InvalidParameterException',
    });
    const { UserPoolClient } = await scene.admin.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    assert.deepEqual(UserPoolClient?.CallbackURLs, ['http://localhost:8400/callback']);
  });

  it('take every form of callback that AWS takes', async () => {
    const CallbackURLs = [
      'https://app.example/cb?x=1',
      'http://localhost:1/cb',
      'http://127.0.0.1:8400/cb',
      'http://[::1]:8400/cb',
      'vscode://cognito-workbench.cognito-workbench/callback',
    ];
    await scene.addClient({ CallbackURLs });
  });

  it('let a machine use the scopes of a resource server as long as they exist', async () => {
    const Identifier = 'https://api.example/';
    const server = {
      UserPoolId,
      Identifier,
      Name: 'Api',
      Scopes: [{ ScopeName: 'call', ScopeDescription: 'Call it' }],
    };
    const described = { UserPoolId, Identifier, Name: 'Api', Scopes: server.Scopes };
    const { ResourceServer } = await scene.admin.send(new CreateResourceServerCommand(server));
    assert.deepEqual(ResourceServer, described);
    await assert.rejects(scene.admin.send(new CreateResourceServerCommand(server)), {
      name: 'InvalidParameterException',
    });
    const machine = await scene.addClient({ ...MACHINE, AllowedOAuthScopes: [`${Identifier}/call`] });
    const ask = () =>
      scene.token({ grant_type: 'client_credentials', client_id: machine.id, client_secret: machine.secret });
    assert.equal((await ask()).status, 200);
    const found = await scene.admin.send(new DescribeResourceServerCommand({ UserPoolId, Identifier }));
    assert.deepEqual(found.ResourceServer, described);
    await scene.admin.send(new UpdateResourceServerCommand({ ...server, Scopes: [] }));
    assert.equal((await ask()).body['error'], 'invalid_scope');
    const list = await scene.admin.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 50 }));
    assert.deepEqual(
      list.ResourceServers?.map(({ Name }) => Name),
      ['Notes', 'Api'],
    );
    await scene.admin.send(new DeleteResourceServerCommand({ UserPoolId, Identifier }));
    await assert.rejects(scene.admin.send(new DescribeResourceServerCommand({ UserPoolId, Identifier })), {
      name: 'ResourceNotFoundException',
    });
  });

  it('need the right to administer the pool', async () => {
    const { status, body } = await scene.sandbox.call('CreateResourceServer', {
      UserPoolId,
      Identifier: 'x',
      Name: 'x',
    });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /Missing Authentication Token/);
  });

  it('seed a domain', async () => {
    const Domain = 'notes-app-sandbox';
    const { DomainDescription } = await scene.admin.send(new DescribeUserPoolDomainCommand({ Domain }));
    assert.equal(DomainDescription?.UserPoolId, UserPoolId);
  });
});
