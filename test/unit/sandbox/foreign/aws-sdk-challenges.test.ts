import assert from 'node:assert/strict';
import {
  AdminInitiateAuthCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmDeviceCommand,
  ConfirmForgotPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ForgotPasswordCommand,
  GetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAuthFactorsCommand,
  GetUserCommand,
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  ListDevicesCommand,
  ListWebAuthnCredentialsCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  UpdateDeviceStatusCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
  type AuthenticationResultType,
  type InitiateAuthCommandOutput,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { createDeviceVerifier } from 'cognito-srp-helper';
import { startTestSandbox, type TestSandbox } from '../../../support/sandbox';

type Asked = InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput;

describe('sandbox challenges, judged by the AWS SDK', function () {
  this.timeout(20_000);
  let sandbox: TestSandbox;
  let client: CognitoIdentityProviderClient;

  before(async () => {
    sandbox = await startTestSandbox({
      functions: {
        define: () => {
          throw new Error('Closed on Sundays');
        },
      },
    });
    const { api, region, admin } = sandbox.description;
    client = new CognitoIdentityProviderClient({
      endpoint: api,
      region,
      credentials: admin,
      maxAttempts: 1,
    });
  });
  after(async () => {
    client.destroy();
    await sandbox.stop();
  });

  const password = (username: string): string => sandbox.userAnywhere(username).user.password;
  const initiate = (
    AuthFlow: 'USER_AUTH' | 'USER_PASSWORD_AUTH' | 'CUSTOM_AUTH',
    username: string,
    more: Record<string, string> = {},
  ): Promise<InitiateAuthCommandOutput> =>
    client.send(
      new InitiateAuthCommand({
        AuthFlow,
        ClientId: sandbox.userAnywhere(username).clientId,
        AuthParameters: { USERNAME: username, ...more },
      }),
    );
  const respond = (
    username: string,
    asked: Asked,
    responses: Record<string, string>,
  ): Promise<RespondToAuthChallengeCommandOutput> =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId: sandbox.userAnywhere(username).clientId,
        ChallengeName: asked.ChallengeName,
        Session: asked.Session,
        ChallengeResponses: { USERNAME: username, ...responses },
      }),
    );
  const tokensOf = ({ AuthenticationResult }: Asked): AuthenticationResultType => {
    assert.ok(AuthenticationResult);
    return AuthenticationResult;
  };
  const byPassword = async (username: string): Promise<AuthenticationResultType> =>
    tokensOf(await initiate('USER_PASSWORD_AUTH', username, { PASSWORD: password(username) }));

  it('chooses in USER_AUTH, and passes each choice', async () => {
    const choice = await initiate('USER_AUTH', 'choice');
    assert.equal(choice.ChallengeName, 'SELECT_CHALLENGE');
    assert.deepEqual(choice.AvailableChallenges, [
      'PASSWORD',
      'PASSWORD_SRP',
      'EMAIL_OTP',
      'SMS_OTP',
      'WEB_AUTHN',
    ]);
    const PASSWORD = password('choice');
    assert.ok(tokensOf(await respond('choice', choice, { ANSWER: 'PASSWORD', PASSWORD })).IdToken);
    for (const ANSWER of ['EMAIL_OTP', 'SMS_OTP']) {
      const asked = await respond('choice', await initiate('USER_AUTH', 'choice'), { ANSWER });
      const code = await sandbox.lastCode('choice');
      assert.ok(tokensOf(await respond('choice', asked, { [`${ANSWER}_CODE`]: code })).IdToken);
    }
    const passkey = await initiate('USER_AUTH', 'choice', { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    assert.match(passkey.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '', /"rpId":/);
    await assert.rejects(respond('choice', passkey, { CREDENTIAL: '{}' }), {
      name: 'NotAuthorizedException',
    });
  });

  it('passes a code by e-mail as the second factor', async () => {
    const asked = await initiate('USER_PASSWORD_AUTH', 'emailotp', { PASSWORD: password('emailotp') });
    assert.equal(asked.ChallengeName, 'EMAIL_OTP');
    await assert.rejects(respond('emailotp', asked, { EMAIL_OTP_CODE: 'x' }), {
      name: 'CodeMismatchException',
    });
    const code = await sandbox.lastCode('emailotp');
    assert.ok(tokensOf(await respond('emailotp', asked, { EMAIL_OTP_CODE: code })).IdToken);
  });

  it('reads what a user has set up, and sets it', async () => {
    const { AccessToken } = await byPassword('choice');
    const factors = await client.send(new GetUserAuthFactorsCommand({ AccessToken }));
    assert.deepEqual(factors.ConfiguredUserAuthFactors, ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']);
    const { Credentials } = await client.send(new ListWebAuthnCredentialsCommand({ AccessToken }));
    assert.ok(Credentials?.[0]?.CreatedAt instanceof Date);
    const set = (Enabled: boolean): Promise<unknown> =>
      client.send(
        new SetUserMFAPreferenceCommand({
          AccessToken,
          EmailMfaSettings: { Enabled, PreferredMfa: Enabled },
        }),
      );
    await set(true);
    assert.equal((await client.send(new GetUserCommand({ AccessToken }))).PreferredMfaSetting, 'EMAIL_OTP');
    await set(false);
  });

  it('confirms a device, reads it, and refreshes with it', async () => {
    const { AccessToken, RefreshToken, NewDeviceMetadata } = await byPassword('choice');
    const { DeviceKey = '', DeviceGroupKey = '' } = NewDeviceMetadata ?? {};
    const { DeviceSecretVerifierConfig } = createDeviceVerifier(DeviceKey, DeviceGroupKey);
    const confirmed = await client.send(
      new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName: 'SDK' }),
    );
    assert.equal(confirmed.UserConfirmationNecessary, true);
    await client.send(
      new UpdateDeviceStatusCommand({ AccessToken, DeviceKey, DeviceRememberedStatus: 'remembered' }),
    );
    const { Device } = await client.send(new GetDeviceCommand({ AccessToken, DeviceKey }));
    assert.ok(Device?.DeviceCreateDate instanceof Date);
    const { Devices } = await client.send(new ListDevicesCommand({ AccessToken }));
    assert.ok(Devices?.some((listed) => listed.DeviceKey === DeviceKey));
    const { clientId } = sandbox.userAnywhere('choice');
    const renew = (key?: string): Promise<{ AuthenticationResult?: AuthenticationResultType | undefined }> =>
      client.send(
        new GetTokensFromRefreshTokenCommand({
          ClientId: clientId,
          RefreshToken,
          ...(key && { DeviceKey: key }),
        }),
      );
    await assert.rejects(renew(), { name: 'NotAuthorizedException', message: 'Invalid Refresh Token' });
    assert.ok((await renew(DeviceKey)).AuthenticationResult?.AccessToken);
  });

  it('recovers an account, within limits', async () => {
    const { clientId: ClientId } = sandbox.userAnywhere('choice');
    const forgot = new ForgotPasswordCommand({ ClientId, Username: 'choice' });
    const { CodeDeliveryDetails } = await client.send(forgot);
    assert.equal(CodeDeliveryDetails?.DeliveryMedium, 'SMS');
    const confirm = (ConfirmationCode: string): Promise<unknown> =>
      client.send(
        new ConfirmForgotPasswordCommand({
          ClientId,
          Username: 'choice',
          ConfirmationCode,
          Password: 'Recovered-1-Sandbox!',
        }),
      );
    for (let count = 0; count < 5; count++)
      await assert.rejects(confirm('x'), { name: 'CodeMismatchException' });
    await assert.rejects(confirm('x'), { name: 'LimitExceededException' });
    for (let count = 0; count < 5; count++) await client.send(forgot);
    await assert.rejects(client.send(forgot), { name: 'LimitExceededException' });
    await confirm(await sandbox.lastCode('choice'));
    const { AccessToken } = tokensOf(
      await initiate('USER_PASSWORD_AUTH', 'choice', { PASSWORD: 'Recovered-1-Sandbox!' }),
    );
    await assert.rejects(
      client.send(
        new ChangePasswordCommand({
          AccessToken,
          PreviousPassword: 'Recovered-1-Sandbox!',
          ProposedPassword: password('choice'),
        }),
      ),
      { name: 'PasswordHistoryPolicyViolationException' },
    );
  });

  it('changes an address and verifies it', async () => {
    const AccessToken = (await sandbox.signIn('reader')).accessToken;
    const { CodeDeliveryDetailsList } = await client.send(
      new UpdateUserAttributesCommand({
        AccessToken,
        UserAttributes: [{ Name: 'email', Value: 'rita@example.com' }],
      }),
    );
    assert.equal(CodeDeliveryDetailsList?.[0]?.Destination, 'r***@e***');
    const Code = await sandbox.lastCode('reader');
    await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
    const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
    assert.equal(UserAttributes?.find(({ Name }) => Name === 'email_verified')?.Value, 'true');
  });

  it('reads the settings of a pool, and signs in as an administrator', async () => {
    const { userPoolId: UserPoolId, clientId: ClientId } = sandbox.userAnywhere('totp');
    const config = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    assert.equal(config.MfaConfiguration, 'OPTIONAL');
    assert.equal(config.SoftwareTokenMfaConfiguration?.Enabled, true);
    const asked = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'totp', PASSWORD: password('totp') },
      }),
    );
    assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  });

  it('meets a trigger that a test brought along, and one that is missing', async () => {
    const arn = (name: string): string =>
      `arn:aws:lambda:us-east-1:${sandbox.description.accountId}:function:${name}`;
    const attempt = async (define: string): Promise<unknown> => {
      const { UserPool } = await client.send(
        new CreateUserPoolCommand({
          PoolName: 'Sundays',
          LambdaConfig: {
            DefineAuthChallenge: arn(define),
            CreateAuthChallenge: arn('create'),
            VerifyAuthChallengeResponse: arn('verify'),
          },
        }),
      );
      const { UserPoolClient } = await client.send(
        new CreateUserPoolClientCommand({
          UserPoolId: UserPool?.Id,
          ClientName: 'app',
          ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
          PreventUserExistenceErrors: 'ENABLED',
        }),
      );
      return client.send(
        new InitiateAuthCommand({
          AuthFlow: 'CUSTOM_AUTH',
          ClientId: UserPoolClient?.ClientId,
          AuthParameters: { USERNAME: 'anybody' },
        }),
      );
    };
    await assert.rejects(attempt('define'), {
      name: 'UserLambdaValidationException',
      message: 'DefineAuthChallenge failed with error Closed on Sundays.',
    });
    await assert.rejects(attempt('nowhere'), { name: 'UnexpectedLambdaException' });
  });
});
