import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import { decodeToken } from '../../../../src/core/tokens/decode';
import {
  type Judgement,
  judgeToken,
  summarise,
  type Verdict,
  type VerdictCheck,
} from '../../../../src/core/tokens/verdicts';
import {
  accessClaims,
  idClaims,
  ISSUED,
  ISSUER,
  openIdClaims,
  refreshToken,
  tokenOf,
  tokenOfText,
} from './make';

const nowMs = (ISSUED + 1) * 1000;
const connection: Connection = {
  id: 'sandbox',
  userPool: {
    userPoolId: 'us-east-1_Sandbox01',
    clientId: idClaims.aud,
    hasClientSecret: false,
    signIn: 'srp',
    scopes: [],
    callbackPorts: [],
  },
  identityPool: { identityPoolId: openIdClaims.aud, flow: 'enhanced' },
};
const all: Judgement = { connection, nowMs, expectedUse: 'id', signature: { ok: true, kid: 'k1' } };

const judge = (claims: object, against: Partial<Judgement> = {}): Verdict[] =>
  judgeToken(decodeToken(tokenOf(claims)), { ...all, ...against });
const verdict = (check: VerdictCheck, claims: object, against: Partial<Judgement> = {}): Verdict => {
  const found = judge(claims, against).find((item) => item.check === check);
  assert.ok(found);
  return found;
};

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
    ['no connection', 'issuer', idClaims, { connection: undefined }, 'unknown', /no user pool to compare/],

    [
      'other client',
      'audience',
      { ...idClaims, aud: 'other' },
      {},
      'failed',
      /client other: expected 7g0exampleclientid0co/,
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

  it('hints at the clock only where a clock explains it', () => {
    assert.equal(verdict('not-yet-valid', idClaims, { nowMs: (ISSUED - 1) * 1000 }).hint, 'clock');
    assert.deepEqual(
      judge(idClaims, { nowMs: (ISSUED + 9999) * 1000 }).filter(({ hint }) => hint),
      [],
    );
  });

  it('says what was expected and what was found', () => {
    const { expected, found } = verdict('audience', { ...idClaims, aud: 'other' });
    assert.deepEqual([expected, found], [idClaims.aud, 'other']);
    assert.equal(
      verdict('expiry', idClaims, { nowMs: idClaims.exp * 1000 }).found,
      '2026-01-01T01:00:00.000Z',
    );
  });

  it('judges an encrypted token by its use alone', () => {
    const verdicts = judgeToken(decodeToken(refreshToken), all);
    assert.deepEqual(
      verdicts.map(({ check, status }) => [check, status]),
      [['use', 'failed']],
    );
    assert.match(verdicts[0]?.sentence ?? '', /encrypted.*identity pools want the ID token/);
  });

  describe('summarise', () => {
    const line = (claims: object, against: Partial<Judgement> = {}): string => {
      const { status, sentence } = summarise(
        judge(claims, against),
        decodeToken(tokenOf(claims)),
        against.nowMs ?? nowMs,
      );
      return `${status}: ${sentence}`;
    };
    const lines: [string, string, object, Partial<Judgement>][] = [
      [
        'ID token',
        'ok: Signature valid · issued by us-east-1_Sandbox01 for client 7g0example… · 59 min left',
        idClaims,
        {},
      ],
      [
        'access token',
        'ok: Signature valid · issued by us-east-1_Sandbox01 for client 7g0example… · 59 min left',
        accessClaims,
        { expectedUse: 'access' },
      ],
      [
        'unchecked',
        'unknown: Signature not checked · issued by us-east-1_Sandbox01 for client 7g0example… · 59 min left',
        idClaims,
        { signature: undefined },
      ],
      [
        'another provider',
        'unknown: Signature not checked · issued by accounts.google.com for client g1 · 59 min left',
        { iss: 'https://accounts.google.com', aud: 'g1', iat: ISSUED, exp: ISSUED + 3600 },
        { connection: undefined, expectedUse: undefined, signature: undefined },
      ],
      [
        'identity pool',
        `ok: Signature valid · issued for identity pool ${openIdClaims.aud} · 9 min left`,
        openIdClaims,
        { expectedUse: undefined },
      ],
      ['wrong kind', 'failed: This is an access token: identity pools want the ID token.', accessClaims, {}],
      [
        'two failures',
        'failed: Issued for client other: expected 7g0exampleclientid0co. The identity pool and your API may accept only one of them. · 1 more check failed',
        { ...idClaims, aud: 'other' },
        { nowMs: idClaims.exp * 1000 },
      ],
    ];
    for (const [what, expected, claims, against] of lines)
      it(what, () => assert.equal(line(claims, against), expected));

    it('bad signature before all else', () => {
      assert.match(
        line({ token_use: 'access' }, { signature: { ok: false, reason: 'bad-signature', detail: '' } }),
        /^failed: The signature does not fit.* · 4 more checks failed$/,
      );
    });
    it('encrypted token', () => {
      const decoded = decodeToken(refreshToken);
      assert.deepEqual(summarise(judgeToken(decoded, { nowMs }), decoded, nowMs), {
        status: 'unknown',
        sentence: 'Encrypted: only Cognito can read it',
      });
    });
  });
});
