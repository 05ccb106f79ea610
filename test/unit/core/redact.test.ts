import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactSecrets } from '../../../src/core/redact';

const jwt =
  'eyJraWQiOiJhYmMiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmU';
const jwe =
  'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIn0.a2V5a2V5a2V5.aXZpdml2.Y2lwaGVy_Y2lwaGVy-Y2lwaGVy.dGFndGFn';
const directJwe = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXZpdml2.Y2lwaGVyY2lwaGVy.dGFndGFn';
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const sessionToken = `IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJH${'Ab1/+='.repeat(40)}`;
const session = `AYABe${'Qw3-_x'.repeat(30)}`;
const hex = 'a1b2c3d4'.repeat(96);
const password = 'Tr0ub4dor&3';

/** A line, and what of it must be gone. */
const secrets: readonly (readonly [what: string, line: string, secret: string])[] = [
  ['a JWT in a sentence', `the token ${jwt}. It was refused`, jwt.slice(40)],
  ['a JWT cut off in its payload', `got ${jwt.slice(0, 60)}`, jwt.slice(40, 60)],
  ['a refresh token (JWE)', `{"RefreshToken":"${jwe}"}`, jwe.slice(50)],
  ['a direct JWE', `x ${directJwe} y`, 'Y2lwaGVyY2lwaGVy'],
  ['an access key id', 'key ASIAIOSFODNN7EXAMPLE used', 'IOSFODNN7EX'],
  ['a long-term access key id', 'key AKIAIOSFODNN7EXAMPLE used', 'IOSFODNN7EX'],
  ['a secret key in the credentials of the API', `{"SecretKey":"${secretKey}"}`, secretKey],
  ['a secret key in the SDK', `{ secretAccessKey: '${secretKey}' }`, secretKey],
  ['a secret key in bash', `export AWS_SECRET_ACCESS_KEY=${secretKey}`, secretKey],
  ['a secret key in PowerShell', `$Env:AWS_SECRET_ACCESS_KEY="${secretKey}"`, secretKey],
  ['a secret key in a profile', `aws_secret_access_key = ${secretKey}`, secretKey],
  ['a secret key in XML', `<Credentials><SecretAccessKey>${secretKey}</SecretAccessKey>`, secretKey],
  [
    'a session token in JSON',
    `{"SessionToken": "${sessionToken}", "Expiration": 1}`,
    sessionToken.slice(0, 60),
  ],
  ['a session token by its shape', `header ${sessionToken} sent`, sessionToken.slice(0, 60)],
  ['a session token in the environment', 'set AWS_SESSION_TOKEN=short-one', 'short-one'],
  ['a challenge session in JSON', `{"Session":"${session}"}`, session.slice(0, 40)],
  ['a challenge session by its shape', `session was ${session}`, session.slice(0, 40)],
  ['a password of InitiateAuth', `{"AuthParameters":{"USERNAME":"x","PASSWORD":"${password}"}}`, password],
  ['a password with a quote in it', '{"PASSWORD":"pa\\"ss\\\\","USERNAME":"reader"}', 'ss'],
  ['a password in JSON in JSON', '{"body":"{\\"PASSWORD\\":\\"pa\\\\\\"s5\\\\\\\\\\"}"}', 's5'],
  ['a new password', `{"NEW_PASSWORD":"${password}"}`, password],
  ['a password in an inspected object', `{ Password: '${password}', Name: 'x' }`, password],
  ['a password in a form', 'username=x&password=hunter2&go=1', 'hunter2'],
  [
    'a password on a command line',
    `aws cognito-idp admin-set-user-password --password '${password}' --permanent`,
    password,
  ],
  ['a secret hash', '{"SECRET_HASH":"k1/8abc+defghijk="}', 'k1/8abc'],
  ['a client secret', 'clientSecret: 1p0sh0secret0of0a0client0000', '1p0sh0secret'],
  ['a client secret in a request', '{"ClientSecret":"s3cr3t"}', 's3cr3t'],
  ['an SRP value', `{"SRP_A":"${hex}"}`, hex.slice(0, 40)],
  ['the server’s SRP value', '{"SRP_B":"abcdef0123"}', 'abcdef0123'],
  ['a salt', '{"SALT":"f00dfacedeadbeef"}', 'f00dface'],
  ['a secret block', `{"PASSWORD_CLAIM_SECRET_BLOCK":"${secretKey}=="}`, secretKey],
  ['a claim signature', '{"PASSWORD_CLAIM_SIGNATURE":"sIgNaTuRe="}', 'sIgNaTuRe'],
  ['an unlabelled SRP value', `A is ${hex}`, hex.slice(0, 40)],
  ['an MFA code', '{"SOFTWARE_TOKEN_MFA_CODE":"123456"}', '123456'],
  ['a TOTP seed', '{"SecretCode":"JBSWY3DPEHPK3PXP"}', 'JBSWY3'],
  [
    'an Authorization header',
    'Authorization: AWS4-HMAC-SHA256 Credential=X/1, Signature=abc123\nHost: x',
    'abc123',
  ],
  ['an Authorization header in JSON', '{"authorization":"Basic Y2xpZW50OnNlY3JldA=="}', 'Y2xpZW50'],
  ['a bearer token', 'sent Bearer 0123456789abcdef0123', '0123456789abcdef'],
  ['a cookie', 'set-cookie: cognito="abc"; Path=/', 'abc'],
  [
    'a presigned address',
    `https://b.s3.amazonaws.com/k?X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20260714&X-Amz-Security-Token=IQoJb3%2Fx&X-Amz-Signature=0f1e2d`,
    '0f1e2d',
  ],
  [
    'the session token of a presigned address',
    'https://b/k?X-Amz-Security-Token=IQoJb3%2Fx&a=b',
    'IQoJb3%2Fx',
  ],
  ['an authorisation code', 'http://localhost:8400/callback?code=b1946ac9&state=xyz', 'b1946ac9'],
  ['a code verifier', 'code_verifier=dBjftJeZ4CVP', 'dBjftJeZ4CVP'],
  ['a password in an address', 'https://reader:hunter2@example.com/x', 'hunter2'],
];

const harmless: readonly string[] = [
  'cognito-idp:InitiateAuth NotAuthorizedException: Incorrect username or password.',
  'Password did not conform with policy: Password not long enough',
  'Unable to verify secret hash for client 7g0client',
  'Invalid session for the user, session is expired.',
  'Refresh Token has been revoked',
  'Signature expired: 20260714T120000Z is now earlier than 20260714T121500Z (20260714T122000Z - 5 min.)',
  'Invalid login token. Token expired: 1784030400 >= 1784029800',
  'Basic (classic) flow is not enabled, please use enhanced flow',
  'User: arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials is not authorized',
  's3://notes-app-uploads/private/us-east-1:1f3c0000-1111-4222-8333-444455556666/profile.json',
  'status code: 400, code=ENOTFOUND, state: connected',
  'request id 3f1b2c4d-0000-4000-8000-000000000001',
  'http://127.0.0.1:4566/us-east-1_Sandbox01/.well-known/jwks.json',
];

describe('redactSecrets', () => {
  for (const [what, line, secret] of secrets) {
    it(`takes out ${what}`, () => {
      assert.ok(line.includes(secret), 'the test is about something that is there');
      const clean = redactSecrets(line);
      assert.ok(!clean.includes(secret), clean);
      assert.match(clean, /redacted|ASIA…|AKIA…/);
    });
  }

  for (const line of harmless) {
    it(`leaves alone: ${line.slice(0, 60)}`, () => assert.equal(redactSecrets(line), line));
  }

  it('keeps what stands around a secret', () => {
    assert.equal(
      redactSecrets(`{"USERNAME":"reader","PASSWORD":"${password}","ClientId":"abc"}`),
      '{"USERNAME":"reader","PASSWORD":"[redacted]","ClientId":"abc"}',
    );
    assert.equal(redactSecrets(`token ${jwt}. Refused.`), 'token [redacted token]. Refused.');
    assert.equal(redactSecrets('Authorization: a b c\r\nHost: x'), 'Authorization: [redacted]\r\nHost: x');
    assert.equal(redactSecrets('key ASIAIOSFODNN7EXAMPLE.'), 'key ASIA…MPLE.');
  });

  it('never lets a quoted password through, however it is nested and escaped', () => {
    const clear = fc.string({
      minLength: 1,
      maxLength: 40,
      unit: fc.constantFrom('\\', '"', "'", ',', ' ', '}', '}'),
    });
    fc.assert(
      fc.property(clear, fc.integer({ min: 1, max: 3 }), (noise, depth) => {
        let text: unknown = { PASSWORD: `${noise}QQQ${noise}QQQ`, after: 'kept' };
        for (let level = 0; level < depth; level += 1) text = { body: JSON.stringify(text) }.body;
        const clean = redactSecrets(String(text));
        assert.ok(!clean.includes('QQQ'), clean);
        assert.ok(clean.includes('kept'), clean);
      }),
    );
  });

  it('changes nothing the second time', () => {
    const everything = secrets.map(([, line]) => line).join('\n');
    const once = redactSecrets(everything);
    assert.equal(redactSecrets(once), once);
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('password', 'secret', '=', ':', '"', '\\', '>', '<', ' ', 'x'),
          maxLength: 60,
        }),
        (text) => {
          const first = redactSecrets(text);
          assert.equal(redactSecrets(first), first);
        },
      ),
    );
  });

  // A rule that went back over its steps would need hours here; mocha's limit ends it.
  const size = 300_000;
  for (const unit of [
    'eyJ',
    'eyJabcdefghij.',
    '"',
    '\\',
    '\\"',
    'password',
    'password:',
    'password="',
    'secret>',
    'secret="\\',
    "--password '",
    '--',
    '-',
    'AKIA',
    'A',
    'IQoJ',
    'a.',
    'http://',
    'http://a:',
    '?code=',
    'Bearer ',
    'authorization:',
    ' ',
    '=',
    'signature=',
    '<secretkey>',
  ] as const) {
    it(`takes time in proportion to the length: ${JSON.stringify(unit)} again and again`, () => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      assert.ok(redactSecrets(text).length <= text.length * 4);
    });
  }
});
