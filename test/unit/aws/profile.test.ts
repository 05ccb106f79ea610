import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listProfiles, profileKeys } from '../../../src/aws/index';
import { CancelledError } from '../../../src/core/errors';
import { failureOf } from '../../support/failures';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox';

const noMfa = () => assert.fail('nobody is asked for a code');

describe('AWS profiles', function () {
  this.timeout(20_000);
  const names = [
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_ENDPOINT_URL_STS',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE',
  ];
  const before_ = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'profiles-'));
    process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    for (const [name, value] of Object.entries(before_)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  const write = (file: 'config' | 'credentials', ...lines: string[]): void =>
    writeFileSync(path.join(folder, file), `${lines.join('\n')}\n`);
  const signal = new AbortController().signal;
  const keysOf = (profile: string, mfa: Parameters<typeof profileKeys>[1] = noMfa, stop = signal) =>
    profileKeys({ profile, region: 'us-east-1' }, mfa, stop);

  /** A process that prints this, as `credential_process` of a profile. */
  const processThat = (script: string): string => {
    const file = path.join(folder, 'give.cjs');
    writeFileSync(file, script);
    return `credential_process = "${process.execPath}" "${file}" --password hunter2`;
  };

  it('are listed from both files, with what they are', async () => {
    write(
      'config',
      '[default]',
      'region = us-east-1',
      '[profile "shop/admin"]',
      'role_arn = arn:aws:iam::123456789012:role/Admin',
      'source_profile = base',
      '[profile sso]',
      'sso_session = corp',
      '[sso-session corp]',
      'sso_region = us-east-1',
      '[services local]',
      'sts =',
      '  endpoint_url = http://127.0.0.1:1',
      '[profile tool]',
      'credential_process = tool',
      '[profile web]',
      'web_identity_token_file = /t',
      'role_arn = arn:aws:iam::123456789012:role/Web',
      '[profile console]',
      'login_session = arn:aws:iam::123456789012:user/anna',
      '[not a profile]',
      'aws_access_key_id = AKIA',
    );
    write(
      'credentials',
      '[base]',
      'aws_access_key_id = A',
      'aws_secret_access_key = B',
      '[default]',
      'aws_access_key_id = C',
    );
    const found = await listProfiles();
    assert.deepEqual(Object.fromEntries(found.map(({ name, kind }) => [name, kind])), {
      default: 'keys',
      'shop/admin': 'role',
      sso: 'sso',
      tool: 'process',
      web: 'web-identity',
      console: 'login',
      base: 'keys',
    });
  });

  it('are none without files', async () => {
    assert.deepEqual(await listProfiles(), []);
    const error = await failureOf(keysOf('default'));
    assert.equal(error.code, 'federation.profile-failed');
    assert.equal(error.data['reason'], 'unknown');
  });

  it('give their keys, as the file has them now, whatever the environment says', async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAENVIRONMENT';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'environment';
    write('credentials', '[own]', 'aws_access_key_id = one', 'aws_secret_access_key = s1');
    assert.deepEqual(await keysOf('own'), { accessKeyId: 'one', secretAccessKey: 's1' });
    write(
      'credentials',
      '[own]',
      'aws_access_key_id = two',
      'aws_secret_access_key = s2',
      'aws_session_token = t',
    );
    assert.deepEqual(await keysOf('own'), { accessKeyId: 'two', secretAccessKey: 's2', sessionToken: 't' });
  });

  it('of an unknown name never fall back to another', async () => {
    process.env['AWS_PROFILE'] = 'own';
    write('credentials', '[own]', 'aws_access_key_id = one', 'aws_secret_access_key = s1');
    const error = await failureOf(keysOf('typo'));
    assert.deepEqual(
      [error.code, error.data['profile'], error.data['reason']],
      ['federation.profile-failed', 'typo', 'unknown'],
    );
  });

  it('run their process, and know when its credentials end', async () => {
    const expiration = new Date(Date.now() + 3_600_000).toISOString();
    const answer = {
      Version: 1,
      AccessKeyId: 'ASIAP',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: expiration,
    };
    write(
      'config',
      '[profile tool]',
      processThat(`process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`),
    );
    assert.deepEqual(await keysOf('tool'), {
      accessKeyId: 'ASIAP',
      secretAccessKey: 's',
      sessionToken: 't',
      expiresAt: Date.parse(expiration),
    });
  });

  for (const [what, script, detail] of [
    [
      'that fails',
      "console.error('not signed in to the vault\\nmore'); process.exit(3)",
      /^not signed in to the vault$/,
    ],
    ['that writes something else', "console.log('hello')", /invalid JSON/],
    [
      'whose credentials have ended',
      "console.log(JSON.stringify({Version:1,AccessKeyId:'A',SecretAccessKey:'S',Expiration:'2001-01-01T00:00:00Z'}))",
      /expired/,
    ],
  ] as const) {
    it(`say what a process said ${what}, and keep its command line to themselves`, async () => {
      write('config', '[profile tool]', processThat(script));
      const error = await failureOf(keysOf('tool'));
      assert.equal(error.data['reason'], 'process');
      assert.match(String(error.data['detail']), detail);
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error.data)} ${String(error.cause)}`, /hunter2/);
    });
  }

  it('wait for a process no longer than the person does', async () => {
    write('config', '[profile tool]', processThat('setTimeout(() => undefined, 3000)'));
    const stop = new AbortController();
    const asked = keysOf('tool', noMfa, stop.signal);
    stop.abort(new CancelledError());
    assert.equal((await failureOf(asked)).code, 'cancelled');
  });

  it('of SSO say which sign-in has ended, that of the source profile too', async () => {
    write(
      'config',
      '[profile corp]',
      'sso_session = corp',
      'sso_account_id = 123456789012',
      'sso_role_name = Admin',
      '[sso-session corp]',
      'sso_region = us-east-1',
      'sso_start_url = https://corp.awsapps.com/start',
      '[profile shop]',
      'role_arn = arn:aws:iam::123456789012:role/Admin',
      'source_profile = corp',
    );
    for (const profile of ['corp', 'shop']) {
      const error = await failureOf(keysOf(profile));
      assert.deepEqual([error.data['reason'], error.data['source']], ['sso', 'corp'], error.message);
    }
  });

  it('that cannot be used say so', async () => {
    write('config', '[profile empty]', 'region = us-east-1');
    const error = await failureOf(keysOf('empty'));
    assert.equal(error.data['reason'], 'other');
  });

  describe('with a role', () => {
    let sandbox: TestSandbox;
    before(async () => {
      sandbox = await startTestSandbox();
    });
    after(() => sandbox.stop());

    const role = (...more: string[]): void => {
      const { admin, accountId } = sandbox.description;
      process.env['AWS_ENDPOINT_URL_STS'] = sandbox.description.api;
      write(
        'credentials',
        '[base]',
        `aws_access_key_id = ${admin.accessKeyId}`,
        `aws_secret_access_key = ${admin.secretAccessKey}`,
      );
      write(
        'config',
        '[profile shop]',
        `role_arn = arn:aws:iam::${accountId}:role/Readers`,
        'source_profile = base',
        ...more,
      );
    };

    it('ask for the code of the MFA device, and are silent where the person will not give it', async () => {
      role('mfa_serial = arn:aws:iam::123456789012:mfa/anna');
      const asked: unknown[] = [];
      const error = await failureOf(
        keysOf('shop', async (request) => {
          asked.push(request);
          throw new CancelledError();
        }),
      );
      assert.equal(error.code, 'cancelled');
      assert.deepEqual(asked, [{ profile: 'shop', serial: 'arn:aws:iam::123456789012:mfa/anna' }]);
    });

    it('say what STS said', async () => {
      role();
      const error = await failureOf(keysOf('shop'));
      assert.equal(error.code, 'federation.profile-failed');
      assert.equal(error.data['reason'], 'refused');
    });

    it('say that nothing answers there', async () => {
      role();
      process.env['AWS_ENDPOINT_URL_STS'] = 'http://127.0.0.1:9';
      assert.equal((await failureOf(keysOf('shop'))).code, 'network.unreachable');
    });
  });
});
