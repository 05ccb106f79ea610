import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { AwsError } from '../../../../sandbox/kernel/aws-error';
import { errorAnswer, jsonAnswer, queryAnswer } from '../../../../sandbox/server/protocol';
import { parseQueryForm } from '../../../../sandbox/server/query-form';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

describe('sandbox protocols', () => {
  it('write dates as seconds in JSON and as ISO 8601 in XML', () => {
    const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
    assert.equal(
      jsonAnswer({ at, nested: [{ at }] }).body,
      '{"at":1767323045.678,"nested":[{"at":1767323045.678}]}',
    );
    const { body } = queryAnswer('iam', 'GetRole', { Role: { At: at, Tags: [{ Key: 'a&<b>' }] } }, 'id-1');
    assert.equal(
      body,
      '<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>' +
        '<At>2026-01-02T03:04:05Z</At><Tags><member><Key>a&amp;&lt;b&gt;</Key></member></Tags></Role></GetRoleResult>' +
        '<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></GetRoleResponse>',
    );
  });

  it('write errors in the form of each protocol', () => {
    const error = new AwsError('SomeError', 'a < b', 403, { Extra: 'x' });
    const json = errorAnswer('json', error, 'id-1');
    assert.equal(json.body, '{"__type":"SomeError","message":"a < b","Extra":"x"}');
    assert.equal(json.headers?.['x-amzn-errortype'], 'SomeError');
    assert.match(
      String(errorAnswer('query', error, 'id-1').body),
      /<Type>Sender<\/Type><Code>SomeError<\/Code><Message>a &lt; b<\/Message><\/Error><RequestId>id-1</,
    );
    assert.match(
      String(errorAnswer('s3', error, 'id-1').body),
      /<Error><Code>SomeError<\/Code><Message>a &lt; b<\/Message><Extra>x<\/Extra><RequestId>id-1</,
    );
    for (const protocol of ['json', 'query', 's3', 'document'] as const)
      assert.equal(errorAnswer(protocol, error, 'id-1').status, 403);
  });

  it('read the form of the query protocol', () => {
    const form = new URLSearchParams(
      'Action=X&Version=1&Name=a%20b&Tags.member.2.Key=two&Tags.member.1.Key=one&Deep.Inner=1&__proto__.x=1',
    );
    const input = parseQueryForm(form);
    assert.equal(input['Name'], 'a b');
    assert.deepEqual(input['Tags'], [{ Key: 'one' }, { Key: 'two' }]);
    assert.deepEqual(input['Deep'], { Inner: '1' });
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
    assert.throws(() => parseQueryForm(new URLSearchParams('A=1&A.B=2')), { code: 'MalformedQueryString' });
  });
});

describe('sandbox API port', () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox({ seed: true });
  });
  after(() => sandbox.stop());

  it('listens on 127.0.0.1 and nowhere else', async () => {
    for (const address of [sandbox.description.api, sandbox.description.s3]) {
      const { hostname, port } = new URL(address);
      assert.equal(hostname, '127.0.0.1');
      const elsewhere = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
      const others = elsewhere.flatMap(({ address: host }) => (host === '127.0.0.1' ? [] : [host]));
      for (const host of ['127.0.0.2', '::1', ...others]) {
        const socket = connect(Number(port), host);
        const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
        assert.ok(error.code, host);
      }
    }
  });

  const unsigned: readonly [string, Record<string, unknown>][] = [
    ['ListUserPools', { MaxResults: 1 }],
    ['AdminCreateUser', { UserPoolId: 'us-east-1_Sandbox01', Username: 'x' }],
    ['DescribeUserPoolClient', { UserPoolId: 'us-east-1_Sandbox01', ClientId: 'x' }],
  ];
  for (const [operation, input] of unsigned) {
    it(`refuses ${operation} without a signature`, async () => {
      const { status, body } = await sandbox.call(operation, input);
      assert.equal(status, 400);
      assert.equal(body['__type'], 'MissingAuthenticationTokenException');
    });
  }

  it('refuses STS and IAM without a signature, in XML', async () => {
    for (const action of ['Action=GetCallerIdentity&Version=2011-06-15', 'Action=GetRole&RoleName=Admins']) {
      const response = await fetch(sandbox.description.api, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: action,
      });
      assert.equal(response.status, 403);
      assert.match(await response.text(), /<Code>MissingAuthenticationToken<\/Code>/);
    }
  });

  const odd: readonly [string, RequestInit, number, RegExp][] = [
    [
      'an unknown operation',
      { headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.X' } },
      400,
      /UnknownOperationException/,
    ],
    [
      'an inherited name',
      { headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.constructor' } },
      400,
      /UnknownOperationException/,
    ],
    [
      'an unknown service',
      { headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } },
      400,
      /UnknownOperationException/,
    ],
    [
      'no JSON',
      { headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' }, body: '[' },
      400,
      /SerializationException/,
    ],
    [
      'a list for an object',
      { headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' }, body: '[]' },
      400,
      /SerializationException/,
    ],
    ['an unknown action', { body: 'Action=Nothing' }, 400, /InvalidAction/],
    ['no action', { body: '' }, 400, /InvalidAction/],
    ['too much', { body: 'x'.repeat(1024 * 1024 + 1) }, 413, /RequestEntityTooLarge/],
  ];
  for (const [name, init, status, text] of odd) {
    it(`refuses ${name}`, async () => {
      const response = await fetch(sandbox.description.api, { method: 'POST', ...init });
      assert.equal(response.status, status);
      assert.match(await response.text(), text);
    });
  }

  it('gives every answer a request id', async () => {
    const { headers } = await sandbox.call('GetUser', { AccessToken: 'x' });
    assert.match(headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
    const onS3 = await fetch(`${sandbox.description.s3}/nowhere`);
    assert.match(onS3.headers.get('x-amz-request-id') ?? '', /./);
  });

  it('publishes key set and discovery document, the issuer in its AWS form', async () => {
    const base = `${sandbox.description.api}/${sandbox.userPoolId}/.well-known`;
    const discovery = (await (await fetch(`${base}/openid-configuration`)).json()) as Record<string, unknown>;
    assert.equal(discovery['issuer'], `https://cognito-idp.us-east-1.amazonaws.com/${sandbox.userPoolId}`);
    assert.equal(discovery['jwks_uri'], `${base}/jwks.json`);
    assert.equal(discovery['authorization_endpoint'], `${sandbox.description.api}/oauth2/authorize`);
    const jwks = (await (await fetch(`${base}/jwks.json`)).json()) as { keys: Record<string, unknown>[] };
    assert.equal(new Set(jwks.keys.map(({ kid }) => kid)).size, 2);
    for (const key of jwks.keys)
      assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('has no documents for a pool that is not there', async () => {
    for (const file of ['jwks.json', 'openid-configuration']) {
      const response = await fetch(`${sandbox.description.api}/us-east-1_Nowhere/.well-known/${file}`);
      assert.equal(response.status, 400);
      assert.match(await response.text(), /User pool us-east-1_Nowhere does not exist/);
    }
  });
});
