import assert from 'node:assert/strict';
import { federate, isExpiredLogin, isStaleIdentity } from '../../../../src/core/federation/exchange';
import { userLogins } from '../../../../src/core/federation/logins';
import { FakeIdentityPool, FakeSts, fakeJwt, serviceError, testConnection } from '../../../support/fake-aws';
import { FakeClock } from '../../../support/fakes';

const POOL = testConnection().identityPool!;
const idToken = fakeJwt({ sub: 'sub-reader' });
const clock = new FakeClock();
const apisOf = (pool: FakeIdentityPool, sts = new FakeSts(clock)) => ({
  pool,
  sts: () => Promise.resolve(sts),
});
const asked = (connection = testConnection(), token: string | undefined = idToken) => ({
  connection,
  logins: userLogins(connection, token),
});

describe('federate', () => {
  it('asks for the identity ID, then for credentials, with the same login', async () => {
    const api = new FakeIdentityPool(clock);
    const connection = testConnection({ identityPool: { ...POOL, accountId: '123456789012' } });
    const { identityId, credentials } = await federate(asked(connection), apisOf(api), clock);
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
    const federated = await federate({ ...asked(), identityId: 'us-east-1:old' }, apisOf(api), clock);
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
    await federate(asked(connection), apisOf(api), clock);
    const { logins, customRoleArn } = api.calls.last('GetCredentialsForIdentity');
    assert.deepEqual(
      [logins, customRoleArn],
      [{ 'issuer-cognito-idp.example/pool': idToken }, 'arn:of:connection'],
    );
    await federate({ ...asked(connection), roleArn: 'arn:of:request' }, apisOf(api), clock);
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
    await assert.rejects(federate(asked(), apisOf(api), clock), forbidden);
    assert.equal(api.calls.count(), 2);
  });

  it('sends nothing without an ID token, an identity pool, or consent', async () => {
    const api = new FakeIdentityPool(clock);
    const { identityPool: _none, ...alone } = testConnection();
    const connection = testConnection();
    for (const token of ['', undefined]) {
      assert.throws(() => userLogins(connection, token), { code: 'federation.no-id-token' });
    }
    await assert.rejects(federate({ connection: alone, logins: {} }, apisOf(api), clock), {
      code: 'federation.no-identity-pool',
    });
    await assert.rejects(federate(asked(), apisOf(api), clock, AbortSignal.abort()), { code: 'cancelled' });
    const basic = testConnection({ identityPool: { ...POOL, flow: 'basic' } });
    await assert.rejects(federate(asked(basic), apisOf(api), clock), { code: 'federation.no-role' });
    assert.equal(api.calls.count(), 0);
  });

  describe('by the basic flow', () => {
    const roleArn = 'arn:aws:iam::123456789012:role/Auditor';
    const basic = testConnection({
      identityPool: {
        ...POOL,
        flow: 'basic',
        roleArn,
        durationSeconds: 900,
        sessionPolicy: '{"Version":"x"}',
      },
    });

    it('takes the role itself, with the token of the identity pool', async () => {
      const [api, sts] = [new FakeIdentityPool(clock), new FakeSts(clock)];
      const request = { ...asked(basic), sessionName: 'Rita Reader/1' };
      const { identityId, credentials, exchange } = await federate(request, apisOf(api, sts), clock);
      assert.deepEqual(api.calls.names(), ['GetId', 'GetOpenIdToken']);
      const { token, ...sent } = sts.calls.last('AssumeRoleWithWebIdentity');
      assert.deepEqual(sent, {
        roleArn,
        sessionName: 'Rita-Reader-1',
        durationSeconds: 900,
        policy: '{"Version":"x"}',
      });
      assert.match(String(token), /^ey/);
      assert.equal(credentials.expiresAt, clock.now() + 900_000);
      assert.deepEqual(
        [exchange.flow, exchange.steps.map(({ operation }) => operation)],
        ['basic', ['GetId', 'GetOpenIdToken', 'AssumeRoleWithWebIdentity']],
      );
      assert.match(identityId, /^us-east-1:/);
    });

    it('goes on with the identity ID that the token is for', async () => {
      const api = new FakeIdentityPool(clock);
      api.merged.set('us-east-1:old', 'us-east-1:survivor');
      const request = { ...asked(basic), identityId: 'us-east-1:old' };
      assert.equal((await federate(request, apisOf(api), clock)).identityId, 'us-east-1:survivor');
    });

    it('can be asked for where the connection says enhanced, and the other way round', async () => {
      const api = new FakeIdentityPool(clock);
      const once = await federate({ ...asked(), flow: 'basic', roleArn }, apisOf(api), clock);
      assert.equal(once.exchange.flow, 'basic');
      const back = await federate({ ...asked(basic), flow: 'enhanced' }, apisOf(api), clock);
      assert.equal(back.exchange.flow, 'enhanced');
      // The role of the connection is for its own flow.
      assert.equal(api.calls.last('GetCredentialsForIdentity').customRoleArn, undefined);
      await assert.rejects(
        federate(
          { ...asked(testConnection({ identityPool: { ...POOL, roleArn } })), flow: 'basic' },
          apisOf(api),
          clock,
        ),
        { code: 'federation.no-role' },
      );
    });

    it('gives STS the token of a developer-authenticated user as it is', async () => {
      const [api, sts] = [new FakeIdentityPool(clock), new FakeSts(clock)];
      const logins = { 'cognito-identity.amazonaws.com': 'made by the identity pool' };
      const request = { connection: basic, logins, identityId: 'us-east-1:dev' };
      const { identityId } = await federate(request, apisOf(api, sts), clock);
      assert.deepEqual([identityId, api.calls.count()], ['us-east-1:dev', 0]);
      assert.equal(sts.calls.last('AssumeRoleWithWebIdentity').token, 'made by the identity pool');
    });

    it('names the session by characters that STS takes', async () => {
      for (const [name, sent] of [
        [undefined, 'CognitoWorkbench'],
        ['x', 'CognitoWorkbench'],
        ['é'.repeat(99), '-'.repeat(64)],
        ['rita@example.com', 'rita@example.com'],
      ] as const) {
        const sts = new FakeSts(clock);
        await federate(
          { ...asked(basic), sessionName: name },
          apisOf(new FakeIdentityPool(clock), sts),
          clock,
        );
        assert.equal(sts.calls.last('AssumeRoleWithWebIdentity').sessionName, sent);
      }
    });
  });

  it('asks for a guest without any login', async () => {
    const api = new FakeIdentityPool(clock);
    await federate({ connection: testConnection(), logins: {} }, apisOf(api), clock);
    assert.deepEqual(api.calls.last('GetCredentialsForIdentity').logins, {});
  });

  it('never asks for another identity than the one that a developer’s token is for', async () => {
    const api = new FakeIdentityPool(clock);
    const forbidden = serviceError(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      "Access to Identity 'x' is forbidden",
    );
    api.calls.fail('GetCredentialsForIdentity', forbidden);
    const logins = { 'cognito-identity.amazonaws.com': 'token' };
    const request = { connection: testConnection(), logins, identityId: 'us-east-1:dev' };
    await assert.rejects(federate(request, apisOf(api), clock), forbidden);
    assert.equal(api.calls.count(), 1);
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
