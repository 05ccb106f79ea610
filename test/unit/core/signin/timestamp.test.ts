import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createSecretHash, createSrpSession } from 'cognito-srp-helper';
import { secretHash } from '../../../../src/core/signin/secret-hash';
import { cognitoTimestamp } from '../../../../src/core/signin/timestamp';
import { nodeDigest } from '../../../../src/node/digest';

describe('cognitoTimestamp', () => {
  const cases: [iso: string, expected: string][] = [
    ['2026-11-01T02:06:31.999Z', 'Sun Nov 1 02:06:31 UTC 2026'],
    ['2024-02-29T23:59:59Z', 'Thu Feb 29 23:59:59 UTC 2024'],
    ['2027-01-10T00:00:00Z', 'Sun Jan 10 00:00:00 UTC 2027'],
  ];
  for (const [iso, expected] of cases) {
    it(`${iso} is ${expected}`, () => assert.equal(cognitoTimestamp(Date.parse(iso)), expected));
  }

  it('has the form that cognito-srp-helper gives', () => {
    const theirs = createSrpSession('u', 'p', 'us-east-1_A', false).timestamp;
    assert.equal(cognitoTimestamp(Date.parse(theirs)), theirs);
  });
});

describe('secretHash', () => {
  it('is the HMAC of user name and client id, as cognito-srp-helper makes it', () => {
    const [user, client, secret] = ['Jürgen+1@example.com', '7g0exampleclientid0co', 's3cr3t'];
    const actual = secretHash(nodeDigest, user, client, secret);
    assert.equal(actual, createSecretHash(user, client, secret));
    assert.equal(
      actual,
      createHmac('sha256', secret)
        .update(user + client)
        .digest('base64'),
    );
    assert.notEqual(actual, secretHash(nodeDigest, 'jürgen+1@example.com', client, secret));
  });
});
