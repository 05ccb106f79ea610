import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonSeen } from '../../../../src/panel/app/base/json-seen';
import { msToNextText } from '../../../../src/panel/app/base/next-text';
import { seenParts } from '../../../../src/panel/app/base/seen-parts';
import { indentJson } from '../../../../src/panel/app/s3/json-text';
import { escapedKey, unicodeForm } from '../../../../src/panel/app/s3/key-text';
import { above, placeOf } from '../../../../src/panel/app/s3/place';
import { pillText } from '../../../../src/panel/app/state-pill-text';
import { tabAfter } from '../../../../src/panel/app/tab-bar';
import { parseState } from '../../../../src/panel/app/vscode-api';
import { formatMoment } from '../../../../src/core/time';

const minute = 60_000;
const shown = (text: string) => seenParts(text).map((part) => `${part.kind[0] ?? ''}:${part.text}`);

describe('panel texts', () => {
  it('makes spaces visible only where they would be lost', () => {
    assert.deepEqual(shown('a b'), ['t:a b']);
    assert.deepEqual(shown(' a  b '), ['s: ', 't:a', 's: ', 's: ', 't:b', 's: ']);
    assert.deepEqual(shown(' '), ['s: ']);
  });

  it('names characters that cannot be seen', () => {
    assert.deepEqual(shown('photo\u202egnp.exe'), ['t:photo', 'm:U+202E', 't:gnp.exe']);
    assert.deepEqual(shown('a\nb\u00a0c\u200bd'), [
      't:a',
      'm:U+000A',
      't:b',
      'm:U+00A0',
      't:c',
      'm:U+200B',
      't:d',
    ]);
    assert.deepEqual(shown('\ud800'), ['m:U+D800']);
  });

  it('loses nothing of what can be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        assert.equal(
          seenParts(text)
            .map((part) => part.text)
            .join(''),
          text,
        );
      }),
    );
  });

  it('tells names apart that look the same', () => {
    assert.equal(unicodeForm('caf\u00e9'), undefined);
    assert.equal(unicodeForm('cafe\u0301'), 'NFD');
    assert.notEqual(escapedKey('caf\u00e9'), escapedKey('cafe\u0301'));
    assert.equal(escapedKey('a\\\t\u{1f600}'), 'a\\\\\\u0009\\u{1f600}');
  });

  it('indents JSON without touching numbers, members or strings', () => {
    assert.equal(
      indentJson('{"id":12345678901234567890,"a":[1,[],{}],"a":"x, {y}\\"z"}'),
      '{\n  "id": 12345678901234567890,\n  "a": [\n    1,\n    [],\n    {}\n  ],\n  "a": "x, {y}\\"z"\n}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(indentJson(JSON.stringify(value))), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('writes in JSON what cannot be seen as its escape, and says the same', () => {
    assert.equal(
      jsonSeen('{\n  "a": "x\u202ey\u00a0\u{e0041}\ud800"\n}'),
      '{\n  "a": "x\\u202ey\\u00a0\\udb40\\udc41\\ud800"\n}',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = jsonSeen(JSON.stringify(text));
        assert.equal(JSON.parse(shown), text);
        assert.doesNotMatch(shown, /[\p{C}\u2028\u2029]/u);
      }),
    );
  });

  it('shows what there is of JSON that breaks off', () => {
    assert.equal(indentJson('{"a":[1,"x'), '{\n  "a": [\n    1,\n    "x');
  });

  it('reads an address of an object as its folder and the beginning of its name', () => {
    assert.deepEqual(placeOf('s3://bucket/a/b/c.txt'), { bucket: 'bucket', prefix: 'a/b/', filter: 'c.txt' });
    assert.deepEqual(placeOf('s3://bucket'), { bucket: 'bucket', prefix: '', filter: '' });
    assert.deepEqual(above(placeOf('s3://bucket/a//')), { bucket: 'bucket', prefix: 'a/', filter: '' });
    assert.equal(above(placeOf('s3://bucket/')), undefined);
    assert.throws(() => placeOf('s3://?'), { code: 's3.address-invalid' });
  });

  it('follows the session’s end in the pill', () => {
    const now = 1_800_000_000_000;
    const at = (ms: number) => pillText('valid', now + ms, now);
    assert.deepEqual(at(59.5 * minute), { state: 'valid', text: 'Valid · 59 min' });
    assert.deepEqual(at(4.5 * minute), { state: 'expiring', text: 'Expires in 4 min' });
    assert.deepEqual(at(0), { state: 'expired', text: 'Expired' });
    assert.deepEqual(pillText('signed-out', now + minute, now), { state: 'signed-out', text: 'Signed out' });
  });

  it('knows when the words about a moment change, neither later nor for nothing', () => {
    const now = 1_800_000_000_000;
    const distance = fc.integer({ min: -40 * 24 * 60 * minute, max: 40 * 24 * 60 * minute });
    fc.assert(
      fc.property(distance, (ms) => {
        const next = msToNextText(now + ms, now);
        const words = (at: number) => formatMoment(now + ms, at).replace(/^.*\(/, '');
        assert.equal(words(now + next - 1), words(now), 'not before');
        assert.notEqual(words(now + next + 1), words(now), 'then it does');
      }),
    );
  });

  it('moves between tabs by arrows, round and round', () => {
    assert.deepEqual(
      ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'x'].map((key) => tabAfter(key, 's3')),
      ['tokens', 'credentials', 'tokens', 's3', undefined],
    );
  });

  it('takes from a stored state only what fits', () => {
    assert.deepEqual(parseState('nonsense'), {});
    assert.equal(parseState({ tab: 'other', filter: 7 }).tab, undefined);
    assert.equal(parseState({ tab: 's3', address: 's3://b/' }).address, 's3://b/');
    assert.equal('token' in parseState({ token: 'secret' }), false);
  });
});
