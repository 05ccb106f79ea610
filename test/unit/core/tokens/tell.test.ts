import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { oneLine, tellingLine, tellToken } from '../../../../src/core/tokens/tell';
import { firstToken } from '../../../../src/core/tokens/find';
import { cutToken, redactToken } from '../../../../src/core/tokens/redact-token';
import { tokenAt } from '../../../../src/core/tokens/token-at';
import { judgeToken } from '../../../../src/core/tokens/verdicts';
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

  it('says that nobody signed it, before the time', () => {
    const none = tokenOf(idClaims, { alg: 'none' });
    assert.equal(line(none), 'ID token of reader · not signed · 59 min left');
    assert.equal(line(none.replace(/[^.]*$/, '')), 'ID token of reader · not signed · 59 min left');
    assert.equal(
      line(tokenOf(idClaims).replace(/[^.]*$/, '')),
      'ID token of reader · not signed · 59 min left',
    );
    assert.equal(line(tokenOf({ sub: 's' }, { alg: 'NONE' })), 'Token of s · not signed');
  });

  it('says in place of the time that a token was redacted, however that was done', () => {
    const id = tokenOf(idClaims);
    assert.equal(line(redactToken(id)), 'ID token · redacted');
    assert.equal(line(redactToken(tokenOf(openIdClaims))), 'OpenID token · redacted');
    assert.equal(line(redactToken(refreshToken)), 'Encrypted token · redacted');
    assert.equal(line(firstToken(`x="${cutToken(id)}"`) ?? ''), 'ID token of reader · redacted');
    const { leftMs, expired } = tellToken(decodeToken(redactToken(id)), now + 1e9);
    assert.deepEqual({ leftMs, expired }, { leftMs: undefined, expired: false });
    const lines = { count: 1, textOf: () => `x="${cutToken(id)}"` };
    assert.equal(
      tokenAt(lines, { line: 0, character: 30 })?.token,
      `${id.slice(0, id.lastIndexOf('.'))}.redacted`,
    );
    const [signature] = judgeToken(decodeToken(redactToken(id)), { nowMs: now });
    assert.equal(signature?.sentence, 'This token was redacted: its signature was taken out.');
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
