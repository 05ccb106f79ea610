import assert from 'node:assert/strict';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromCognitoIdentityPool, fromWebToken } from '@aws-sdk/credential-providers';
import type { Session } from '../../../../src/core/session/model';
import { awsCli, hasAwsCli, type CliCredentials } from '../../../support/awscli';
import { IdentityScene } from '../../../support/identity-scene';

const OPEN = 'notes-app-open';

interface Who {
  readonly identityId: string;
  readonly role: string;
}

/** The extension's own sessions, the AWS SDK and the AWS CLI, each with the same login at the same identity pool. */
describe('the same identity and role, whoever asks', function () {
  this.timeout(120_000);
  let scene: IdentityScene;

  before(async () => {
    scene = await IdentityScene.start();
  });
  after(() => scene.sandbox.stop());
  afterEach(() => scene.tidy());

  const client = () => ({
    endpoint: scene.sandbox.description.api,
    region: scene.sandbox.description.region,
    maxAttempts: 1,
  });
  const roleIn = (arn: string | undefined): string => arn?.split('/')[1] ?? '';

  async function extension(session: Session): Promise<Who> {
    const { roleName } = await scene.sessions.caller(session);
    return { identityId: session.identityId ?? '', role: roleName };
  }

  /** `fromCognitoIdentityPool`: the enhanced flow of the SDK. */
  async function sdk(
    identityPoolId: string,
    logins: Record<string, string>,
    customRoleArn?: string,
  ): Promise<Who> {
    const provider = fromCognitoIdentityPool({
      clientConfig: client(),
      identityPoolId,
      logins,
      ...(customRoleArn === undefined ? {} : { customRoleArn }),
    });
    const credentials = await provider();
    const caller = await new STSClient({ ...client(), credentials }).send(new GetCallerIdentityCommand({}));
    return { identityId: credentials.identityId, role: roleIn(caller.Arn) };
  }

  async function cli(
    identityPoolId: string,
    logins: Record<string, string>,
    customRoleArn?: string,
  ): Promise<Who> {
    const { description } = scene.sandbox;
    const given = `--logins=${JSON.stringify(logins)}`;
    const { IdentityId } = await awsCli<{ IdentityId: string }>(description, 'cognito-identity', [
      'get-id',
      `--identity-pool-id=${identityPoolId}`,
      given,
    ]);
    const { Credentials } = await awsCli<{ Credentials: CliCredentials }>(description, 'cognito-identity', [
      'get-credentials-for-identity',
      `--identity-id=${IdentityId}`,
      given,
      ...(customRoleArn === undefined ? [] : [`--custom-role-arn=${customRoleArn}`]),
    ]);
    const caller = await awsCli<{ Arn: string }>(description, 'sts', ['get-caller-identity'], Credentials);
    return { identityId: IdentityId, role: roleIn(caller.Arn) };
  }

  const loginsOf = ({ tokens }: Session): Record<string, string> => ({
    [scene.sandbox.providerName]: tokens?.idToken ?? '',
  });

  for (const [pool, username, role] of [
    ['notes-app', 'reader', 'Readers'],
    ['notes-app', 'nobody', 'Readers'],
    [OPEN, 'admin', 'OpenReaders'],
    ['notes-app-rules', 'both', 'RulesAdmins'],
  ] as const)
    it(`${username} at ${pool}`, async function () {
      const { session } = await scene.sessions.signIn(scene.connect(pool), scene.as(username));
      const mine = await extension(session);
      assert.equal(mine.role, role);
      assert.deepEqual(await sdk(scene.pool(pool), loginsOf(session)), mine);
      if (hasAwsCli()) assert.deepEqual(await cli(scene.pool(pool), loginsOf(session)), mine);
    });

  it('both, who chooses a role', async () => {
    const { session } = await scene.sessions.signIn(scene.connect('notes-app'), scene.as('both'));
    const roleArn = scene.role('Readers');
    const { session: chosen } = await scene.sessions.chooseRole(session, roleArn);
    const mine = await extension(chosen);
    assert.equal(mine.role, 'Readers');
    assert.deepEqual(await sdk(scene.pool('notes-app'), loginsOf(session), roleArn), mine);
    if (hasAwsCli()) assert.deepEqual(await cli(scene.pool('notes-app'), loginsOf(session), roleArn), mine);
  });

  it('a user of Google', async () => {
    const login = await scene.google('same');
    const identity = { kind: 'provider', login, subject: 'same', name: 'same' } as const;
    const { session } = await scene.sessions.beginAs(scene.connect(OPEN), identity);
    const mine = await extension(session);
    assert.deepEqual(await sdk(scene.pool(OPEN), { [login.provider]: login.token }), mine);
    if (hasAwsCli()) assert.deepEqual(await cli(scene.pool(OPEN), { [login.provider]: login.token }), mine);
  });

  it('by the basic flow: fromWebToken with the token of the identity pool', async () => {
    const roleArn = scene.role('OpenAuditor');
    const connection = scene.connect(OPEN, { flow: 'basic', roleArn });
    const { session } = await scene.sessions.signIn(connection, scene.as('reader'));
    const mine = await extension(session);
    assert.equal(mine.role, 'OpenAuditor');
    const { Token = '', IdentityId } = await scene.admin.getOpenIdToken({
      IdentityId: mine.identityId,
      Logins: loginsOf(session),
    });
    const provider = fromWebToken({
      clientConfig: client(),
      roleArn,
      roleSessionName: 'sdk',
      webIdentityToken: Token,
    });
    const caller = await new STSClient({ ...client(), credentials: provider }).send(
      new GetCallerIdentityCommand({}),
    );
    assert.deepEqual({ identityId: IdentityId, role: roleIn(caller.Arn) }, mine);
  });
});
