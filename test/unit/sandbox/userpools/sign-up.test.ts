import assert from 'node:assert/strict';
import { PASSWORD, Scene, members, text, type Members, type Refusal } from './scene';

const ATTRIBUTES = [{ Name: 'email', Value: 'fresh@example.com' }];

describe('sandbox user pools: signing up', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create({ AutoVerifiedAttributes: ['email'], AliasAttributes: ['email'] });
  });

  const app = (more: Members): Members => ({ ClientId: scene.clientId, Username: 'fresh', ...more });
  const signUp = (more: Members = {}): Promise<Members> =>
    scene.call('SignUp', app({ Password: PASSWORD, UserAttributes: ATTRIBUTES, ...more }));
  const lastCode = (): string => scene.outbox.all().at(-1)?.code ?? '';
  const otherCode = (): string => (lastCode() === '000000' ? '000001' : '000000');

  it('sends a code, masks where it went, and confirms with it', async () => {
    const answer = await signUp();
    assert.equal(answer['UserConfirmed'], false);
    assert.deepEqual(answer['CodeDeliveryDetails'], {
      Destination: 'f***@e***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    await scene.call('ConfirmSignUp', app({ ConfirmationCode: lastCode() }));
    const user = await scene.admin('AdminGetUser', { Username: 'fresh' });
    assert.equal(user['UserStatus'], 'CONFIRMED');
    assert.ok((await scene.passwordSignIn('fresh@example.com'))['AuthenticationResult']);
  });

  it('refuses any other code', async () => {
    await signUp();
    await scene.refuses('ConfirmSignUp', app({ ConfirmationCode: otherCode() }), {
      code: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    });
  });

  it('refuses a code after a day, and the one before the newest', async () => {
    await signUp();
    const first = lastCode();
    scene.clock.advance(86_400);
    await scene.refuses('ConfirmSignUp', app({ ConfirmationCode: first }), {
      code: 'ExpiredCodeException',
      message: /request a code again/,
    });
    await scene.call('ResendConfirmationCode', app({}));
    if (first !== lastCode())
      await scene.refuses('ConfirmSignUp', app({ ConfirmationCode: first }), {
        code: 'CodeMismatchException',
        message: /Invalid verification code/,
      });
    await scene.call('ConfirmSignUp', app({ ConfirmationCode: lastCode() }));
  });

  it('stops guessing, and sending', async () => {
    await signUp();
    const limited: Refusal = { code: 'LimitExceededException', message: /Attempt limit exceeded/ };
    for (let count = 0; count < 15; count++)
      await assert.rejects(scene.call('ConfirmSignUp', app({ ConfirmationCode: otherCode() })));
    await scene.refuses('ConfirmSignUp', app({ ConfirmationCode: lastCode() }), limited);
    for (let count = 0; count < 5; count++) await scene.call('ResendConfirmationCode', app({}));
    await scene.refuses('ResendConfirmationCode', app({}), limited);
    scene.clock.advance(3600);
    await scene.call('ResendConfirmationCode', app({}));
  });

  it('hides unknown users, or tells of them, as the client is set', async () => {
    const unknown = app({ Username: 'nobody' });
    const answer = await scene.call('ResendConfirmationCode', unknown);
    assert.equal(members(answer['CodeDeliveryDetails'])['DeliveryMedium'], 'EMAIL');
    assert.deepEqual(scene.outbox.all(), []);
    await scene.refuses(
      'ConfirmSignUp',
      { ...unknown, ConfirmationCode: '123456' },
      {
        code: 'ExpiredCodeException',
        message: /request a code again/,
      },
    );
    scene.clientId = await scene.addClient({ PreventUserExistenceErrors: 'LEGACY' });
    const open = app({ Username: 'nobody', ConfirmationCode: '123456' });
    for (const operation of ['ConfirmSignUp', 'ResendConfirmationCode'])
      await scene.refuses(operation, open, { code: 'UserNotFoundException', message: /not found/ });
  });

  const refusals: readonly [string, Members, Refusal][] = [
    [
      'a weak password',
      { Password: 'weak' },
      { code: 'InvalidPasswordException', message: /Password not long enough/ },
    ],
    [
      'a name that is taken, whatever its capitals',
      { Username: 'TAKEN' },
      { code: 'UsernameExistsException', message: 'User account already exists' },
    ],
    [
      'an e-mail address as a name, where addresses are aliases',
      { Username: 'a@example.com' },
      { code: 'InvalidParameterException', message: /cannot be of email format/ },
    ],
    [
      'an attribute that only administrators set',
      { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] },
      {
        code: 'NotAuthorizedException',
        message: 'A client attempted to write unauthorized attribute',
      },
    ],
    [
      'an unknown attribute',
      { UserAttributes: [{ Name: 'custom:x', Value: '1' }] },
      { code: 'InvalidParameterException', message: /did not conform to the schema/ },
    ],
    [
      'a malformed address',
      { UserAttributes: [{ Name: 'email', Value: 'nonsense' }] },
      { code: 'InvalidParameterException', message: 'Invalid email address format.' },
    ],
  ];
  for (const [name, change, refusal] of refusals) {
    it(`refuses ${name}`, async () => {
      await scene.addUser('taken');
      await scene.refuses('SignUp', app({ Password: PASSWORD, ...change }), refusal);
    });
  }

  it('refuses an alias that another confirmed user has, unless forced', async () => {
    await scene.addUser('first', { email: 'fresh@example.com', email_verified: 'true' });
    await signUp();
    const confirmation = app({ ConfirmationCode: lastCode() });
    await scene.refuses('ConfirmSignUp', confirmation, {
      code: 'AliasExistsException',
      message: /already exists/,
    });
    await scene.call('ConfirmSignUp', { ...confirmation, ForceAliasCreation: true });
    const { AuthenticationResult } = await scene.passwordSignIn('fresh@example.com');
    assert.ok(text(AuthenticationResult, 'IdToken'));
  });

  it('refuses what an administrator has reserved for himself', async () => {
    scene.poolId = await scene.addPool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    scene.clientId = await scene.addClient();
    await scene.refuses('SignUp', app({ Password: PASSWORD }), {
      code: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    });
  });

  it('wants an address for a name where people sign in by e-mail', async () => {
    scene.poolId = await scene.addPool({ UsernameAttributes: ['email'] });
    scene.clientId = await scene.addClient();
    await scene.refuses('SignUp', app({ Password: PASSWORD }), {
      code: 'InvalidParameterException',
      message: 'Username should be an email.',
    });
  });

  it('wants the secret hash of a client with a secret', async () => {
    scene.clientId = await scene.addClient({ GenerateSecret: true });
    await scene.refuses('SignUp', app({ Password: PASSWORD }), {
      code: 'NotAuthorizedException',
      message: `Unable to verify secret hash for client ${scene.clientId}`,
    });
  });

  it('confirms nobody twice', async () => {
    await scene.addUser('taken');
    await scene.refuses('ConfirmSignUp', app({ Username: 'taken', ConfirmationCode: '123456' }), {
      code: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
    await scene.refuses('ResendConfirmationCode', app({ Username: 'taken' }), {
      code: 'InvalidParameterException',
      message: 'User is already confirmed.',
    });
  });

  it('goes on to the sign-in without another question, where the client has USER_AUTH', async () => {
    scene.clientId = await scene.addClient({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'] });
    const { Session } = await signUp();
    const confirmed = await scene.call('ConfirmSignUp', app({ ConfirmationCode: lastCode(), Session }));
    const signIn = (session: unknown, USERNAME = 'fresh'): Members => ({
      ClientId: scene.clientId,
      AuthFlow: 'USER_AUTH',
      Session: session,
      AuthParameters: { USERNAME },
    });
    const invalid = { code: 'NotAuthorizedException', message: /^Invalid session for the user/ };
    await scene.addUser('other');
    await scene.refuses('InitiateAuth', signIn(Session), invalid);
    await scene.refuses('InitiateAuth', signIn(confirmed['Session'], 'other'), invalid);
    const { AuthenticationResult } = await scene.call('InitiateAuth', signIn(confirmed['Session']));
    assert.ok(text(AuthenticationResult, 'IdToken'));
    await scene.refuses('InitiateAuth', signIn(confirmed['Session']), invalid);
  });

  it('leaves it to PreSignUp who may, and who need not confirm', async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:pre-sign-up';
    scene.poolId = await scene.addPool({ LambdaConfig: { PreSignUp: arn } });
    scene.clientId = await scene.addClient();
    scene.pools.context.functions.set(arn, (event) => {
      if (event.userName === 'unwanted') throw new Error('By invitation only');
      return { ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } };
    });
    await scene.refuses('SignUp', app({ Username: 'unwanted', Password: PASSWORD }), {
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error By invitation only.',
    });
    assert.equal((await signUp())['UserConfirmed'], true);
    assert.deepEqual(scene.outbox.all(), []);
    const { AuthenticationResult } = await scene.passwordSignIn('fresh');
    assert.ok(text(AuthenticationResult, 'IdToken'));
  });
});
