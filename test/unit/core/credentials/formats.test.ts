import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import {
  type CredentialsFormat,
  formatCredentials,
  maskSecret,
} from '../../../../src/core/credentials/formats';

const credentials = {
  accessKeyId: 'ASIAEXAMPLE0000XY4Q',
  secretAccessKey: 'wJalr/XUtn+FEMI',
  sessionToken: 'IQoJb3+/==',
};
const context = { region: 'us-west-2', expiration: '2026-01-01T01:00:00.000Z' };
const withToken = (format: CredentialsFormat, sessionToken: string): string =>
  formatCredentials(format, { ...credentials, sessionToken }, context);

describe('core/credentials/formats', () => {
  const expected: [CredentialsFormat, string[]][] = [
    [
      'bash',
      [
        "export AWS_ACCESS_KEY_ID='ASIAEXAMPLE0000XY4Q'",
        "export AWS_SECRET_ACCESS_KEY='wJalr/XUtn+FEMI'",
        "export AWS_SESSION_TOKEN='IQoJb3+/=='",
        "export AWS_CREDENTIAL_EXPIRATION='2026-01-01T01:00:00.000Z'",
        "export AWS_REGION='us-west-2'",
        "export AWS_DEFAULT_REGION='us-west-2'",
        '',
      ],
    ],
    [
      'powershell',
      [
        "$env:AWS_ACCESS_KEY_ID = 'ASIAEXAMPLE0000XY4Q'",
        "$env:AWS_SECRET_ACCESS_KEY = 'wJalr/XUtn+FEMI'",
        "$env:AWS_SESSION_TOKEN = 'IQoJb3+/=='",
        "$env:AWS_CREDENTIAL_EXPIRATION = '2026-01-01T01:00:00.000Z'",
        "$env:AWS_REGION = 'us-west-2'",
        "$env:AWS_DEFAULT_REGION = 'us-west-2'",
        '',
      ],
    ],
    [
      'dotenv',
      [
        'AWS_ACCESS_KEY_ID=ASIAEXAMPLE0000XY4Q',
        'AWS_SECRET_ACCESS_KEY=wJalr/XUtn+FEMI',
        'AWS_SESSION_TOKEN=IQoJb3+/==',
        'AWS_CREDENTIAL_EXPIRATION=2026-01-01T01:00:00.000Z',
        'AWS_REGION=us-west-2',
        'AWS_DEFAULT_REGION=us-west-2',
        '',
      ],
    ],
  ];
  for (const [format, lines] of expected)
    it(`writes ${format}`, () =>
      assert.equal(formatCredentials(format, credentials, context), lines.join('\n')));

  it('writes cmd with its line ends', () => {
    const lines = formatCredentials('cmd', credentials, context).split('\r\n');
    assert.equal(lines[0], 'set "AWS_ACCESS_KEY_ID=ASIAEXAMPLE0000XY4Q"');
    assert.equal(lines[2], 'set "AWS_SESSION_TOKEN=IQoJb3+/=="');
    assert.deepEqual([lines.length, lines.at(-1)], [7, '']);
  });

  it('writes the JSON of credential_process', () => {
    assert.deepEqual(JSON.parse(formatCredentials('json', credentials, context)), {
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: context.expiration,
    });
  });

  it('leaves the region out where there is none', () => {
    assert.doesNotMatch(formatCredentials('bash', credentials, { expiration: context.expiration }), /REGION/);
  });

  it('quotes for each shell', () => {
    assert.match(withToken('bash', "a'b$(c)`d`\\"), /AWS_SESSION_TOKEN='a'\\''b\$\(c\)`d`\\'\n/);
    assert.match(withToken('powershell', "a'b’$c`"), /= 'a''b’’\$c`'\n/);
    assert.match(withToken('dotenv', 'a b#$c'), /AWS_SESSION_TOKEN='a b#\$c'\n/);
  });

  const refused: [CredentialsFormat, string][] = [
    ['bash', 'a\nb'],
    ['powershell', 'a\rb'],
    ['dotenv', "a'b"],
    ['cmd', 'a"&calc'],
    ['cmd', '%PATH%'],
    ['cmd', 'a!b'],
    ['cmd', 'a\nb'],
  ];
  for (const [format, value] of refused) {
    it(`refuses ${JSON.stringify(value)} for ${format}, without repeating it`, () => {
      assert.throws(
        () => withToken(format, value),
        (error: { code?: string; message?: string }) =>
          error.code === 'internal' && !error.message?.includes(value),
      );
    });
  }

  it('reaches a real shell unchanged', function () {
    if (process.platform === 'win32') this.skip();
    const [samples] = [fc.sample(fc.string({ unit: 'grapheme-ascii' }), 20)];
    for (const value of [...samples, "'; echo hacked; '", '$(id)', '\\', '-n']) {
      const script = `${withToken('bash', value)}printf '%s' "$AWS_SESSION_TOKEN"`;
      const shell = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: {} });
      assert.equal(shell.stdout, value);
    }
  });

  it('masks', () => {
    assert.equal(maskSecret('ASIAEXAMPLE0000XY4Q'), 'ASIA…XY4Q');
    assert.equal(maskSecret('a'.repeat(16)), 'aaaa…aaaa');
    assert.deepEqual(['', 'short', 'a'.repeat(15)].map(maskSecret), ['…', '…', '…']);
  });
});
