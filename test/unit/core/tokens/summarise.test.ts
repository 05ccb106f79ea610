import assert from 'node:assert/strict';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { type Judgement, judgeToken, summarise } from '../../../../src/core/tokens/verdicts';
import { all, judge, nowMs } from './judging';
import { accessClaims, idClaims, ISSUED, openIdClaims, refreshToken, tokenOf } from './make';

describe('core/tokens/summarise', () => {
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
      'unknown: Signature not checked · issued by accounts.google.com for g1 · 59 min left',
      { iss: 'https://accounts.google.com', aud: 'g1', iat: ISSUED, exp: ISSUED + 3600 },
      { connection: undefined, expectedUse: undefined, signature: undefined },
    ],
    [
      'identity pool',
      `ok: Signature valid · issued for identity pool ${openIdClaims.aud} · 9 min left`,
      openIdClaims,
      { expectedUse: undefined },
    ],
    [
      'no issuer',
      'unknown: Signature not checked · issued for g1 · 59 min left',
      { aud: 'g1', iat: ISSUED, exp: ISSUED + 3600 },
      { connection: undefined, expectedUse: undefined, signature: undefined },
    ],
    [
      'an API and more',
      'unknown: Signature not checked · issued by tenant.auth0.com for https://api.example.com and 1 more · 59 min left',
      {
        iss: 'https://tenant.auth0.com/',
        aud: ['https://api.example.com', 'https://tenant.auth0.com/userinfo'],
        exp: ISSUED + 3600,
      },
      { connection: undefined, expectedUse: undefined, signature: undefined },
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

  it('lets no claim or header turn a sentence around, or break its line', () => {
    const nasty = '\u202etxt.exe\u0000\n\u2066x';
    const header = { alg: `RS256${nasty}`, kid: nasty };
    const findings: Partial<Judgement>[] = [
      {},
      { connection: undefined, expectedUse: undefined },
      ...(['unknown-key', 'bad-signature', 'unsupported-algorithm'] as const).map((reason) => ({
        signature: { ok: false, reason, detail: '' } as const,
      })),
      { signature: { ok: true, kid: nasty } },
      ...(['unknown-key', 'bad-signature', 'unsupported-algorithm', 'no-fitting-key'] as const).map(
        (reason) => ({ keys: { ok: false, reason, alg: nasty, kid: nasty, given: 'RSA' } as const }),
      ),
    ];
    for (const against of findings) {
      for (const name of ['iss', 'aud', 'client_id', 'exp', 'iat', 'token_use']) {
        for (const claims of [
          { ...idClaims, [name]: nasty },
          { ...accessClaims, [name]: [nasty] },
          { ...openIdClaims, [name]: `https://x_/${nasty}_` },
        ]) {
          const decoded = decodeToken(tokenOf(claims, header));
          const verdicts = judgeToken(decoded, { ...all, ...against });
          const texts = [...verdicts, summarise(verdicts, decoded, nowMs)].flatMap((one) =>
            Object.values(one),
          );
          for (const text of texts)
            assert.doesNotMatch(String(text), /[\p{Cc}\p{Cf}]/u, `${name} ${JSON.stringify(against)}`);
        }
      }
    }
  });
});
