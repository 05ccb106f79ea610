import assert from 'node:assert/strict';
import { createSrpSession, signSrpSession, wrapAuthChallenge } from 'cognito-srp-helper';
import { addAuthenticator, totpCode } from './authenticator';
import {
  EVERY_FLOW,
  PASSWORD,
  Scene,
  members,
  otherCode,
  refuses,
  text,
  type Members,
  type Refusal,
} from './scene';

const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const ALL = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'];
const CONTACT = {
  phone_number: '+12065550100',
  phone_number_verified: 'true',
  email: 'reader@example.com',
  email_verified: 'true',
};

describe('sandbox user pools: USER_AUTH', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ALL } } },
      { ExplicitAuthFlows: [...EVERY_FLOW, 'ALLOW_USER_AUTH'] },
    );
    await scene.setMfa('OPTIONAL');
    await scene.addUser('reader', CONTACT);
  });

  const begin = (username: string, more: Members = {}): Promise<Members> =>
    scene.call('InitiateAuth', {
      AuthFlow: 'USER_AUTH',
      ClientId: scene.clientId,
      AuthParameters: { USERNAME: username, ...more },
    });
  const isIn = (answer: Members): void => {
    assert.ok(text(answer['AuthenticationResult'], 'IdToken'), JSON.stringify(answer));
  };
  const addPasskey = (username: string): void => {
    scene.pools.context.store.pools
      .get(scene.poolId)
      ?.users.get(username)
      ?.passkeys.push({ id: 'a2V5', name: 'Key', relyingPartyId: 'example.com', createdAt: 0 });
  };

  it('names what the user can choose from', async () => {
    const challenge = await begin('reader');
    assert.equal(challenge['ChallengeName'], 'SELECT_CHALLENGE');
    assert.deepEqual(challenge['AvailableChallenges'], ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']);
    await scene.addUser('plain', { email: 'plain@example.com' });
    assert.deepEqual((await begin('plain'))['AvailableChallenges'], ['PASSWORD', 'PASSWORD_SRP']);
    addPasskey('plain');
    assert.deepEqual((await begin('plain'))['AvailableChallenges'], [
      'PASSWORD',
      'PASSWORD_SRP',
      'WEB_AUTHN',
    ]);
  });

  describe('PASSWORD', () => {
    it('comes at once, with the choice, or after it', async () => {
      isIn(await begin('reader', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD }));
      isIn(await scene.respond(await begin('reader'), { ANSWER: 'PASSWORD', PASSWORD }));
      const preferred = await begin('reader', { PREFERRED_CHALLENGE: 'PASSWORD' });
      const chosen = await scene.respond(await begin('reader'), { ANSWER: 'PASSWORD' });
      for (const challenge of [preferred, chosen]) {
        assert.equal(challenge['ChallengeName'], 'PASSWORD');
        isIn(await scene.respond(challenge, { PASSWORD }));
      }
    });

    it('is refused when it is wrong, each way, and counts towards the lockout', async () => {
      const wrong = { PASSWORD: 'Wrong-1-Password' };
      const challenge = await begin('reader');
      const answer = scene.response(challenge, { ANSWER: 'PASSWORD', ...wrong });
      await refuses(() => begin('reader', { PREFERRED_CHALLENGE: 'PASSWORD', ...wrong }), WRONG);
      await scene.refuses('RespondToAuthChallenge', answer, WRONG);
      const plain = await scene.respond(challenge, { ANSWER: 'PASSWORD' });
      for (let count = 0; count < 3; count++)
        await scene.refuses('RespondToAuthChallenge', scene.response(plain, wrong), WRONG);
      await scene.refuses('RespondToAuthChallenge', scene.response(plain, { PASSWORD }), {
        code: 'NotAuthorizedException',
        message: 'Password attempts exceeded',
      });
    });
  });

  describe('PASSWORD_SRP', () => {
    let session: ReturnType<typeof createSrpSession>;
    let publicA: string;

    beforeEach(() => {
      session = createSrpSession('reader', PASSWORD, scene.poolId, false);
      publicA = session.largeA;
    });

    const proof = (challenge: Members, withSession = true): Members => {
      const signed = signSrpSession(session, challenge);
      const { ChallengeResponses } = wrapAuthChallenge(signed, {
        ClientId: scene.clientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME: 'reader' },
      });
      const answer = scene.response(challenge, { ...ChallengeResponses });
      return withSession ? answer : { ...answer, Session: undefined };
    };

    it('comes at once, with the choice, or after it', async () => {
      const atOnce = await begin('reader', { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: publicA });
      const withChoice = await scene.respond(await begin('reader'), {
        ANSWER: 'PASSWORD_SRP',
        SRP_A: publicA,
      });
      const chosen = await scene.respond(await begin('reader'), { ANSWER: 'PASSWORD_SRP' });
      assert.equal(chosen['ChallengeName'], 'PASSWORD_SRP');
      const after = await scene.respond(chosen, { SRP_A: publicA });
      for (const challenge of [atOnce, withChoice, after]) {
        assert.equal(challenge['ChallengeName'], 'PASSWORD_VERIFIER');
        isIn(await scene.call('RespondToAuthChallenge', proof(challenge)));
      }
    });

    it('wants its session back, and refuses another password and another exchange', async () => {
      const start = (): Promise<Members> =>
        begin('reader', { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: publicA });
      await scene.refuses('RespondToAuthChallenge', proof(await start(), false), WRONG);
      const [first, second] = [await start(), await start()];
      await scene.refuses(
        'RespondToAuthChallenge',
        { ...proof(first), Session: second['Session'] },
        { code: 'NotAuthorizedException', message: 'Invalid session for the user.' },
      );
      session = createSrpSession('reader', 'Wrong-1-Password', scene.poolId, false);
      publicA = session.largeA;
      await scene.refuses('RespondToAuthChallenge', proof(await start()), WRONG);
    });
  });

  for (const [name, medium, masked] of [
    ['EMAIL_OTP', 'EMAIL', 'r***@e***'],
    ['SMS_OTP', 'SMS', '+*******0100'],
  ] as const) {
    it(`sends the code of ${name} when it is chosen, and takes no other`, async () => {
      const preferred = await begin('reader', { PREFERRED_CHALLENGE: name });
      assert.equal(preferred['ChallengeName'], name);
      const challenge = await scene.respond(await begin('reader'), { ANSWER: name });
      const parameters = members(challenge['ChallengeParameters']);
      assert.equal(parameters['CODE_DELIVERY_DELIVERY_MEDIUM'], medium);
      assert.equal(parameters['CODE_DELIVERY_DESTINATION'], masked);
      const code = scene.lastCode();
      assert.match(code, /^\d{8}$/);
      const answer = (value: string): Members => scene.response(challenge, { [`${name}_CODE`]: value });
      await scene.refuses('RespondToAuthChallenge', answer(otherCode(code)), {
        code: 'CodeMismatchException',
        message: 'Invalid code or auth state for the user.',
      });
      isIn(await scene.call('RespondToAuthChallenge', answer(code)));
    });
  }

  it('asks a passkey to sign, and refuses whatever comes', async () => {
    addPasskey('reader');
    const challenge = await begin('reader', { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    assert.equal(challenge['ChallengeName'], 'WEB_AUTHN');
    const parameters = members(challenge['ChallengeParameters']);
    const options = members(JSON.parse(text(parameters, 'CREDENTIAL_REQUEST_OPTIONS')));
    assert.equal(options['rpId'], 'example.com');
    assert.deepEqual(options['allowCredentials'], [
      { type: 'public-key', id: 'a2V5', transports: ['internal'] },
    ]);
    const answer = (CREDENTIAL: string): Members => scene.response(challenge, { CREDENTIAL });
    await scene.refuses('RespondToAuthChallenge', answer('{"id":"a2V5"}'), WRONG);
    await scene.refuses('RespondToAuthChallenge', answer('nonsense'), {
      code: 'InvalidParameterException',
      message: /not valid JSON/,
    });
  });

  it('falls back to the choice where the preferred challenge cannot be had', async () => {
    for (const PREFERRED_CHALLENGE of ['WEB_AUTHN', 'NONSENSE']) {
      const challenge = await begin('reader', { PREFERRED_CHALLENGE });
      assert.equal(challenge['ChallengeName'], 'SELECT_CHALLENGE');
    }
  });

  it('refuses a choice that was not offered, and keeps the session', async () => {
    const challenge = await begin('reader');
    await scene.refuses('RespondToAuthChallenge', scene.response(challenge, { ANSWER: 'WEB_AUTHN' }), {
      code: 'InvalidParameterException',
      message: 'Selected challenge is not available for the user.',
    });
    isIn(await scene.respond(challenge, { ANSWER: 'PASSWORD', PASSWORD }));
  });

  it('asks for the second factor after the password, and offers no codes before it', async () => {
    const secret = await addAuthenticator(scene, 'reader');
    const challenge = await begin('reader');
    assert.deepEqual(challenge['AvailableChallenges'], ['PASSWORD', 'PASSWORD_SRP']);
    const second = await scene.respond(challenge, { ANSWER: 'PASSWORD', PASSWORD });
    assert.equal(second['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    isIn(await scene.respond(second, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene) }));
  });

  it('offers strangers what it offers everybody, and lets them in by none of it', async () => {
    const challenge = await begin('nobody');
    assert.deepEqual(challenge['AvailableChallenges'], ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']);
    await scene.refuses(
      'RespondToAuthChallenge',
      scene.response(challenge, { ANSWER: 'PASSWORD', PASSWORD }),
      WRONG,
    );
    const mail = await scene.respond(challenge, { ANSWER: 'EMAIL_OTP' });
    assert.equal(members(mail['ChallengeParameters'])['CODE_DELIVERY_DESTINATION'], 'n***@n***');
    assert.deepEqual(scene.outbox.all(), []);
    await scene.refuses('RespondToAuthChallenge', scene.response(mail, { EMAIL_OTP_CODE: '12345678' }), {
      code: 'CodeMismatchException',
      message: /Invalid code/,
    });
    scene.clientId = await scene.addClient({
      ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
      PreventUserExistenceErrors: 'LEGACY',
    });
    await refuses(() => begin('nobody'), {
      code: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  it('shows only after the first factor that a user is disabled', async () => {
    await scene.admin('AdminDisableUser', { Username: 'reader' });
    const challenge = await begin('reader');
    await scene.refuses(
      'RespondToAuthChallenge',
      scene.response(challenge, { ANSWER: 'PASSWORD', PASSWORD }),
      { code: 'NotAuthorizedException', message: 'User is disabled.' },
    );
  });

  it('is refused where the client or the feature plan has it not', async () => {
    scene.clientId = await scene.addClient();
    await refuses(() => begin('reader'), {
      code: 'InvalidParameterException',
      message: 'USER_AUTH is not enabled for the client.',
    });
    scene.poolId = await scene.addPool({ UserPoolTier: 'LITE' });
    scene.clientId = await scene.addClient({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'] });
    await refuses(() => begin('reader'), {
      code: 'FeatureUnavailableInTierException',
      message: /feature plan/,
    });
  });

  it('tells a signed-in user what he can begin with', async () => {
    const { access } = await scene.tokens('reader');
    const factors = await scene.call('GetUserAuthFactors', { AccessToken: access });
    assert.equal(factors['Username'], 'reader');
    assert.deepEqual(factors['ConfiguredUserAuthFactors'], ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']);
  });
});
