import assert from 'node:assert/strict';
import { oneLine, seen } from '../../../../src/core/tokens/seen';

describe('a text of a token in a sentence', () => {
  it('names what nobody sees: two that differ in it alone do not look the same', () => {
    assert.equal(seen('https://issuer\u200b.example'), 'https://issuer[U+200B].example');
    assert.equal(seen('a\u202eb\u{e0041}'), 'a[U+202E]b[U+E0041]');
    assert.equal(seen(['a', 1]), '["a",1]');
    assert.equal(seen(undefined), '');
  });

  it('stays on one line, and is cut', () => {
    assert.equal(seen('two\r\n\u2028lines\u0007'), 'two lines');
    assert.equal(seen('x'.repeat(300)), `${'x'.repeat(200)}…`);
    assert.ok(seen('\u200b'.repeat(300)).length <= 201);
  });

  it('leaves out of a label what nobody sees', () => {
    assert.equal(oneLine(' a\u202eb\tc\n', 20), 'ab c');
  });
});
