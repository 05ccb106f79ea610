import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { findTokens, tokenText } from '../../../../src/core/tokens/find';
import { judgeKeys, type KeyFault } from '../../../../src/core/tokens/judge-keys';
import { decodeJws } from '../../../../src/core/tokens/jws';
import { judgeToken } from '../../../../src/core/tokens/verdicts';
import { idClaims, openIdClaims, tokenOf, tokenOfText } from './make';
import { encryptedExample, signedExamples, unsignedExamples } from './rfc-examples';

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

describe('core/tokens: the examples of the RFCs', () => {
  for (const { name, token, header, payload, claims } of [...signedExamples, ...unsignedExamples]) {
    it(`${name} decodes to the published values`, () => {
      const jws = decodeJws(token);
      assert.deepEqual(jws?.header, header);
      assert.equal(text(jws?.payload), payload);
      assert.equal(jws?.signingInput, token.slice(0, token.lastIndexOf('.')));
      if (claims === undefined) {
        // Signed, but no JWT: its payload is no JSON.
        assert.throws(() => decodeToken(token), { code: 'token.malformed' });
        return;
      }
      const decoded = decodeToken(token);
      assert.deepEqual({ ...decoded.claims }, claims);
      assert.equal(decoded.claimsText, payload);
      assert.deepEqual(decoded.header, header);
    });

    it(`${name} is found as the RFC prints it, broken into lines`, () => {
      const printed = token.replace(/\./g, '\n.\n').replace(/.{70}(?=.)/g, '$&\n');
      const page = `follows:\n\n     ${printed.replaceAll('\n', '\n     ')}\n\n   text`;
      assert.deepEqual(
        findTokens(page).map((hit) => tokenText(page, hit)),
        [token],
      );
    });
  }

  it(`${encryptedExample.name} shows its header`, () => {
    const decoded = decodeToken(encryptedExample.token);
    assert.deepEqual([decoded.header, decoded.encrypted], [encryptedExample.header, true]);
    assert.equal(decodeJws(encryptedExample.token), undefined);
    const [hit] = findTokens(` ${encryptedExample.token}\n`);
    assert.deepEqual(
      [hit?.kind, (hit?.end ?? 0) - (hit?.start ?? 0)],
      ['jwe', encryptedExample.token.length],
    );
  });
});

describe('core/tokens/jws', () => {
  it('fails with its own errors only', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.base64String(), fc.constant('eyJhbGciOiJub25lIn0')), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(parts, (given) => {
        try {
          decodeJws(given.join('.'));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'token.malformed');
        }
      }),
    );
    assert.throws(() => decodeJws('x'.repeat(2_000_000)), { code: 'token.too-large' });
  });
});

describe('core/tokens/judge-keys', () => {
  const reasons: [KeyFault, 'failed' | 'unknown', RegExp][] = [
    ['encrypted', 'unknown', /encrypted/],
    ['unsigned', 'failed', /not signed: anybody/],
    ['unsupported-algorithm', 'unknown', /HS256, which is not known/],
    ['critical-header', 'unknown', /"crit"/],
    ['key-confusion', 'failed', /^Key confusion: the token says HS256.*\(RSA\)/],
    ['unknown-key', 'unknown', /the ID k1/],
    ['no-fitting-key', 'unknown', /HS256; none of the given keys.*\(RSA\)/],
    ['key-not-for-this', 'unknown', /"use"/],
    ['unusable-key', 'unknown', /make no key/],
    ['too-many-keys', 'unknown', /too many/],
    ['bad-signature', 'failed', /does not fit/],
  ];
  for (const [reason, status, sentence] of reasons) {
    it(`${reason}: ${status}`, () => {
      const verdict = judgeKeys({ ok: false, reason, alg: 'HS256', kid: 'k1', given: 'RSA' });
      assert.deepEqual([verdict.check, verdict.status], ['signature', status]);
      assert.match(verdict.sentence, sentence);
    });
  }

  it('goes before what a verifier found, and warns of short keys', () => {
    const keys = { ok: true, alg: 'RS256', key: 'RSA, 1024 bits', weak: true } as const;
    const [verdict] = judgeToken(decodeToken(tokenOf(idClaims)), { nowMs: 0, keys });
    assert.equal(verdict?.status, 'ok');
    assert.match(verdict?.sentence ?? '', /RSA, 1024 bits\), which is too short for RS256/);
    assert.doesNotMatch(judgeKeys({ ...keys, weak: false }).sentence, /short/);
  });
});

describe('core/tokens: tokens that nobody like their issuer signed', () => {
  const first = (header: object, claims: object, signature = { ok: true, kid: 'k1' } as const) =>
    judgeToken(decodeToken(tokenOf(claims, header)), { nowMs: 0, signature })[0];

  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    it(`flags alg ${alg}, whatever a verifier says`, () => {
      const verdict = first({ alg }, idClaims);
      assert.deepEqual([verdict?.status, verdict?.danger], ['failed', 'unsigned']);
    });
  }

  for (const [whose, claims] of [
    ['a user pool', idClaims],
    ['a user pool’s newer address', { ...idClaims, iss: idClaims.iss.replace('//', '//issuer-') }],
    ['a user pool in China', { iss: 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC' }],
    ['an identity pool', openIdClaims],
  ] as const) {
    it(`flags HS256 from ${whose} as key confusion, whatever a verifier says`, () => {
      const verdict = first({ alg: 'HS256', kid: 'k1' }, claims);
      assert.deepEqual([verdict?.status, verdict?.danger], ['failed', 'key-confusion']);
      assert.match(verdict?.sentence ?? '', /^Key confusion: the token says HS256/);
      assert.equal(first({ alg: 'RS256' }, claims)?.danger, undefined);
      const keys = { ok: true, alg: 'HS256', key: 'oct, 2352 bits', weak: false } as const;
      const token = decodeToken(tokenOf(claims, { alg: 'HS256' }));
      const [pasted] = judgeToken(token, { nowMs: 0, keys });
      assert.deepEqual([pasted?.status, pasted?.danger], ['failed', 'key-confusion']);
    });
  }

  it('does not flag HS256 from somebody who may share a secret', () => {
    for (const iss of ['https://me.example', undefined, `${idClaims.iss}.evil.example/x`, 'x']) {
      assert.equal(first({ alg: 'HS256' }, { ...idClaims, iss })?.danger, undefined);
    }
  });
});

describe('core/tokens: signatures that were cut', () => {
  const bad = { ok: false, reason: 'bad-signature', detail: '' } as const;
  const pasted = { ok: false, reason: 'bad-signature', alg: 'x', kid: '', given: 'EC' } as const;
  const sentence = (alg: string, length: number, against: object): string => {
    const token = decodeToken(tokenOfText(JSON.stringify({ alg }), '{}', 'A'.repeat(length)));
    return judgeToken(token, { nowMs: 0, ...against })[0]?.sentence ?? '';
  };

  for (const [alg, has, whole] of [
    ['RS256', 35, 342],
    ['RS512', 340, 342],
    ['PS256', 8, 342],
    ['ES256', 84, 86],
    ['ES512', 100, 176],
    ['HS256', 42, 43],
    ['EdDSA', 3, 86],
  ] as const) {
    it(`${alg}: ${has} of ${whole} characters`, () => {
      const words = new RegExp(`^The signature is cut: it has ${has} of ${whole} characters`);
      assert.match(sentence(alg, has, { signature: bad }), words);
      assert.match(sentence(alg, has, { keys: pasted }), words);
      assert.match(sentence(alg, has, {}), words);
    });
  }

  it('are not called cut where the length fits a key, or the algorithm is not known', () => {
    for (const [alg, length] of [
      ['RS256', 171],
      ['RS256', 342],
      ['RS256', 400],
      ['RS256', 683],
      ['ES256', 86],
      ['EdDSA', 152],
      ['XY99', 3],
      ['toString', 3],
    ] as const) {
      assert.match(sentence(alg, length, { signature: bad }), /was changed/, `${alg} ${length}`);
      assert.match(sentence(alg, length, { keys: pasted }), /was changed/, `${alg} ${length}`);
    }
  });

  it('leave what else is wrong with them untold', () => {
    const unknown = { ok: false, reason: 'unknown-key', detail: '' } as const;
    assert.match(sentence('RS256', 35, { signature: unknown }), /no key/);
  });
});
