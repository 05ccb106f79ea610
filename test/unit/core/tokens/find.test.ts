import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  findTokens,
  type FindOptions,
  firstToken,
  tokenText,
  TokenScanner,
} from '../../../../src/core/tokens/find';
import { accessClaims, idClaims, part, refreshToken, tokenOf, tokenOfText } from './make';

const RSA_BYTES = 256;
const signed = (token: string, bytes = RSA_BYTES): string =>
  token.replace(/[^.]*$/, randomBytes(bytes).toString('base64url'));
const idToken = signed(tokenOf(idClaims));
const accessToken = signed(tokenOf(accessClaims));
const hmacToken = signed(tokenOf({ sub: 'x' }, { alg: 'HS256' }), 32);

const found = (text: string, options?: FindOptions): string[] =>
  findTokens(text, options).map((hit) => tokenText(text, hit));
const wrap = (text: string, columns: number, by = '\n'): string =>
  text.replace(new RegExp(`.{${columns}}(?=.)`, 'g'), `$&${by}`);

/** The same by the scanner, with the text cut at these places. */
function streamed(text: string, cuts: readonly number[], options?: FindOptions) {
  const scanner = new TokenScanner(options);
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  const hits = at.slice(1).flatMap((end, index) => scanner.push(text.slice(at[index], end)));
  return [...hits, ...scanner.end()];
}

describe('core/tokens/find', () => {
  const places: [string, string][] = [
    ['alone', idToken],
    ['behind Bearer', `Authorization: Bearer ${idToken}`],
    ['in quotes', `const token = '${idToken}';`],
    ['in back ticks', `\`${idToken}\``],
    ['in JSON', `{"idToken":"${idToken}","x":1}`],
    ['in JSON in JSON', JSON.stringify({ body: JSON.stringify({ idToken }) })],
    ['behind an escaped line break', `"log\\n${idToken}\\n"`],
    ['in an address', `https://a.example/cb#id_token=${idToken}&state=1`],
    ['behind a percent escape', `redirect%3Fid_token%3D${idToken}%26state%3D1`],
    ['behind a coloured prompt', `\u001b[32m${idToken}\u001b[0m`],
    ['glued to a word', `id_token_${idToken}`],
    ['before a full stop', `The token is ${idToken}.`],
    ['before an ellipsis', `${idToken}...`],
    ['in angle brackets', `<token>${idToken}</token>`],
    ['in Markdown', `[x](${idToken})`],
    ['among wide characters', `トークン：${idToken}、🙂`],
    ['at the end of a line with a long word below', `${idToken}\n${'A'.repeat(400)}`],
  ];
  for (const [where, text] of places) {
    it(`finds a token ${where}`, () => {
      assert.deepEqual(found(text), [idToken]);
      const [hit] = findTokens(text);
      assert.equal(hit?.joined, false);
      assert.equal(text.slice(hit?.start, hit?.end), idToken);
    });
  }

  it('finds all kinds, one after the other, with and without anything between', () => {
    const all = [idToken, refreshToken, hmacToken, accessToken];
    assert.deepEqual(found(all.join(' ')), all);
    assert.deepEqual(found(all.join('\n')), all);
    assert.deepEqual(found(JSON.stringify(all)), all);
    assert.deepEqual(
      findTokens(all.join(',')).map(({ kind }) => kind),
      ['jws', 'jwe', 'jws', 'jws'],
    );
  });

  it('undoes percent escapes inside', () => {
    const odd = `${part('{"alg":"HS256"}')}.${part('{"a":"\u00ff?"}')}.${'-_'.repeat(21)}A`;
    const text = `x=${odd.replaceAll('.', '%2E').replaceAll('-', '%2d').replaceAll('_', '%5F')}%26y`;
    assert.deepEqual(found(text), [odd]);
    assert.equal(findTokens(text)[0]?.encoded, true);
  });

  it('finds unsigned tokens, padded ones, and those with blanks in or before the header', () => {
    const unsigned = `${part('{"alg":"none"}')}.${part('{"sub":"x"}')}.`;
    assert.deepEqual(found(`see ${unsigned} there`), [unsigned]);
    assert.deepEqual(found(`see ${unsigned}\nthere`), [unsigned]);
    const headers = [
      '{ "alg":"HS256"}',
      '{\n  "alg":"HS256"\n}',
      '{\r\n"alg":"HS256"}',
      '{\t"alg":"HS256"}',
      ' {"alg":"HS256"}',
      '\n{"alg":"HS256"}',
      '\t\t{"alg":"HS256"}',
      '  \r\n{"alg":"HS256"}',
    ];
    for (const header of headers) {
      const token = tokenOfText(header, '{}', 'A'.repeat(43));
      assert.deepEqual(found(`"${token}"`), [token], JSON.stringify(header));
    }
    const padded = ['{"alg":"HS256","a":12}', '{"a":12}', 'abcd']
      .map((text) => Buffer.from(text).toString('base64'))
      .join('.');
    assert.match(padded, /=\..*=\..*=/);
    assert.deepEqual(found(`${padded} `), [padded]);
  });

  it('finds a JWE with an empty key', () => {
    const direct = `${part('{"alg":"dir","enc":"A256GCM"}')}..aXY.Y2lwaGVy.${'A'.repeat(22)}`;
    assert.deepEqual(found(`${direct}.`), [direct]);
  });

  const falseAlarms: [string, string][] = [
    ['ordinary base64', `${randomBytes(3000).toString('base64')}.${randomBytes(300).toString('base64')}.x`],
    ['base64 of JSON', `${part('{"a":1}')}.${part('{"b":1}')}.c2ln`],
    ['a header whose alg is a number', `${part('{"alg":1}')}.${part('{}')}.c2ln`],
    ['a header that is a list', `${part('[{"alg":"RS256"}]')}.${part('{}')}.c2ln`],
    ['a broken header', `${part('{"alg":"RS256"')}.${part('{}')}.c2ln`],
    ['two parts', `${part('{"alg":"RS256"}')}.${part('{}')}`],
    ['three of five parts', refreshToken.split('.').slice(0, 3).join('.')],
    ['no claims', `${part('{"alg":"RS256"}')}..c2ln`],
    ['a token cut by an ellipsis', `${idToken.slice(0, 90)}...`],
    ['a name', 'eyJohn.eyMary.eyBill ewok.Ewoks.ew0 ICB7.ICAg.ICAg'],
    ['nothing', ''],
  ];
  for (const [what, text] of falseAlarms) it(`leaves ${what} alone`, () => assert.deepEqual(found(text), []));

  it('finds a token behind what looked like one', () => {
    const header = part('{"alg":"RS256"}');
    assert.deepEqual(found(`${header}.${part('{"a":1')} ${idToken}`), [idToken]);
    assert.deepEqual(found(`${part('{"no":1}')}.${idToken}`), [idToken]);
    assert.deepEqual(found(`${header}\n${idToken}`), [idToken]);
    assert.deepEqual(found(`${idToken.slice(0, 120)}\n${idToken}`), [idToken]);
  });

  describe('over several lines', () => {
    const wrapped: [string, string][] = [
      ['a terminal', wrap(idToken, 80)],
      ['a narrow terminal', wrap(idToken, 7)],
      ['Windows', wrap(idToken, 80, '\r\n')],
      ['an indented block', wrap(idToken, 64, '\n    ')],
      ['blanks at the ends of lines', wrap(idToken, 76, '  \n')],
      ['two characters a line', wrap(idToken, 2)],
    ];
    for (const [how, text] of wrapped) {
      it(`joins what was wrapped by ${how}`, () => {
        const all = `$ cat token\n${text}\n$ echo done`;
        assert.deepEqual(found(all), [idToken]);
        const [hit] = findTokens(all);
        assert.deepEqual([hit?.joined, all.slice(hit?.start, hit?.end)], [true, text]);
        assert.deepEqual(found(`${text}\n${text} `), [idToken, idToken]);
      });
    }

    it('joins at every width, at the place that the prompt leaves', () => {
      for (const token of [idToken, refreshToken.replace(/[^.]*$/, 'A'.repeat(22)), hmacToken]) {
        for (let columns = 2; columns < 200; columns += 1) {
          const text = wrap(`Bearer ${token}`, columns, '\n').slice(0);
          const tail = `${text}\nmore words\n`;
          assert.deepEqual(found(tail.slice(columns < 7 ? text.indexOf('\n') : 0)), [token], String(columns));
        }
      }
    });

    it('keeps to one line where it is told to', () => {
      assert.deepEqual(found(wrap(idToken, 80), { wrapped: false }), []);
      assert.deepEqual(found(`${wrap(idToken, 80)}\n${idToken}`, { wrapped: false }), [idToken]);
    });

    it('goes by the width of the terminal where it knows it', () => {
      const odd = signed(tokenOf(idClaims, { alg: 'X-NEW' }), 99);
      const text = `${wrap(`> ${odd}`, 60)}\nnext`;
      assert.deepEqual(found(text, { columns: 60 }), [odd]);
      assert.deepEqual(found(`a line\n${text}`, { columns: 60 }), [odd]);
      assert.deepEqual(found(text, { columns: 61 }), []);
      assert.deepEqual(found(wrap(`> ${idToken}`, 60, '\n '), { columns: 60 }), []);
    });

    it('takes no word of the next line for a piece of the signature', () => {
      assert.deepEqual(found(`${idToken}\nINFO next`), [idToken]);
      assert.deepEqual(found(`${hmacToken}\n${'B'.repeat(43)}`), [hmacToken]);
      const cut = idToken.slice(0, -100);
      assert.deepEqual(found(`${cut}\nINFO`), [cut]);
      assert.deepEqual(found(`${cut}\n${idToken}`), [cut, idToken]);
    });
  });

  it('stops after as many as are wanted', () => {
    assert.equal(findTokens(`${idToken} ${idToken} ${idToken}`, { limit: 2 }).length, 2);
    assert.equal(firstToken(`x ${wrap(idToken, 80)} ${refreshToken}`), idToken);
    assert.equal(firstToken('none'), undefined);
  });

  it('passes over what is longer than a token may be', () => {
    const long = tokenOf({ text: 'x'.repeat(800_000) });
    assert.deepEqual(found(`${long} ${idToken}`), [idToken]);
    assert.deepEqual(found(`${idToken} ${hmacToken}`, { maxLength: 500 }), [hmacToken]);
    const large = tokenOf({ text: 'x'.repeat(780_000) });
    assert.deepEqual(found(large), [large]);
  });

  // Any text, woven from what the scanner reacts to.
  const pieces = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(idToken, refreshToken, hmacToken, wrap(idToken, 80), wrap(refreshToken, 9)),
    },
    fc.constantFrom(
      '.',
      '\n',
      '\r\n',
      ' ',
      '=',
      '%2E',
      '%',
      '%2',
      'e',
      'ey',
      'eyJ',
      'ewog',
      'ICB7',
      '"',
      '..',
      '=.',
    ),
    fc.constantFrom(part('{"alg":"RS256"}'), part('{"alg":"dir","enc":"A128GCM"}'), part('{"a":1}')),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.base64String({ maxLength: 60 }),
    fc
      .tuple(fc.constantFrom(idToken, refreshToken, wrap(hmacToken, 11)), fc.nat(500))
      .map(([token, cut]) => token.slice(0, cut)),
  );
  const text = fc.array(pieces, { maxLength: 12 }).map((all) => all.join(''));

  it('finds the same in a stream, however it is cut', () => {
    const options = fc.constantFrom<FindOptions>({}, { columns: 80 }, { wrapped: false }, { maxLength: 600 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 30 }), options, (given, cuts, how) => {
        assert.deepEqual(streamed(given, cuts, how), findTokens(given, how));
      }),
      { numRuns: 400 },
    );
    const every = Array.from({ length: idToken.length * 2 + 20 }, (_, index) => index);
    const both = `${wrap(idToken, 80)}== ${idToken}.\n`;
    assert.deepEqual(streamed(both, every), findTokens(both));
  });

  it('answers with what decodes, in order, without overlap, and never throws', () => {
    fc.assert(
      fc.property(text, (given) => {
        let end = 0;
        for (const hit of findTokens(given)) {
          assert.ok(hit.start >= end && hit.end <= given.length);
          ({ end } = hit);
          const parts = tokenText(given, hit).split('.');
          assert.equal(parts.length, hit.kind === 'jwe' ? 5 : 3);
          const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()) as { alg: unknown };
          assert.equal(typeof header.alg, 'string');
        }
      }),
      { numRuns: 400 },
    );
  });

  describe('in linear time', () => {
    const header = part('{"alg":"HS256"}');
    const encrypted = part('{"alg":"dir","enc":"A128GCM"}');
    const nasty: [string, (size: number) => string][] = [
      ['beginnings without end', (size) => 'eyJ'.repeat(size / 3)],
      ['beginnings with a dot at the end', (size) => `${'eyJ'.repeat(size / 3)}.`],
      ['beginnings on lines', (size) => 'eyJ\n'.repeat(size / 4)],
      ['beginnings on lines with a dot at the end', (size) => `${'eyJ\n'.repeat(size / 4)}.a.b`],
      ['dots', (size) => 'eyJ.'.repeat(size / 4)],
      ['headers and dots', (size) => `${header}.`.repeat(size / (header.length + 1))],
      [
        'headers of encrypted tokens and dots',
        (size) => `${encrypted}.`.repeat(size / (encrypted.length + 1)),
      ],
      ['two parts, again and again', (size) => `${header}.e30\n`.repeat(size / (header.length + 5))],
      ['a signature of many lines', (size) => `${header}.e30.A\n${'eyJ\n'.repeat(size / 4)}`],
      ['claims of many lines', (size) => `${header}.\n${'eyJ\n'.repeat(size / 4)}`],
      ['blanks', (size) => `${header}.e30.A${' '.repeat(size)}`],
      ['blanks between', (size) => `eyJ${' '.repeat(40)}\n`.repeat(size / 44)],
      ['percent escapes', (size) => `${header}.${'%2D'.repeat(size / 3)}.`],
      ['percent signs', (size) => 'eyJ%'.repeat(size / 4)],
      ['padding', (size) => `${header}=.`.repeat(size / (header.length + 2))],
      ['unsigned ones', (size) => `${header}.${'eyJ'.repeat(size / 3)}.`],
    ];
    for (const [what, make] of nasty) {
      it(`with ${what}`, () => {
        for (const options of [{}, { columns: 80 }, { columns: 3 }]) {
          const steps = [60_000, 480_000].map((size) => {
            const scanner = new TokenScanner(options);
            const given = make(size);
            scanner.push(given);
            scanner.end();
            return scanner.steps / given.length;
          });
          assert.ok(
            Math.max(...steps) < 10 + (options.columns ?? 0) / 4,
            `${steps.join(' → ')} steps a character`,
          );
          assert.ok(steps[1]! < steps[0]! * 1.5 + 1, `${steps.join(' → ')} steps a character`);
        }
      });
    }

    it('also in chunks of a few characters, with little held', () => {
      const scanner = new TokenScanner({ maxLength: 50_000 });
      const given = `${header}.${'eyJ'.repeat(200_000)} ${`x ${idToken}\n`.repeat(100)}`;
      let held = 0;
      let hits = 0;
      for (let at = 0; at < given.length; at += 7) {
        hits += scanner.push(given.slice(at, at + 7)).length;
        held = Math.max(held, scanner.size);
      }
      hits += scanner.end().length;
      assert.equal(hits, 100);
      assert.ok(held < 110_000, `${held} characters held`);
      assert.ok(scanner.steps < given.length * 30, `${scanner.steps} steps`);
    });

    it('holds no more of a long stream than of a short one', () => {
      const scanner = new TokenScanner();
      const line = `2026-11-21 INFO Bearer ${idToken} done\n`.repeat(50);
      let hits = 0;
      let held = 0;
      for (let round = 0; round < 100; round += 1) {
        hits += scanner.push(line).length;
        held = Math.max(held, scanner.size);
      }
      assert.equal(hits + scanner.end().length, 5000);
      assert.ok(held < 2000, `${held} characters held`);
    });
  });
});
