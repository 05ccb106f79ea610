import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import {
  type Judgement,
  judgeToken,
  type Verdict,
  type VerdictCheck,
} from '../../../../src/core/tokens/verdicts';
import { all, judge, verdict } from './judging';
import { accessClaims, idClaims, ISSUED, ISSUER, openIdClaims, refreshToken, tokenOfText } from './make';

const stranger = { iss: 'https://accounts.example', sub: 'x' };

describe('core/tokens/verdicts', () => {
  it('finds a good token good, check by check', () => {
    const checks = ['signature', 'issuer', 'audience', 'use', 'expiry', 'not-yet-valid'];
    assert.deepEqual(
      judge(idClaims).map(({ check, status }) => `${check} ${status}`),
      checks.map((check) => `${check} ok`),
    );
    assert.ok(judge(accessClaims, { expectedUse: 'access' }).every(({ status }) => status === 'ok'));
    assert.ok(judge(openIdClaims, { expectedUse: undefined }).every(({ status }) => status === 'ok'));
  });

  const rows: [string, VerdictCheck, object, Partial<Judgement>, Verdict['status'], RegExp][] = [
    ['not checked', 'signature', idClaims, { signature: undefined }, 'unknown', /^Without keys nobody/],
    [
      'no keys',
      'signature',
      idClaims,
      { signature: { error: 'DNS' } },
      'unknown',
      /keys could not be fetched: DNS/,
    ],
    [
      'changed',
      'signature',
      idClaims,
      { signature: { ok: false, reason: 'bad-signature', detail: '' } },
      'failed',
      /k1: the token was changed/,
    ],
    [
      'unknown key',
      'signature',
      idClaims,
      { signature: { ok: false, reason: 'unknown-key', detail: '' } },
      'failed',
      /no key k1: another pool/,
    ],
    [
      'critical header',
      'signature',
      idClaims,
      { signature: { ok: false, reason: 'critical-header', detail: '' } },
      'failed',
      /"crit".*refuse/,
    ],
    [
      'HS256',
      'signature',
      idClaims,
      { signature: { ok: false, reason: 'unsupported-algorithm', detail: '' } },
      'failed',
      /expected RS256/,
    ],

    [
      'updated form',
      'issuer',
      { ...idClaims, iss: ISSUER.replace('//', '//issuer-') },
      {},
      'ok',
      /this connection’s user pool/,
    ],
    [
      'another pool',
      'issuer',
      { ...idClaims, iss: `${ISSUER}x` },
      {},
      'failed',
      /Sandbox01x: expected https:.*another user pool/,
    ],
    [
      'plain http',
      'issuer',
      { ...idClaims, iss: ISSUER.replace('https', 'http') },
      {},
      'failed',
      /expected https/,
    ],
    ['a list', 'issuer', { ...idClaims, iss: [ISSUER] }, {}, 'failed', /expected/],
    [
      'an identity pool',
      'issuer',
      { ...idClaims, iss: openIdClaims.iss },
      {},
      'failed',
      /identity pool: expected this connection’s user pool/,
    ],
    ['no issuer', 'issuer', { token_use: 'id' }, {}, 'failed', /no "iss"/],
    [
      'no issuer, no connection',
      'issuer',
      { sub: 'x' },
      { connection: undefined },
      'unknown',
      /^The token does not say who issued it/,
    ],
    ['no issuer where a pool is expected', 'issuer', { sub: 'x' }, {}, 'failed', /no "iss"/],
    ['no connection', 'issuer', idClaims, { connection: undefined }, 'unknown', /no user pool to compare/],

    [
      'other client',
      'audience',
      { ...idClaims, aud: 'other' },
      {},
      'failed',
      /client other: expected 7g0exampleclientid0co/,
    ],
    [
      'several',
      'audience',
      { ...stranger, aud: ['https://api.example.com', 'b', 'c'] },
      { connection: undefined },
      'unknown',
      /^Issued for https:\/\/api\.example\.com and 2 more;/,
    ],
    ['client in a list', 'audience', { ...idClaims, aud: ['other', idClaims.aud] }, {}, 'ok', /app client/],
    ['no audience', 'audience', { token_use: 'id', iss: ISSUER }, {}, 'failed', /no "aud"/],
    [
      'access token’s client',
      'audience',
      { ...accessClaims, client_id: 'other' },
      {},
      'failed',
      /client other/,
    ],
    [
      'access token with the client in aud only',
      'audience',
      { token_use: 'access', aud: idClaims.aud },
      {},
      'failed',
      /no "client_id"/,
    ],
    [
      'access token with a list of clients',
      'audience',
      { ...accessClaims, client_id: [idClaims.aud] },
      {},
      'failed',
      /expected 7g0/,
    ],
    [
      'other identity pool',
      'audience',
      { ...openIdClaims, aud: 'us-east-1:x' },
      {},
      'failed',
      /identity pool us-east-1:x: expected us-east-1:0000/,
    ],
    ['no audience, of a stranger', 'audience', stranger, {}, 'unknown', /for whom it was issued/],
    [
      'no audience, of the own issuer',
      'audience',
      { iss: ISSUER },
      {},
      'failed',
      /every token of Cognito has one/,
    ],
    ['no connection', 'audience', idClaims, { connection: undefined }, 'unknown', /nothing to compare/],

    [
      'access for id',
      'use',
      accessClaims,
      {},
      'failed',
      /^This is an access token: identity pools want the ID token\.$/,
    ],
    [
      'id for access',
      'use',
      idClaims,
      { expectedUse: 'access' },
      'failed',
      /^This is an ID token: .*want the access token\.$/,
    ],
    [
      'foreign for id',
      'use',
      { iss: 'https://accounts.google.com' },
      {},
      'failed',
      /not a token of a user pool/,
    ],
    ['nothing expected', 'use', idClaims, { expectedUse: undefined }, 'ok', /ID token/],
    ['nothing expected, nothing said', 'use', {}, { expectedUse: undefined }, 'unknown', /no "token_use"/],

    ['last millisecond', 'expiry', idClaims, { nowMs: idClaims.exp * 1000 - 1 }, 'ok', /under 1 min/],
    [
      'the very end',
      'expiry',
      idClaims,
      { nowMs: idClaims.exp * 1000 },
      'failed',
      /Expired just now: expected/,
    ],
    ['long ago', 'expiry', idClaims, { nowMs: (idClaims.exp + 7200) * 1000 }, 'failed', /Expired 2 h ago/],
    ['no end', 'expiry', { token_use: 'id' }, {}, 'failed', /no "exp"/],
    [
      'an end in words',
      'expiry',
      { ...idClaims, exp: 'tomorrow' },
      {},
      'failed',
      /"exp" is tomorrow: expected a time/,
    ],

    [
      'an end in milliseconds',
      'expiry',
      { ...idClaims, exp: 1_767_229_200_000 },
      {},
      'failed',
      /^"exp" is 1767229200000, which looks like milliseconds: expected a time in seconds/,
    ],
    [
      'an end that no calendar has',
      'expiry',
      { ...idClaims, exp: 1e308 },
      {},
      'failed',
      /^"exp" is 1e\+308: expected a time in seconds\.$/,
    ],
    ['an end before all times', 'expiry', { ...idClaims, exp: -1e300 }, {}, 'failed', /expected a time/],
    ['the last end in seconds', 'expiry', { ...idClaims, exp: 99_999_999_999 }, {}, 'ok', /Valid for/],
    ['no end, of a stranger', 'expiry', stranger, {}, 'unknown', /^The token does not say when it ends/],
    ['an end of a stranger', 'expiry', { ...stranger, exp: ISSUED }, {}, 'failed', /Refresh the session\.$/],
    [
      'an end, and nobody signed in',
      'expiry',
      { ...stranger, exp: ISSUED },
      { connection: undefined },
      'failed',
      /^Expired just now: expected a token that is still valid\.$/,
    ],

    ['this second', 'not-yet-valid', idClaims, { nowMs: ISSUED * 1000 }, 'ok', /Already valid/],
    [
      'a millisecond early',
      'not-yet-valid',
      idClaims,
      { nowMs: ISSUED * 1000 - 1 },
      'failed',
      /"iat".*a little behind/,
    ],
    [
      '10 minutes early',
      'not-yet-valid',
      idClaims,
      { nowMs: (ISSUED - 600) * 1000 },
      'failed',
      /in 10 min.*clock is probably wrong/,
    ],
    ['nbf ahead', 'not-yet-valid', { ...idClaims, nbf: ISSUED + 60 }, {}, 'failed', /"nbf"/],
    ['nbf in words', 'not-yet-valid', { ...idClaims, nbf: 'later' }, {}, 'failed', /"nbf" is later/],
    [
      'iat in milliseconds',
      'not-yet-valid',
      { ...idClaims, iat: ISSUED * 1000 },
      {},
      'failed',
      /"iat" is 1767225600000, which looks like milliseconds/,
    ],
    ['no times', 'not-yet-valid', {}, {}, 'unknown', /does not say when/],
  ];
  for (const [what, check, claims, against, status, sentence] of rows) {
    it(`${check}: ${what}`, () => {
      const found = verdict(check, claims, against);
      assert.equal(found.status, status);
      assert.match(found.sentence, sentence);
    });
  }

  it('never takes an unsigned token for a good one', () => {
    for (const token of [
      tokenOfText('{"alg":"none"}', JSON.stringify(idClaims)),
      tokenOfText('{"alg":"RS256"}', JSON.stringify(idClaims), ''),
    ]) {
      assert.equal(judgeToken(decodeToken(token), all)[0]?.status, 'failed');
    }
  });

  it('expects RS256 of Cognito’s issuers alone', () => {
    const of = (claims: object) =>
      judgeToken(decodeToken(tokenOfText('{"alg":"none"}', JSON.stringify(claims), '')), { nowMs: 0 })[0];
    assert.equal(of(idClaims)?.expected, 'RS256');
    assert.equal(of(stranger)?.expected, undefined);
  });

  it('calls no other issuer’s token bad for what Cognito would have put into it', () => {
    const verdicts = judge(stranger, { connection: undefined, expectedUse: undefined, signature: undefined });
    assert.ok(verdicts.every(({ status }) => status === 'unknown'));
    assert.doesNotMatch(verdicts.map(({ sentence }) => sentence).join(' '), /Cognito|session/);
  });

  it('hints at no clock where a time is in milliseconds', () => {
    assert.equal(verdict('not-yet-valid', { ...idClaims, iat: ISSUED * 1000 }).hint, undefined);
    assert.equal(
      verdict('expiry', { ...idClaims, exp: 1_767_229_200_000 }).found,
      '1767229200000',
      'digits as written',
    );
  });

  it('hints at the clock only where a clock explains it', () => {
    assert.equal(verdict('not-yet-valid', idClaims, { nowMs: (ISSUED - 1) * 1000 }).hint, 'clock');
    assert.deepEqual(
      judge(idClaims, { nowMs: (ISSUED + 9999) * 1000 }).filter(({ hint }) => hint),
      [],
    );
  });

  it('says what was expected and what was found, and of a time what was found', () => {
    const { expected, found } = verdict('audience', { ...idClaims, aud: 'other' });
    assert.deepEqual([expected, found], [idClaims.aud, 'other']);
    const expiry = verdict('expiry', idClaims, { nowMs: idClaims.exp * 1000 });
    assert.deepEqual([expiry.expected, expiry.found], [undefined, '2026-01-01T01:00:00.000Z']);
  });

  it('judges an encrypted token by its use alone', () => {
    const verdicts = judgeToken(decodeToken(refreshToken), all);
    assert.deepEqual(
      verdicts.map(({ check, status }) => [check, status]),
      [['use', 'failed']],
    );
    assert.match(verdicts[0]?.sentence ?? '', /encrypted.*identity pools want the ID token/);
  });
});
