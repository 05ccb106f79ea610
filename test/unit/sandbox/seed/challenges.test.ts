import assert from 'node:assert/strict';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

describe('sandbox seed: a user for every challenge', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  const initiate = async (
    username: string,
    AuthFlow = 'USER_PASSWORD_AUTH',
  ): Promise<Record<string, unknown>> => {
    const { clientId, user } = sandbox.userAnywhere(username);
    const { body } = await sandbox.call('InitiateAuth', {
      AuthFlow,
      ClientId: clientId,
      AuthParameters: {
        USERNAME: username,
        ...(AuthFlow === 'USER_PASSWORD_AUTH' && { PASSWORD: user.password }),
      },
    });
    return body;
  };

  it('keeps the notes app first, and describes each user', () => {
    const { userPools } = sandbox.description;
    assert.deepEqual(
      userPools.map(({ id, name }) => `${id} ${name}`),
      [
        'us-east-1_Sandbox01 notes-app',
        'us-east-1_Sandbox02 Every challenge',
        'us-east-1_Sandbox03 Second factor required',
      ],
    );
    for (const { id, clients } of userPools.slice(1)) {
      assert.deepEqual(
        clients.map(({ secret }) => secret),
        [null],
        id,
      );
      for (const client of clients) assert.match(client.id, /^[a-z0-9]{26}$/);
    }
    const users = userPools.flatMap((pool) => pool.users);
    assert.equal(new Set(users.map(({ username }) => username)).size, users.length);
    for (const { hint, totpSecret = 'A2' } of users) {
      assert.ok(hint.endsWith('.'), hint);
      assert.match(totpSecret, /^[A-Z2-7]+$/);
    }
  });

  it('sends nothing before anybody asks', async () => {
    assert.deepEqual(await sandbox.control.outbox(), []);
  });

  for (const [username, challenge, flow] of [
    ['totp', 'SOFTWARE_TOKEN_MFA'],
    ['sms', 'SMS_MFA'],
    ['emailotp', 'EMAIL_OTP'],
    ['selectmfa', 'SELECT_MFA_TYPE'],
    ['device', 'SOFTWARE_TOKEN_MFA'],
    ['setup', 'MFA_SETUP'],
    ['choice', 'SELECT_CHALLENGE', 'USER_AUTH'],
    ['custom', 'CUSTOM_CHALLENGE', 'CUSTOM_AUTH'],
  ] as const)
    it(`meets ${username} with ${challenge}`, async () => {
      assert.equal((await initiate(username, flow))['ChallengeName'], challenge);
    });

  for (const [username, code, message] of [
    ['reset', 'PasswordResetRequiredException', 'Password reset required for the user'],
    ['unconfirmed', 'UserNotConfirmedException', 'User is not confirmed.'],
    ['disabled', 'NotAuthorizedException', 'User is disabled.'],
    [
      'expired',
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    ],
  ] as const)
    it(`refuses ${username} with ${code}`, async () => {
      const body = await initiate(username);
      assert.equal(body['__type'], code);
      assert.equal(body['message'], message);
    });

  it('lets users of the second pool into the identity pool, in its default role', async () => {
    const { AuthenticationResult } = await initiate('choice');
    const { IdToken } = AuthenticationResult as Record<string, string>;
    const provider = `cognito-idp.us-east-1.amazonaws.com/${sandbox.userAnywhere('choice').userPoolId}`;
    const Logins = { [provider]: IdToken };
    const { body } = await sandbox.call('GetId', { IdentityPoolId: sandbox.identityPoolId, Logins });
    const { IdentityId } = body;
    const answer = await sandbox.call('GetCredentialsForIdentity', { IdentityId, Logins });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.match(JSON.stringify(answer.body), /"AccessKeyId":"ASIA/);
  });
});
