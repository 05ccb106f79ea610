import assert from 'node:assert/strict';
import { addAuthenticator, totpCode } from './authenticator';
import { Scene, members, otherCode, refuses, text, type Members, type Refusal } from './scene';

const MISMATCH: Refusal = {
  code: 'CodeMismatchException',
  message: 'Invalid code or auth state for the user.',
};
const invalid = (message: string | RegExp): Refusal => ({ code: 'InvalidParameterException', message });
const session = (why = ''): Refusal => ({
  code: 'NotAuthorizedException',
  message: `Invalid session for the user${why}.`,
});
const CONTACT = {
  phone_number: '+12065550100',
  phone_number_verified: 'true',
  email: 'reader@example.com',
  email_verified: 'true',
};

describe('sandbox user pools: codes that are sent, and the choice of a second factor', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
    await scene.setMfa('OPTIONAL');
    await scene.addUser('reader', CONTACT);
  });

  const prefer = (settings: Members): Promise<Members> =>
    scene.admin('AdminSetUserMFAPreference', { Username: 'reader', ...settings });

  const kinds = [
    {
      name: 'SMS_MFA',
      setting: 'SMSMfaSettings',
      attribute: 'phone_number',
      medium: 'SMS',
      destination: '+12065550100',
      masked: '+*******0100',
    },
    {
      name: 'EMAIL_OTP',
      setting: 'EmailMfaSettings',
      attribute: 'email',
      medium: 'EMAIL',
      destination: 'reader@example.com',
      masked: 'r***@e***',
    },
  ] as const;
  for (const { name, setting, attribute, medium, destination, masked } of kinds) {
    describe(name, () => {
      beforeEach(() => prefer({ [setting]: { Enabled: true } }));

      const answer = (challenge: Members, code: string): Members =>
        scene.response(challenge, { [`${name}_CODE`]: code });

      it('sends a code, tells where, and takes it', async () => {
        const challenge = await scene.passwordSignIn('reader');
        assert.equal(challenge['ChallengeName'], name);
        const parameters = members(challenge['ChallengeParameters']);
        assert.equal(parameters['CODE_DELIVERY_DELIVERY_MEDIUM'], medium);
        assert.equal(parameters['CODE_DELIVERY_DESTINATION'], masked);
        const [message, ...others] = scene.outbox.all();
        assert.deepEqual(others, []);
        assert.equal(message?.attribute, attribute);
        assert.equal(message.destination, destination);
        assert.equal(message.purpose, 'sign-in');
        assert.match(message.code, /^\d{6}$/);
        const left = Date.parse(message.expiresAt) - scene.clock.now();
        assert.ok(left > 170_000 && left <= 180_000, String(left));
        const done = await scene.call('RespondToAuthChallenge', answer(challenge, message.code));
        assert.ok(text(done['AuthenticationResult'], 'IdToken'));
      });

      it('refuses a wrong code three times, and then the right one', async () => {
        const challenge = await scene.passwordSignIn('reader');
        const code = scene.lastCode();
        for (let count = 0; count < 3; count++)
          await scene.refuses('RespondToAuthChallenge', answer(challenge, otherCode(code)), MISMATCH);
        await scene.refuses('RespondToAuthChallenge', answer(challenge, code), session());
      });

      it('refuses the right code after the session has expired', async () => {
        const challenge = await scene.passwordSignIn('reader');
        scene.clock.advance(181);
        await scene.refuses(
          'RespondToAuthChallenge',
          answer(challenge, scene.lastCode()),
          session(', session is expired'),
        );
      });

      it('lives as long as the client says', async () => {
        scene.clientId = await scene.addClient({ AuthSessionValidity: 15 });
        const challenge = await scene.passwordSignIn('reader');
        scene.clock.advance(899);
        const done = await scene.call('RespondToAuthChallenge', answer(challenge, scene.lastCode()));
        assert.ok(done['AuthenticationResult']);
      });

      it('takes the code of the newest sign-in only for that', async () => {
        const first = await scene.passwordSignIn('reader');
        const firstCode = scene.lastCode();
        const second = await scene.passwordSignIn('reader');
        if (firstCode !== scene.lastCode())
          await scene.refuses('RespondToAuthChallenge', answer(second, firstCode), MISMATCH);
        assert.ok(
          (await scene.call('RespondToAuthChallenge', answer(first, firstCode)))['AuthenticationResult'],
        );
      });
    });
  }

  describe('SELECT_MFA_TYPE', () => {
    let secret: string;

    beforeEach(async () => {
      secret = await addAuthenticator(scene, 'reader');
      await prefer({
        SMSMfaSettings: { Enabled: true },
        EmailMfaSettings: { Enabled: true },
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
      });
    });

    const select = async (ANSWER: string): Promise<Members> =>
      scene.respond(await scene.passwordSignIn('reader'), { ANSWER });

    it('offers what the user has turned on, and sends nothing yet', async () => {
      const challenge = await scene.passwordSignIn('reader');
      assert.equal(challenge['ChallengeName'], 'SELECT_MFA_TYPE');
      const parameters = members(challenge['ChallengeParameters']);
      assert.deepEqual(JSON.parse(text(parameters, 'MFAS_CAN_CHOOSE')), [
        'SMS_MFA',
        'SOFTWARE_TOKEN_MFA',
        'EMAIL_OTP',
      ]);
      assert.deepEqual(scene.outbox.all(), []);
    });

    it('goes on with each choice', async () => {
      const sms = await select('SMS_MFA');
      assert.equal(sms['ChallengeName'], 'SMS_MFA');
      assert.ok((await scene.respond(sms, { SMS_MFA_CODE: scene.lastCode() }))['AuthenticationResult']);
      for (const name of ['EMAIL_OTP', 'EMAIL_MFA']) {
        const mail = await select(name);
        assert.equal(mail['ChallengeName'], 'EMAIL_OTP');
        assert.ok((await scene.respond(mail, { EMAIL_OTP_CODE: scene.lastCode() }))['AuthenticationResult']);
      }
      const totp = await select('SOFTWARE_TOKEN_MFA');
      assert.equal(totp['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
      const done = await scene.respond(totp, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene) });
      assert.ok(done['AuthenticationResult']);
    });

    it('refuses a choice that was not offered, and keeps the session', async () => {
      const challenge = await scene.passwordSignIn('reader');
      await scene.refuses(
        'RespondToAuthChallenge',
        scene.response(challenge, { ANSWER: 'PASSWORD' }),
        invalid('Invalid MFA selection for the user.'),
      );
      assert.equal((await scene.respond(challenge, { ANSWER: 'SMS_MFA' }))['ChallengeName'], 'SMS_MFA');
    });

    it('does not ask where one method is preferred', async () => {
      await prefer({ EmailMfaSettings: { Enabled: true, PreferredMfa: true } });
      assert.equal((await scene.passwordSignIn('reader'))['ChallengeName'], 'EMAIL_OTP');
      const user = await scene.admin('AdminGetUser', { Username: 'reader' });
      assert.equal(user['PreferredMfaSetting'], 'EMAIL_OTP');
      assert.deepEqual(
        new Set(user['UserMFASettingList'] as string[]),
        new Set(['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']),
      );
    });
  });

  it('takes what a user has where the pool requires a second factor', async () => {
    await scene.setMfa('ON', { EmailMfaConfiguration: undefined });
    assert.equal((await scene.passwordSignIn('reader'))['ChallengeName'], 'SMS_MFA');
  });

  it('finds no method where the number is gone', async () => {
    await prefer({ SMSMfaSettings: { Enabled: true } });
    await scene.admin('AdminDeleteUserAttributes', {
      Username: 'reader',
      UserAttributeNames: ['phone_number'],
    });
    await refuses(() => scene.passwordSignIn('reader'), {
      code: 'MFAMethodNotFoundException',
      message: /No MFA mechanism/,
    });
  });

  const refusals: readonly [name: string, settings: Members, message: string | RegExp][] = [
    [
      'an authenticator that nobody has set up',
      { SoftwareTokenMfaSettings: { Enabled: true } },
      'User has not verified software token mfa',
    ],
    [
      'a preference for what is off',
      { SMSMfaSettings: { Enabled: false, PreferredMfa: true } },
      /cannot be preferred without being enabled/,
    ],
    [
      'two preferences',
      {
        SMSMfaSettings: { Enabled: true, PreferredMfa: true },
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
      },
      'Only one MFA method can be preferred.',
    ],
  ];
  for (const [name, settings, message] of refusals) {
    it(`refuses ${name}, and changes nothing`, async () => {
      const input = { UserPoolId: scene.poolId, Username: 'reader', ...settings };
      await scene.refuses('AdminSetUserMFAPreference', input, invalid(message));
      assert.ok((await scene.passwordSignIn('reader'))['AuthenticationResult']);
    });
  }

  it('refuses SMS to who has no number, and what the pool has turned off', async () => {
    await scene.addUser('other');
    const sms = { UserPoolId: scene.poolId, Username: 'other', SMSMfaSettings: { Enabled: true } };
    await scene.refuses(
      'AdminSetUserMFAPreference',
      sms,
      invalid('User does not have delivery config set to turn on SMS_MFA'),
    );
    await scene.setMfa('OPTIONAL', { SmsMfaConfiguration: undefined });
    await scene.refuses(
      'AdminSetUserMFAPreference',
      { ...sms, Username: 'reader' },
      invalid('SMS_MFA is not enabled for the user pool.'),
    );
  });

  it('tells the pool settings back, and turns off what is left out', async () => {
    const config = await scene.admin('GetUserPoolMfaConfig', {});
    assert.equal(config['MfaConfiguration'], 'OPTIONAL');
    assert.deepEqual(config['SoftwareTokenMfaConfiguration'], { Enabled: true });
    assert.deepEqual(config['EmailMfaConfiguration'], {});
    await scene.admin('SetUserPoolMfaConfig', {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    assert.deepEqual(await scene.admin('GetUserPoolMfaConfig', {}), {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const { UserPool } = await scene.admin('DescribeUserPool', {});
    assert.equal(members(UserPool)['MfaConfiguration'], 'ON');
  });

  it('refuses MFA without a method, and e-mail in the smallest feature plan', async () => {
    const input = { UserPoolId: scene.poolId, MfaConfiguration: 'ON' };
    await scene.refuses('SetUserPoolMfaConfig', input, invalid(/can't disable all MFAs/));
    const lite = await scene.addPool({ UserPoolTier: 'LITE' });
    await scene.refuses(
      'SetUserPoolMfaConfig',
      { UserPoolId: lite, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
      { code: 'FeatureUnavailableInTierException', message: /feature plan/ },
    );
    await scene.refuses(
      'CreateUserPool',
      { PoolName: 'x', MfaConfiguration: 'ON' },
      invalid(/SMS configuration/),
    );
  });
});
