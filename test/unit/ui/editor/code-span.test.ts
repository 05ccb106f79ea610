import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeSpan } from '../../../../src/ui/editor/code-span';

describe('ui/editor/code-span', () => {
  it('fences a text with more ticks than it holds', () => {
    assert.equal(codeSpan('reader'), '` reader `');
    assert.equal(codeSpan('a`b``c'), '``` a`b``c ```');
  });

  it('never lets a text end its fence or its line', () => {
    const hostile = fc.string({ unit: fc.constantFrom('`', '\n', '\r', '\u2028', 'a', '<', ']', ')', '\\') });
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        const [, fence = '', inside = ''] = /^(`+) (.*) \1$/s.exec(span) ?? [];
        assert.ok(fence.length > 0, span);
        assert.ok([...inside.matchAll(/`+/g)].every(([run]) => run.length < fence.length));
        assert.doesNotMatch(span, /[\n\r\u2028]/);
      }),
    );
  });
});
