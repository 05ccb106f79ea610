import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClaimGroup, ExplainedClaim } from '../../../../../src/core/tokens/explain';
import { twoColumns } from '../../../../../src/panel/app/token-view/two-columns';

const claim = (value: string): ExplainedClaim => ({
  name: 'x',
  value,
  raw: value,
  meaning: '',
  kind: 'text',
});
const group = (claims: number, value = ''): ClaimGroup => ({
  id: 'rest',
  title: `${claims}`,
  claims: Array.from({ length: claims }, () => claim(value)),
});
const titles = (groups: readonly ClaimGroup[]) =>
  twoColumns(groups).map((half) => half.map(({ title }) => title));

describe('two columns of claims', () => {
  it('are about as high as each other', () => {
    assert.deepEqual(titles([group(4), group(3), group(3), group(4), group(1)]), [
      ['4', '3'],
      ['3', '4', '1'],
    ]);
    assert.deepEqual(titles([group(2), group(1), group(20)]), [['2', '1'], ['20']]);
    assert.deepEqual(titles([group(20), group(2), group(1)]), [['20'], ['2', '1']]);
  });

  it('are one where there is but one group', () => {
    assert.deepEqual(titles([group(5)]), [['5'], []]);
    assert.deepEqual(titles([]), [[], []]);
  });

  it('count what is shown of a long value, not all of it', () => {
    const long = group(1, 'x'.repeat(100_000));
    assert.deepEqual(titles([long, group(3), group(4)]), [['1'], ['3', '4']]);
  });

  it('keep every group, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (sizes) => {
        const groups = sizes.map((size) => group(size));
        assert.deepEqual(twoColumns(groups).flat(), groups);
      }),
    );
  });
});
