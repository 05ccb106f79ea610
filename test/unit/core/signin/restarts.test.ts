import assert from 'node:assert/strict';
import { CancelledError, TimeoutError } from '../../../../src/core/errors';
import type { ChallengeAnswer, PendingChallenge } from '../../../../src/core/signin/challenge';
import { Deferred } from '../../../support/fakes';
import { begin, challenge, DONE, Person, refused, Script, sessionOver } from '../../../support/scripted-pool';

const OPTIONS = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];
const select = () => challenge('SELECT_CHALLENGE', {}, OPTIONS);
const mfaType = () => challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]' });
const choice = (option: string): ChallengeAnswer => ({ kind: 'choice', option });
const code = (text: string): ChallengeAnswer => ({ kind: 'code', code: text });
const back: ChallengeAnswer = { kind: 'back' };
const resend: ChallengeAnswer = { kind: 'resend' };

describe('sign-in: going back, new codes, and sessions that are over', () => {
  describe('back', () => {
    it('leads to the choice before, by a sign-in that begins again', async () => {
      const pool = new Script([select(), challenge('SMS_OTP'), select(), challenge('EMAIL_OTP'), DONE]);
      const person = new Person([choice('SMS_OTP'), back, choice('EMAIL_OTP'), code('1')]);
      await begin(pool, { method: 'choice', answer: person.answer });
      assert.deepEqual(person.kinds, ['choice', 'code', 'choice', 'code']);
      assert.deepEqual(
        person.asked.map(({ canGoBack }) => canGoBack),
        [false, true, false, true],
      );
    });

    it('leads to the last of two choices; the one before it is not asked again', async () => {
      const pool = new Script([
        ...[select(), mfaType(), challenge('SMS_MFA')],
        ...[select(), mfaType(), challenge('EMAIL_OTP'), DONE],
      ]);
      const person = new Person([
        ...[choice('PASSWORD'), choice('SMS_MFA'), back],
        ...[choice('EMAIL_OTP'), code('1')],
      ]);
      await begin(pool, { method: 'choice', answer: person.answer });
      assert.deepEqual(
        person.asked.map((asked) => (asked.kind === 'choice' ? asked.challenge : asked.kind)),
        ['SELECT_CHALLENGE', 'SELECT_MFA_TYPE', 'code', 'SELECT_MFA_TYPE', 'code'],
      );
      assert.deepEqual(pool.sent('ANSWER').filter(Boolean), ['PASSWORD', 'SMS_MFA', 'PASSWORD', 'EMAIL_OTP']);
    });

    it('leads behind a preferred challenge to all of them', async () => {
      const pool = new Script([challenge('EMAIL_OTP'), select(), DONE]);
      const person = new Person([back, choice('PASSWORD')]);
      await begin(pool, { method: 'choice', preferredChallenge: 'EMAIL_OTP', answer: person.answer });
      assert.deepEqual(pool.sent('PREFERRED_CHALLENGE').slice(0, 2), ['EMAIL_OTP', undefined]);
      assert.equal(person.asked[0]?.canGoBack, true);
    });

    it('leads to the first of the custom challenges', async () => {
      const ask = () => challenge('CUSTOM_CHALLENGE');
      const pool = new Script([ask(), ask(), ask(), DONE]);
      const answer: ChallengeAnswer = { kind: 'custom', answer: 'x' };
      const person = new Person([answer, back, answer]);
      await begin(pool, { method: 'custom', password: undefined, answer: person.answer });
      assert.deepEqual(
        person.asked.map((asked) => asked.kind === 'custom' && [asked.round, asked.canGoBack]),
        [
          [1, false],
          [2, true],
          [1, false],
        ],
      );
    });

    it('asks again where a choice is no longer on offer', async () => {
      const other = challenge('SELECT_CHALLENGE', {}, ['PASSWORD', 'EMAIL_OTP']);
      const pool = new Script([select(), challenge('SMS_OTP'), other, DONE]);
      const person = new Person([choice('SMS_OTP'), resend, choice('PASSWORD')]);
      await begin(pool, { method: 'choice', answer: person.answer });
      assert.deepEqual(person.kinds, ['choice', 'code', 'choice']);
    });
  });

  it('a new code is asked for by the same way, with the same password, and said to be the one that counts', async () => {
    const pool = new Script([mfaType(), challenge('SMS_MFA'), mfaType(), challenge('SMS_MFA'), DONE]);
    const person = new Person([choice('SMS_MFA'), resend, code('2')]);
    await begin(pool, { answer: person.answer });
    assert.deepEqual(pool.sent('PASSWORD').filter(Boolean), ['Passw0rd!', 'Passw0rd!']);
    assert.deepEqual(person.kinds, ['choice', 'code', 'code']);
    assert.match(person.asked[2]?.notice ?? '', /newest/);
    assert.equal(person.asked[1]?.notice, undefined);
  });

  describe('when the session of a challenge is over', () => {
    const over: Record<string, () => Error> = {
      'its time': sessionOver,
      'its one use': () =>
        refused('NotAuthorized', 'Invalid session for the user, session can only be used once.'),
      'its code': () => refused('ExpiredCode', 'Invalid code provided, please request a code again.'),
      'its loss on the way': () => refused('InvalidParameter', 'Missing required parameter Session'),
    };
    for (const [what, error] of Object.entries(over)) {
      it(`by ${what}, the sign-in begins again by itself and says so`, async () => {
        const pool = new Script([challenge('SMS_MFA'), error(), challenge('SMS_MFA'), DONE]);
        const person = new Person([code('1'), code('2')]);
        await begin(pool, { answer: person.answer });
        assert.deepEqual(
          pool.asked.map(({ operation }) => operation),
          ['InitiateAuth', 'RespondToAuthChallenge', 'InitiateAuth', 'RespondToAuthChallenge'],
        );
        assert.equal(pool.sent('PASSWORD')[2], 'Passw0rd!');
        const [first, second] = person.asked;
        assert.equal(first?.notice, undefined);
        assert.match(second?.notice ?? '', /started again/);
        assert.equal(second?.problem, undefined);
      });
    }

    it('does so once only', async () => {
      const second = sessionOver();
      const pool = new Script([challenge('SMS_MFA'), sessionOver(), challenge('SMS_MFA'), second]);
      await assert.rejects(begin(pool, { answer: new Person([code('1'), code('2')]).answer }), second);
      assert.equal(pool.asked.length, 4);
    });

    it('stops where the new beginning is refused, lockouts above all', async () => {
      const locked = refused('NotAuthorized', 'Password attempts exceeded', 'InitiateAuth');
      const pool = new Script([challenge('SMS_MFA'), sessionOver(), locked]);
      await assert.rejects(begin(pool, { answer: new Person([code('1')]).answer }), locked);
      assert.equal(pool.asked.length, 3);
    });

    it('comes to the same question without asking for what was decided', async () => {
      const pool = new Script([
        ...[select(), challenge('EMAIL_OTP'), sessionOver()],
        ...[select(), challenge('EMAIL_OTP'), DONE],
      ]);
      const person = new Person([choice('EMAIL_OTP'), code('1'), code('2')]);
      await begin(pool, { method: 'choice', password: undefined, answer: person.answer });
      assert.deepEqual(person.kinds, ['choice', 'code', 'code']);
    });

    it('gives the same authenticator code, or new password, once more without a question', async () => {
      const kept: [string, ChallengeAnswer, string][] = [
        ['SOFTWARE_TOKEN_MFA', code('123456'), 'SOFTWARE_TOKEN_MFA_CODE'],
        ['NEW_PASSWORD_REQUIRED', { kind: 'new-password', newPassword: 'n', attributes: {} }, 'NEW_PASSWORD'],
      ];
      for (const [name, answer, sent] of kept) {
        const pool = new Script([challenge(name), sessionOver(), challenge(name), DONE]);
        const person = new Person([answer]);
        await begin(pool, { answer: person.answer });
        assert.equal(person.asked.length, 1);
        assert.equal(pool.sent(sent)[1], pool.sent(sent)[3]);
      }
    });

    it('asks where that answer is then refused', async () => {
      const wrong = refused('CodeMismatch', 'Invalid code received for user');
      const step = () => challenge('SOFTWARE_TOKEN_MFA');
      const pool = new Script([step(), sessionOver(), step(), wrong, DONE]);
      const person = new Person([code('1'), code('2')]);
      await begin(pool, { answer: person.answer });
      assert.equal(person.asked[1]?.problem, wrong);
    });

    it('makes a new secret where an authenticator was being set up', async () => {
      const pool = new Script([challenge('MFA_SETUP'), challenge('MFA_SETUP'), DONE]);
      pool.verifications.push(sessionOver());
      const answer: ChallengeAnswer = { kind: 'totp-setup', code: '1', deviceName: '' };
      const person = new Person([answer, answer]);
      await begin(pool, { answer: person.answer });
      assert.deepEqual(
        person.asked.map((asked) => asked.kind === 'totp-setup' && asked.secret),
        ['SECRET1', 'SECRET2'],
      );
      assert.match(person.asked[1]?.notice ?? '', /started again/);
    });

    it('covers a choice that took too long as well', async () => {
      const pool = new Script([mfaType(), sessionOver(), mfaType(), challenge('SMS_MFA'), DONE]);
      const person = new Person([choice('SMS_MFA'), code('1')]);
      await begin(pool, { answer: person.answer });
      assert.deepEqual(person.kinds, ['choice', 'code']);
    });

    it('does not begin again where nobody was asked', async () => {
      const error = sessionOver();
      const pool = new Script([challenge('PASSWORD_VERIFIER', verifierParameters()), error]);
      await assert.rejects(begin(pool, { method: 'srp' }), error);
      assert.equal(pool.asked.length, 2);
    });
  });

  describe('cancelling', () => {
    it('ends with what the person’s side throws', async () => {
      const pool = new Script([challenge('SMS_MFA')]);
      const answer = (): Promise<never> => Promise.reject(new CancelledError());
      await assert.rejects(begin(pool, { answer }), { code: 'cancelled' });
      assert.equal(pool.asked.length, 1);
    });

    for (const [what, reason, expected] of [
      ['a newer sign-in', new CancelledError(), 'cancelled'],
      ['a time limit', new TimeoutError('Sign-in', 60), 'timeout'],
    ] as const) {
      it(`does not wait for the person after ${what}`, async () => {
        const [controller, asked] = [new AbortController(), new Deferred<PendingChallenge>()];
        const pool = new Script([challenge('SMS_MFA')]);
        const answer = (pending: PendingChallenge): Promise<never> => {
          asked.resolve(pending);
          return new Promise(() => undefined);
        };
        const running = begin(pool, { answer }, controller.signal);
        await asked.promise;
        controller.abort(reason);
        await assert.rejects(running, { code: expected });
      });
    }

    it('sends no answer that came after it', async () => {
      const controller = new AbortController();
      const pool = new Script([challenge('MFA_SETUP')]);
      const answer = async (): Promise<ChallengeAnswer> => {
        controller.abort();
        return Promise.resolve({ kind: 'totp-setup', code: '1', deviceName: '' });
      };
      await assert.rejects(begin(pool, { answer }, controller.signal), { code: 'cancelled' });
      assert.deepEqual(
        pool.asked.map(({ operation }) => operation),
        ['InitiateAuth', 'AssociateSoftwareToken'],
      );
    });
  });
});

function verifierParameters(): Record<string, string> {
  return { SALT: 'ab', SRP_B: 'cd', SECRET_BLOCK: 'ZWY=', USER_ID_FOR_SRP: 'u' };
}
