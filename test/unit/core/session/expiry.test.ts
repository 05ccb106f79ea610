import assert from 'node:assert/strict';
import { credentialsDue, expiresAt, sessionState, tokensDue } from '../../../../src/core/session/expiry';
import type { Session } from '../../../../src/core/session/model';
import { entryOf } from '../../../../src/core/session/session-index';
import { NOON, testSession } from '../../../support/sessions';

const MINUTE = 60_000;

/** Credentials and tokens that began at noon and last so many minutes. */
function lasting(minutes: number): Session {
  const { credentials, tokens } = testSession();
  const end = { issuedAt: NOON, expiresAt: NOON + minutes * MINUTE };
  return testSession({ credentials: { ...credentials!, ...end }, tokens: { ...tokens!, ...end } });
}

describe('expiry', () => {
  it('is that of the AWS credentials, else of the tokens', () => {
    const { credentials, ...tokensOnly } = testSession({
      tokens: { ...testSession().tokens!, expiresAt: 7 },
    });
    assert.equal(expiresAt({ ...tokensOnly, credentials }), NOON + 60 * MINUTE);
    assert.equal(expiresAt(tokensOnly), 7);
    const { tokens: _none, ...nothing } = tokensOnly;
    assert.equal(expiresAt(nothing), undefined);
  });

  const states: [minutesLeft: number, state: string][] = [
    [60, 'valid'],
    [15, 'valid'],
    [15 - 1 / 60, 'expiring'],
    [1 / 60, 'expiring'],
    [0, 'expired'],
    [-600, 'expired'],
  ];
  for (const [left, state] of states) {
    it(`${left.toFixed(2)} min left is ${state}, for session and index entry alike`, () => {
      const session = lasting(60);
      const now = NOON + (60 - left) * MINUTE;
      assert.deepEqual([sessionState(session, now), sessionState(entryOf(session), now)], [state, state]);
    });
  }

  it('nothing held is signed out', () => {
    const { tokens: _t, credentials: _c, ...nothing } = testSession();
    assert.equal(sessionState(nothing, NOON), 'signed-out');
    assert.equal(sessionState(entryOf(nothing), NOON), 'signed-out');
  });

  // The rule: less than the smaller of the setting and a fifth of the lifetime.
  const dues: [lifetime: number, setting: number, left: number, due: boolean][] = [
    [60, 5, 5.01, false],
    [60, 5, 5, false],
    [60, 5, 4.99, true],
    [60, 30, 12, false],
    [60, 30, 11.99, true],
    [5, 5, 1, false],
    [5, 5, 0.99, true],
    [60, 0, 0.01, false],
    [60, 0, 0, true],
    [60, -3, 0.01, false],
    [60, 5, -1, true],
  ];
  for (const [lifetime, setting, left, expected] of dues) {
    it(`${lifetime} min long, setting ${setting} min, ${left} min left: ${expected ? 'due' : 'not due'}`, () => {
      const session = lasting(lifetime);
      const now = NOON + (lifetime - left) * MINUTE;
      assert.equal(credentialsDue(session, now, setting), expected);
      assert.equal(tokensDue(session, now, setting), expected);
    });
  }

  it('what is not there is due', () => {
    const { tokens: _t, credentials: _c, ...nothing } = testSession();
    assert.ok(credentialsDue(nothing, NOON, 5) && tokensDue(nothing, NOON, 5));
  });

  it('tokens of unknown age go by the setting alone', () => {
    const { issuedAt: _unknown, ...tokens } = testSession().tokens!;
    const session = testSession({ tokens });
    assert.equal(tokensDue(session, NOON + 54 * MINUTE, 5), false);
    assert.equal(tokensDue(session, NOON + 56 * MINUTE, 5), true);
  });
});
