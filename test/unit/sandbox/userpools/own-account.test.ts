import assert from 'node:assert/strict';
import { PASSWORD, Scene, members, otherCode, refuses, text, type Members, type Refusal } from './scene';

const NEW = 'Changed-1-Password';
const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const LIMIT: Refusal = { code: 'LimitExceededException', message: /Attempt limit exceeded/ };
const invalid = (message: string | RegExp): Refusal => ({ code: 'InvalidParameterException', message });

describe('sandbox user pools: what users do with their own account', () => {
  let scene: Scene;
  let access: string;

  async function create(pool: Members = {}, client: Members = {}): Promise<void> {
    scene = await Scene.create(
      {
        AliasAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
        Schema: [
          { Name: 'name', Required: true },
          { Name: 'badge', Mutable: false },
        ],
        ...pool,
      },
      client,
    );
    await scene.addUser('reader', {
      name: 'Rita',
      email: 'reader@example.com',
      email_verified: 'true',
      'custom:badge': '7',
    });
    ({ access } = await scene.tokens('reader'));
  }

  beforeEach(() => create());

  const own = (more: Members = {}): Members => ({ AccessToken: access, ...more });
  const attributes = async (): Promise<Map<string, string>> => {
    const { UserAttributes } = await scene.call('GetUser', own());
    return new Map(
      (UserAttributes as { Name: string; Value: string }[]).map((each) => [each.Name, each.Value]),
    );
  };
  const update = (...list: [Name: string, Value: string][]): Members =>
    own({ UserAttributes: list.map(([Name, Value]) => ({ Name, Value })) });

  describe('ChangePassword', () => {
    const change = (PreviousPassword: string, ProposedPassword = NEW): Members =>
      own({ PreviousPassword, ProposedPassword });

    it('takes the new password, and from then on no other', async () => {
      await scene.call('ChangePassword', change(PASSWORD));
      assert.ok((await scene.passwordSignIn('reader', NEW))['AuthenticationResult']);
      await refuses(() => scene.passwordSignIn('reader'), WRONG);
    });

    it('refuses a wrong one five times, and then for an hour the right one too', async () => {
      for (let count = 0; count < 5; count++)
        await scene.refuses('ChangePassword', change('Wrong-1-Password'), WRONG);
      await scene.refuses('ChangePassword', change(PASSWORD), LIMIT);
      scene.clock.advance(3600);
      access = (await scene.tokens('reader')).access;
      await scene.call('ChangePassword', change(PASSWORD));
    });

    it('does not count right ones', async () => {
      for (let count = 0; count < 8; count++) {
        const [from, to] = [`Word-${count}-Password`, `Word-${count + 1}-Password`];
        await scene.call('ChangePassword', change(count === 0 ? PASSWORD : from, to));
      }
    });

    it('refuses what policy and history refuse', async () => {
      await scene.refuses('ChangePassword', change(PASSWORD, 'short'), {
        code: 'InvalidPasswordException',
        message: /Password not long enough/,
      });
      await scene.refuses('ChangePassword', change(PASSWORD, PASSWORD), {
        code: 'PasswordHistoryPolicyViolationException',
        message: 'Password has previously been used',
      });
    });
  });

  it('lets who deletes himself be nobody', async () => {
    await scene.call('DeleteUser', own());
    await refuses(() => scene.passwordSignIn('reader'), WRONG);
    await scene.refuses('GetUser', own(), {
      code: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  describe('attributes', () => {
    it('change, and a new address has to be verified', async () => {
      const input = update(['name', 'Rita R.'], ['email', 'new@example.com']);
      const { CodeDeliveryDetailsList } = await scene.call('UpdateUserAttributes', input);
      assert.deepEqual(CodeDeliveryDetailsList, [
        { Destination: 'n***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
      ]);
      const changed = await attributes();
      assert.equal(changed.get('name'), 'Rita R.');
      assert.equal(changed.get('email_verified'), 'false');
      await refuses(() => scene.passwordSignIn('new@example.com'), WRONG);
      const message = scene.outbox.all().at(-1);
      assert.equal(message?.purpose, 'verify-attribute');
      assert.equal(message.destination, 'new@example.com');
      const verify = (Code: string): Members => own({ AttributeName: 'email', Code });
      await scene.refuses('VerifyUserAttribute', verify(otherCode(message.code)), {
        code: 'CodeMismatchException',
        message: /Invalid verification code/,
      });
      await scene.call('VerifyUserAttribute', verify(message.code));
      assert.equal((await attributes()).get('email_verified'), 'true');
      assert.ok((await scene.passwordSignIn('new@example.com'))['AuthenticationResult']);
      await scene.refuses('VerifyUserAttribute', verify(message.code), {
        code: 'ExpiredCodeException',
        message: /request a code again/,
      });
    });

    it('keep their old value until the new one is verified, where the pool says so', async () => {
      await create({
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      });
      await scene.call('UpdateUserAttributes', update(['email', 'new@example.com']));
      assert.equal((await attributes()).get('email'), 'reader@example.com');
      assert.equal((await attributes()).get('email_verified'), 'true');
      await scene.call('VerifyUserAttribute', own({ AttributeName: 'email', Code: scene.lastCode() }));
      assert.equal((await attributes()).get('email'), 'new@example.com');
    });

    it('get a code when asked, for an hour so many', async () => {
      const ask = own({ AttributeName: 'email' });
      const { CodeDeliveryDetails } = await scene.call('GetUserAttributeVerificationCode', ask);
      assert.equal(members(CodeDeliveryDetails)['Destination'], 'r***@e***');
      for (let count = 0; count < 5; count++) await scene.call('GetUserAttributeVerificationCode', ask);
      await scene.refuses('GetUserAttributeVerificationCode', ask, LIMIT);
    });

    it('can be the alias of one user only', async () => {
      await scene.addUser('first', { name: 'F', email: 'taken@example.com', email_verified: 'true' });
      await scene.call('UpdateUserAttributes', update(['email', 'taken@example.com']));
      await scene.refuses('VerifyUserAttribute', own({ AttributeName: 'email', Code: scene.lastCode() }), {
        code: 'AliasExistsException',
        message: 'An account with the given email already exists.',
      });
    });

    it('can be deleted, an address with its verification', async () => {
      await scene.call('DeleteUserAttributes', own({ UserAttributeNames: ['email'] }));
      const left = await attributes();
      assert.equal(left.has('email'), false);
      assert.equal(left.has('email_verified'), false);
    });

    const refusals: readonly [operation: string, input: () => Members, refusal: Refusal][] = [
      ['UpdateUserAttributes', () => update(['custom:x', '1']), invalid(/does not exist in the schema/)],
      ['UpdateUserAttributes', () => update(['custom:badge', '8']), invalid(/cannot be updated/)],
      ['UpdateUserAttributes', () => update(['email', 'nonsense']), invalid(/Invalid email address/)],
      [
        'UpdateUserAttributes',
        () => update(['email_verified', 'true']),
        { code: 'NotAuthorizedException', message: 'A client attempted to write unauthorized attribute' },
      ],
      ['DeleteUserAttributes', () => own({ UserAttributeNames: ['name'] }), invalid(/is required/)],
      [
        'GetUserAttributeVerificationCode',
        () => own({ AttributeName: 'name' }),
        invalid(/Invalid attribute/),
      ],
      [
        'GetUserAttributeVerificationCode',
        () => own({ AttributeName: 'phone_number' }),
        invalid(/does not have attribute phone_number/),
      ],
    ];
    for (const [operation, input, refusal] of refusals)
      it(`refuse ${operation}: ${String(refusal.message)}`, () => scene.refuses(operation, input(), refusal));

    it('refuse what the client may not write', async () => {
      await create({}, { WriteAttributes: ['email'] });
      await scene.refuses('UpdateUserAttributes', update(['name', 'X']), {
        code: 'NotAuthorizedException',
        message: 'A client attempted to write unauthorized attribute',
      });
    });

    it('can be more than the pool began with', async () => {
      const custom = (Name: string): Members => ({
        UserPoolId: scene.poolId,
        CustomAttributes: [{ Name, AttributeDataType: 'String' }],
      });
      await scene.call('AddCustomAttributes', custom('team'));
      await scene.call('UpdateUserAttributes', update(['custom:team', 'blue']));
      assert.equal((await attributes()).get('custom:team'), 'blue');
      await scene.refuses('AddCustomAttributes', custom('team'), invalid(/Existing attribute/));
    });
  });

  describe('passkeys', () => {
    const withPasskeys = {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    };

    it('are none at first, and cannot be added outside a browser', async () => {
      await create(withPasskeys);
      assert.deepEqual((await scene.call('ListWebAuthnCredentials', own()))['Credentials'], []);
      await scene.refuses('StartWebAuthnRegistration', own(), {
        code: 'WebAuthnConfigurationMissingException',
        message: /no relying party id/,
      });
      await scene.admin('CreateUserPoolDomain', { Domain: 'notes' });
      const { CredentialCreationOptions } = await scene.call('StartWebAuthnRegistration', own());
      assert.equal(
        text(members(CredentialCreationOptions)['rp'], 'id'),
        'notes.auth.us-east-1.amazoncognito.com',
      );
      await scene.refuses('CompleteWebAuthnRegistration', own({ Credential: {} }), {
        code: 'WebAuthnOriginNotAllowedException',
        message: /origin/,
      });
      await scene.refuses('DeleteWebAuthnCredential', own({ CredentialId: 'a2V5' }), {
        code: 'ResourceNotFoundException',
        message: /does not exist/,
      });
    });

    it('are refused where the pool does not have them', () =>
      scene.refuses('StartWebAuthnRegistration', own(), {
        code: 'WebAuthnNotEnabledException',
        message: /not enabled/,
      }));
  });

  it('wants an access token for all of it', async () => {
    for (const operation of [
      'ChangePassword',
      'DeleteUser',
      'UpdateUserAttributes',
      'SetUserMFAPreference',
      'ListDevices',
      'ListWebAuthnCredentials',
      'GetUserAuthFactors',
    ])
      await scene.refuses(
        operation,
        { AccessToken: 'nonsense', ProposedPassword: NEW },
        { code: 'NotAuthorizedException', message: 'Invalid Access Token' },
      );
  });
});
