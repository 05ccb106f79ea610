import assert from 'node:assert/strict';
import type { HttpRequest } from '../../../../sandbox/kernel/types';
import { createSignatureVerifier, missingSignature } from '../../../../sandbox/sigv4';
import { credentialStore, fakeClock, SESSION, type SignedBy, signed } from './signed-requests';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const clock = fakeClock(NOW);
const store = credentialStore(clock);
const session = store.issue(SESSION, 3600);
const verifier = createSignatureVerifier({ credentials: store, clock, region: 'us-east-1' });
const admin = { accessKeyId: 'sandboxadmin', secretAccessKey: 'sandboxadmin' };

type Service = 's3' | 'cognito-idp' | 'sts';
type Codes = Readonly<Record<Service, readonly [code: string, status: number]>>;

interface Refusal {
  readonly what: string;
  readonly by?: SignedBy;
  readonly at?: number;
  readonly over?: { region?: string; headers?: Record<string, string> };
  readonly service?: string;
  readonly then?: (request: HttpRequest) => HttpRequest;
  readonly later?: number;
  readonly codes: Codes;
  readonly message?: Partial<Record<Service, RegExp>>;
}

const withHeader =
  (name: string, value: string | undefined) =>
  (request: HttpRequest): HttpRequest => {
    const headers = { ...request.headers };
    delete headers[name];
    return { ...request, headers: value === undefined ? headers : { ...headers, [name]: value } };
  };

const MINUTE = 60_000;

const refusals: readonly Refusal[] = [
  {
    what: 'a wrong secret',
    by: { ...session, secretAccessKey: 'wrong' },
    codes: {
      s3: ['SignatureDoesNotMatch', 403],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
  },
  {
    what: 'an unknown access key',
    by: { ...session, accessKeyId: 'ASIAABCDEFGHIJKLMNOP' },
    codes: {
      s3: ['InvalidAccessKeyId', 403],
      'cognito-idp': ['UnrecognizedClientException', 400],
      sts: ['InvalidClientTokenId', 403],
    },
  },
  {
    what: 'a session key signed without its token',
    by: { accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey },
    codes: {
      s3: ['InvalidAccessKeyId', 403],
      'cognito-idp': ['UnrecognizedClientException', 400],
      sts: ['InvalidClientTokenId', 403],
    },
    message: { s3: /does not exist in our records/ },
  },
  {
    what: 'a token taken off after signing',
    by: session,
    then: withHeader('x-amz-security-token', undefined),
    codes: {
      s3: ['InvalidAccessKeyId', 403],
      'cognito-idp': ['UnrecognizedClientException', 400],
      sts: ['InvalidClientTokenId', 403],
    },
  },
  {
    what: 'an invented token',
    by: { ...session, sessionToken: 'IQoJb3JpZ2luX2Vjinvented' },
    codes: {
      s3: ['InvalidToken', 400],
      'cognito-idp': ['UnrecognizedClientException', 400],
      sts: ['InvalidClientTokenId', 403],
    },
  },
  {
    what: 'a token beside a long-lived key',
    by: { ...admin, sessionToken: 'IQoJb3JpZ2luX2Vjinvented' },
    codes: {
      s3: ['InvalidToken', 400],
      'cognito-idp': ['UnrecognizedClientException', 400],
      sts: ['InvalidClientTokenId', 403],
    },
  },
  {
    what: 'expired credentials',
    by: session,
    at: NOW + 3600_000,
    later: 3600_000,
    codes: {
      s3: ['ExpiredToken', 400],
      'cognito-idp': ['ExpiredTokenException', 400],
      sts: ['ExpiredToken', 403],
    },
    message: { 'cognito-idp': /security token included in the request is expired/ },
  },
  {
    what: 'a signature of 16 minutes ago',
    by: admin,
    at: NOW - 16 * MINUTE,
    codes: {
      s3: ['RequestTimeTooSkewed', 403],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
    message: {
      'cognito-idp':
        /^Signature expired: 20260131T114400Z is now earlier than 20260131T114500Z \(20260131T120000Z - 15 min\.\)$/,
      sts: /^Signature expired: /,
    },
  },
  {
    what: 'a signature of 16 minutes ahead',
    by: admin,
    at: NOW + 16 * MINUTE,
    codes: {
      s3: ['RequestTimeTooSkewed', 403],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
    message: { sts: /^Signature not yet current: 20260131T121600Z is still later than 20260131T121500Z/ },
  },
  {
    what: 'another region',
    by: admin,
    over: { region: 'eu-west-1' },
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
    message: {
      s3: /the region 'eu-west-1' is wrong; expecting 'us-east-1'/,
      sts: /Credential should be scoped to a valid region/,
    },
  },
  {
    what: 'the signature for another service',
    by: admin,
    service: 'execute-api',
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
    message: { 'cognito-idp': /scoped to correct service: 'cognito-idp'/ },
  },
  {
    what: 'a scope of another day',
    by: admin,
    then: withHeader('x-amz-date', '20260131T235900Z'),
    at: Date.parse('2026-02-01T00:01:00Z'),
    later: 12 * 3600_000,
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
  },
  {
    what: 'a changed body',
    by: admin,
    then: (request) => ({ ...request, body: Buffer.from('Action=DeleteRole') }),
    codes: {
      s3: ['XAmzContentSHA256Mismatch', 400],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
  },
  {
    what: 'a changed signed header',
    by: admin,
    over: { headers: { 'x-amz-meta-colour': 'red' } },
    then: withHeader('x-amz-meta-colour', 'blue'),
    codes: {
      s3: ['SignatureDoesNotMatch', 403],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
  },
  {
    what: 'an x-amz header added after signing',
    by: admin,
    then: withHeader('x-amz-meta-colour', 'blue'),
    codes: {
      s3: ['AccessDenied', 403],
      'cognito-idp': ['InvalidSignatureException', 400],
      sts: ['SignatureDoesNotMatch', 403],
    },
    message: { s3: /headers present in the request which were not signed/, sts: /x-amz-meta-colour/ },
  },
  {
    what: 'a credential without its scope',
    by: admin,
    then: (request) =>
      withHeader(
        'authorization',
        (request.headers['authorization'] ?? '').replace(/Credential=[^,]+/, 'Credential=sandboxadmin'),
      )(request),
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['IncompleteSignatureException', 400],
      sts: ['IncompleteSignature', 400],
    },
  },
  {
    what: 'an authorization without signature',
    by: admin,
    then: (request) =>
      withHeader(
        'authorization',
        (request.headers['authorization'] ?? '').replace(/, Signature=.*/, ''),
      )(request),
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['IncompleteSignatureException', 400],
      sts: ['IncompleteSignature', 400],
    },
  },
  {
    what: 'no date at all',
    by: admin,
    then: withHeader('x-amz-date', undefined),
    codes: {
      s3: ['AuthorizationHeaderMalformed', 400],
      'cognito-idp': ['IncompleteSignatureException', 400],
      sts: ['IncompleteSignature', 400],
    },
  },
  {
    what: 'another way of signing',
    by: admin,
    then: withHeader('authorization', 'AWS sandboxadmin:abcdef'),
    codes: {
      s3: ['InvalidRequest', 400],
      'cognito-idp': ['IncompleteSignatureException', 400],
      sts: ['IncompleteSignature', 400],
    },
  },
];

describe('sandbox sigv4: refusals by protocol', () => {
  afterEach(() => clock.set(NOW));

  for (const refusal of refusals) {
    for (const service of ['s3', 'cognito-idp', 'sts'] as const) {
      const [code, status] = refusal.codes[service];
      it(`${service}: ${refusal.what} is ${code}`, async () => {
        clock.set(NOW + (refusal.later ?? 0));
        const signer = refusal.by ?? admin;
        const request = await signed(
          refusal.service ?? service,
          signer,
          new Date(refusal.at ?? NOW),
          refusal.over,
        );
        const message = refusal.message?.[service];
        assert.throws(
          () => verifier.verify(refusal.then?.(request) ?? request, service),
          message === undefined ? { code, status } : { code, status, message },
        );
      });
    }
  }

  it('never repeats a session token or a secret in a refusal', async () => {
    const request = await signed('s3', { ...session, secretAccessKey: 'wrong' }, new Date(NOW));
    try {
      verifier.verify(request, 's3');
      assert.fail('was accepted');
    } catch (error) {
      const text = JSON.stringify(error) + String(error);
      assert.ok(!text.includes(session.sessionToken) && !text.includes(session.secretAccessKey));
    }
  });
});

describe('sandbox sigv4: what is accepted', () => {
  for (const service of ['s3', 'cognito-idp', 'cognito-identity', 'sts', 'iam']) {
    it(`${service}: a session's own signature, within 15 minutes either way`, async () => {
      for (const skew of [-14, 0, 14]) {
        const request = await signed(service, session, new Date(NOW + skew * MINUTE));
        const check = verifier.verify(request, service);
        assert.equal(check.principal, SESSION);
        assert.equal(check.presigned, false);
        assert.ok(check.body.equals(request.body));
      }
    });
  }

  it('an unsigned payload, by S3 alone', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const put = await signed('s3', admin, new Date(NOW), { headers });
    assert.notEqual(verifier.verify({ ...put, body: Buffer.from('other') }, 's3').principal, undefined);
    const call = await signed('sts', admin, new Date(NOW), { headers });
    assert.throws(() => verifier.verify(call, 'sts'), { code: 'SignatureDoesNotMatch' });
  });

  it('an unsigned request, as from nobody', () => {
    const request = { method: 'POST', rawPath: '/', rawQuery: '', headers: {}, sourceIp: '127.0.0.1' };
    const check = verifier.verify({ ...request, body: Buffer.from('x') }, 'cognito-identity');
    assert.equal(check.principal, undefined);
    assert.equal(check.body.toString(), 'x');
  });

  it('any region, where none is given; the one of the call before the own', async () => {
    const anywhere = createSignatureVerifier({ credentials: store, clock });
    const request = await signed('s3', admin, new Date(NOW), { region: 'eu-west-1' });
    assert.notEqual(anywhere.verify(request, 's3').principal, undefined);
    assert.notEqual(verifier.verify(request, 's3', 'eu-west-1').principal, undefined);
  });

  it('IAM in us-east-1, wherever the sandbox is', async () => {
    const elsewhere = createSignatureVerifier({ credentials: store, clock, region: 'eu-west-1' });
    const request = await signed('iam', admin, new Date(NOW));
    assert.notEqual(elsewhere.verify(request, 'iam').principal, undefined);
  });

  it('names the refusal of unsigned calls for each protocol', () => {
    assert.equal(missingSignature('sts').code, 'MissingAuthenticationToken');
    assert.equal(missingSignature('cognito-idp').code, 'MissingAuthenticationTokenException');
  });
});

describe('sandbox credentials', () => {
  it('have the form of AWS', () => {
    assert.match(session.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.equal(session.secretAccessKey.length, 40);
    assert.ok(session.sessionToken.length > 300);
    assert.equal(session.expiresAt, NOW + 3600_000);
  });

  it('are forgotten long after they expired, and not before', () => {
    const time = fakeClock(NOW);
    const own = credentialStore(time);
    const first = own.issue(SESSION, 900);
    time.advance(6 * 24 * 3600);
    own.issue(SESSION, 900);
    assert.notEqual(own.find(first.accessKeyId), undefined);
    time.advance(2 * 24 * 3600);
    own.issue(SESSION, 900);
    assert.equal(own.find(first.accessKeyId), undefined);
  });
});
