import assert from 'node:assert/strict';
import { createSecretHash } from 'cognito-srp-helper';
import type { PoolDevice, UserPoolApi } from '../../../../src/core/ports';
import {
  associateSoftwareToken,
  changePassword,
  confirmForgotPassword,
  confirmSignUp,
  deleteWebAuthnCredential,
  forgetDevice,
  forgotPassword,
  getUser,
  globalSignOut,
  listDevices,
  listWebAuthnCredentials,
  resendConfirmationCode,
  setUserMfaPreference,
  signUp,
  updateDeviceStatus,
  verifySoftwareToken,
  type AccountPlace,
  type SignedInUser,
} from '../../../../src/core/signin/account';
import { rememberDevice } from '../../../../src/core/signin/device';
import { otpauthUri } from '../../../../src/core/signin/totp';
import { nodeDigest } from '../../../../src/node/digest';
import { ChallengeScene } from '../../../support/challenge-scene';
import { testConnection } from '../../../support/fake-aws';
import { userPoolOf } from '../../../support/user-pool-stub';

const refusal = (code: string) => ({ awsCode: `${code}Exception` });

describe('account actions', () => {
  describe('before the sandbox', function () {
    this.timeout(20_000);
    let scene: ChallengeScene;

    before(async () => {
      scene = await ChallengeScene.start();
    });
    after(() => scene.stop());

    const signedIn = async (username: string, password?: string): Promise<SignedInUser> => {
      const over = password === undefined ? {} : { password };
      const { session } = await scene.signIn(username, { method: 'password', ...over });
      return { api: scene.api, accessToken: session.tokens?.accessToken ?? '' };
    };

    it('sign up, ask for another code, confirm, sign in', async () => {
      const place = scene.place('totp');
      const [username, password] = ['fresh', 'Fresh-1-Sandbox!'];
      const attributes = { email: 'fresh@example.com' };
      await assert.rejects(
        signUp(place, { username, password: 'x', attributes }),
        refusal('InvalidPassword'),
      );
      const outcome = await signUp(place, { username, password, attributes });
      assert.deepEqual(
        [outcome.confirmed, outcome.delivery?.medium, outcome.delivery?.attribute],
        [false, 'EMAIL', 'email'],
      );
      assert.match(outcome.delivery?.destination ?? '', /^f\*+@/);
      const first = await scene.newestCode();
      const again = await resendConfirmationCode(place, username);
      assert.equal(again.medium, 'EMAIL');
      if (first !== (await scene.newestCode()))
        await assert.rejects(confirmSignUp(place, { username, code: first }), refusal('CodeMismatch'));
      await confirmSignUp(place, { username, code: await scene.newestCode() });
      const { session } = await scene.sessions.signIn(place.connection, {
        method: 'srp',
        username,
        password,
        answer: () => Promise.reject(new Error('not asked')),
      });
      assert.equal(session.name, 'fresh');
      await assert.rejects(signUp(place, { username, password, attributes }), refusal('UsernameExists'));
    });

    it('sign in right after the confirmation, by its session', async () => {
      const place = scene.place('totp');
      const [username, password] = ['quick', 'Quick-1-Sandbox!'];
      await signUp(place, { username, password, attributes: { email: 'quick@example.com' } });
      const { session } = await confirmSignUp(place, { username, code: await scene.newestCode() });
      const asked: string[] = [];
      await scene.sessions.signIn(place.connection, {
        method: 'choice',
        username,
        session,
        preferredChallenge: 'EMAIL_OTP',
        answer: async ({ kind }) => {
          asked.push(kind);
          return { kind: 'code', code: await scene.newestCode() };
        },
      });
      assert.ok(asked.length <= 1);
    });

    it('a forgotten password: the code, the new one, and the sign-in with it', async () => {
      const place = scene.place('reset');
      const delivery = await forgotPassword(place, 'reset');
      assert.match(delivery.destination ?? '', /\*/);
      const password = 'Changed-1-Sandbox!';
      await assert.rejects(
        confirmForgotPassword(place, { username: 'reset', code: '000000', password }),
        refusal('CodeMismatch'),
      );
      await confirmForgotPassword(place, { username: 'reset', code: await scene.newestCode(), password });
      await signedIn('reset', password);
    });

    it('change the password, which needs the one before', async () => {
      const user = await signedIn('choice');
      const previous = scene.user('choice').password;
      const proposed = 'Choice-2-Sandbox!';
      await assert.rejects(changePassword(user, { previous: 'wrong', proposed }), refusal('NotAuthorized'));
      await changePassword(user, { previous, proposed });
      await changePassword(user, { previous: proposed, proposed: 'Choice-3-Sandbox!' });
      await signedIn('choice', 'Choice-3-Sandbox!');
    });

    it('set an authenticator up and prefer it; read it; take it away', async () => {
      const user = await signedIn('custom');
      const made = await associateSoftwareToken(user, { issuer: 'Shop: dev', username: 'custom' });
      assert.equal(
        made.otpauthUri,
        `otpauth://totp/Shop%20%20dev:custom?secret=${made.secret}&issuer=Shop%20%20dev`,
      );
      await assert.rejects(verifySoftwareToken(user, { code: '000000' }), (error: { awsCode: string }) =>
        ['EnableSoftwareTokenMFAException', 'CodeMismatchException'].includes(error.awsCode),
      );
      assert.equal(
        await verifySoftwareToken(user, { code: scene.totp(made.secret), deviceName: 'phone' }),
        true,
      );
      await setUserMfaPreference(user, { softwareToken: { enabled: true, preferred: true } });
      const read = await getUser(user);
      assert.deepEqual(
        [read.username, read.mfaMethods, read.preferredMfa, read.attributes.email],
        ['custom', ['SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA', 'custom@example.com'],
      );
      await setUserMfaPreference(user, { softwareToken: { enabled: false } });
      assert.deepEqual((await getUser(user)).mfaMethods, []);
    });

    it('list, remember and forget devices', async () => {
      const { session, newDevice } = await scene.signIn('device', {
        answer: async () =>
          Promise.resolve({ kind: 'code', code: scene.totp(scene.user('device').totpSecret) }),
      });
      assert.ok(newDevice);
      const user = { api: scene.api, accessToken: session.tokens?.accessToken ?? '' };
      const request = { accessToken: user.accessToken, username: 'device', newDevice, deviceName: 'VS Code' };
      const confirm = (): Promise<boolean> => Promise.resolve(false);
      const keep = (): Promise<void> => Promise.resolve();
      await rememberDevice(scene.api, nodeDigest, { ...request, keep, confirm });
      const one = async (): Promise<PoolDevice | undefined> => (await listDevices(user))[0];
      const listed = await one();
      assert.deepEqual(
        [listed?.deviceKey, listed?.name, listed?.remembered],
        [newDevice.deviceKey, 'VS Code', false],
      );
      assert.ok(Math.abs((listed?.createdAt ?? 0) - scene.now()) < 60_000);
      const { deviceKey } = newDevice;
      await updateDeviceStatus(user, { deviceKey, remembered: true });
      assert.equal((await one())?.remembered, true);
      await forgetDevice(user, deviceKey);
      assert.equal(await one(), undefined);
      await assert.rejects(forgetDevice(user, deviceKey), refusal('ResourceNotFound'));
    });

    it('list and delete passkeys, and sign out everywhere', async () => {
      const { session } = await scene.signIn('choice', {
        preferredChallenge: 'EMAIL_OTP',
        password: undefined,
        answer: async () => ({ kind: 'code', code: await scene.newestCode() }),
      });
      const user = { api: scene.api, accessToken: session.tokens?.accessToken ?? '' };
      const [passkey] = await listWebAuthnCredentials(user);
      assert.ok(passkey);
      assert.equal(passkey.relyingPartyId, 'passkeys.example.com');
      await deleteWebAuthnCredential(user, passkey.credentialId);
      assert.deepEqual(await listWebAuthnCredentials(user), []);
      await globalSignOut(user);
      await assert.rejects(getUser(user), { awsMessage: /revoked/ });
    });
  });

  it('send the secret hash of the name that was typed, with each request that takes a name', async () => {
    const connection = testConnection();
    const sent: Record<string, unknown>[] = [];
    const remember = (request: unknown): Promise<Record<string, never>> => {
      sent.push(request as Record<string, unknown>);
      return Promise.resolve({});
    };
    const api = userPoolOf({
      signUp: remember as unknown as UserPoolApi['signUp'],
      confirmSignUp: remember,
      resendConfirmationCode: remember,
      forgotPassword: remember,
      confirmForgotPassword: remember as unknown as UserPoolApi['confirmForgotPassword'],
    });
    const secured = { ...connection, userPool: { ...connection.userPool!, hasClientSecret: true } };
    const place: AccountPlace = { connection: secured, api, digest: nodeDigest, clientSecret: 's3cr3t' };
    const username = 'Me@example.com';
    await signUp(place, { username, password: 'p' });
    await confirmSignUp(place, { username, code: '1' });
    await resendConfirmationCode(place, username);
    await forgotPassword(place, username);
    await confirmForgotPassword(place, { username, code: '1', password: 'p' });
    const { clientId } = connection.userPool!;
    const secretHash = createSecretHash(username, clientId, 's3cr3t');
    assert.deepEqual(sent, [
      { clientId, username, secretHash, password: 'p', attributes: {} },
      { clientId, username, secretHash, code: '1' },
      { clientId, username, secretHash },
      { clientId, username, secretHash },
      { clientId, username, secretHash, code: '1', password: 'p' },
    ]);
  });

  it('ask nobody where there is no pool, or no client secret', async () => {
    const { userPool, ...without } = testConnection();
    const place = { api: userPoolOf({}), digest: nodeDigest };
    await assert.rejects(signUp({ ...place, connection: without }, { username: 'x' }), {
      code: 'signin.flow-unsupported',
    });
    const connection = { ...without, userPool: { ...userPool!, hasClientSecret: true } };
    await assert.rejects(forgotPassword({ ...place, connection }, 'x'), {
      code: 'signin.secret-missing',
    });
  });

  it('read every page of a list, and end where the pages do not', async () => {
    const pages = (last: number): SignedInUser => ({
      accessToken: 'access',
      api: userPoolOf({
        listDevices: async ({ nextToken }) => {
          const page = Number(nextToken ?? '1');
          return Promise.resolve({
            devices: [{ deviceKey: `device-${page}` }],
            ...(page === last ? {} : { nextToken: String(page + 1) }),
          });
        },
      }),
    });
    assert.deepEqual(
      (await listDevices(pages(3))).map(({ deviceKey }) => deviceKey),
      ['device-1', 'device-2', 'device-3'],
    );
    assert.equal((await listDevices(pages(Number.POSITIVE_INFINITY))).length, 50);
  });

  it('write the address of a QR code so that any name fits in it', () => {
    const uri = otpauthUri({ issuer: 'A & B/C', username: 'zoë@example.com', secret: 'ABC' });
    assert.equal(
      uri,
      'otpauth://totp/A%20%26%20B%2FC:zo%C3%AB%40example.com?secret=ABC&issuer=A%20%26%20B%2FC',
    );
    const parsed = new URL(uri);
    assert.equal(parsed.searchParams.get('issuer'), 'A & B/C');
  });
});
