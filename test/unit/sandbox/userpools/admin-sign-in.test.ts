import assert from 'node:assert/strict';
import { EVERY_FLOW, PASSWORD, Scene, text, type Members, type Refusal } from './scene';

const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('sandbox user pools: sign-in by an administrator', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({}, { ExplicitAuthFlows: [...EVERY_FLOW, 'ALLOW_ADMIN_USER_PASSWORD_AUTH'] });
    await scene.addUser('reader', { phone_number: '+12065550100' });
  });

  const input = (more: Members = {}): Members => ({
    UserPoolId: scene.poolId,
    ClientId: scene.clientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'reader', PASSWORD },
    ...more,
  });

  it('takes the password, and refuses another', async () => {
    const { AuthenticationResult } = await scene.call('AdminInitiateAuth', input());
    assert.ok(text(AuthenticationResult, 'IdToken'));
    const wrong = { USERNAME: 'reader', PASSWORD: 'Wrong-1-Password' };
    await scene.refuses('AdminInitiateAuth', input({ AuthParameters: wrong }), WRONG);
  });

  it('goes through the same challenges', async () => {
    await scene.setMfa('OPTIONAL');
    await scene.admin('AdminSetUserMFAPreference', { Username: 'reader', SMSMfaSettings: { Enabled: true } });
    const challenge = await scene.call('AdminInitiateAuth', input());
    assert.equal(challenge['ChallengeName'], 'SMS_MFA');
    const done = await scene.call('AdminRespondToAuthChallenge', {
      UserPoolId: scene.poolId,
      ...scene.response(challenge, { SMS_MFA_CODE: scene.lastCode() }),
    });
    assert.ok(text(done['AuthenticationResult'], 'IdToken'));
  });

  it('refreshes', async () => {
    const { refresh } = await scene.tokens('reader');
    const more = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refresh } };
    const { AuthenticationResult } = await scene.call('AdminInitiateAuth', input(more));
    assert.ok(text(AuthenticationResult, 'IdToken'));
  });

  it('is refused where the client does not have it, and to the public', async () => {
    await scene.refuses('InitiateAuth', input(), {
      code: 'InvalidParameterException',
      message: 'Initiate Auth method not supported.',
    });
    scene.clientId = await scene.addClient();
    await scene.refuses('AdminInitiateAuth', input(), {
      code: 'InvalidParameterException',
      message: 'Auth flow not enabled for this client',
    });
  });

  it('is refused with a client of another pool', async () => {
    const other = await scene.addPool();
    await scene.refuses('AdminInitiateAuth', input({ UserPoolId: other }), {
      code: 'ResourceNotFoundException',
      message: `User pool client ${scene.clientId} does not exist.`,
    });
  });
});
