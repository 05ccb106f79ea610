import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { awsCli, type CliCredentials, type CliOutcome, hasAwsCli, runAwsCli } from '../../../support/awscli';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

describe('sandbox, judged by awscli', function () {
  this.timeout(120_000);
  let sandbox: TestSandbox;
  let folder: string;

  before(async function () {
    if (!hasAwsCli()) this.skip();
    sandbox = await startTestSandbox();
    folder = await mkdtemp(path.join(os.tmpdir(), 'sandbox-awscli-'));
  });
  after(async () => {
    // Both are missing where the tests were skipped.
    await (sandbox as TestSandbox | undefined)?.stop();
    if ((folder as string | undefined) !== undefined) await rm(folder, { recursive: true });
  });

  const aws = (service: string, argv: readonly string[], keys?: CliCredentials): Promise<CliOutcome> =>
    runAwsCli(sandbox.description, service, argv, keys, folder);
  const json = <T>(service: string, argv: readonly string[], keys?: CliCredentials): Promise<T> =>
    awsCli<T>(sandbox.description, service, argv, keys, folder);

  async function refused(
    expected: RegExp,
    service: string,
    argv: readonly string[],
    keys?: CliCredentials,
  ): Promise<void> {
    const { code, stderr } = await aws(service, argv, keys);
    assert.notEqual(code, 0, 'the call is refused');
    assert.match(stderr, expected);
  }

  const initiateAuth = (password: string): string[] => [
    'initiate-auth',
    '--auth-flow=USER_PASSWORD_AUTH',
    `--client-id=${sandbox.webClientId}`,
    `--auth-parameters=${JSON.stringify({ USERNAME: 'reader', PASSWORD: password })}`,
  ];
  const getId = (token: string): string[] => [
    'get-id',
    `--identity-pool-id=${sandbox.identityPoolId}`,
    `--logins=${JSON.stringify({ [sandbox.providerName]: token })}`,
  ];
  const getCredentials = (identityId: string, token: string): string[] => [
    'get-credentials-for-identity',
    `--identity-id=${identityId}`,
    `--logins=${JSON.stringify({ [sandbox.providerName]: token })}`,
  ];

  it('walks from the password to the objects, and back again with one of its own', async () => {
    const { AuthenticationResult } = await json<{ AuthenticationResult: { IdToken: string } }>(
      'cognito-idp',
      initiateAuth(sandbox.user('reader').password),
    );
    const token = AuthenticationResult.IdToken;
    const { IdentityId } = await json<{ IdentityId: string }>('cognito-identity', getId(token));
    const { Credentials } = await json<{ Credentials: CliCredentials }>(
      'cognito-identity',
      getCredentials(IdentityId, token),
    );
    const who = await json<{ Arn: string }>('sts', ['get-caller-identity'], Credentials);
    assert.match(who.Arn, /^arn:aws:sts::123456789012:assumed-role\/Readers\//);

    const own = `s3://${sandbox.bucket}/private/${IdentityId}/`;
    const listing = await aws('s3', ['ls', own], Credentials);
    assert.match(listing.stdout, /6291456 big\.bin\n.*photo\.png\n.*profile\.json\n$/s);

    const sent = randomBytes(3_000_000);
    await writeFile(path.join(folder, 'sent.bin'), sent);
    for (const argv of [
      ['cp', 'sent.bin', `${own}a b+c é%20.bin`, '--no-progress'],
      ['cp', `${own}a b+c é%20.bin`, 'back.bin', '--no-progress'],
    ]) {
      const { code, stderr } = await aws('s3', argv, Credentials);
      assert.equal(code, 0, stderr);
    }
    assert.ok(sent.equals(await readFile(path.join(folder, 'back.bin'))));

    // The refusals, each with the same rights or one thing less.
    await refused(/AccessDenied/, 's3', ['ls', `s3://${sandbox.bucket}/secret/`], Credentials);
    await refused(/AccessDenied/, 's3', ['ls', `s3://${sandbox.bucket}`], Credentials);
    await refused(/403/, 's3', ['cp', `s3://${sandbox.bucket}/secret/plan.txt`, 'plan.txt'], Credentials);
    await refused(/AccessDenied/, 's3', ['cp', 'sent.bin', `s3://${sandbox.bucket}/public/x`], Credentials);
    const wrongKey = { ...Credentials, SecretKey: `${(Credentials.SecretKey ?? '').slice(0, -1)}~` };
    await refused(/SignatureDoesNotMatch/, 'sts', ['get-caller-identity'], wrongKey);
    await refused(/SignatureDoesNotMatch/, 's3', ['ls', own], wrongKey);
    const strangeToken = { ...Credentials, SessionToken: `${Credentials.SessionToken}A` };
    await refused(/InvalidClientTokenId/, 'sts', ['get-caller-identity'], strangeToken);
    await refused(/InvalidToken/, 's3', ['ls', own], strangeToken);
  });

  it('is refused with a wrong password and with a token that is none', async () => {
    await refused(
      /NotAuthorizedException.*Incorrect username or password/s,
      'cognito-idp',
      initiateAuth('Wrong-1-Password'),
    );
    await refused(
      /NotAuthorizedException.*Not a valid OpenId Connect identity token/s,
      'cognito-identity',
      getId('garbage'),
    );
  });
});
