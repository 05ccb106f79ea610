import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

/** Debian's package, which the set-up installs there. */
const AWS = '/usr/bin/aws';

interface Keys {
  readonly AccessKeyId: string;
  readonly SecretKey: string;
  readonly SessionToken: string;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('sandbox, judged by awscli', function () {
  this.timeout(120_000);
  let sandbox: TestSandbox;
  let folder: string;

  before(async function () {
    if (!existsSync(AWS)) this.skip();
    sandbox = await startTestSandbox();
    folder = await mkdtemp(path.join(os.tmpdir(), 'sandbox-awscli-'));
  });
  after(async () => {
    // Both are missing where the tests were skipped.
    await (sandbox as TestSandbox | undefined)?.stop();
    if ((folder as string | undefined) !== undefined) await rm(folder, { recursive: true });
  });

  function aws(service: string, argv: readonly string[], keys?: Keys): Promise<Outcome> {
    const endpoint = service.startsWith('s3') ? sandbox.description.s3 : sandbox.description.api;
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: folder,
      AWS_CONFIG_FILE: path.join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
      ...(keys && {
        AWS_ACCESS_KEY_ID: keys.AccessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.SecretKey,
        AWS_SESSION_TOKEN: keys.SessionToken,
      }),
    };
    const whole = [service, ...argv, '--endpoint-url', endpoint, '--output', 'json'];
    return new Promise((resolve) => {
      execFile(AWS, whole, { env, cwd: folder }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  async function json<T>(service: string, argv: readonly string[], keys?: Keys): Promise<T> {
    const { code, stdout, stderr } = await aws(service, argv, keys);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as T;
  }

  async function refused(
    expected: RegExp,
    service: string,
    argv: readonly string[],
    keys?: Keys,
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
    const { Credentials } = await json<{ Credentials: Keys }>(
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
    const wrongKey = { ...Credentials, SecretKey: `${Credentials.SecretKey.slice(0, -1)}~` };
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
