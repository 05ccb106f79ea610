import assert from 'node:assert/strict';
import type { ChallengeAnswer, PendingChallenge } from '../../../../src/core/signin/challenge';
import type { SignInRequest } from '../../../../src/core/signin/sign-in';
import { devicesOf } from '../../../../src/core/session/devices';
import { ChallengeScene } from '../../../support/challenge-scene';

type Answerer = (pending: PendingChallenge, call: number) => ChallengeAnswer | Promise<ChallengeAnswer>;

describe('sign-in before the sandbox: every challenge', function () {
  this.timeout(20_000);
  let scene: ChallengeScene;

  beforeEach(async () => {
    scene = await ChallengeScene.start();
  });
  afterEach(() => scene.stop());

  /** A person who answers by script; what was asked comes with the outcome. */
  async function signIn(username: string, answer: Answerer, over: Partial<SignInRequest> = {}) {
    const asked: PendingChallenge[] = [];
    const outcome = await scene.signIn(username, {
      answer: async (pending) => answer(pending, asked.push(pending) - 1),
      ...over,
    });
    return { asked, outcome };
  }
  const newest = async (): Promise<ChallengeAnswer> => ({ kind: 'code', code: await scene.newestCode() });
  const totpOf = (username: string, steps = 0): ChallengeAnswer => ({
    kind: 'code',
    code: scene.totp(scene.user(username).totpSecret, steps),
  });

  for (const method of ['srp', 'password'] as const) {
    it(`an authenticator's code, after ${method}; a wrong one first`, async () => {
      const { asked, outcome } = await signIn(
        'totp',
        (_, call) => (call === 0 ? { kind: 'code', code: '000000' } : totpOf('totp')),
        { method },
      );
      assert.equal(outcome.session.name, 'totp');
      assert.deepEqual(
        asked.map((one) => [one.kind === 'code' && one.challenge, one.problem?.awsCode]),
        [
          ['SOFTWARE_TOKEN_MFA', undefined],
          ['SOFTWARE_TOKEN_MFA', 'CodeMismatchException'],
        ],
      );
    });
  }

  for (const [username, challenge, destination] of [
    ['sms', 'SMS_MFA', /^\+\*+\d{4}$/],
    ['emailotp', 'EMAIL_OTP', /\*.*@/],
  ] as const) {
    it(`a code by message: ${challenge}`, async () => {
      const { asked } = await signIn(username, newest);
      const [code] = asked;
      assert.ok(code?.kind === 'code');
      assert.equal(code.challenge, challenge);
      assert.match(code.destination ?? '', destination);
      assert.ok(code.endsAt !== undefined && code.endsAt > scene.now());
    });
  }

  it('a new code replaces the one before', async () => {
    let first = '';
    const { asked } = await signIn('sms', async (_, call) => {
      if (call === 0) {
        first = await scene.newestCode();
        return { kind: 'resend' };
      }
      return call === 1 ? { kind: 'code', code: first } : newest();
    });
    assert.deepEqual(
      asked.map(({ problem, notice }) => [problem?.awsCode, notice !== undefined]),
      [
        [undefined, false],
        [undefined, true],
        ['CodeMismatchException', false],
      ],
    );
  });

  it('a code after the session is over: begins again by itself, and takes the new code', async () => {
    const { asked, outcome } = await signIn('sms', async (_, call) => {
      const answer = await newest();
      if (call === 0) await scene.pass(16 * 60);
      return answer;
    });
    assert.equal(outcome.session.name, 'sms');
    assert.match(asked[1]?.notice ?? '', /started again/);
    assert.equal(asked.length, 2);
  });

  it('a choice of second factors, back, and another choice', async () => {
    const { asked } = await signIn('selectmfa', (pending, call) => {
      if (pending.kind === 'choice')
        return { kind: 'choice', option: call === 0 ? 'SMS_MFA' : 'SOFTWARE_TOKEN_MFA' };
      return pending.kind === 'code' && pending.challenge === 'SMS_MFA'
        ? { kind: 'back' }
        : totpOf('selectmfa');
    });
    assert.deepEqual(
      asked.map((one) => (one.kind === 'code' ? one.challenge : one.kind)),
      ['choice', 'SMS_MFA', 'choice', 'SOFTWARE_TOKEN_MFA'],
    );
  });

  for (const option of ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']) {
    it(`choice-based sign-in by ${option}`, async () => {
      const { password } = scene.user('choice');
      const { asked, outcome } = await signIn(
        'choice',
        (pending) => {
          if (pending.kind === 'choice') return { kind: 'choice', option };
          return pending.kind === 'password' ? { kind: 'password', password } : newest();
        },
        { password: undefined },
      );
      assert.equal(outcome.session.name, 'choice');
      const last = asked.at(-1);
      assert.equal((last?.kind === 'password' || last?.kind === 'code') && last.challenge, option);
    });
  }

  it('choice-based sign-in with a preference asks for nothing else', async () => {
    for (const preferredChallenge of ['PASSWORD', 'PASSWORD_SRP']) {
      const { asked } = await signIn('choice', newest, { preferredChallenge });
      assert.deepEqual(asked, []);
    }
    const { asked } = await signIn('choice', newest, {
      preferredChallenge: 'EMAIL_OTP',
      password: undefined,
    });
    assert.deepEqual(
      asked.map(({ kind }) => kind),
      ['code'],
    );
  });

  it('a passkey goes on in the browser', async () => {
    const answer: Answerer = (pending) =>
      pending.kind === 'choice' ? { kind: 'choice', option: 'WEB_AUTHN' } : { kind: 'browser' };
    await assert.rejects(signIn('choice', answer), { code: 'signin.browser-needed' });
    await assert.rejects(signIn('choice', answer, { preferredChallenge: 'WEB_AUTHN' }), {
      code: 'signin.browser-needed',
    });
  });

  for (const password of [undefined, 'Custom-1-Sandbox!']) {
    it(`custom challenges ${password === undefined ? 'alone' : 'after SRP'}, one of them wrong`, async () => {
      const answers = ['6', '5', 'Blue'];
      const { asked } = await signIn(
        'custom',
        (_, call) => ({ kind: 'custom', answer: answers[call] ?? '' }),
        { password },
      );
      assert.deepEqual(
        asked.map((one) => one.kind === 'custom' && [one.round, one.parameters.round]),
        [
          [1, '1 of 2'],
          [2, '1 of 2'],
          [3, '2 of 2'],
        ],
      );
    });
  }

  it('a trigger’s own words come through', async () => {
    await assert.rejects(
      signIn('custom', () => ({ kind: 'custom', answer: 'throw' })),
      { awsCode: 'UserLambdaValidationException', awsMessage: /The sandbox was asked to fail/ },
    );
  });

  it('sets an authenticator up, which the next sign-in asks for by its name', async () => {
    let secret = '';
    const { asked } = await signIn('setup', (pending, call) => {
      assert.ok(pending.kind === 'totp-setup');
      secret = pending.secret;
      return {
        kind: 'totp-setup',
        code: call === 0 ? '000000' : scene.totp(secret),
        deviceName: 'My phone',
      };
    });
    assert.deepEqual(
      asked.map((one) => one.kind === 'totp-setup' && [one.attempts, one.problem?.awsCode]),
      [
        [0, undefined],
        [1, 'EnableSoftwareTokenMFAException'],
      ],
    );
    const next = await signIn('setup', () => ({ kind: 'code', code: scene.totp(secret, 1) }));
    const [code] = next.asked;
    assert.equal(code?.kind === 'code' && code.deviceName, 'My phone');
  });

  describe('a device', () => {
    const confirm = (yes: boolean) => ({
      deviceName: 'VS Code',
      confirm: () => Promise.resolve(yes),
    });

    async function remembered() {
      const { outcome } = await signIn('device', () => totpOf('device'));
      assert.ok(outcome.newDevice);
      assert.equal(
        await scene.sessions.rememberDevice(outcome.session, outcome.newDevice, confirm(true)),
        true,
      );
      return outcome;
    }

    it('is remembered, and then stands in for the code, by both flows and by an alias', async () => {
      const { newDevice } = await remembered();
      for (const method of ['srp', 'password'] as const) {
        const { asked, outcome } = await signIn('device', newest, { method });
        assert.deepEqual([asked, outcome.newDevice], [[], undefined]);
        assert.equal(outcome.session.deviceKey, newDevice?.deviceKey);
      }
      const byAlias = await signIn('device', newest, { username: 'device@example.com' });
      assert.deepEqual(byAlias.asked, []);
      const again = await signIn('device', newest, { username: 'device@example.com', method: 'password' });
      assert.deepEqual(again.asked, []);
    });

    it('goes with each refresh', async () => {
      const { session } = await remembered();
      const renewed = await scene.sessions.refresh(session, { force: true });
      assert.notEqual(renewed.session.tokens?.accessToken, session.tokens?.accessToken);
    });

    it('that nobody wants remembered is asked for its code again, and refreshes all the same', async () => {
      const { outcome } = await signIn('device', () => totpOf('device'));
      assert.ok(outcome.newDevice);
      assert.equal(
        await scene.sessions.rememberDevice(outcome.session, outcome.newDevice, confirm(false)),
        false,
      );
      await scene.sessions.refresh(outcome.session, { force: true });
      await scene.pass(60);
      const { asked, outcome: next } = await signIn('device', () => totpOf('device'));
      assert.deepEqual([asked.length, next.newDevice], [1, undefined], 'the code, yet from the same device');
      const { accessToken } = await scene.sessions.tokens(next.session);
      const deviceKey = outcome.newDevice.deviceKey;
      await scene.api.updateDeviceStatus({ accessToken, deviceKey, remembered: true });
      assert.deepEqual((await signIn('device', newest)).asked, [], 'remembered later on');
    });

    it('that was forgotten elsewhere is dropped, and the sign-in asks for the code', async () => {
      const { session, newDevice } = await remembered();
      const { accessToken } = await scene.sessions.tokens(session);
      await scene.api.forgetDevice({ accessToken, deviceKey: newDevice?.deviceKey ?? '' });
      await scene.pass(60);
      const { asked, outcome } = await signIn('device', () => totpOf('device'));
      assert.equal(asked.length, 1);
      assert.ok(outcome.newDevice, 'it is new again');
      assert.equal(await devicesOf(scene.store).find(scene.connectionOf('device'), 'device'), undefined);
    });

    it('is forgotten at Cognito and here', async () => {
      const { session, newDevice } = await remembered();
      await scene.sessions.forgetDevice(session, newDevice?.deviceKey ?? '');
      const { accessToken } = await scene.sessions.tokens(session);
      assert.deepEqual((await scene.api.listDevices({ accessToken })).devices, []);
      assert.equal(await devicesOf(scene.store).find(scene.connectionOf('device'), 'device'), undefined);
    });

    it('whose secret does not fit is dropped as well', async () => {
      await remembered();
      const connection = scene.connectionOf('device');
      const device = await devicesOf(scene.store).find(connection, 'device');
      assert.ok(device);
      await devicesOf(scene.store).save(connection, { ...device, password: 'another' });
      await scene.pass(60);
      const { asked } = await signIn('device', () => totpOf('device'));
      assert.equal(asked.length, 1);
    });
  });

  for (const [username, expected] of Object.entries({
    reset: { awsCode: 'PasswordResetRequiredException' },
    unconfirmed: { awsCode: 'UserNotConfirmedException' },
    disabled: { awsMessage: /disabled/ },
    expired: { awsMessage: /expired/ },
  })) {
    it(`${username}: is refused by one sign-in, without another try`, async () => {
      await scene.sandbox.control.resetRequests();
      await assert.rejects(scene.signIn(username), expected);
      const { InitiateAuth, RespondToAuthChallenge = 0 } = await scene.sandbox.control.requests();
      assert.equal(InitiateAuth, 1);
      assert.ok(RespondToAuthChallenge <= 1);
    });
  }
});
