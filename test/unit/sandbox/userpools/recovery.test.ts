import assert from 'node:assert/strict';
import {
  PASSWORD,
  Scene,
  members,
  otherCode,
  refuses,
  secretHash,
  text,
  type Members,
  type Refusal,
} from './scene';

const NEW = 'Forgotten-1-Password';
const CONTACT = { email: 'reader@example.com', email_verified: 'true' };
const LIMIT: Refusal = {
  code: 'LimitExceededException',
  message: 'Attempt limit exceeded, please try after some time.',
};
const MISMATCH: Refusal = {
  code: 'CodeMismatchException',
  message: 'Invalid verification code provided, please try again.',
};
const EXPIRED: Refusal = {
  code: 'ExpiredCodeException',
  message: 'Invalid code provided, please request a code again.',
};
const NOT_FOUND: Refusal = {
  code: 'UserNotFoundException',
  message: 'Username/client id combination not found.',
};
const NO_CONTACT: Refusal = {
  code: 'InvalidParameterException',
  message: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
};

describe('sandbox user pools: forgotten passwords', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({ AliasAttributes: ['email'] });
    await scene.addUser('reader', CONTACT);
  });

  const app = (more: Members = {}): Members => ({ ClientId: scene.clientId, Username: 'reader', ...more });
  const forget = (more: Members = {}): Promise<Members> => scene.call('ForgotPassword', app(more));
  const confirmation = (ConfirmationCode: string, more: Members = {}): Members =>
    app({ ConfirmationCode, Password: NEW, ...more });

  it('sends a code, and takes it with a new password', async () => {
    const { CodeDeliveryDetails } = await forget();
    assert.deepEqual(CodeDeliveryDetails, {
      Destination: 'r***@e***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    const message = scene.outbox.all().at(-1);
    assert.equal(message?.purpose, 'reset-password');
    assert.ok(Date.parse(message.expiresAt) - scene.clock.now() <= 3_600_000);
    await scene.call('ConfirmForgotPassword', confirmation(scene.lastCode()));
    assert.ok((await scene.passwordSignIn('reader', NEW))['AuthenticationResult']);
    await refuses(() => scene.passwordSignIn('reader'), {
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await scene.refuses('ConfirmForgotPassword', confirmation(scene.lastCode()), EXPIRED);
  });

  it('refuses a wrong code, one that is too old, one that was replaced, and one that nobody asked for', async () => {
    await scene.refuses('ConfirmForgotPassword', confirmation('123456'), EXPIRED);
    await forget();
    const first = scene.lastCode();
    await scene.refuses('ConfirmForgotPassword', confirmation(otherCode(first)), MISMATCH);
    scene.clock.advance(3600);
    await scene.refuses('ConfirmForgotPassword', confirmation(first), EXPIRED);
    await forget();
    if (first !== scene.lastCode())
      await scene.refuses('ConfirmForgotPassword', confirmation(first), MISMATCH);
    assert.ok(await scene.passwordSignIn('reader'));
  });

  it('stops guessing after five wrong codes', async () => {
    await forget();
    const wrong = confirmation(otherCode(scene.lastCode()));
    for (let count = 0; count < 5; count++) await scene.refuses('ConfirmForgotPassword', wrong, MISMATCH);
    await scene.refuses('ConfirmForgotPassword', confirmation(scene.lastCode()), LIMIT);
    await forget();
    await scene.call('ConfirmForgotPassword', confirmation(scene.lastCode()));
  });

  it('sends so many codes an hour, and no more', async () => {
    for (let count = 0; count < 6; count++) await forget();
    await scene.refuses('ForgotPassword', app(), LIMIT);
    scene.clock.advance(3600);
    await forget();
  });

  it('keeps the code where the password is refused', async () => {
    scene.poolId = await scene.addPool({
      Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
    });
    scene.clientId = await scene.addClient();
    await scene.addUser('reader', CONTACT);
    await forget();
    const code = scene.lastCode();
    await scene.refuses('ConfirmForgotPassword', confirmation(code, { Password: 'short' }), {
      code: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password not long enough',
    });
    await scene.refuses('ConfirmForgotPassword', confirmation(code, { Password: PASSWORD }), {
      code: 'PasswordHistoryPolicyViolationException',
      message: 'Password has previously been used',
    });
    await scene.call('ConfirmForgotPassword', confirmation(code));
  });

  it('ends a lockout', async () => {
    for (let count = 0; count < 6; count++)
      await assert.rejects(scene.passwordSignIn('reader', 'Wrong-1-Password'));
    await forget();
    await scene.call('ConfirmForgotPassword', confirmation(scene.lastCode()));
    assert.ok((await scene.passwordSignIn('reader', NEW))['AuthenticationResult']);
  });

  it('lets in who was reset by an administrator', async () => {
    await scene.admin('AdminResetUserPassword', { Username: 'reader' });
    const legacy = await scene.addClient({ PreventUserExistenceErrors: 'LEGACY' });
    await refuses(() => scene.passwordSignIn('reader', PASSWORD, { ClientId: legacy }), {
      code: 'PasswordResetRequiredException',
      message: 'Password reset required for the user',
    });
    await scene.call('ConfirmForgotPassword', confirmation(scene.lastCode()));
    assert.ok((await scene.passwordSignIn('reader', NEW))['AuthenticationResult']);
    const user = await scene.admin('AdminGetUser', { Username: 'reader' });
    assert.equal(user['UserStatus'], 'CONFIRMED');
  });

  it('hides who there is, or tells it, as the client is set', async () => {
    const { CodeDeliveryDetails } = await forget({ Username: 'nobody' });
    assert.equal(members(CodeDeliveryDetails)['Destination'], 'n***@n***');
    assert.deepEqual(scene.outbox.all(), []);
    await scene.refuses('ConfirmForgotPassword', confirmation('123456', { Username: 'nobody' }), MISMATCH);
    scene.clientId = await scene.addClient({ PreventUserExistenceErrors: 'LEGACY' });
    await scene.refuses('ForgotPassword', app({ Username: 'nobody' }), NOT_FOUND);
    await scene.refuses('ConfirmForgotPassword', confirmation('123456', { Username: 'nobody' }), NOT_FOUND);
  });

  describe('where a code may go', () => {
    const phone = { phone_number: '+12065550100', phone_number_verified: 'true' };
    const inPool = async (settings: Members, attributes: Record<string, string>): Promise<Members> => {
      scene.poolId = await scene.addPool(settings);
      scene.clientId = await scene.addClient();
      await scene.addUser('reader', attributes);
      return app();
    };
    const mechanisms = (...names: string[]): Members => ({
      AccountRecoverySetting: {
        RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })),
      },
    });

    it('prefers the telephone, unless the pool says otherwise', async () => {
      for (const [settings, attribute] of [
        [{}, 'phone_number'],
        [mechanisms('verified_email', 'verified_phone_number'), 'email'],
      ] as const) {
        const input = await inPool(settings, { ...CONTACT, ...phone });
        const { CodeDeliveryDetails } = await scene.call('ForgotPassword', input);
        assert.equal(members(CodeDeliveryDetails)['AttributeName'], attribute);
      }
    });

    it('is not the telephone that is the second factor', async () => {
      const input = await inPool({}, { ...CONTACT, ...phone });
      await scene.setMfa('OPTIONAL');
      await scene.admin('AdminSetUserMFAPreference', {
        Username: 'reader',
        SMSMfaSettings: { Enabled: true },
      });
      const { CodeDeliveryDetails } = await scene.call('ForgotPassword', input);
      assert.equal(members(CodeDeliveryDetails)['AttributeName'], 'email');
    });

    it('is nowhere for who has nothing verified', async () => {
      const input = await inPool({}, { email: 'reader@example.com' });
      await scene.refuses('ForgotPassword', input, NO_CONTACT);
      await scene.refuses(
        'AdminResetUserPassword',
        { UserPoolId: scene.poolId, Username: 'reader' },
        NO_CONTACT,
      );
      const phoneOnly = await inPool(mechanisms('verified_phone_number'), CONTACT);
      await scene.refuses('ForgotPassword', phoneOnly, NO_CONTACT);
    });

    it('is nowhere where only administrators may reset', async () => {
      const input = await inPool(mechanisms('admin_only'), CONTACT);
      await scene.refuses('ForgotPassword', input, {
        code: 'NotAuthorizedException',
        message: 'Contact administrator to reset password.',
      });
    });
  });

  it('refuses who still has a temporary password, and who is disabled', async () => {
    scene.clientId = await scene.addClient({ PreventUserExistenceErrors: 'LEGACY' });
    await scene.admin('AdminCreateUser', { Username: 'newcomer', MessageAction: 'SUPPRESS' });
    const wrongState: Refusal = {
      code: 'NotAuthorizedException',
      message: 'User password cannot be reset in the current state.',
    };
    await scene.refuses('ForgotPassword', app({ Username: 'newcomer' }), wrongState);
    const input = { UserPoolId: scene.poolId, Username: 'newcomer' };
    await scene.refuses('AdminResetUserPassword', input, wrongState);
    await scene.admin('AdminDisableUser', { Username: 'reader' });
    const disabled: Refusal = { code: 'NotAuthorizedException', message: 'User is disabled.' };
    await scene.refuses('ForgotPassword', app(), disabled);
  });

  it('wants the secret hash of a client with a secret', async () => {
    scene.clientId = await scene.addClient({ GenerateSecret: true });
    await scene.refuses('ForgotPassword', app(), {
      code: 'NotAuthorizedException',
      message: `Unable to verify secret hash for client ${scene.clientId}`,
    });
    const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: scene.clientId });
    const secret = text(UserPoolClient, 'ClientSecret');
    await forget({ SecretHash: secretHash(secret, 'reader', scene.clientId) });
  });
});
