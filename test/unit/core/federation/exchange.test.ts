import assert from 'node:assert/strict';
import { federate, isExpiredLogin, isStaleIdentity } from '../../../../src/core/federation/exchange';
import { FakeIdentityPool, fakeJwt, serviceError, testConnection } from '../../../support/fake-aws';
import { FakeClock } from '../../../support/fakes';

const POOL = testConnection().identityPool!;
const idToken = fakeJwt({ sub: 'sub-reader' });
const clock = new FakeClock();

describe('federate', () => {
  it('asks for the identity ID, then for credentials, with the same login', async () => {
    const api = new FakeIdentityPool(clock);
    const connection = testConnection({ identityPool: { ...POOL, accountId: '123456789012' } });
    const { identityId, credentials } = await federate({ connection, idToken }, api, clock);
    const logins = { 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01': idToken };
    assert.deepEqual(api.calls.log, [
      {
        operation: 'GetId',
        request: { identityPoolId: POOL.identityPoolId, accountId: '123456789012', logins },
      },
      { operation: 'GetCredentialsForIdentity', request: { identityId, logins, customRoleArn: undefined } },
    ]);
    assert.deepEqual([credentials.issuedAt, credentials.expiresAt], [clock.now(), clock.now() + 3_600_000]);
  });

  it('skips GetId where the identity ID is known, and gives back the one that survived', async () => {
    const api = new FakeIdentityPool(clock);
    api.merged.set('us-east-1:old', 'us-east-1:survivor');
    const federated = await federate(
      { connection: testConnection(), idToken, identityId: 'us-east-1:old' },
      api,
      clock,
    );
    assert.deepEqual(
      [api.calls.names(), federated.identityId],
      [['GetCredentialsForIdentity'], 'us-east-1:survivor'],
    );
  });

  it('takes the login key of the connection, and the role that is asked for', async () => {
    const api = new FakeIdentityPool(clock);
    const connection = testConnection({
      identityPool: { ...POOL, loginKey: 'issuer-cognito-idp.example/pool', roleArn: 'arn:of:connection' },
    });
    await federate({ connection, idToken }, api, clock);
    const { logins, customRoleArn } = api.calls.last('GetCredentialsForIdentity');
    assert.deepEqual(
      [logins, customRoleArn],
      [{ 'issuer-cognito-idp.example/pool': idToken }, 'arn:of:connection'],
    );
    await federate({ connection, idToken, customRoleArn: 'arn:of:request' }, api, clock);
    assert.equal(api.calls.last('GetCredentialsForIdentity').customRoleArn, 'arn:of:request');
  });

  it('does not retry an identity ID that the pool has only just given', async () => {
    const api = new FakeIdentityPool(clock);
    const forbidden = serviceError(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      "Access to Identity 'x' is forbidden",
    );
    api.calls.fail('GetCredentialsForIdentity', forbidden);
    await assert.rejects(federate({ connection: testConnection(), idToken }, api, clock), forbidden);
    assert.equal(api.calls.count(), 2);
  });

  it('sends nothing without an ID token, an identity pool, or consent', async () => {
    const api = new FakeIdentityPool(clock);
    const { identityPool: _none, ...alone } = testConnection();
    const connection = testConnection();
    for (const token of [undefined, '']) {
      await assert.rejects(federate({ connection, idToken: token }, api, clock), {
        code: 'federation.no-id-token',
      });
    }
    await assert.rejects(federate({ connection: alone, idToken }, api, clock), {
      code: 'federation.no-identity-pool',
    });
    await assert.rejects(federate({ connection, idToken }, api, clock, AbortSignal.abort()), {
      code: 'cancelled',
    });
    const basic = testConnection({ identityPool: { ...POOL, flow: 'basic' } });
    await assert.rejects(federate({ connection: basic, idToken }, api, clock), {
      code: 'signin.flow-unsupported',
    });
    assert.equal(api.calls.count(), 0);
  });

  it('tells stale identities and expired logins from everything else', () => {
    const told = (code: string, message: string): [boolean, boolean] => {
      const error = serviceError('cognito-identity', 'GetCredentialsForIdentity', code, message);
      return [isStaleIdentity(error), isExpiredLogin(error)];
    };
    const [stale, expired, neither] = [
      [true, false],
      [false, true],
      [false, false],
    ];
    assert.deepEqual(told('NotAuthorizedException', "Access to Identity 'us-east-1:1' is forbidden."), stale);
    assert.deepEqual(
      told('NotAuthorizedException', "Logins don't match. Please include at least one valid login"),
      stale,
    );
    assert.deepEqual(told('ResourceNotFoundException', "Identity 'us-east-1:1' not found."), stale);
    assert.deepEqual(told('ResourceNotFoundException', "IdentityPool 'us-east-1:1' not found."), neither);
    assert.deepEqual(told('NotAuthorizedException', 'Invalid login token. Token expired: 2 >= 1'), expired);
    assert.deepEqual(
      told('NotAuthorizedException', 'Invalid login token. Missing a required claim: aud'),
      neither,
    );
    assert.deepEqual([isStaleIdentity(new Error('x')), isExpiredLogin(undefined)], neither);
  });
});
