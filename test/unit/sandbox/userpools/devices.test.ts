import assert from 'node:assert/strict';
import { addAuthenticator, totpCode } from './authenticator';
import { deviceOf, startDeviceSrp, type KnownDevice } from './device-client';
import { PASSWORD, Scene, claimsOf, members, refuses, text, type Members, type Refusal } from './scene';
import { startSrp } from './srp-client';

const NO_DEVICE: Refusal = { code: 'ResourceNotFoundException', message: 'Device does not exist.' };
const WRONG: Refusal = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const BAD_REFRESH: Refusal = { code: 'NotAuthorizedException', message: 'Invalid Refresh Token' };

describe('sandbox user pools: devices, their SRP made by cognito-srp-helper', function () {
  this.timeout(10_000);
  let scene: Scene;
  let secret: string;

  async function create(DeviceConfiguration: Members | undefined): Promise<void> {
    scene = await Scene.create({ DeviceConfiguration });
    await scene.setMfa('OPTIONAL');
    await scene.addUser('reader');
    secret = await addAuthenticator(scene, 'reader');
  }

  /** Password and code; the answer carries a new device. */
  async function signInAnew(): Promise<Members> {
    scene.clock.advance(60);
    return scene.respond(await scene.passwordSignIn('reader'), {
      SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene),
    });
  }

  const accessOf = (signedIn: Members): string => text(signedIn['AuthenticationResult'], 'AccessToken');

  async function confirmedDevice(): Promise<{ device: KnownDevice; access: string; answer: Members }> {
    const signedIn = await signInAnew();
    const [device, access] = [deviceOf(signedIn), accessOf(signedIn)];
    const answer = await scene.call('ConfirmDevice', confirmation(device, access));
    return { device, access, answer };
  }

  const confirmation = (device: KnownDevice, AccessToken: string): Members => ({
    AccessToken,
    DeviceKey: device.key,
    DeviceName: 'Test machine',
    DeviceSecretVerifierConfig: device.verifier,
  });

  const signInFrom = (DEVICE_KEY: string): Promise<Members> =>
    scene.passwordSignIn('reader', PASSWORD, {
      AuthParameters: { USERNAME: 'reader', PASSWORD, DEVICE_KEY },
    });

  describe('that stand in for the second factor', () => {
    beforeEach(() => create({ ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false }));

    it('get a key at the first sign-in, which the access token names', async () => {
      const signedIn = await signInAnew();
      const device = deviceOf(signedIn);
      assert.match(device.key, /^us-east-1_[0-9a-f-]{36}$/);
      assert.equal(claimsOf(accessOf(signedIn))['device_key'], device.key);
    });

    it('prove themselves in place of the code, after the password by either flow', async () => {
      const { device, answer } = await confirmedDevice();
      assert.equal(answer['UserConfirmationNecessary'], false);
      const srp = await startSrp(scene, 'reader', PASSWORD);
      srp.answer.ChallengeResponses['DEVICE_KEY'] = device.key;
      for (const challenge of [
        await signInFrom(device.key),
        await scene.call('RespondToAuthChallenge', srp.answer),
      ]) {
        assert.equal(challenge['ChallengeName'], 'DEVICE_SRP_AUTH');
        assert.equal(challenge['AuthenticationResult'], undefined);
        const proof = await startDeviceSrp(scene, challenge, device);
        assert.equal(proof.challenge['ChallengeName'], 'DEVICE_PASSWORD_VERIFIER');
        const done = await scene.call('RespondToAuthChallenge', proof.answer);
        const result = members(done['AuthenticationResult']);
        assert.equal(claimsOf(text(result, 'AccessToken'))['device_key'], device.key);
        assert.equal(result['NewDeviceMetadata'], undefined);
      }
    });

    it('are refused with another password, and with a proof that was used', async () => {
      const { device } = await confirmedDevice();
      const other = deviceOf(await signInAnew());
      const wrong = await startDeviceSrp(scene, await signInFrom(device.key), {
        ...device,
        password: other.password,
      });
      await scene.refuses('RespondToAuthChallenge', wrong.answer, WRONG);
      const right = await startDeviceSrp(scene, await signInFrom(device.key), device);
      await scene.call('RespondToAuthChallenge', right.answer);
      await scene.refuses('RespondToAuthChallenge', right.answer, {
        code: 'NotAuthorizedException',
        message: 'Invalid session for the user, session can only be used once.',
      });
    });

    it('are refused without the password of the user', async () => {
      const { device } = await confirmedDevice();
      await refuses(
        () =>
          scene.passwordSignIn('reader', '', {
            AuthParameters: { USERNAME: 'reader', PASSWORD: 'Wrong-1-Password', DEVICE_KEY: device.key },
          }),
        WRONG,
      );
    });

    it('cannot be exchanged under way', async () => {
      const [{ device }, { device: other }] = [await confirmedDevice(), await confirmedDevice()];
      const challenge = await signInFrom(device.key);
      await scene.refuses(
        'RespondToAuthChallenge',
        scene.response(challenge, { DEVICE_KEY: other.key, SRP_A: 'abcdef' }),
        NO_DEVICE,
      );
    });

    it('are unknown before they are confirmed, once they are forgotten, and to other users', async () => {
      const unconfirmed = deviceOf(await signInAnew());
      await refuses(() => signInFrom(unconfirmed.key), NO_DEVICE);
      const { device, access } = await confirmedDevice();
      await scene.addUser('other');
      await refuses(
        () =>
          scene.passwordSignIn('other', PASSWORD, {
            AuthParameters: { USERNAME: 'other', PASSWORD, DEVICE_KEY: device.key },
          }),
        NO_DEVICE,
      );
      await scene.call('ForgetDevice', { AccessToken: access, DeviceKey: device.key });
      await refuses(() => signInFrom(device.key), NO_DEVICE);
      await scene.refuses('GetDevice', { AccessToken: access, DeviceKey: device.key }, NO_DEVICE);
    });

    it('leave an SRP answer good when they are unknown, so that it can be sent again without them', async () => {
      const { answer } = await startSrp(scene, 'reader', PASSWORD);
      answer.ChallengeResponses['DEVICE_KEY'] = 'us-east-1_00000000-0000-0000-0000-000000000000';
      await scene.refuses('RespondToAuthChallenge', answer, NO_DEVICE);
      delete answer.ChallengeResponses['DEVICE_KEY'];
      const challenge = await scene.call('RespondToAuthChallenge', answer);
      assert.equal(challenge['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    });

    it('stand in no longer when they are not remembered any more', async () => {
      const { device, access } = await confirmedDevice();
      await scene.call('UpdateDeviceStatus', {
        AccessToken: access,
        DeviceKey: device.key,
        DeviceRememberedStatus: 'not_remembered',
      });
      scene.clock.advance(60);
      const challenge = await signInFrom(device.key);
      assert.equal(challenge['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
      const next = await scene.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene) });
      assert.equal(next['ChallengeName'], 'DEVICE_SRP_AUTH');
    });

    it('are listed with name and times, once they are confirmed', async () => {
      const { device, access } = await confirmedDevice();
      const { Devices } = await scene.call('ListDevices', { AccessToken: access });
      const [listed, ...others] = Devices as Members[];
      assert.deepEqual(others, []);
      assert.equal(listed?.['DeviceKey'], device.key);
      const attributes = new Map(
        (listed['DeviceAttributes'] as { Name: string; Value: string }[]).map(({ Name, Value }) => [
          Name,
          Value,
        ]),
      );
      assert.equal(attributes.get('device_name'), 'Test machine');
      assert.equal(attributes.get('dev:device_remembered_status'), 'remembered');
      const { Device } = await scene.admin('AdminGetDevice', { Username: 'reader', DeviceKey: device.key });
      assert.deepEqual(Device, listed);
    });

    it('are confirmed once, with a verifier that a password can have made', async () => {
      const signedIn = await signInAnew();
      const [device, access] = [deviceOf(signedIn), accessOf(signedIn)];
      const whole = confirmation(device, access);
      const salt = device.verifier['Salt'];
      for (const [verifier, message] of [
        [undefined, /passwordVerifier.*not be null/],
        [{ Salt: salt, PasswordVerifier: 'AA==' }, 'Invalid device secret verifier given.'],
        [
          { Salt: salt, PasswordVerifier: Buffer.alloc(384, 255).toString('base64') },
          /Invalid device secret/,
        ],
      ] as const)
        await scene.refuses(
          'ConfirmDevice',
          { ...whole, DeviceSecretVerifierConfig: verifier },
          { code: 'InvalidParameterException', message },
        );
      await scene.refuses(
        'ConfirmDevice',
        { ...whole, DeviceKey: 'us-east-1_00000000-0000-0000-0000-000000000000' },
        { code: 'InvalidParameterException', message: 'Invalid device key given.' },
      );
      await scene.call('ConfirmDevice', whole);
      await scene.refuses('ConfirmDevice', whole, { code: 'DeviceKeyExistsException', message: /already/ });
    });

    it('are needed to refresh, by both operations', async () => {
      const signedIn = await signInAnew();
      const [device, access] = [deviceOf(signedIn), accessOf(signedIn)];
      const RefreshToken = text(signedIn['AuthenticationResult'], 'RefreshToken');
      const refresh = (DeviceKey?: string): Members => ({
        ClientId: scene.clientId,
        RefreshToken,
        DeviceKey,
      });
      const byFlow = (DEVICE_KEY?: string): Members => ({
        ClientId: scene.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken, ...(DEVICE_KEY && { DEVICE_KEY }) },
      });
      await scene.refuses('GetTokensFromRefreshToken', refresh(device.key), BAD_REFRESH);
      await scene.call('ConfirmDevice', confirmation(device, access));
      const { device: other } = await confirmedDevice();
      for (const key of [undefined, other.key]) {
        await scene.refuses('GetTokensFromRefreshToken', refresh(key), BAD_REFRESH);
        await scene.refuses('InitiateAuth', byFlow(key), BAD_REFRESH);
      }
      for (const answer of [
        await scene.call('GetTokensFromRefreshToken', refresh(device.key)),
        await scene.call('InitiateAuth', byFlow(device.key)),
      ])
        assert.equal(claimsOf(accessOf(answer))['device_key'], device.key);
      await scene.call('ForgetDevice', { AccessToken: access, DeviceKey: device.key });
      await scene.refuses('GetTokensFromRefreshToken', refresh(device.key), BAD_REFRESH);
    });
  });

  it('are remembered when the user says so, where the pool leaves it to the user', async () => {
    await create({ ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true });
    const { device, access, answer } = await confirmedDevice();
    assert.equal(answer['UserConfirmationNecessary'], true);
    assert.equal((await signInFrom(device.key))['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    await scene.call('UpdateDeviceStatus', {
      AccessToken: access,
      DeviceKey: device.key,
      DeviceRememberedStatus: 'remembered',
    });
    assert.equal((await signInFrom(device.key))['ChallengeName'], 'DEVICE_SRP_AUTH');
  });

  it('come after the second factor where they do not stand in for it', async () => {
    await create({ ChallengeRequiredOnNewDevice: false });
    const { device } = await confirmedDevice();
    scene.clock.advance(60);
    const challenge = await signInFrom(device.key);
    assert.equal(challenge['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    const next = await scene.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, scene) });
    assert.equal(next['ChallengeName'], 'DEVICE_SRP_AUTH');
    const { answer } = await startDeviceSrp(scene, next, device);
    assert.ok((await scene.call('RespondToAuthChallenge', answer))['AuthenticationResult']);
  });

  it('mean nothing where the pool does not track them', async () => {
    await create(undefined);
    const signedIn = await signInAnew();
    assert.equal(members(signedIn['AuthenticationResult'])['NewDeviceMetadata'], undefined);
    assert.equal((await signInFrom('us-east-1_x'))['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    await scene.refuses(
      'ConfirmDevice',
      { AccessToken: accessOf(signedIn), DeviceKey: 'us-east-1_00000000' },
      { code: 'InvalidUserPoolConfigurationException', message: /not enabled/ },
    );
  });
});
