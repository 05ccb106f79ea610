import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeToken, MAX_TOKEN_LENGTH, prettyJson } from '../../../../src/core/tokens/decode';
import { growsLinearly } from '../../../support/growth';
import { accessClaims, idClaims, openIdClaims, part, refreshToken, tokenOf, tokenOfText } from './make';

const HEADER = '{"alg":"RS256"}';

interface Coded {
  readonly code?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

describe('core/tokens/decode', () => {
  const kinds: [string, string, string][] = [
    ['id', 'an ID token', tokenOf(idClaims)],
    ['access', 'an access token', tokenOf(accessClaims)],
    ['openid', 'an identity pool’s OpenID token', tokenOf(openIdClaims)],
    [
      'openid',
      'one from China',
      tokenOf({ ...openIdClaims, iss: 'https://cognito-identity.cn-north-1.amazonaws.com.cn' }),
    ],
    ['unknown', 'another provider’s token', tokenOf({ iss: 'https://accounts.google.com', aud: 'x' })],
    [
      'unknown',
      'an imitated issuer',
      tokenOf({ ...openIdClaims, iss: 'https://cognito-identity.amazonaws.com.evil.example' }),
    ],
    ['unknown', 'no claims at all', tokenOf({})],
    ['refresh', 'a refresh token', refreshToken],
  ];
  for (const [kind, what, token] of kinds)
    it(`knows ${what}`, () => assert.equal(decodeToken(token).kind, kind));

  it('keeps the parts apart', () => {
    const decoded = decodeToken(tokenOfText(HEADER, '{"sub":"ü"}', 'c2ln'));
    assert.deepEqual(decoded.header, { alg: 'RS256' });
    assert.deepEqual(decoded.claims, { sub: 'ü' });
    assert.equal(decoded.signature, 'c2ln');
    assert.equal(decoded.encrypted, false);
    assert.deepEqual(decoded.partLengths, [part(HEADER).length, part('{"sub":"ü"}').length, 4]);
  });

  it('tells only the header of an encrypted token', () => {
    const decoded = decodeToken(refreshToken);
    assert.deepEqual(decoded.header, { cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' });
    assert.deepEqual(
      [decoded.claims, decoded.encrypted, decoded.signature, decoded.partLengths.length],
      [{}, true, '', 5],
    );
    assert.doesNotMatch(JSON.stringify(decoded), /Y2lwaGVy|dGFn/);
  });

  const token = tokenOf(idClaims);
  const wrapped: [string, string][] = [
    ['blanks', `  ${token}\n`],
    ['Bearer', `Bearer ${token}`],
    ['bearer in quotes', `"bearer ${token}",`],
    ['a header line', `Authorization: Bearer ${token}`],
    ['a curl header', `'authorization: bearer ${token}'`],
    ['single quotes', `'${token}'`],
    ['back ticks', `\`${token}\``],
    ['the terminal’s line breaks', token.replace(/.{40}/g, '$&\r\n  ')],
    [
      'padding',
      token
        .split('.')
        .map((piece) => piece + '='.repeat((4 - (piece.length % 4)) % 4))
        .join('.'),
    ],
  ];
  for (const [what, text] of wrapped)
    it(`tolerates ${what}`, () => assert.deepEqual(decodeToken(text).claims, idClaims));

  const [head = '', body = ''] = token.split('.');
  const malformed: [string, string, string, string][] = [
    ['nothing', ' "" ', 'token', 'empty'],
    ['Bearer alone', 'Bearer ', 'token', 'parts'],
    ['a word', 'hello', 'token', 'parts'],
    ['four parts', 'a.b.c.d', 'token', 'parts'],
    ['no header', `.${body}.c2ln`, 'header', 'empty'],
    ['no claims', `${head}..c2ln`, 'claims', 'empty'],
    ['ordinary base64', `${head}.a+/b.c2ln`, 'claims', 'base64'],
    ['a cut header', `${part(HEADER).slice(0, -3)}.${body}.c2ln`, 'header', 'base64'],
    [
      'claims that are no UTF-8',
      `${head}.${Buffer.from([0x7b, 0xff]).toString('base64url')}.c2ln`,
      'claims',
      'utf8',
    ],
    ['claims that are no JSON', `${head}.${part('{sub:1}')}.c2ln`, 'claims', 'json'],
    ['a byte order mark', tokenOfText(HEADER, '\ufeff{}'), 'claims', 'json'],
    ['claims that are a list', tokenOfText(HEADER, '[]'), 'claims', 'not-object'],
    ['claims that are null', tokenOfText(HEADER, 'null'), 'claims', 'not-object'],
    [
      'claims nested without end',
      tokenOfText(HEADER, `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      'claims',
      'too-deep',
    ],
    ['a broken signature', `${head}.${body}.a b`, 'signature', 'base64'],
    ['an encrypted token with a broken header', `${part('{')}.a.b.c.d`, 'header', 'json'],
  ];
  for (const [what, text, where, reason] of malformed) {
    it(`refuses ${what}, saying where and why`, () => {
      assert.throws(
        () => decodeToken(text),
        (error: Coded) =>
          error.code === 'token.malformed' && error.data?.part === where && error.data.reason === reason,
      );
    });
  }

  it('keeps the token out of its errors', () => {
    assert.throws(
      () => decodeToken(`${head}.${part('{"secret":"hunter2"')}.c2ln`),
      (error: Coded) => !JSON.stringify([error.message, error.data]).includes('hunter2'),
    );
  });

  it('refuses a text of more than 1 MB', () => {
    assert.throws(
      () => decodeToken('a'.repeat(MAX_TOKEN_LENGTH + 1)),
      (error: Coded) => error.code === 'token.too-large',
    );
  });

  const long = (count: number, text: string) => text.repeat(count);
  const list = (count: number, item: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => item(index)).join(',');
  const claims = (text: string) => tokenOfText(HEADER, text);
  /** Texts of about this many characters. */
  const nasty: [string, (size: number) => string][] = [
    ['escaped quotes without end', (size) => claims(`{"${long(size / 3, '\\"')}`)],
    ['lists without end', (size) => claims(`{"a":${long(size, '[')}`)],
    ['a long claim', (size) => claims(`{"a":"${long(size, 'x')}"}`)],
    ['blanks inside', (size) => `a${long(size, ' ')}b`],
    ['tabs, a break and blanks', (size) => `${long(size / 2, '\t')}\n${long(size / 2, ' ')}b`],
    ['Bearer and blanks', (size) => `Bearer${long(size, ' ')}`],
    ['a header’s name and blanks', (size) => `authorization${long(size, ' ')}:`],
    ['line breaks for claims', (size) => `a.${long(size, '\n')}.b`],
    ['padding for a signature', (size) => `a.b.${long(size, '=')}c`],
    ['dots', (size) => long(size, '.')],
    ['escaped quotes', (size) => claims(`{"a":"${long(size / 3, '\\"')}"}`)],
    [
      'doubled names below a long one',
      (size) =>
        claims(`{"${long(size / 3, 'k')}":{${list(size / 40, (index) => `"${index}":1,"${index}":2`)}}}`),
    ],
    ['many claims', (size) => claims(`{${list(size / 12, (index) => `"${index}":1`)}}`)],
    ['a deep list', (size) => claims(`{"a":${long(90, '[')}${long(size / 12, '1,')}1${long(90, ']')}}`)],
  ];
  for (const [what, textOf] of nasty) {
    it(`takes time in proportion to a text that is hard on patterns: ${what}`, () => {
      growsLinearly(90_000, (size) => {
        const text = textOf(size);
        assert.ok(text.length < MAX_TOKEN_LENGTH);
        return () => {
          try {
            const decoded = decodeToken(text);
            assert.ok(decoded.duplicates.length <= 100);
            assert.ok(JSON.stringify(decoded.duplicates).length < 50_000);
            assert.ok(prettyJson(decoded).length < 20 * text.length);
          } catch (error) {
            assert.match((error as Coded).code ?? String(error), /^token\./);
          }
        };
      });
    });
  }

  it('tells of at most 100 doubled names, with paths that can be read', () => {
    const long = 'k'.repeat(1000);
    const decoded = decodeToken(
      tokenOfText(HEADER, `{"${long}":{"a":1,"a":2},"${long}":1,"b":[{"c":{"d":1,"d":2}}]}`),
    );
    assert.deepEqual(decoded.duplicates, [`…${'k'.repeat(199)}.a`, long, 'b.c.d']);
  });

  for (const cut of [1, 20, 60, 200]) {
    it(`says where a token is cut, ${cut} characters before its end`, () => {
      const whole = tokenOf(idClaims).replace(/[^.]*$/, 'A'.repeat(342));
      const [headOf = '', claimsOf = ''] = whole.split('.');
      const claimsEnd = headOf.length + 1 + claimsOf.length;
      const signature = (): unknown => decodeToken(whole.slice(0, -cut)).signature.length;
      // A single character more than whole groups is no base64; any other length may be right.
      if ((342 - cut) % 4 === 1)
        assert.throws(
          signature,
          (error: Coded) => error.data?.part === 'signature' && error.data.reason === 'base64',
        );
      else assert.equal(signature(), 342 - cut);
      assert.throws(
        () => decodeToken(`${whole.slice(0, claimsEnd - cut)}.c2ln`),
        (error: Coded) => error.code === 'token.malformed' && error.data?.part === 'claims',
      );
      assert.throws(
        () => decodeToken(whole.slice(0, claimsEnd - cut)),
        (error: Coded) => error.data?.reason === 'parts' && error.data.parts === 2,
      );
    });
  }

  it('lets no claim touch a prototype', () => {
    const decoded = decodeToken(
      tokenOfText(HEADER, '{"__proto__":{"admin":true},"a":{"__proto__":{"admin":true}},"constructor":1}'),
    );
    assert.equal((decoded.claims as { admin?: boolean }).admin, undefined);
    assert.deepEqual(Object.keys(decoded.claims), ['a', 'constructor']);
    assert.equal((decoded.rawJson as { admin?: boolean }).admin, undefined);
    assert.equal(Object.getOwnPropertyDescriptor(decoded.rawJson, '__proto__')?.value, '{"admin":true}');
  });

  it('loses no digit and no doubled name', () => {
    const decoded = decodeToken(
      tokenOfText(
        '{"alg":"none","alg":"RS256"}',
        '{"big":12345678901234567890, "sub":"a","list":[1.0,{"x":1,"x":2}] ,"s\\u0075b":"b"}',
      ),
    );
    assert.deepEqual(decoded.rawJson, {
      big: '12345678901234567890',
      sub: '"b"',
      list: '[1.0,{"x":1,"x":2}]',
    });
    assert.deepEqual(decoded.duplicates, ['header.alg', 'list.x', 'sub']);
    assert.match(prettyJson(decoded), /"big": 12345678901234567890,/);
  });

  it('writes pretty JSON that is the same JSON', () => {
    assert.equal(
      prettyJson(decodeToken(tokenOfText('{"alg":"RS256"}', '{"a":[],"b":{},"c":[1,{"d":"x,{y}"}]}'))),
      [
        '{',
        '  "header": {',
        '    "alg": "RS256"',
        '  },',
        '  "claims": {',
        '    "a": [],',
        '    "b": {},',
        '    "c": [',
        '      1,',
        '      {',
        '        "d": "x,{y}"',
        '      }',
        '    ]',
        '  }',
        '}',
      ].join('\n'),
    );
    assert.deepEqual(JSON.parse(prettyJson(decodeToken(refreshToken))), {
      header: decodeToken(refreshToken).header,
    });
  });

  it('decodes what was encoded, whatever it is', () => {
    const claims = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(claims, (given) => {
        const plain: unknown = JSON.parse(JSON.stringify(given), (name, value: unknown) =>
          name === '__proto__' ? undefined : value,
        );
        const decoded = decodeToken(tokenOf(given));
        assert.deepEqual({ ...decoded.claims }, plain);
        assert.deepEqual(Object.keys(decoded.rawJson), Object.keys(given));
        for (const [name, raw] of Object.entries(decoded.rawJson))
          assert.deepEqual(JSON.parse(raw), JSON.parse(JSON.stringify(given[name])));
        assert.deepEqual(JSON.parse(prettyJson(decoded)), {
          header: decoded.header,
          claims: JSON.parse(JSON.stringify(given)) as unknown,
        });
      }),
    );
  });

  it('fails with its own errors only', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(fc.string(), fc.base64String(), fc.json().map(part)), { maxLength: 6 })
        .map((all) => all.join('.')),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          decodeToken(given);
        } catch (error) {
          assert.equal((error as Coded).code, 'token.malformed');
        }
      }),
    );
  });
});
