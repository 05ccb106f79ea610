import { PASSWORD, Scene, secretHash, text, type Members, type Refusal } from './scene';

const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('sandbox user pools: refused sign-ins', () => {
  let scene: Scene;
  let legacy: string;
  let backend: string;
  let secret: string;
  let refreshOnly: string;

  before(async () => {
    scene = await Scene.create();
    await scene.addUser('reader');
    await scene.addUser('off');
    await scene.admin('AdminDisableUser', { Username: 'off' });
    await scene.addUser('reset', { email: 'reset@example.com', email_verified: 'true' });
    await scene.admin('AdminResetUserPassword', { Username: 'reset' });
    await scene.call('SignUp', { ClientId: scene.clientId, Username: 'fresh', Password: PASSWORD });
    legacy = await scene.addClient({ PreventUserExistenceErrors: 'LEGACY' });
    backend = await scene.addClient({ GenerateSecret: true });
    const { UserPoolClient } = await scene.admin('DescribeUserPoolClient', { ClientId: backend });
    secret = text(UserPoolClient, 'ClientSecret');
    refreshOnly = await scene.addClient({ ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
  });

  const signIn = (parameters: Members, more: Members = {}): Members => ({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: scene.clientId,
    AuthParameters: parameters,
    ...more,
  });
  const reader = { USERNAME: 'reader', PASSWORD };

  const rows: readonly [name: string, input: () => Members, refusal: () => Refusal][] = [
    ['a wrong password', () => signIn({ USERNAME: 'reader', PASSWORD: 'Wrong-1-Password' }), () => WRONG],
    ['an unknown user', () => signIn({ USERNAME: 'nobody', PASSWORD }), () => WRONG],
    [
      'an unknown user, where the client tells so',
      () => signIn({ USERNAME: 'nobody', PASSWORD }, { ClientId: legacy }),
      () => ({ code: 'UserNotFoundException', message: 'User does not exist.' }),
    ],
    [
      'a disabled user',
      () => signIn({ USERNAME: 'off', PASSWORD }),
      () => ({ code: 'NotAuthorizedException', message: 'User is disabled.' }),
    ],
    [
      'a disabled user whose password is wrong',
      () => signIn({ USERNAME: 'off', PASSWORD: 'Wrong-1-Password' }),
      () => WRONG,
    ],
    [
      'a user who did not confirm',
      () => signIn({ USERNAME: 'fresh', PASSWORD }),
      () => ({ code: 'UserNotConfirmedException', message: 'User is not confirmed.' }),
    ],
    ['a reset password, hidden', () => signIn({ USERNAME: 'reset', PASSWORD }), () => WRONG],
    [
      'a reset password, where the client tells so',
      () => signIn({ USERNAME: 'reset', PASSWORD }, { ClientId: legacy }),
      () => ({ code: 'PasswordResetRequiredException', message: /Password reset required/ }),
    ],
    [
      'a missing secret hash',
      () => signIn(reader, { ClientId: backend }),
      () => ({
        code: 'NotAuthorizedException',
        message: `Client ${backend} is configured for secret but secret was not received`,
      }),
    ],
    [
      'a secret hash made with another secret',
      () =>
        signIn(
          { ...reader, SECRET_HASH: secretHash(`${secret}x`, 'reader', backend) },
          { ClientId: backend },
        ),
      () => ({
        code: 'NotAuthorizedException',
        message: `Unable to verify secret hash for client ${backend}`,
      }),
    ],
    [
      'a secret hash over another user name',
      () => signIn({ ...reader, SECRET_HASH: secretHash(secret, 'admin', backend) }, { ClientId: backend }),
      () => ({
        code: 'NotAuthorizedException',
        message: `Unable to verify secret hash for client ${backend}`,
      }),
    ],
    [
      'a secret hash for a client without a secret',
      () => signIn({ ...reader, SECRET_HASH: 'abc' }),
      () => ({
        code: 'NotAuthorizedException',
        message: `Client ${scene.clientId} is not configured for secret but secret was received`,
      }),
    ],
    [
      'the password flow where it is not enabled',
      () => signIn(reader, { ClientId: refreshOnly }),
      () => ({
        code: 'InvalidParameterException',
        message: 'USER_PASSWORD_AUTH flow not enabled for this client',
      }),
    ],
    [
      'SRP where it is not enabled',
      () => signIn({ USERNAME: 'reader', SRP_A: 'ab' }, { ClientId: refreshOnly, AuthFlow: 'USER_SRP_AUTH' }),
      () => ({
        code: 'InvalidParameterException',
        message: 'USER_SRP_AUTH is not enabled for the client.',
      }),
    ],
    [
      'an administrator flow',
      () => signIn(reader, { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' }),
      () => ({ code: 'InvalidParameterException', message: 'Initiate Auth method not supported.' }),
    ],
    [
      'custom authentication without triggers',
      () => signIn(reader, { AuthFlow: 'CUSTOM_AUTH' }),
      () => ({ code: 'InvalidParameterException', message: 'CUSTOM_AUTH is not enabled for the client.' }),
    ],
    [
      'an unknown client',
      () => signIn(reader, { ClientId: 'nosuchclient' }),
      () => ({
        code: 'ResourceNotFoundException',
        message: 'User pool client nosuchclient does not exist.',
      }),
    ],
    [
      'a missing user name',
      () => signIn({ PASSWORD }),
      () => ({ code: 'InvalidParameterException', message: 'Missing required parameter USERNAME' }),
    ],
    [
      'a missing password',
      () => signIn({ USERNAME: 'reader' }),
      () => ({ code: 'InvalidParameterException', message: 'Missing required parameter PASSWORD' }),
    ],
    [
      'a password that is not a string',
      () => signIn({ USERNAME: 'reader', PASSWORD: 7 }),
      () => ({ code: 'SerializationException', message: /must be a string/ }),
    ],
    [
      'a public SRP value of zero',
      () => signIn({ USERNAME: 'reader', SRP_A: '0' }, { AuthFlow: 'USER_SRP_AUTH' }),
      () => ({ code: 'InvalidParameterException', message: 'Invalid SRP_A value.' }),
    ],
    [
      'a public SRP value that is no number',
      () => signIn({ USERNAME: 'reader', SRP_A: 'xyz' }, { AuthFlow: 'USER_SRP_AUTH' }),
      () => ({ code: 'InvalidParameterException', message: 'Invalid SRP_A value.' }),
    ],
  ];
  for (const [name, input, refusal] of rows) {
    it(`refuses ${name}`, () => scene.refuses('InitiateAuth', input(), refusal()));
  }
});
