import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNameFor, formatBytes, PREVIEW_LIMITS, previewKind } from '../../../../src/core/s3/address';

describe('core/s3/files', () => {
  describe('fileNameFor', () => {
    const rows: [string, string][] = [
      ['private/x/profile.json', 'profile.json'],
      ['folder/', 'folder'],
      ['', 'download'],
      ['///', 'download'],
      ['a/..', '__'],
      ['a/.', '_'],
      ['.env', '.env'],
      ['us-east-1:1f3c', 'us-east-1_1f3c'],
      ['a\\..\\b.txt', 'a_.._b.txt'],
      ['CON', '_CON'],
      ['nul.txt', '_nul.txt'],
      ['com1.log', '_com1.log'],
      ['console.log', 'console.log'],
      ['name. ', 'name__'],
      ['<b>"x|y"?*.html', '_b__x_y___.html'],
      ['tab\tnew\nline', 'tab_new_line'],
      ['photo\u202egnp.exe', 'photo_gnp.exe'],
      ['\ud800x', '_x'],
      ['übung 日本.txt', 'übung 日本.txt'],
    ];
    for (const [key, name] of rows)
      it(`${JSON.stringify(key)} → ${name}`, () => assert.equal(fileNameFor(key), name));
    it('cuts long names at whole characters and keeps the ending', () => {
      const name = fileNameFor(`${'日'.repeat(300)}.json`);
      assert.match(name, /^日+\.json$/);
      assert.ok(Buffer.byteLength(name) <= 240 && Buffer.byteLength(name) > 230);
    });
    it('is always one safe segment', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (key) => {
          const name = fileNameFor(key);
          assert.ok(name.length > 0 && Buffer.byteLength(name) <= 255);
          assert.doesNotMatch(name, /[<>:"/\\|?*\p{Cc}\p{Cs}]|[. ]$|^\.\.?$/u);
        }),
      );
    });
  });

  const sizes: [number, string][] = [
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [10_240, '10 KB'],
    [1_048_575, '1 MB'],
    [6 * 1_048_576, '6 MB'],
    [5 * 1024 ** 4, '5 TB'],
    [Number.NaN, '–'],
    [-1, '–'],
  ];
  for (const [bytes, text] of sizes)
    it(`formats ${bytes} bytes as ${text}`, () => assert.equal(formatBytes(bytes), text));

  describe('previewKind', () => {
    const rows: [string, string | undefined, string][] = [
      ['a.json', 'application/json', 'json'],
      ['a', 'application/vnd.api+json; charset=utf-8', 'json'],
      ['a.json', 'text/plain', 'json'],
      ['a.json', undefined, 'json'],
      ['a.PNG', 'binary/octet-stream', 'image'],
      ['a.txt', 'image/png', 'image'],
      ['a.heic', 'image/heic', 'none'],
      ['a.svg', 'image/svg+xml', 'image'],
      ['notes.md', 'application/octet-stream', 'text'],
      ['README', '', 'text'],
      ['.env', undefined, 'text'],
      ['a', 'text/html', 'text'],
      ['a', 'text/plain', 'text'],
      ['a.txt', 'application/pdf', 'none'],
      ['big.bin', 'application/octet-stream', 'none'],
      ['folder.txt/', 'application/x-directory', 'none'],
    ];
    for (const [key, type, kind] of rows)
      it(`${key} of type ${type ?? '–'}: ${kind}`, () => assert.equal(previewKind(key, type, 10), kind));
    it('keeps to the limits', () => {
      assert.equal(PREVIEW_LIMITS.text, 1024 * 1024);
      assert.equal(previewKind('a.json', undefined, PREVIEW_LIMITS.text), 'json');
      assert.equal(previewKind('a.json', undefined, PREVIEW_LIMITS.text + 1), 'too-large');
      assert.equal(previewKind('a.png', undefined, 10 * 1024 * 1024), 'image');
      assert.equal(previewKind('a.png', undefined, 10 * 1024 * 1024 + 1), 'too-large');
      assert.equal(previewKind('a.bin', undefined, 1e12), 'none');
    });
  });
});
