import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { oneLine, tellingLine, tellToken } from '../../../../src/core/tokens/tell';
import { accessClaims, idClaims, ISSUED, openIdClaims, refreshToken, tokenOf } from './make';

const now = (ISSUED + 30) * 1000;
const line = (token: string, nowMs = now): string => tellingLine(tellToken(decodeToken(token), nowMs));

describe('core/tokens/tell', () => {
  it('says kind, user and time in one line', () => {
    assert.equal(line(tokenOf(idClaims)), 'ID token of reader · 59 min left');
    assert.equal(line(tokenOf(accessClaims)), 'Access token of reader · 59 min left');
    assert.equal(
      line(tokenOf(openIdClaims)),
      `OpenID token of ${openIdClaims.sub.slice(0, 40)}… · 9 min left`,
    );
    assert.equal(line(tokenOf({ email: 'a@b.example' })), 'Token of a@b.example');
    assert.equal(line(refreshToken), 'Encrypted token');
    assert.equal(line(tokenOf(idClaims), now + 7_200_000), 'ID token of reader · expired 1 h ago');
  });

  it('knows when a token has expired, and how long another has', () => {
    const decoded = decodeToken(tokenOf(idClaims));
    const { expired, leftMs, client } = tellToken(decoded, now);
    assert.deepEqual(
      { expired, leftMs, client },
      { expired: false, leftMs: 3_570_000, client: idClaims.aud },
    );
    assert.equal(tellToken(decoded, idClaims.exp * 1000).expired, true);
  });

  it('tells no time that is none, or in milliseconds', () => {
    for (const exp of [1e308, -1e308, ISSUED * 1000, 1e11]) {
      const { time, expired, leftMs } = tellToken(decodeToken(tokenOf({ exp })), now);
      assert.deepEqual({ time, expired, leftMs }, { time: undefined, expired: false, leftMs: undefined });
    }
  });

  it('takes no claim of another type for a name', () => {
    const odd = { 'cognito:username': { a: 1 }, username: ' ', email: 7, sub: ['s'], aud: [], exp: 'soon' };
    assert.equal(line(tokenOf(odd)), 'Token of s');
  });

  it('makes one line of a hostile text', () => {
    assert.equal(oneLine('a\n\u202eb\u0000\u200b\tc', 99), 'a b c');
    assert.equal(oneLine('x'.repeat(50), 10), `${'x'.repeat(10)}…`);
  });
});
