import assert from 'node:assert/strict';
import { isServiceError } from '../../../../src/core/errors';
import type { ChallengeAnswer } from '../../../../src/core/signin/challenge';
import { FakeClock } from '../../../support/fakes';
import { begin, challenge, DONE, Person, refused, Script, sessionOf } from '../../../support/scripted-pool';

const NOON = new FakeClock().now();
const MESSAGE = { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******1234' };
const code = (text: string): ChallengeAnswer => ({ kind: 'code', code: text });

describe('sign-in: challenges', () => {
  for (const name of ['SMS_MFA', 'SMS_OTP', 'EMAIL_OTP', 'EMAIL_MFA']) {
    it(`${name}: asks for the code, says where it went and how long it counts`, async () => {
      const step = challenge(name, MESSAGE);
      const pool = new Script([step, DONE]);
      const person = new Person([code(' 123456 ')]);
      await begin(pool, { answer: person.answer });
      assert.deepEqual(person.asked, [
        {
          kind: 'code',
          challenge: name,
          medium: 'SMS',
          destination: '+*******1234',
          deviceName: undefined,
          canResend: true,
          username: 'me@example.com',
          canGoBack: false,
          endsAt: NOON + 180_000,
        },
      ]);
      assert.deepEqual(pool.asked[1]?.request, {
        challengeName: name,
        clientId: '7g0exampleclientid0co',
        session: sessionOf(step),
        responses: { USERNAME: 'me@example.com', [`${name}_CODE`]: '123456' },
        USERNAME: 'me@example.com',
        [`${name}_CODE`]: '123456',
      });
    });
  }

  it('SOFTWARE_TOKEN_MFA: names the authenticator, and sends no code anew', async () => {
    const pool = new Script([challenge('SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'My phone' }), DONE]);
    const person = new Person([code('123456')]);
    await begin(pool, { answer: person.answer });
    const [asked] = person.asked;
    assert.deepEqual(asked?.kind === 'code' && [asked.deviceName, asked.canResend], ['My phone', false]);
    assert.equal(pool.asked[1]?.request.SOFTWARE_TOKEN_MFA_CODE, '123456');
  });

  it('asks again after a wrong code, three times if need be, by the same session', async () => {
    const wrong = (): Error => refused('CodeMismatch', 'Invalid code or auth state for the user.');
    const pool = new Script([challenge('SMS_MFA', MESSAGE), wrong(), wrong(), wrong(), DONE]);
    const person = new Person(['1', '2', '3', '4'].map(code));
    await begin(pool, { answer: person.answer });
    assert.deepEqual(
      person.asked.map(({ problem }) => problem?.awsCode),
      [undefined, ...Array<string>(3).fill('CodeMismatchException')],
    );
    assert.equal(new Set(pool.sent('session').slice(1)).size, 1);
    assert.deepEqual(pool.sent('SMS_MFA_CODE').slice(1), ['1', '2', '3', '4']);
  });

  it('asks for the next code of an authenticator whose code was used already', async () => {
    const used = refused('ExpiredCode', 'Your software token has already been used once.');
    const pool = new Script([challenge('SOFTWARE_TOKEN_MFA'), used, DONE]);
    const person = new Person([code('111111'), code('222222')]);
    await begin(pool, { answer: person.answer });
    assert.equal(person.asked[1]?.problem, used);
    assert.equal(pool.asked.length, 3, 'nothing was started again');
  });

  it('never goes on after a lockout', async () => {
    const locked = refused('NotAuthorized', 'Password attempts exceeded');
    const pool = new Script([challenge('SMS_MFA'), locked]);
    await assert.rejects(begin(pool, { answer: new Person([code('1')]).answer }), locked);
    assert.equal(pool.left, 0);
    assert.equal(pool.asked.length, 2);
  });

  describe('SELECT_MFA_TYPE', () => {
    it('echoes the offered name, whichever of the two e-mail has', async () => {
      for (const name of ['EMAIL_MFA', 'EMAIL_OTP']) {
        const offered = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', name];
        const pool = new Script([
          challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: JSON.stringify(offered) }),
          challenge('EMAIL_OTP'),
          DONE,
        ]);
        const person = new Person([{ kind: 'choice', option: name }, code('1')]);
        await begin(pool, { answer: person.answer });
        const [choice, second] = person.asked;
        assert.deepEqual(choice?.kind === 'choice' && [choice.challenge, choice.options], [
          'SELECT_MFA_TYPE',
          offered,
        ]);
        assert.equal(second?.canGoBack, true);
        assert.deepEqual([pool.sent('ANSWER')[1], pool.sent('EMAIL_OTP_CODE')[2]], [name, '1']);
      }
    });

    for (const [what, value] of Object.entries({
      nothing: '',
      'no list': '{}',
      'no JSON': '[',
      numbers: '[1]',
    })) {
      it(`refuses an offer of ${what}`, async () => {
        const pool = new Script([challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: value })]);
        await assert.rejects(begin(pool), { code: 'signin.protocol' });
      });
    }
  });

  describe('MFA_SETUP', () => {
    const setup = (...names: string[]) => challenge('MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(names) });
    const totp = (text: string): ChallengeAnswer => ({
      kind: 'totp-setup',
      code: text,
      deviceName: 'My phone',
    });

    it('sets an authenticator up: secret, first code, and the last session', async () => {
      const step = setup('SOFTWARE_TOKEN_MFA');
      const pool = new Script([step, DONE]);
      const person = new Person([totp(' 123456 ')]);
      await begin(pool, { answer: person.answer });
      assert.deepEqual(person.asked, [
        {
          kind: 'totp-setup',
          secret: 'SECRET1',
          otpauthUri: 'otpauth://totp/shop-dev:me%40example.com?secret=SECRET1&issuer=shop-dev',
          attempts: 0,
          username: 'me@example.com',
          canGoBack: false,
          endsAt: NOON + 180_000,
        },
      ]);
      assert.deepEqual(pool.asked.slice(1), [
        { operation: 'AssociateSoftwareToken', request: { session: sessionOf(step) } },
        {
          operation: 'VerifySoftwareToken',
          request: { session: 'associated-1', code: '123456', deviceName: 'My phone' },
        },
        {
          operation: 'RespondToAuthChallenge',
          request: {
            challengeName: 'MFA_SETUP',
            clientId: '7g0exampleclientid0co',
            session: 'verified',
            responses: { USERNAME: 'me@example.com' },
            USERNAME: 'me@example.com',
          },
        },
      ]);
    });

    it('asks for another first code where one is refused, in either of Cognito’s ways', async () => {
      const pool = new Script([setup(), DONE]);
      const mismatch = refused('EnableSoftwareTokenMFA', 'Code mismatch', 'VerifySoftwareToken');
      pool.verifications.push(mismatch, 'ERROR');
      const person = new Person(['1', '2', '3'].map(totp));
      await begin(pool, { answer: person.answer });
      assert.deepEqual(
        person.asked.map((asked) => asked.kind === 'totp-setup' && [asked.attempts, asked.secret]),
        [
          [0, 'SECRET1'],
          [1, 'SECRET1'],
          [2, 'SECRET1'],
        ],
      );
      const [, first, second] = person.asked;
      assert.equal(first?.problem, mismatch);
      assert.ok(isServiceError(second?.problem) && second.problem.awsMessage.includes('ERROR'));
    });

    it('lets the person choose among several, and says what cannot be set up here', async () => {
      const pool = new Script([setup('SMS_MFA', 'SOFTWARE_TOKEN_MFA')]);
      const person = new Person([{ kind: 'choice', option: 'SMS_MFA' }]);
      await assert.rejects(begin(pool, { answer: person.answer }), {
        code: 'signin.challenge-unsupported',
        data: { challenge: 'MFA_SETUP', option: 'SMS_MFA' },
      });
      assert.equal(pool.asked.length, 1);
    });

    it('goes back to that choice', async () => {
      const offers = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'];
      const pool = new Script([setup(...offers), setup(...offers), DONE]);
      const choose: ChallengeAnswer = { kind: 'choice', option: 'SOFTWARE_TOKEN_MFA' };
      const person = new Person([choose, { kind: 'back' }, choose, totp('1')]);
      await begin(pool, { answer: person.answer });
      assert.deepEqual(person.kinds, ['choice', 'totp-setup', 'choice', 'totp-setup']);
    });
  });

  describe('a challenge that nobody knows', () => {
    const parameters = { hint: 'blue', USER_ID_FOR_SRP: 'real' };

    it('is shown as it came and answered by names and values', async () => {
      const pool = new Script([challenge('RETINA_SCAN', parameters), DONE]);
      const person = new Person([{ kind: 'unknown', responses: { EYE: 'left' } }]);
      await begin(pool, { answer: person.answer });
      const [asked] = person.asked;
      assert.deepEqual(asked?.kind === 'unknown' && [asked.name, asked.parameters], [
        'RETINA_SCAN',
        parameters,
      ]);
      assert.deepEqual(pool.asked[1]?.request.responses, { USERNAME: 'real', EYE: 'left' });
    });

    it('can be answered again where Cognito dislikes the values', async () => {
      const bad = refused('InvalidParameter', 'Missing required parameter EYE');
      const pool = new Script([challenge('RETINA_SCAN'), bad, DONE]);
      const answer: ChallengeAnswer = { kind: 'unknown', responses: {} };
      const person = new Person([answer, answer]);
      await begin(pool, { answer: person.answer });
      assert.equal(person.asked[1]?.problem, bad);
    });

    it('is not taken for something that every object has', async () => {
      for (const name of ['constructor', 'toString', '__proto__']) {
        const pool = new Script([challenge(name), DONE]);
        const person = new Person([{ kind: 'unknown', responses: {} }]);
        await begin(pool, { answer: person.answer });
        assert.deepEqual(person.kinds, ['unknown'], name);
      }
    });
  });

  it('hands WEB_AUTHN to the browser', async () => {
    const person = new Person([{ kind: 'browser' }]);
    const pool = new Script([challenge('WEB_AUTHN', { CREDENTIAL_REQUEST_OPTIONS: '{}' })]);
    await assert.rejects(begin(pool, { method: 'choice', answer: person.answer }), {
      code: 'signin.browser-needed',
    });
    assert.deepEqual(person.kinds, ['web-authn']);
  });

  it('takes an answer of another kind for a mistake in the program', async () => {
    const pool = new Script([challenge('SMS_MFA')]);
    await assert.rejects(begin(pool, { answer: new Person([{ kind: 'password', password: 'x' }]).answer }), {
      code: 'internal',
    });
    assert.equal(pool.asked.length, 1);
  });

  it('refuses the parts of a proof that nobody began', async () => {
    for (const name of ['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER']) {
      await assert.rejects(begin(new Script([challenge(name)])), { code: 'signin.protocol' });
    }
  });
});
