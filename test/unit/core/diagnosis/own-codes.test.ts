import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/diagnosis';
import type { ActionId, ErrorContext } from '../../../../src/core/diagnosis';
import type { ErrorCode, ErrorData } from '../../../../src/core/errors';
import {
  CancelledError,
  NetworkError,
  ServiceError,
  TimeoutError,
  WorkbenchError,
} from '../../../../src/core/errors';
import { claims, connection, nowMs, scene } from './scene';

interface Expectation {
  readonly id: string;
  readonly first: ActionId;
  readonly data?: ErrorData;
  readonly context?: ErrorContext;
  /** Somewhere in title, why or fix. */
  readonly says: readonly string[];
}

/** One entry per code: a new code does not compile until it is here. */
const codes: Readonly<Record<Exclude<ErrorCode, 'service.refused'>, Expectation>> = {
  cancelled: { id: 'N.cancelled', first: 'retry', says: ['You ended it'] },
  timeout: {
    id: 'N.timeout',
    first: 'retry',
    data: { operation: 'GetId', seconds: 30 },
    says: ['GetId', '30 seconds'],
  },
  'network.unreachable': {
    id: 'N.unreachable',
    first: 'retry',
    data: { host: 'cognito-idp.us-west-2' },
    says: ['cognito-idp.us-west-2 cannot be reached', 'http.proxy'],
  },
  'network.dns': {
    id: 'N.dns',
    first: 'retry',
    data: { host: 'nowhere.example' },
    says: ['nowhere.example', 'region'],
  },
  'network.reset': {
    id: 'N.reset',
    first: 'retry',
    data: { host: 's3.us-west-2' },
    says: ['s3.us-west-2', 'broke off'],
  },
  'network.tls': {
    id: 'N.tls',
    first: 'retry',
    data: { host: 'h' },
    says: ['certificate', 'NODE_EXTRA_CA_CERTS'],
  },
  'network.not-aws': { id: 'N.not-aws', first: 'retry', data: { host: 'h' }, says: ['web page', 'proxy'] },
  'connection.invalid': {
    id: 'N.connection.invalid',
    first: 'edit-connection',
    data: { problem: 'clientId is missing' },
    says: ['Shop (dev)', 'clientId is missing'],
  },
  'connection.not-found': {
    id: 'N.connection.not-found',
    first: 'add-connection',
    data: { connectionId: 'gone' },
    says: ['"gone"'],
  },
  'connection.untrusted-endpoint': {
    id: 'N.connection.untrusted-endpoint',
    first: 'retry',
    data: { host: 'evil.example' },
    says: ['evil.example', 'passwords'],
  },
  'signin.challenge-unsupported': {
    id: 'N.signin.challenge-unsupported',
    first: 'sign-in-in-browser',
    data: { challenge: 'ADMIN_NO_SRP_AUTH' },
    says: ['ADMIN_NO_SRP_AUTH', 'reader'],
  },
  'signin.browser-needed': {
    id: 'N.signin.browser-needed',
    first: 'sign-in-in-browser',
    says: ['passkey', 'reader', 'browser'],
  },
  'signin.flow-unsupported': {
    id: 'N.signin.flow-unsupported',
    first: 'sign-in-in-browser',
    data: { method: 'browser' },
    says: ['"browser"', '"srp"'],
  },
  'signin.secret-missing': { id: 'N.signin.secret-missing', first: 'set-client-secret', says: ['7g0client'] },
  'signin.protocol': {
    id: 'N.signin.protocol',
    first: 'sign-in-again',
    data: { detail: 'PASSWORD_VERIFIER came without SALT' },
    says: ['PASSWORD_VERIFIER came without SALT'],
  },
  'signin.no-domain': {
    id: 'B61',
    first: 'edit-connection',
    data: { asked: true },
    says: ['user pool us-west-2_AbCdEfGhI has no sign-in page', 'domain'],
  },
  'signin.other-issuer': {
    id: 'N.signin.other-issuer',
    first: 'edit-connection',
    data: { expected: 'https://idp.example/us-west-2_AbCdEfGhI', found: 'https://evil.example' },
    says: ['https://evil.example', 'https://idp.example/us-west-2_AbCdEfGhI', 'nothing was sent'],
  },
  'signin.ports-taken': {
    id: 'N.signin.ports-taken',
    first: 'sign-in-in-browser',
    data: { ports: '8400, 8401' },
    says: ['8400, 8401', 'another VS Code window', 'callbackPorts'],
  },
  'signin.browser-timeout': {
    id: 'B49',
    first: 'copy-callback-addresses',
    data: { seconds: 300, redirectUri: 'http://localhost:8400/callback', seen: 'invalid_scope' },
    says: ['5 minutes', 'redirect_mismatch', 'http://localhost:8400/callback', 'invalid_scope'],
  },
  'signin.sign-out-timeout': {
    id: 'B62',
    first: 'copy-callback-addresses',
    data: { redirectUri: 'http://localhost:8400/callback' },
    says: ['You are signed out here', 'Allowed sign-out URLs'],
  },
  'signin.callback-unexpected': {
    id: 'N.signin.callback-unexpected',
    first: 'sign-in-in-browser',
    says: ['Nobody waits', 'reloaded'],
  },
  'session.missing': { id: 'N.session.missing', first: 'sign-in-again', says: ['reader is not signed in'] },
  'session.unreadable': { id: 'N.session.unreadable', first: 'sign-in-again', says: ['reader', 'damaged'] },
  'session.other-configuration': {
    id: 'N.session.other-configuration',
    first: 'sign-in-again',
    says: ['have changed', 'not sent'],
  },
  'session.expired': { id: 'N.session.expired', first: 'sign-in-again', says: ['no refresh token'] },
  'session.busy': { id: 'N.session.busy', first: 'retry', says: ['Another window'] },
  'session.store-failed': {
    id: 'F121',
    first: 'retry',
    says: ['keyring', 'gnome-keyring', 'never written to settings'],
  },
  'federation.no-identity-pool': {
    id: 'N.federation.no-identity-pool',
    first: 'edit-connection',
    says: ['identityPool'],
  },
  'federation.wrong-artefact': {
    id: 'N.federation.wrong-artefact',
    first: 'sign-in-with-provider',
    data: { provider: 'google', found: 'user-pool-access-token', from: 'us-west-2_x' },
    says: ['Google needs an ID token', 'an access token of user pool us-west-2_x'],
  },
  'federation.provider-failed': {
    id: 'N.federation.provider-failed',
    first: 'sign-in-with-provider',
    data: { issuer: 'https://login.acme.example', detail: 'invalid_client', clientId: 'app-1' },
    says: ['login.acme.example did not sign you in', 'invalid_client', 'client app-1', 'redirect URIs'],
  },
  'federation.no-role': {
    id: 'N.federation.no-role',
    first: 'choose-role',
    data: { flow: 'basic' },
    says: ['basic flow', 'identityPool.roleArn'],
  },
  'federation.login-expired': {
    id: 'N.federation.login-expired',
    first: 'sign-in-with-provider',
    data: { provider: 'accounts.google.com', kind: 'provider', endedAt: nowMs - 600_000 },
    says: ['login of reader has ended', 'until 10 minutes ago', 'Only Google can'],
  },
  'federation.no-admin': {
    id: 'N.federation.no-admin',
    first: 'set-aws-profile',
    data: { operation: 'DescribeIdentityPool' },
    says: ['AWS profile', 'DescribeIdentityPool', 'cognitoWorkbench.awsProfile'],
  },
  'federation.profile-failed': {
    id: 'N.federation.profile-failed',
    first: 'copy-cli-command',
    data: { profile: 'corp', reason: 'sso', source: 'corp', detail: 'Token is expired' },
    says: ['AWS profile "corp" has ended', 'Token is expired', 'aws sso login --profile corp'],
  },
  'federation.no-developer-provider': {
    id: 'N.federation.no-developer-provider',
    first: 'edit-connection',
    says: ['identityPool.developerProvider', 'eu-west-1:00000000'],
  },
  'federation.no-id-token': { id: 'B56', first: 'edit-connection', says: ['openid', 'reader'] },
  'token.malformed': { id: 'N.token.malformed', first: 'retry', says: ['eyJ', 'dots'] },
  'token.too-large': { id: 'N.token.too-large', first: 'retry', says: ['few thousand'] },
  'token.invalid': { id: 'N.token.invalid', first: 'sign-in-again', says: ['Inspector'] },
  'token.keys-unavailable': {
    id: 'N.token.keys-unavailable',
    first: 'retry',
    data: { host: 'keys.example' },
    says: ['us-west-2_AbCdEfGhI', 'keys.example', 'neither right nor wrong'],
  },
  's3.address-invalid': {
    id: 'N.s3.address-invalid',
    first: 'retry',
    data: { reason: 'bucket' },
    says: ['name of the bucket', 's3://bucket/folder/'],
  },
  's3.too-large': {
    id: 'N.s3.too-large',
    first: 'show-details',
    data: { size: 6 * 1024 * 1024, limit: 1024 * 1024 },
    context: scene({ bucket: 'b', key: 'big.bin' }),
    says: ['s3://b/big.bin', '6 MB', '1 MB', 'Download'],
  },
  's3.download-failed': { id: 'N.s3.download-failed', first: 'retry', says: ['could not be downloaded'] },
  'sandbox.gone': { id: 'N.sandbox.gone', first: 'start-sandbox', says: ['has ended', 'sign in anew'] },
  'sandbox.failed': {
    id: 'N.sandbox.failed',
    first: 'start-sandbox',
    data: { detail: 'port 4566 is taken' },
    says: ['port 4566 is taken'],
  },
  internal: { id: 'N.internal', first: 'show-log', says: ['fault in itself', 'report'] },
};

describe('diagnosis: the codes of the product', () => {
  for (const [code, expected] of Object.entries(codes) as [ErrorCode, Expectation][]) {
    it(code, () => {
      const error = new WorkbenchError(code, `raw text of ${code}`, expected.data);
      const found = explain(error, expected.context ?? scene());
      assert.equal(found.id, expected.id);
      assert.equal(found.actions[0], expected.first);
      const words = `${found.title}\n${found.why}\n${found.fix}`;
      for (const part of expected.says) assert.ok(words.includes(part), `"${words}" lacks "${part}"`);
      assert.doesNotMatch(words, /undefined|\{\d\}/);
    });

    it(`${code}, with nothing known around it`, () => {
      const found = explain(new WorkbenchError(code, 'raw'), { nowMs });
      const words = `${found.title}\n${found.why}\n${found.fix}`;
      assert.doesNotMatch(words, /undefined|\{\d\}| {2}|\(\)|""/);
      assert.ok(found.title.length > 0 && found.why.length > 0 && found.fix.length > 0);
    });
  }

  it('row 122: a token that only the local clock calls expired', () => {
    const ahead = scene({
      tokenClaims: { ...claims, exp: nowMs / 1000 - 60 },
      serverDateMs: nowMs - 10 * 60_000,
    });
    const found = explain(new WorkbenchError('token.invalid', 'expired', { reason: 'expired' }), ahead);
    assert.equal(found.id, 'F122');
    assert.match(found.why, /10 minutes ahead of the server's\. By the local clock/);
    assert.equal(found.actions[0], 'check-clock');
  });

  it('row 122: a token that only the local clock calls not yet valid', () => {
    const behind = scene({
      tokenClaims: { ...claims, iat: nowMs / 1000 + 30 },
      serverDateMs: nowMs + 60_000,
    });
    const found = explain(new WorkbenchError('token.invalid', 'not yet valid'), behind);
    assert.equal(found.id, 'F122');
  });

  it('row 122 does not speak when the token really is expired', () => {
    const really = scene({
      tokenClaims: { ...claims, exp: nowMs / 1000 - 3600 },
      serverDateMs: nowMs - 10 * 60_000,
    });
    assert.equal(explain(new WorkbenchError('session.expired', 'expired'), really).id, 'N.session.expired');
  });

  it('a dead session speaks of what Cognito refused, not of time alone', () => {
    const operation = 'GetTokensFromRefreshToken';
    const refusal = (awsCode: string, awsMessage: string) =>
      new WorkbenchError(
        'session.expired',
        'x',
        {},
        new ServiceError({ service: 'cognito-idp', operation, awsCode, awsMessage }),
      );
    const revoked = explain(refusal('NotAuthorizedException', 'Refresh Token has been revoked'), scene());
    assert.equal(revoked.id, 'A40');
    assert.match(revoked.why, /revoked/);
    assert.equal(explain(refusal('RefreshTokenReuseException', 'used'), scene()).id, 'A42');
    const before = new WorkbenchError('session.expired', 'x', { reason: 'refused-before' });
    assert.match(explain(before, scene()).why, /refused the refresh token before/);
  });

  it('an answer without end is called that, and not a network that is down', () => {
    const data = { host: 'keys.example', limit: 16 * 1024 * 1024 };
    const found = explain(new WorkbenchError('token.keys-unavailable', 'raw', data), scene());
    assert.match(found.why, /keys\.example is longer than 16 MB.*neither right nor wrong/);
    assert.doesNotMatch(found.fix, /network/);
  });

  it('row 56 knows an app that signs in as itself', () => {
    const error = new WorkbenchError('federation.no-id-token', 'x', { grantType: 'client_credentials' });
    assert.match(explain(error, scene()).title, /as itself gets no AWS credentials/);
  });

  it('row 57: a session that came without a refresh token', () => {
    const found = explain(new WorkbenchError('session.expired', 'x', { reason: 'absent' }), scene());
    assert.equal(found.id, 'B57');
    assert.match(found.why, /implicit grant/);
    assert.equal(found.actions[0], 'sign-in-again');
  });

  it('a local endpoint that does not answer offers the sandbox', () => {
    for (const host of ['http://127.0.0.1:4566', 'localhost:4566', 'http://[::1]:4566/']) {
      const found = explain(new NetworkError('network.unreachable', 'GetId', host, 'ECONNREFUSED'), scene());
      assert.match(found.title, /Nothing answers at/);
      assert.ok(found.actions.includes('start-sandbox'));
    }
    const far = explain(new NetworkError('network.unreachable', 'GetId', '127.0.0.1.example', 'x'), scene());
    assert.ok(!far.actions.includes('start-sandbox'));
  });

  it('an unknown name of a configured endpoint blames the endpoint, not the region', () => {
    const context = scene({ connection: { ...connection, endpoints: { cognitoIdp: 'http://idp.example' } } });
    const found = explain(
      new NetworkError('network.dns', 'GetId', 'http://idp.example', 'ENOTFOUND'),
      context,
    );
    assert.match(found.why, /endpoint/);
    assert.doesNotMatch(found.why, /region/);
  });

  it('a connection without a user pool says so at sign-in', () => {
    const { userPool: _userPool, ...alone } = connection;
    const found = explain(new WorkbenchError('signin.flow-unsupported', 'x', { method: 'srp' }), {
      connection: alone,
      nowMs,
    });
    assert.match(found.title, /no user pool/);
    assert.equal(found.actions[0], 'edit-connection');
  });

  it('a factor that needs an attribute first says which', () => {
    const error = (option: string): WorkbenchError =>
      new WorkbenchError('signin.challenge-unsupported', 'x', { challenge: 'MFA_SETUP', option });
    const bySms = explain(error('SMS_MFA'), scene());
    assert.match(bySms.title, /^SMS_MFA cannot be set up/);
    assert.equal(bySms.actions[0], 'sign-in-again');
    assert.match(bySms.cliCommand ?? '', /Name=phone_number,/);
    assert.match(explain(error('EMAIL_OTP'), scene()).cliCommand ?? '', /Name=email,/);
  });

  it('is neutral about a stop, in all its forms', () => {
    const abort = Object.assign(new Error('aborted'), { name: 'AbortError' });
    for (const error of [new CancelledError(), abort]) {
      const found = explain(error, scene({ operation: 'Sign in' }));
      assert.equal(found.id, 'N.cancelled');
      assert.doesNotMatch(`${found.title} ${found.why}`, /refused|fail|error/i);
    }
  });

  it('takes what is no error of ours, or no error at all', () => {
    for (const thrown of [new TypeError('x is not a function'), 'text', undefined, null, { code: 1 }]) {
      const found = explain(thrown, scene({ operation: 'Refresh' }));
      assert.equal(found.id, 'N.internal');
      assert.ok(found.details.some((detail) => detail.value === 'Refresh'));
    }
  });

  it('takes a code of a newer bundle', () => {
    const error = new WorkbenchError('internal', 'raw');
    Object.assign(error, { code: 'future.code' });
    assert.equal(explain(error, scene()).id, 'N.future.code');
  });

  it('keeps the limit of a wait', () => {
    assert.match(
      explain(new TimeoutError('InitiateAuth', 30), scene()).title,
      /^InitiateAuth took too long$/,
    );
  });
});
