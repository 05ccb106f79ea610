import assert from 'node:assert/strict';
import {
  AdminForgetDeviceCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { AuthenticationDetails, type CognitoUser, type CognitoUserSession } from 'amazon-cognito-identity-js';
import { Secret, TOTP } from 'otpauth';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';
import { libraryUser, MemoryStorage, outcome, signIn, type Outcome } from './identity-js-user';

const WRONG = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const NEW_PASSWORD = 'Changed-1-Sandbox!';

describe('sandbox challenges, judged by amazon-cognito-identity-js', function () {
  this.timeout(30_000);
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  /** A code that was not used yet: the clock goes on a step first. */
  async function freshCode(secret: string | undefined): Promise<string> {
    const now = await sandbox.control.advance(30);
    return new TOTP({ secret: Secret.fromBase32(secret ?? '') }).generate({ timestamp: now.getTime() });
  }
  const other = (code: string): string => code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
  const answerMfa = (user: CognitoUser, code: string, type: string): Promise<Outcome> =>
    outcome((callbacks) => user.sendMFACode(code, callbacks, type));
  const isIn = ({ callback, session }: Outcome): void => {
    assert.equal(callback, 'onSuccess');
    assert.equal(session?.isValid(), true);
  };

  it('passes TOTP, and is refused with a wrong code and with one that was used', async () => {
    const user = libraryUser(sandbox, 'totp');
    const { totpSecret } = sandbox.userAnywhere('totp').user;
    const challenge = await signIn(sandbox, user);
    assert.equal(challenge.callback, 'totpRequired');
    assert.equal(challenge.parameters['FRIENDLY_DEVICE_NAME'], 'Sandbox authenticator');
    const code = await freshCode(totpSecret);
    await assert.rejects(answerMfa(user, other(code), 'SOFTWARE_TOKEN_MFA'), {
      code: 'CodeMismatchException',
    });
    isIn(await answerMfa(user, code, 'SOFTWARE_TOKEN_MFA'));
    const again = libraryUser(sandbox, 'totp');
    await signIn(sandbox, again);
    await assert.rejects(answerMfa(again, code, 'SOFTWARE_TOKEN_MFA'), { code: 'ExpiredCodeException' });
  });

  it('passes SMS, and is refused with a wrong code', async () => {
    const user = libraryUser(sandbox, 'sms');
    const challenge = await signIn(sandbox, user);
    assert.equal(challenge.callback, 'mfaRequired');
    assert.equal(challenge.parameters['CODE_DELIVERY_DESTINATION'], '+*******0102');
    const code = await sandbox.lastCode('sms');
    await assert.rejects(answerMfa(user, other(code), 'SMS_MFA'), { code: 'CodeMismatchException' });
    isIn(await answerMfa(user, code, 'SMS_MFA'));
  });

  it('chooses between second factors', async () => {
    const { totpSecret } = sandbox.userAnywhere('selectmfa').user;
    for (const [type, callback] of [
      ['SMS_MFA', 'mfaRequired'],
      ['SOFTWARE_TOKEN_MFA', 'totpRequired'],
    ] as const) {
      const user = libraryUser(sandbox, 'selectmfa');
      assert.equal((await signIn(sandbox, user)).callback, 'selectMFAType');
      const chosen = await outcome((callbacks) => user.sendMFASelectionAnswer(type, callbacks));
      assert.equal(chosen.callback, callback);
      const code = type === 'SMS_MFA' ? await sandbox.lastCode('selectmfa') : await freshCode(totpSecret);
      isIn(await answerMfa(user, code, type));
    }
  });

  it('sets up an authenticator to get in, and is refused with a wrong code', async () => {
    const user = libraryUser(sandbox, 'setup');
    const challenge = await signIn(sandbox, user);
    assert.equal(challenge.callback, 'mfaSetup');
    const secret = await new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    const verify = (code: string): Promise<Outcome> =>
      outcome((callbacks) => user.verifySoftwareToken(code, 'Test app', callbacks));
    const code = await freshCode(secret);
    await assert.rejects(verify(other(code)), { code: 'EnableSoftwareTokenMFAException' });
    isIn(await verify(code));
    const next = libraryUser(sandbox, 'setup');
    assert.equal((await signIn(sandbox, next)).callback, 'totpRequired');
    isIn(await answerMfa(next, await freshCode(secret), 'SOFTWARE_TOKEN_MFA'));
  });

  describe('CUSTOM_AUTH', () => {
    const answer = (user: CognitoUser, text: string): Promise<Outcome> =>
      outcome((callbacks) => user.sendCustomChallengeAnswer(text, callbacks));
    const begin = (user: CognitoUser, withPassword: boolean): Promise<Outcome> => {
      user.setAuthenticationFlowType('CUSTOM_AUTH');
      if (withPassword) return signIn(sandbox, user);
      const details = new AuthenticationDetails({ Username: 'custom' });
      return outcome((callbacks) => user.initiateAuth(details, callbacks));
    };

    for (const withPassword of [false, true]) {
      it(`passes two rounds, ${withPassword ? 'after SRP' : 'without a password'}`, async () => {
        const user = libraryUser(sandbox, 'custom');
        const first = await begin(user, withPassword);
        assert.equal(first.callback, 'customChallenge');
        assert.equal(first.parameters['question'], 'How much is 2 + 3?');
        const second = await answer(user, '5');
        assert.equal(second.parameters['round'], '2 of 2');
        isIn(await answer(user, 'blue'));
      });
    }

    it('is refused with a wrong password, and after three wrong answers', async () => {
      const user = libraryUser(sandbox, 'custom');
      user.setAuthenticationFlowType('CUSTOM_AUTH');
      await assert.rejects(signIn(sandbox, user, 'Wrong-1-Password'), WRONG);
      await begin(user, false);
      for (let count = 0; count < 2; count++)
        assert.equal((await answer(user, 'wrong')).parameters['round'], '1 of 2');
      await assert.rejects(answer(user, 'wrong'), WRONG);
    });

    it('shows what the trigger throws', async () => {
      const user = libraryUser(sandbox, 'custom');
      await begin(user, false);
      await assert.rejects(answer(user, 'throw'), {
        code: 'UserLambdaValidationException',
        message: 'VerifyAuthChallengeResponse failed with error The sandbox was asked to fail.',
      });
    });
  });

  describe('a device', () => {
    let storage: MemoryStorage;
    const deviceUser = (): CognitoUser => libraryUser(sandbox, 'device', storage);

    beforeEach(async () => {
      storage = new MemoryStorage();
      const user = deviceUser();
      assert.equal((await signIn(sandbox, user)).callback, 'totpRequired');
      const { totpSecret } = sandbox.userAnywhere('device').user;
      const done = await answerMfa(user, await freshCode(totpSecret), 'SOFTWARE_TOKEN_MFA');
      isIn(done);
      assert.equal(done.askAboutDevice, true);
      await new Promise((resolve, reject) => {
        user.setDeviceStatusRemembered({ onSuccess: resolve, onFailure: reject });
      });
    });

    it('that is remembered needs no code', async () => {
      isIn(await signIn(sandbox, deviceUser()));
    });

    it('is refused with another password', async () => {
      const [key] = storage.keys('.randomPasswordKey');
      assert.ok(key);
      storage.setItem(key, Buffer.alloc(40, 7).toString('base64'));
      await assert.rejects(signIn(sandbox, deviceUser()), WRONG);
    });

    it('that an administrator has removed needs a code again', async () => {
      const [name] = storage.keys('.deviceKey');
      const { region, admin, api } = sandbox.description;
      const client = new CognitoIdentityProviderClient({ endpoint: api, region, credentials: admin });
      await client.send(
        new AdminForgetDeviceCommand({
          UserPoolId: sandbox.userAnywhere('device').userPoolId,
          Username: 'device',
          DeviceKey: storage.getItem(name ?? '') ?? '',
        }),
      );
      assert.equal((await signIn(sandbox, deviceUser())).callback, 'totpRequired');
    });

    it('refreshes its tokens', async () => {
      const user = deviceUser();
      const { session } = await signIn(sandbox, user);
      assert.ok(session);
      const renewed = await new Promise<CognitoUserSession>((resolve, reject) => {
        user.refreshSession(session.getRefreshToken(), (error, next: CognitoUserSession) =>
          error ? reject(error as Error) : resolve(next),
        );
      });
      assert.notEqual(renewed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
    });

    it('is listed, and can be forgotten', async () => {
      const user = deviceUser();
      await signIn(sandbox, user);
      const list = (): Promise<{ DeviceKey: string }[]> =>
        new Promise((resolve, reject) => {
          user.listDevices(60, null, {
            onSuccess: ({ Devices }: { Devices: { DeviceKey: string }[] }) => resolve(Devices),
            onFailure: reject,
          });
        });
      const before = await list();
      await new Promise<unknown>((resolve, reject) => {
        user.forgetDevice({ onSuccess: resolve, onFailure: reject });
      });
      assert.equal((await list()).length, before.length - 1);
    });
  });

  describe('the account', () => {
    it('that was reset gets a new password with a code, and with no other', async () => {
      const user = libraryUser(sandbox, 'reset');
      await assert.rejects(signIn(sandbox, user), { code: 'PasswordResetRequiredException' });
      await new Promise<unknown>((resolve, reject) => {
        user.forgotPassword({ onSuccess: resolve, onFailure: reject });
      });
      const confirm = (code: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          user.confirmPassword(code, NEW_PASSWORD, { onSuccess: resolve, onFailure: reject });
        });
      const code = await sandbox.lastCode('reset');
      await assert.rejects(confirm(other(code)), { code: 'CodeMismatchException' });
      await confirm(code);
      isIn(await signIn(sandbox, user, NEW_PASSWORD));
    });

    it('that was not confirmed is, with the code that is sent again', async () => {
      const user = libraryUser(sandbox, 'unconfirmed');
      await assert.rejects(signIn(sandbox, user), { code: 'UserNotConfirmedException' });
      await new Promise<unknown>((resolve, reject) => {
        user.resendConfirmationCode((error, done) => (error ? reject(error) : resolve(done)));
      });
      const confirm = (code: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          user.confirmRegistration(code, false, (error, done) =>
            error ? reject(error as Error) : resolve(done),
          );
        });
      const code = await sandbox.lastCode('unconfirmed');
      await assert.rejects(confirm(other(code)), { code: 'CodeMismatchException' });
      await confirm(code);
      isIn(await signIn(sandbox, user));
    });

    it('is not let in where it is disabled, or its temporary password is too old', async () => {
      for (const [username, message] of [
        ['disabled', 'User is disabled.'],
        ['expired', 'Temporary password has expired and must be reset by an administrator.'],
      ] as const)
        await assert.rejects(signIn(sandbox, libraryUser(sandbox, username)), {
          code: 'NotAuthorizedException',
          message,
        });
    });

    it('changes its password', async () => {
      const user = libraryUser(sandbox, 'choice');
      isIn(await signIn(sandbox, user));
      const { password } = sandbox.userAnywhere('choice').user;
      const change = (from: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          user.changePassword(from, NEW_PASSWORD, (error, done) => (error ? reject(error) : resolve(done)));
        });
      await assert.rejects(change('Wrong-1-Password'), WRONG);
      await change(password);
      isIn(await signIn(sandbox, libraryUser(sandbox, 'choice'), NEW_PASSWORD));
    });
  });
});
