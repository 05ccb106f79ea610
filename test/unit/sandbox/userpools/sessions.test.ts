import assert from 'node:assert/strict';
import { PASSWORD, Scene, members, text, type Members, type Refusal } from './scene';
import { srpSignIn } from './srp-client';

const invalid = (message: string): Refusal => ({ code: 'NotAuthorizedException', message });
const TEMPORARY = 'Temporary-1-Word';

describe('sandbox user pools: temporary passwords and session strings', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({
      Schema: [
        { Name: 'name', Required: true },
        { Name: 'email', Required: false },
      ],
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, PasswordHistorySize: 2 } },
    });
    await invite('newcomer');
  });

  const invite = (Username: string): Promise<Members> =>
    scene.admin('AdminCreateUser', {
      Username,
      TemporaryPassword: TEMPORARY,
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
    });

  const challenge = async (): Promise<string> =>
    text(await scene.passwordSignIn('newcomer', TEMPORARY), 'Session');

  const answer = (session: string | undefined, responses: Record<string, string> = {}): Members => ({
    ClientId: scene.clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ...(session !== undefined && { Session: session }),
    ChallengeResponses: {
      USERNAME: 'newcomer',
      NEW_PASSWORD: PASSWORD,
      'userAttributes.name': 'New Comer',
      ...responses,
    },
  });

  it('asks for a new password and names what is missing, in both flows', async () => {
    for (const answered of [
      await scene.passwordSignIn('newcomer', TEMPORARY),
      await srpSignIn(scene, 'newcomer', TEMPORARY),
    ]) {
      assert.equal(answered['ChallengeName'], 'NEW_PASSWORD_REQUIRED');
      assert.equal(answered['AuthenticationResult'], undefined);
      const parameters = members(answered['ChallengeParameters']);
      assert.equal(parameters['requiredAttributes'], '["userAttributes.name"]');
      assert.deepEqual(JSON.parse(text(parameters, 'userAttributes')), { email: 'newcomer@example.com' });
    }
  });

  it('takes the new password, and from then on no other', async () => {
    const done = await scene.call('RespondToAuthChallenge', answer(await challenge()));
    assert.ok(members(done['AuthenticationResult'])['IdToken']);
    await scene.passwordSignIn('newcomer');
    await scene.refuses(
      'InitiateAuth',
      {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: scene.clientId,
        AuthParameters: { USERNAME: 'newcomer', PASSWORD: TEMPORARY },
      },
      invalid('Incorrect username or password.'),
    );
  });

  it('refuses any other temporary password', () =>
    scene.refuses(
      'InitiateAuth',
      {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: scene.clientId,
        AuthParameters: { USERNAME: 'newcomer', PASSWORD: 'Temporary-2-Word' },
      },
      invalid('Incorrect username or password.'),
    ));

  it('refuses a temporary password after its time', async () => {
    scene.clock.advance(7 * 86_400 + 1);
    await assert.rejects(challenge(), { message: /^Temporary password has expired/ });
    await scene.admin('AdminCreateUser', {
      Username: 'newcomer',
      TemporaryPassword: TEMPORARY,
      MessageAction: 'RESEND',
    });
    assert.ok(await challenge());
  });

  it('refuses a made-up, a missing, a used and an expired session', async () => {
    await scene.refuses('RespondToAuthChallenge', answer('bogus'), invalid('Invalid session for the user.'));
    await scene.refuses('RespondToAuthChallenge', answer(undefined), {
      code: 'InvalidParameterException',
      message: 'Missing required parameter Session',
    });
    const late = await challenge();
    scene.clock.advance(180);
    await scene.refuses(
      'RespondToAuthChallenge',
      answer(late),
      invalid('Invalid session for the user, session is expired.'),
    );
    const used = await challenge();
    await scene.call('RespondToAuthChallenge', answer(used));
    await scene.admin('AdminSetUserPassword', { Username: 'newcomer', Password: TEMPORARY });
    await scene.refuses(
      'RespondToAuthChallenge',
      answer(used),
      invalid('Invalid session for the user, session can only be used once.'),
    );
  });

  it('lives as long as the client says', async () => {
    scene.clientId = await scene.addClient({ AuthSessionValidity: 15 });
    const session = await challenge();
    scene.clock.advance(14 * 60);
    await scene.call('RespondToAuthChallenge', answer(session));
  });

  it('binds a session to its user, its client and its challenge', async () => {
    await invite('other');
    const session = await challenge();
    const refusal = invalid('Invalid session for the user.');
    await scene.refuses('RespondToAuthChallenge', answer(session, { USERNAME: 'other' }), refusal);
    const client = await scene.addClient();
    await scene.refuses('RespondToAuthChallenge', { ...answer(session), ClientId: client }, refusal);
    const verifier = {
      PASSWORD_CLAIM_SIGNATURE: 'a',
      PASSWORD_CLAIM_SECRET_BLOCK: 'a',
      TIMESTAMP: 'a',
    };
    await scene.refuses(
      'RespondToAuthChallenge',
      { ...answer(session, verifier), ChallengeName: 'PASSWORD_VERIFIER' },
      refusal,
    );
  });

  const badAnswers: readonly [string, Record<string, string>, Refusal][] = [
    [
      'too short',
      { NEW_PASSWORD: 'a1' },
      {
        code: 'InvalidPasswordException',
        message: 'Password did not conform with policy: Password not long enough',
      },
    ],
    [
      'without a number',
      { NEW_PASSWORD: 'abcdefghij' },
      {
        code: 'InvalidPasswordException',
        message: 'Password did not conform with policy: Password must have numeric characters',
      },
    ],
    [
      'with an attribute that is there already',
      { 'userAttributes.email': 'x@example.com' },
      invalid('Cannot modify an already provided email'),
    ],
    [
      'without a required attribute',
      { 'userAttributes.name': '' },
      { code: 'InvalidParameterException', message: 'Invalid attributes given, name is missing' },
    ],
  ];
  for (const [name, responses, refusal] of badAnswers) {
    it(`refuses a new password ${name}, and keeps the session usable`, async () => {
      const session = await challenge();
      await scene.refuses('RespondToAuthChallenge', answer(session, responses), refusal);
      const done = await scene.call('RespondToAuthChallenge', answer(session));
      assert.ok(done['AuthenticationResult']);
    });
  }

  it('refuses a password that the history holds', async () => {
    await scene.call('RespondToAuthChallenge', answer(await challenge()));
    await scene.refuses(
      'AdminSetUserPassword',
      { UserPoolId: scene.poolId, Username: 'newcomer', Password: PASSWORD, Permanent: true },
      { code: 'PasswordHistoryPolicyViolationException', message: /previously been used/ },
    );
  });

  it('sends the temporary password with the invitation, if it is asked to', async () => {
    await scene.admin('AdminCreateUser', {
      Username: 'invited',
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [{ Name: 'email', Value: 'invited@example.com' }],
    });
    const [message, ...others] = scene.outbox.all();
    assert.deepEqual(others, []);
    assert.equal(message?.destination, 'invited@example.com');
    const { ChallengeName } = await scene.passwordSignIn('invited', message.code);
    assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  });
});
