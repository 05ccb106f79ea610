import assert from 'node:assert/strict';
import { addAuthenticator, totpCode } from './authenticator';
import { PASSWORD, Scene, members, otherCode, refuses, text, type Members, type Refusal } from './scene';
import { srpSignIn } from './srp-client';

const MISMATCH: Refusal = { code: 'CodeMismatchException', message: 'Invalid code received for user' };
const USED: Refusal = {
  code: 'ExpiredCodeException',
  message: 'Your software token has already been used once.',
};
const NOT_ENABLED: Refusal = {
  code: 'EnableSoftwareTokenMFAException',
  message: 'Code mismatch and fail enable Software Token MFA',
};
const invalidSession = (why = ''): Refusal => ({
  code: 'NotAuthorizedException',
  message: `Invalid session for the user${why}.`,
});

describe('sandbox user pools: authenticator apps, judged by otpauth', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
    await scene.setMfa('OPTIONAL');
    await scene.addUser('reader');
  });

  describe('signing in', () => {
    let secret: string;

    beforeEach(async () => {
      secret = await addAuthenticator(scene, 'reader');
    });

    const answer = (challenge: Members, code: string): Members =>
      scene.response(challenge, { SOFTWARE_TOKEN_MFA_CODE: code });
    const taken = async (challenge: Members, code: string): Promise<void> => {
      const done = await scene.call('RespondToAuthChallenge', answer(challenge, code));
      assert.ok(text(done['AuthenticationResult'], 'IdToken'));
    };
    const refused = (challenge: Members, code: string, refusal: Refusal): Promise<void> =>
      scene.refuses('RespondToAuthChallenge', answer(challenge, code), refusal);

    it('asks for the code after the password, by both flows, and takes it', async () => {
      for (const challenge of [
        await scene.passwordSignIn('reader'),
        await srpSignIn(scene, 'reader', PASSWORD),
      ]) {
        assert.equal(challenge['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
        assert.equal(challenge['AuthenticationResult'], undefined);
        await taken(challenge, totpCode(secret, scene));
        scene.clock.advance(60);
      }
    });

    it('asks nothing of who does not know the password', () =>
      refuses(() => scene.passwordSignIn('reader', 'Wrong-1-Password'), {
        code: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      }));

    it('takes the code of the step before and of the one after, and none further off', async () => {
      const challenge = await scene.passwordSignIn('reader');
      for (const steps of [-2, 2]) await refused(challenge, totpCode(secret, scene, steps), MISMATCH);
      await taken(challenge, totpCode(secret, scene, -1));
      await taken(await scene.passwordSignIn('reader'), totpCode(secret, scene, 1));
    });

    it('takes a code once, and after it none that is older', async () => {
      const code = totpCode(secret, scene);
      await taken(await scene.passwordSignIn('reader'), code);
      const again = await scene.passwordSignIn('reader');
      await refused(again, code, USED);
      await refused(again, totpCode(secret, scene, -1), USED);
      await taken(again, totpCode(secret, scene, 1));
    });

    it('lets two wrong codes pass, and ends the session with the third', async () => {
      const challenge = await scene.passwordSignIn('reader');
      const code = totpCode(secret, scene);
      for (let count = 0; count < 2; count++) await refused(challenge, otherCode(code), MISMATCH);
      await refused(challenge, otherCode(code), MISMATCH);
      await refused(challenge, code, invalidSession());
      await taken(await scene.passwordSignIn('reader'), code);
    });

    it('refuses a right code after the session has expired, and a session that was used', async () => {
      const late = await scene.passwordSignIn('reader');
      scene.clock.advance(180);
      await refused(late, totpCode(secret, scene), invalidSession(', session is expired'));
      const used = await scene.passwordSignIn('reader');
      await taken(used, totpCode(secret, scene));
      await refused(used, totpCode(secret, scene, 1), invalidSession(', session can only be used once'));
    });

    it('refuses an answer under the name of another challenge, and one without a code', async () => {
      const challenge = await scene.passwordSignIn('reader');
      const sms = { ...challenge, ChallengeName: 'SMS_MFA' };
      await scene.refuses(
        'RespondToAuthChallenge',
        scene.response(sms, { SMS_MFA_CODE: '123456' }),
        invalidSession(),
      );
      await scene.refuses('RespondToAuthChallenge', scene.response(challenge, {}), {
        code: 'InvalidParameterException',
        message: 'Missing required parameter SOFTWARE_TOKEN_MFA_CODE',
      });
    });

    it('lets nobody in who was disabled while he looked for his code', async () => {
      const challenge = await scene.passwordSignIn('reader');
      await scene.admin('AdminDisableUser', { Username: 'reader' });
      await refused(challenge, totpCode(secret, scene), {
        code: 'NotAuthorizedException',
        message: 'User is disabled.',
      });
    });

    it('asks no more where the user, the administrator or the pool turns it off', async () => {
      await scene.admin('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF' });
      assert.ok((await scene.passwordSignIn('reader'))['AuthenticationResult']);
      await scene.setMfa('OPTIONAL');
      assert.equal((await scene.passwordSignIn('reader'))['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
      await scene.admin('AdminSetUserMFAPreference', {
        Username: 'reader',
        SoftwareTokenMfaSettings: { Enabled: false },
      });
      assert.ok((await scene.passwordSignIn('reader'))['AuthenticationResult']);
    });
  });

  describe('setting up in the account', () => {
    let access: string;

    beforeEach(async () => {
      ({ access } = await scene.tokens('reader'));
    });

    const associate = async (): Promise<string> =>
      text(await scene.call('AssociateSoftwareToken', { AccessToken: access }), 'SecretCode');

    it('gives a secret that apps can read, another each time, and no session', async () => {
      const [first, second] = [await associate(), await associate()];
      assert.match(first, /^[A-Z2-7]{52}$/);
      assert.notEqual(first, second);
      const answer = await scene.call('AssociateSoftwareToken', { AccessToken: access });
      assert.equal(answer['Session'], undefined);
    });

    it('refuses a wrong code, the code of an older secret, and a code without a secret', async () => {
      const verify = (UserCode: string): Members => ({ AccessToken: access, UserCode });
      await scene.refuses('VerifySoftwareToken', verify('123456'), {
        code: 'InvalidParameterException',
        message: /No software token/,
      });
      const older = await associate();
      const secret = await associate();
      await scene.refuses('VerifySoftwareToken', verify(otherCode(totpCode(secret, scene))), NOT_ENABLED);
      await scene.refuses('VerifySoftwareToken', verify(totpCode(older, scene)), NOT_ENABLED);
      await scene.refuses('VerifySoftwareToken', verify('12345'), {
        code: 'InvalidParameterException',
        message: /userCode.*length greater than or equal to 6/,
      });
    });

    it('cannot be preferred before it was shown to work', async () => {
      await associate();
      await scene.refuses(
        'SetUserMFAPreference',
        { AccessToken: access, SoftwareTokenMfaSettings: { Enabled: true } },
        { code: 'InvalidParameterException', message: 'User has not verified software token mfa' },
      );
    });

    it('is refused where the pool has it turned off', async () => {
      await scene.admin('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF' });
      await scene.refuses(
        'AssociateSoftwareToken',
        { AccessToken: access },
        {
          code: 'SoftwareTokenMFANotFoundException',
          message: 'Software Token MFA has not been enabled by the userPool',
        },
      );
    });

    it('asks for nothing until it is turned on, and then with the name of the app', async () => {
      const secret = await associate();
      await scene.call('VerifySoftwareToken', {
        AccessToken: access,
        UserCode: totpCode(secret, scene),
        FriendlyDeviceName: 'Old telephone',
      });
      assert.ok((await scene.passwordSignIn('reader'))['AuthenticationResult']);
      await scene.call('SetUserMFAPreference', {
        AccessToken: access,
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      });
      const { ChallengeParameters } = await scene.passwordSignIn('reader');
      assert.equal(members(ChallengeParameters)['FRIENDLY_DEVICE_NAME'], 'Old telephone');
      const user = await scene.call('GetUser', { AccessToken: access });
      assert.deepEqual(user['UserMFASettingList'], ['SOFTWARE_TOKEN_MFA']);
      assert.equal(user['PreferredMfaSetting'], 'SOFTWARE_TOKEN_MFA');
    });
  });

  describe('setting up to get in', () => {
    beforeEach(() =>
      scene.admin('SetUserPoolMfaConfig', {
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );

    const associate = async (challenge: Members): Promise<Members> =>
      scene.call('AssociateSoftwareToken', { Session: challenge['Session'] });

    it('lets nobody in without a second factor', async () => {
      const challenge = await scene.passwordSignIn('reader');
      assert.equal(challenge['ChallengeName'], 'MFA_SETUP');
      assert.equal(challenge['AuthenticationResult'], undefined);
      const parameters = members(challenge['ChallengeParameters']);
      assert.deepEqual(JSON.parse(text(parameters, 'MFAS_CAN_SETUP')), ['SOFTWARE_TOKEN_MFA']);
      const early: Refusal = { code: 'InvalidParameterException', message: /has not been verified/ };
      await scene.refuses('RespondToAuthChallenge', scene.response(challenge, {}), early);
      const { Session } = await associate(challenge);
      await scene.refuses('RespondToAuthChallenge', scene.response({ ...challenge, Session }, {}), early);
    });

    it('goes from session to session, and asks for the code at the next sign-in', async () => {
      const challenge = await scene.passwordSignIn('reader');
      const associated = await associate(challenge);
      const secret = text(associated, 'SecretCode');
      const verified = await scene.call('VerifySoftwareToken', {
        Session: associated['Session'],
        UserCode: totpCode(secret, scene),
      });
      assert.equal(verified['Status'], 'SUCCESS');
      const sessions = [challenge, associated, verified].map(({ Session }) => Session);
      assert.equal(new Set(sessions).size, 3);
      await scene.refuses(
        'RespondToAuthChallenge',
        scene.response(challenge, {}),
        invalidSession(', session can only be used once'),
      );
      const done = await scene.respond({ ...challenge, Session: verified['Session'] }, {});
      assert.ok(text(done['AuthenticationResult'], 'IdToken'));
      const next = await scene.passwordSignIn('reader');
      assert.equal(next['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
      await scene.refuses(
        'RespondToAuthChallenge',
        scene.response(next, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene) }),
        USED,
      );
    });

    it('refuses a wrong code three times, and then the session', async () => {
      const { SecretCode, Session } = await associate(await scene.passwordSignIn('reader'));
      const code = totpCode(String(SecretCode), scene);
      for (let count = 0; count < 3; count++)
        await scene.refuses('VerifySoftwareToken', { Session, UserCode: otherCode(code) }, NOT_ENABLED);
      await scene.refuses('VerifySoftwareToken', { Session, UserCode: code }, invalidSession());
    });

    it('refuses sessions that are invented, of another challenge, or left out', async () => {
      await scene.refuses('AssociateSoftwareToken', { Session: 'x'.repeat(40) }, invalidSession());
      await scene.refuses(
        'AssociateSoftwareToken',
        {},
        { code: 'InvalidParameterException', message: /Session/ },
      );
      const { Session } = await scene.passwordSignIn('reader');
      await scene.refuses('VerifySoftwareToken', { Session, UserCode: '123456' }, invalidSession());
    });

    it('comes after a new password, where that is due too', async () => {
      await scene.admin('AdminCreateUser', {
        Username: 'newcomer',
        TemporaryPassword: PASSWORD,
        MessageAction: 'SUPPRESS',
      });
      const challenge = await scene.passwordSignIn('newcomer');
      assert.equal(challenge['ChallengeName'], 'NEW_PASSWORD_REQUIRED');
      const next = await scene.respond(challenge, { NEW_PASSWORD: 'Another-1-Password' });
      assert.equal(next['ChallengeName'], 'MFA_SETUP');
    });
  });
});
