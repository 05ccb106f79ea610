import assert from 'node:assert/strict';
import { formatSrpTimestamp } from '../../../../sandbox/userpools/auth/srp-timestamp';
import { PASSWORD, Scene, members, secretHash, text, type Refusal } from './scene';
import { srpSignIn, startSrp, type SrpAnswer } from './srp-client';

const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('sandbox user pools: SRP, answered by cognito-srp-helper', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.create({
      AliasAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 8 } },
    });
    await scene.addUser('reader', { email: 'reader@example.com', email_verified: 'true' });
    await scene.addUser('admin');
  });

  it('signs in with the right password and gives no session with the challenge', async () => {
    const { challenge, answer } = await startSrp(scene, 'reader', PASSWORD);
    assert.equal(challenge['ChallengeName'], 'PASSWORD_VERIFIER');
    assert.equal(challenge['Session'], undefined);
    const { AuthenticationResult } = await scene.call('RespondToAuthChallenge', answer);
    assert.equal(members(AuthenticationResult)['TokenType'], 'Bearer');
  });

  for (const password of ['Pä55-wörd 日本語 📝', 'with:colon-1-A', ' ~1aA~ '.trim().padEnd(99, 'x')]) {
    it(`signs in with the password ${password.slice(0, 20)}`, async () => {
      await scene.admin('AdminSetUserPassword', { Username: 'admin', Password: password, Permanent: true });
      assert.ok((await srpSignIn(scene, 'admin', password))['AuthenticationResult']);
    });
  }

  it('signs in whatever the capitals, and hands out the real user name', async () => {
    const { challenge } = await startSrp(scene, 'READER', PASSWORD);
    assert.equal(text(challenge['ChallengeParameters'], 'USER_ID_FOR_SRP'), 'reader');
  });

  it('finds the user by a verified e-mail address', async () => {
    const { challenge } = await startSrp(scene, 'reader@example.com', PASSWORD);
    assert.equal(text(challenge['ChallengeParameters'], 'USER_ID_FOR_SRP'), 'reader');
  });

  it('refuses a wrong password', async () => {
    const { answer } = await startSrp(scene, 'reader', 'Wrong-1-Password');
    await scene.refuses('RespondToAuthChallenge', answer, WRONG);
  });

  it('challenges unknown users too, always with the same salt, and then refuses', async () => {
    const first = await startSrp(scene, 'nobody', PASSWORD);
    const second = await startSrp(scene, 'nobody', PASSWORD);
    const salt = (attempt: SrpAnswer): string => text(attempt.challenge['ChallengeParameters'], 'SALT');
    assert.equal(salt(first), salt(second));
    await scene.refuses('RespondToAuthChallenge', first.answer, WRONG);
  });

  const spoilt: readonly [name: string, spoil: (answer: SrpAnswer['answer']) => void, refusal: Refusal][] = [
    ['another user', ({ ChallengeResponses }) => (ChallengeResponses['USERNAME'] = 'admin'), WRONG],
    [
      'an invented secret block',
      ({ ChallengeResponses }) => (ChallengeResponses['PASSWORD_CLAIM_SECRET_BLOCK'] = 'AAAA'),
      WRONG,
    ],
    [
      'a signature of another time',
      ({ ChallengeResponses }) => (ChallengeResponses['TIMESTAMP'] = formatSrpTimestamp(Date.now() - 60_000)),
      WRONG,
    ],
    [
      'a time of another form',
      ({ ChallengeResponses }) => (ChallengeResponses['TIMESTAMP'] = '2026-01-01T00:00:00Z'),
      { code: 'InvalidParameterException', message: /TIMESTAMP format should be/ },
    ],
    [
      'no signature',
      ({ ChallengeResponses }) => delete ChallengeResponses['PASSWORD_CLAIM_SIGNATURE'],
      {
        code: 'InvalidParameterException',
        message: 'Missing required parameter PASSWORD_CLAIM_SIGNATURE',
      },
    ],
    [
      'a session that nobody gave',
      (answer) => (answer['Session'] = 'bogus'),
      { code: 'NotAuthorizedException', message: 'Invalid session for the user.' },
    ],
  ];
  for (const [name, spoil, refusal] of spoilt) {
    it(`refuses an answer with ${name}`, async () => {
      const { answer } = await startSrp(scene, 'reader', PASSWORD);
      spoil(answer);
      await scene.refuses('RespondToAuthChallenge', answer, refusal);
    });
  }

  it('refuses an answer through another client', async () => {
    const other = await scene.addClient();
    const { answer } = await startSrp(scene, 'reader', PASSWORD);
    await scene.refuses('RespondToAuthChallenge', { ...answer, ClientId: other }, WRONG);
  });

  it('refuses the same right answer the second time', async () => {
    const { answer } = await startSrp(scene, 'reader', PASSWORD);
    await scene.call('RespondToAuthChallenge', answer);
    await scene.refuses('RespondToAuthChallenge', answer, WRONG);
  });

  it('refuses an answer that came too late', async () => {
    const { answer } = await startSrp(scene, 'reader', PASSWORD);
    scene.clock.advance(61);
    await scene.refuses('RespondToAuthChallenge', answer, WRONG);
    scene.clock.advance(-61);
  });

  it('refuses a client whose clock is ten minutes off', async () => {
    scene.clock.advance(600);
    const { answer } = await startSrp(scene, 'reader', PASSWORD);
    await scene.refuses('RespondToAuthChallenge', answer, WRONG);
    scene.clock.advance(-600);
    await srpSignIn(scene, 'reader', PASSWORD);
  });

  it('checks the secret hash of the answer as well', async () => {
    const backend = await scene.addClient({ GenerateSecret: true });
    const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: backend });
    const secret = text(UserPoolClient, 'ClientSecret');
    const hash = secretHash(secret, 'reader', backend);
    await scene.refuses(
      'RespondToAuthChallenge',
      {
        ClientId: backend,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME: 'reader', SECRET_HASH: hash.replace(/^./, '_') },
      },
      { code: 'NotAuthorizedException', message: `Unable to verify secret hash for client ${backend}` },
    );
  });
});
