import assert from 'node:assert/strict';
import { failureOf } from '../../support/failures';
import { startScene, type Scene } from './scene';

describe('the identity pools and STS adapters', function () {
  this.timeout(20_000);
  let scene: Scene;

  before(async () => {
    scene = await startScene();
  });
  after(() => scene.sandbox.stop());
  beforeEach(async () => {
    await scene.sandbox.control.resetFaults();
    await scene.sandbox.control.resetRequests();
  });

  it('trade an ID token for credentials, which STS knows', async () => {
    const credentials = await scene.credentials('reader');
    assert.match(credentials.identityId, /^us-east-1:[0-9a-f-]{36}$/);
    assert.match(credentials.accessKeyId, /^ASIA/);
    const left = credentials.expiresAt - Date.now();
    assert.ok(left > 3_500_000 && left <= 3_605_000, `milliseconds, an hour of them: ${left}`);
    const caller = await scene.sts.getCallerIdentity(credentials);
    assert.equal(caller.accountId, scene.sandbox.description.accountId);
    assert.equal(caller.roleName, 'Readers');
    assert.match(caller.arn, /:assumed-role\/Readers\/CognitoIdentityCredentials$/);
  });

  it('give one login one identity ID', async () => {
    const request = {
      identityPoolId: scene.sandbox.identityPoolId,
      logins: await scene.logins('reader'),
    };
    assert.equal(await scene.identityPool.getId(request), await scene.identityPool.getId(request));
  });

  it('refuse a login that the pool does not trust', async () => {
    const error = await failureOf(
      scene.identityPool.getId({
        identityPoolId: scene.sandbox.identityPoolId,
        logins: { [scene.sandbox.providerName]: 'not.a.token' },
      }),
    );
    assert.equal(error.awsCode, 'NotAuthorizedException');
  });

  it('do not repeat an exchange, but a question to STS, once', async () => {
    const { control } = scene.sandbox;
    const credentials = await scene.credentials('reader');
    const logins = await scene.logins('reader');
    const { identityId } = credentials;
    const calls: readonly [string, number, () => Promise<unknown>][] = [
      ['GetId', 1, () => scene.identityPool.getId({ identityPoolId: scene.sandbox.identityPoolId, logins })],
      [
        'GetCredentialsForIdentity',
        1,
        () => scene.identityPool.getCredentialsForIdentity({ identityId, logins }),
      ],
      ['GetCallerIdentity', 2, () => scene.sts.getCallerIdentity(credentials)],
    ];
    for (const [operation, count, call] of calls) {
      await control.resetRequests();
      await control.fault({ operation, kind: 'status', value: 503, times: count });
      assert.equal((await failureOf(call())).data['status'], 503);
      assert.deepEqual(await control.requests(), { [operation]: count });
    }
  });

  it('get over a clock that is off, by one more request', async () => {
    const { control } = scene.sandbox;
    const credentials = await scene.credentials('reader');
    await control.resetRequests();
    await control.advance(1200);
    const caller = await scene.sts.getCallerIdentity(credentials);
    await control.advance(-1200);
    assert.equal(caller.roleName, 'Readers');
    assert.deepEqual(await control.requests(), { GetCallerIdentity: 2 });
  });
});
