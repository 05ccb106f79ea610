import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { findTokens, tokenText } from '../../../../src/core/tokens/find';
import { type Lines, tokenAt } from '../../../../src/core/tokens/token-at';
import { growsLinearly } from '../../../support/growth';
import { idClaims, refreshToken, tokenOf } from './make';

const signed = (claims: object): string =>
  tokenOf(claims).replace(/[^.]*$/, randomBytes(256).toString('base64url'));
const token = signed(idClaims);
const other = signed({ ...idClaims, jti: 'other' });

const linesOf = (text: string): Lines => {
  const lines = text.split('\n');
  return { count: lines.length, textOf: (line) => lines[line] ?? '' };
};
const at = (text: string, offset: number) => {
  const before = text.slice(0, offset).split('\n');
  return tokenAt(linesOf(text), { line: before.length - 1, character: before.at(-1)?.length ?? 0 });
};
const wrapped = (columns: number, by: string) =>
  token.replace(new RegExp(`.{${columns}}(?=.)`, 'g'), `$&${by}`);

describe('core/tokens/token-at', () => {
  it('gives the token that a place lies in, and where it stands', () => {
    const text = `{"a":"${token}","b":"${other}"}`;
    const found = at(text, text.indexOf(other) + 7);
    assert.equal(found?.token, other);
    assert.deepEqual(found?.start, { line: 0, character: text.indexOf(other) });
    assert.deepEqual(found?.end, { line: 0, character: text.indexOf(other) + other.length });
    assert.equal(at(text, text.indexOf(token))?.token, token);
    assert.equal(at(text, 2), undefined);
    assert.equal(at(text, text.length), undefined);
  });

  for (const [how, by] of [
    ['as a terminal does', '\n'],
    ['indented', ' \n\t  '],
  ] as const) {
    it(`gives a token that is wrapped ${how}, from each of its lines`, () => {
      const text = `first line\nAuthorization: Bearer ${wrapped(70, by)}\nlast line`;
      const [hit] = findTokens(text);
      assert.ok(hit);
      for (let offset = hit.start; offset < hit.end; offset += 35) {
        if (/\s/.test(text.slice(offset - 1, offset + 1))) continue;
        const found = at(text, offset);
        assert.equal(found?.token, token, String(offset));
        assert.deepEqual(found?.start, { line: 1, character: 'Authorization: Bearer '.length });
      }
    });
  }

  it('finds what the scanner finds in the whole text, wherever the place is', () => {
    const pieces = fc.array(
      fc.constantFrom(
        token,
        other,
        refreshToken,
        wrapped(64, '\n'),
        '\n',
        ' ',
        '"',
        '.',
        'eyJ',
        'abc',
        '%2E',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, fc.nat(), (parts, seed) => {
        const text = parts.join(' | ');
        const offset = seed % (text.length + 1);
        const hit = findTokens(text).find(({ start, end }) => start <= offset && offset < end);
        if (hit === undefined || /\s/.test(text.charAt(offset))) return;
        assert.equal(at(text, offset)?.token, tokenText(text, hit));
      }),
      { numRuns: 300 },
    );
  });

  it('looks at no more of a line of 5 MB than its token', () => {
    const line = `{"big":"${'x'.repeat(2_500_000)} ${token} ${'y'.repeat(2_500_000)}"}`;
    const character = line.indexOf(token) + 100;
    let asked = 0;
    const lines: Lines = { count: 1, textOf: () => ((asked += 1), line) };
    assert.equal(tokenAt(lines, { line: 0, character })?.token, token);
    assert.ok(asked < 5, `the line is asked for ${asked} times`);
  });

  for (const [shape, line] of [
    ['one character', 'a'],
    ['words', 'abcdefghi'],
    ['blanks around', '  ab\t '],
  ] as const) {
    it(`asks for each line a few times at most, among many of ${shape}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), (count, seed) => {
          let asked = 0;
          const lines: Lines = { count, textOf: () => ((asked += 1), line) };
          tokenAt(lines, { line: seed % count, character: 2 });
          assert.ok(asked <= 4 * count + 4, `${count} lines are asked for ${asked} times`);
        }),
        { numRuns: 50 },
      );
    });

    it(`takes time in proportion to the lines, among many of ${shape}`, () => {
      growsLinearly(15_000, (count) => {
        const lines: Lines = { count, textOf: () => line };
        return () => {
          for (const place of [0, count >> 1, count - 1])
            assert.equal(tokenAt(lines, { line: place, character: line.search(/\w/) }), undefined);
        };
      });
    });
  }

  it('never throws, whatever the text and the place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), fc.integer(), (text, line, character) => {
        tokenAt(linesOf(text), { line, character });
      }),
    );
    assert.equal(at(`${token.slice(0, 60)}.%%%.`, 20), undefined);
  });
});
