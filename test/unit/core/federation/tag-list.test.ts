import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTags, tagsText } from '../../../../src/core/federation/tag-list';

describe('principal tags as people write them', () => {
  for (const [text, tags] of [
    ['', {}],
    [' , \n', {}],
    ['department=legal, team = blue', { department: 'legal', team: 'blue' }],
    ['a=b=c\nd=e,', { a: 'b=c', d: 'e' }],
    ['__proto__=x', Object.fromEntries([['__proto__', 'x']])],
  ] as const) {
    it(`are read: ${JSON.stringify(text)}`, () => assert.deepEqual(readTags(text), { ok: true, tags }));
  }

  for (const [text, reason, at] of [
    ['legal', 'form', 'legal'],
    ['=legal', 'form', '=legal'],
    ['a=1, department=', 'form', 'department='],
    ['a=1, a=2', 'twice', 'a'],
    [`${'n'.repeat(129)}=1`, 'length', 'n'.repeat(60)],
    [`a=${'v'.repeat(257)}`, 'length', `a=${'v'.repeat(58)}`],
    [Array.from({ length: 51 }, (_, index) => `t${index}=1`).join(), 'count', ''],
  ] as const) {
    it(`are refused for their ${reason}: ${text.slice(0, 20)}`, () =>
      assert.deepEqual(readTags(text), { ok: false, reason, at }));
  }

  it('come back as they were written out', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9:/.@_-]{1,40}$/);
    fc.assert(
      fc.property(fc.dictionary(word, word, { maxKeys: 50, noNullPrototype: true }), (tags) => {
        assert.deepEqual(readTags(tagsText(tags)), { ok: true, tags });
      }),
    );
  });
});
