import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { timesOf } from '../../../../src/panel/host/token-times';
import { idClaims, ISSUED, refreshToken, tokenOf } from '../../core/tokens/make';

const NOW = ISSUED * 1000;
const times = (claims: object) => timesOf(decodeToken(tokenOf({ ...idClaims, ...claims })), NOW);

describe('when the words about a token change', () => {
  it('is at its start and its end', () => {
    assert.deepEqual(times({}), { expiresAt: NOW + 3_600_000 });
    assert.deepEqual(times({ nbf: ISSUED + 60, iat: ISSUED + 30 }), {
      expiresAt: NOW + 3_600_000,
      startsAt: NOW + 60_000,
    });
    assert.equal(times({ nbf: ISSUED + 30, iat: ISSUED + 60 }).startsAt, NOW + 60_000);
    assert.deepEqual(timesOf(decodeToken(refreshToken), NOW), {});
  });

  it('is never at a time that is none, which would travel to the page as null', () => {
    for (const time of [1e308, -1e308, NOW, 'soon', null]) {
      const found = times({ exp: time, iat: time, nbf: time });
      assert.deepEqual(found, {}, String(time));
      assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
    }
  });
});
