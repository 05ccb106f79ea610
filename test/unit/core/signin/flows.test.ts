import assert from 'node:assert/strict';
import { createSecretHash } from 'cognito-srp-helper';
import { testConnection } from '../../../support/fake-aws';
import {
  begin,
  challenge,
  DONE,
  Person,
  refused,
  Script,
  SrpServer,
  type Asked,
} from '../../../support/scripted-pool';

const REAL = '0a1b2c3d-real-name';
const OPTIONS = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'];

/** The parameters of one request, without its SRP_A, which is another one each time. */
function sentOf(asked: Asked | undefined): unknown {
  const { parameters, responses } = asked?.request ?? {};
  const { SRP_A, ...rest } = (parameters ?? responses) as Record<string, string>;
  return SRP_A === undefined ? rest : { ...rest, SRP_A: /^[0-9a-f]{700,768}$/.test(SRP_A) };
}

describe('sign-in: flows', () => {
  describe('choice-based (USER_AUTH)', () => {
    it('asks how to go on, the options exactly as offered, and then for the password', async () => {
      const pool = new Script([challenge('SELECT_CHALLENGE', {}, OPTIONS), DONE]);
      const person = new Person([
        { kind: 'choice', option: 'PASSWORD' },
        { kind: 'password', password: 'Passw0rd!' },
      ]);
      await begin(pool, { method: 'choice', password: undefined, answer: person.answer });
      const [choice, password] = person.asked;
      assert.deepEqual(choice?.kind === 'choice' && [choice.challenge, choice.options, choice.canGoBack], [
        'SELECT_CHALLENGE',
        OPTIONS,
        false,
      ]);
      assert.deepEqual(password?.kind === 'password' && [password.challenge, password.canGoBack], [
        'PASSWORD',
        true,
      ]);
      assert.deepEqual(pool.asked.map(sentOf), [
        { USERNAME: 'me@example.com' },
        { USERNAME: 'me@example.com', ANSWER: 'PASSWORD', PASSWORD: 'Passw0rd!' },
      ]);
      assert.equal(pool.asked[0]?.request.flow, 'USER_AUTH');
    });

    it('answers by SRP in one step where the password is known', async () => {
      const server = SrpServer.ofPassword('Sandbox01', REAL, 'Passw0rd!');
      let clientPublic: unknown;
      const pool = new Script([
        challenge('SELECT_CHALLENGE', {}, OPTIONS),
        ({ SRP_A }) => {
          clientPublic = SRP_A;
          return challenge('PASSWORD_VERIFIER', { ...server.parameters(), USER_ID_FOR_SRP: REAL });
        },
        (request) =>
          server.accepts(clientPublic, request) ? DONE : refused('NotAuthorized', 'Incorrect username'),
      ]);
      const person = new Person([{ kind: 'choice', option: 'PASSWORD_SRP' }]);
      const { username } = await begin(pool, { method: 'choice', answer: person.answer });
      assert.equal(username, REAL);
      assert.deepEqual(sentOf(pool.asked[1]), {
        USERNAME: 'me@example.com',
        ANSWER: 'PASSWORD_SRP',
        SRP_A: true,
      });
      assert.ok(!JSON.stringify(pool.asked).includes('Passw0rd!'));
    });

    for (const option of ['EMAIL_OTP', 'SMS_OTP']) {
      it(`sends ${option} alone, and the code in the challenge that follows`, async () => {
        const pool = new Script([challenge('SELECT_CHALLENGE', {}, OPTIONS), challenge(option), DONE]);
        const person = new Person([
          { kind: 'choice', option },
          { kind: 'code', code: '12345678' },
        ]);
        await begin(pool, { method: 'choice', password: undefined, answer: person.answer });
        assert.deepEqual(pool.asked.slice(1).map(sentOf), [
          { USERNAME: 'me@example.com', ANSWER: option },
          { USERNAME: 'me@example.com', [`${option}_CODE`]: '12345678' },
        ]);
      });
    }

    it('hands a passkey on to the browser, without a further request', async () => {
      const pool = new Script([challenge('SELECT_CHALLENGE', {}, OPTIONS)]);
      const person = new Person([{ kind: 'choice', option: 'WEB_AUTHN' }, { kind: 'browser' }]);
      await assert.rejects(begin(pool, { method: 'choice', answer: person.answer }), {
        code: 'signin.browser-needed',
      });
      assert.deepEqual([person.kinds, pool.asked.length], [['choice', 'web-authn'], 1]);
    });

    it('does not ask where there is one option only', async () => {
      const pool = new Script([challenge('SELECT_CHALLENGE', {}, ['PASSWORD']), DONE]);
      await begin(pool, { method: 'choice' });
      assert.deepEqual(sentOf(pool.asked[1]), {
        USERNAME: 'me@example.com',
        ANSWER: 'PASSWORD',
        PASSWORD: 'Passw0rd!',
      });
    });

    const preferred: Record<string, unknown> = {
      PASSWORD: { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Passw0rd!' },
      PASSWORD_SRP: { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: true },
      EMAIL_OTP: { PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    };
    for (const [name, parameters] of Object.entries(preferred)) {
      it(`sends what goes with the preferred challenge ${name}`, async () => {
        const pool = new Script([DONE]);
        await begin(pool, { method: 'choice', preferredChallenge: name });
        assert.deepEqual(sentOf(pool.asked[0]), { USERNAME: 'me@example.com', ...(parameters as object) });
      });
    }

    it('asks for the password before a request that needs it', async () => {
      const pool = new Script([DONE]);
      const person = new Person([{ kind: 'password', password: 'typed' }]);
      await begin(pool, {
        method: 'choice',
        preferredChallenge: 'PASSWORD',
        password: undefined,
        answer: person.answer,
      });
      assert.deepEqual(pool.sent('PASSWORD'), ['typed']);
      assert.equal(person.asked[0]?.endsAt, undefined);
    });

    it('answers the challenges PASSWORD and PASSWORD_SRP where Cognito asks for them itself', async () => {
      const plain = new Script([challenge('PASSWORD'), DONE]);
      await begin(plain, { method: 'choice' });
      assert.deepEqual(sentOf(plain.asked[1]), { USERNAME: 'me@example.com', PASSWORD: 'Passw0rd!' });
      const srp = new Script([challenge('PASSWORD_SRP'), DONE]);
      await begin(srp, { method: 'choice' });
      assert.deepEqual(sentOf(srp.asked[1]), { USERNAME: 'me@example.com', SRP_A: true });
    });

    it('begins with the session of a sign-up that was just confirmed, once', async () => {
      const pool = new Script([challenge('EMAIL_OTP'), challenge('EMAIL_OTP'), DONE]);
      const person = new Person([{ kind: 'resend' }, { kind: 'code', code: '1' }]);
      await begin(pool, { method: 'choice', session: 'from sign-up', answer: person.answer });
      assert.deepEqual(
        pool.asked.slice(0, 2).map(({ request }) => request.session),
        ['from sign-up', undefined],
      );
    });

    it('refuses an offer of nothing', async () => {
      await assert.rejects(begin(new Script([challenge('SELECT_CHALLENGE')]), { method: 'choice' }), {
        code: 'signin.protocol',
      });
    });
  });

  describe('with custom challenges (CUSTOM_AUTH)', () => {
    it('asks as often as the pool does, by the name that Cognito gives', async () => {
      const pool = new Script([
        challenge('CUSTOM_CHALLENGE', { USERNAME: REAL, question: 'first?' }),
        challenge('CUSTOM_CHALLENGE', { USERNAME: REAL, question: 'second?' }),
        DONE,
      ]);
      const person = new Person([
        { kind: 'custom', answer: 'one' },
        { kind: 'custom', answer: ' two ' },
      ]);
      const signedIn = await begin(pool, { method: 'custom', password: undefined, answer: person.answer });
      assert.equal(signedIn.username, REAL);
      assert.deepEqual(
        person.asked.map(
          (asked) => asked.kind === 'custom' && [asked.round, asked.parameters, asked.username],
        ),
        [
          [1, { question: 'first?' }, REAL],
          [2, { question: 'second?' }, REAL],
        ],
      );
      assert.deepEqual(pool.asked.map(sentOf), [
        { USERNAME: 'me@example.com' },
        { USERNAME: REAL, ANSWER: 'one' },
        { USERNAME: REAL, ANSWER: ' two ' },
      ]);
    });

    it('proves the password by SRP first where one was given', async () => {
      const server = SrpServer.ofPassword('Sandbox01', REAL, 'Passw0rd!');
      const pool: Script = new Script([
        challenge('PASSWORD_VERIFIER', { ...server.parameters(), USER_ID_FOR_SRP: REAL }),
        (request) =>
          server.accepts(pool.sent('SRP_A')[0], request)
            ? challenge('CUSTOM_CHALLENGE', { USERNAME: REAL })
            : refused('NotAuthorized', 'Incorrect username or password.'),
        DONE,
      ]);
      const person = new Person([{ kind: 'custom', answer: 'one' }]);
      await begin(pool, { method: 'custom', answer: person.answer });
      assert.deepEqual(sentOf(pool.asked[0]), {
        USERNAME: 'me@example.com',
        CHALLENGE_NAME: 'SRP_A',
        SRP_A: true,
      });
    });

    it('takes an empty password for none', async () => {
      const pool = new Script([DONE]);
      await begin(pool, { method: 'custom', password: '' });
      assert.deepEqual(sentOf(pool.asked[0]), { USERNAME: 'me@example.com' });
    });

    it('passes on the refusal of an answer, and does not try again', async () => {
      const no = refused('NotAuthorized', 'Incorrect username or password.');
      const pool = new Script([challenge('CUSTOM_CHALLENGE'), no]);
      const person = new Person([{ kind: 'custom', answer: 'wrong' }]);
      await assert.rejects(begin(pool, { method: 'custom', answer: person.answer }), no);
      assert.equal(pool.asked.length, 2);
    });
  });

  for (const method of ['srp', 'password'] as const) {
    it(`asks for the password of the method ${method} where none was given`, async () => {
      const pool = new Script([DONE]);
      const person = new Person([{ kind: 'password', password: 'typed' }]);
      await begin(pool, { method, password: undefined, answer: person.answer });
      assert.deepEqual(person.kinds, ['password']);
    });
  }

  it('proves the client secret with the name of the very request, through every challenge', async () => {
    const connection = testConnection();
    const pool = new Script([
      challenge('SELECT_MFA_TYPE', {
        USER_ID_FOR_SRP: REAL,
        MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]',
      }),
      challenge('SMS_MFA', { USER_ID_FOR_SRP: REAL }),
      challenge('CUSTOM_CHALLENGE', { USERNAME: REAL }),
      DONE,
    ]);
    const person = new Person([
      { kind: 'choice', option: 'SMS_MFA' },
      { kind: 'code', code: '123456' },
      { kind: 'custom', answer: 'x' },
    ]);
    await begin(pool, {
      connection: { ...connection, userPool: { ...connection.userPool!, hasClientSecret: true } },
      clientSecret: 's3cr3t',
      answer: person.answer,
    });
    const client = connection.userPool!.clientId;
    const real = createSecretHash(REAL, client, 's3cr3t');
    assert.deepEqual(pool.sent('SECRET_HASH'), [
      createSecretHash('me@example.com', client, 's3cr3t'),
      real,
      real,
      real,
    ]);
  });

  it('uses only the newest session, and none twice', async () => {
    const steps = [
      challenge('SELECT_CHALLENGE', {}, OPTIONS),
      challenge('EMAIL_OTP'),
      challenge('SMS_MFA'),
      challenge('NEW_PASSWORD_REQUIRED'),
    ];
    const pool = new Script([...steps, DONE]);
    const person = new Person([
      { kind: 'choice', option: 'EMAIL_OTP' },
      { kind: 'code', code: '1' },
      { kind: 'code', code: '2' },
      { kind: 'new-password', newPassword: 'x', attributes: {} },
    ]);
    await begin(pool, { method: 'choice', answer: person.answer });
    assert.deepEqual(
      pool.sent('session').slice(1),
      steps.map((step) => step.kind === 'challenge' && step.session),
    );
    assert.equal(new Set(pool.sent('session')).size, 5);
  });
});
