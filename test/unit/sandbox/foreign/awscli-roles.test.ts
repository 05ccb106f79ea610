import assert from 'node:assert/strict';
import { awsCli, type CliCredentials, type CliOutcome, hasAwsCli, runAwsCli } from '../../../support/awscli';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

describe('sandbox roles, judged by awscli', function () {
  this.timeout(120_000);
  let sandbox: TestSandbox;

  before(async function () {
    if (!hasAwsCli()) this.skip();
    sandbox = await startTestSandbox();
  });
  after(async () => {
    // Missing where the tests were skipped.
    await (sandbox as TestSandbox | undefined)?.stop();
  });

  const aws = (service: string, argv: readonly string[], keys?: CliCredentials): Promise<CliOutcome> =>
    runAwsCli(sandbox.description, service, argv, keys);
  const json = <T>(service: string, argv: readonly string[], keys?: CliCredentials): Promise<T> =>
    awsCli<T>(sandbox.description, service, argv, keys);

  const pool = (name: string): string =>
    sandbox.description.identityPools.find((one) => one.name === name)?.id ?? '';
  const arnOf = async (keys: CliCredentials): Promise<string> =>
    (await json<{ Arn: string }>('sts', ['get-caller-identity'], keys)).Arn;

  it('goes the basic flow to the identity of the enhanced one, and reads the role as the administrator', async () => {
    const { idToken } = await sandbox.signIn('reader');
    const logins = `--logins=${JSON.stringify({ [sandbox.providerName]: idToken })}`;
    const { IdentityId } = await json<{ IdentityId: string }>('cognito-identity', [
      'get-id',
      `--identity-pool-id=${pool('notes-app-open')}`,
      logins,
    ]);
    const identity = [`--identity-id=${IdentityId}`, logins];
    const { Token } = await json<{ Token: string }>('cognito-identity', ['get-open-id-token', ...identity]);
    const assume = (...more: string[]): string[] => [
      'assume-role-with-web-identity',
      '--role-arn=arn:aws:iam::123456789012:role/OpenReaders',
      '--role-session-name=cli',
      `--web-identity-token=${Token}`,
      ...more,
    ];
    const answer = await json<{ Credentials: CliCredentials; SubjectFromWebIdentityToken: string }>(
      'sts',
      assume(),
    );
    assert.equal(answer.SubjectFromWebIdentityToken, IdentityId);
    assert.match(await arnOf(answer.Credentials), /assumed-role\/OpenReaders\/cli$/);
    const enhanced = await json<{ Credentials: CliCredentials }>('cognito-identity', [
      'get-credentials-for-identity',
      ...identity,
    ]);
    assert.match(await arnOf(enhanced.Credentials), /assumed-role\/OpenReaders\/CognitoIdentityCredentials$/);

    const tooLong = await aws('sts', assume('--duration-seconds=43200'));
    assert.match(tooLong.stderr, /\(ValidationError\).*exceeds the MaxSessionDuration set for this role/);
    const { accessKeyId, secretAccessKey } = sandbox.description.admin;
    const admin = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    const { Role } = await json<{ Role: { AssumeRolePolicyDocument: object } }>(
      'iam',
      ['get-role', '--role-name=OpenReaders'],
      admin,
    );
    assert.match(JSON.stringify(Role.AssumeRolePolicyDocument), new RegExp(pool('notes-app-open')));
  });

  it('gets a session with tags, which open the folder of their name and no other', async () => {
    const { idToken } = await sandbox.signIn('reader');
    const logins = `--logins=${JSON.stringify({ [sandbox.providerName]: idToken })}`;
    const { IdentityId } = await json<{ IdentityId: string }>('cognito-identity', [
      'get-id',
      `--identity-pool-id=${pool('notes-app-rules')}`,
      logins,
    ]);
    const { Credentials } = await json<{ Credentials: CliCredentials }>('cognito-identity', [
      'get-credentials-for-identity',
      `--identity-id=${IdentityId}`,
      logins,
    ]);
    const head = (key: string): Promise<{ stdout: string; stderr: string }> =>
      aws('s3api', ['head-object', `--bucket=${sandbox.bucket}`, `--key=${key}`], Credentials);
    assert.match((await head('people/reader/note.txt')).stdout, /ContentLength/);
    assert.match((await head('people/admin/note.txt')).stderr, /403/);
  });
});
