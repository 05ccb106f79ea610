import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { S3ListPage } from '../../../../src/core/ports';
import { compareKeys, Listing } from '../../../../src/panel/app/s3/listing';
import { footerText } from '../../../../src/panel/app/s3/footer-text';
import { listWindow, moveFocus } from '../../../../src/panel/app/s3/window';

const pageOf = (from: number, count: number, nextToken?: string): S3ListPage => ({
  prefixes: [],
  objects: Array.from({ length: count }, (_, index) => ({
    key: `many/${String(from + index).padStart(4, '0')}`,
    size: 1,
  })),
  nextToken,
});

describe('panel listing', () => {
  it('reads 2,500 keys in three pages, each only when its predecessor’s end is near', async () => {
    const asked: (string | undefined)[] = [];
    const listing = new Listing(
      'many/',
      (token) => {
        asked.push(token);
        const from = Number(token ?? 0);
        return Promise.resolve(
          pageOf(from, Math.min(1000, 2500 - from), from < 2000 ? String(from + 1000) : undefined),
        );
      },
      () => undefined,
    );
    await listing.more();
    await listing.reached(40);
    assert.deepEqual(asked, [undefined]);
    await listing.reached(900);
    await listing.reached(1990);
    await listing.reached(2499);
    await listing.reached(2499);
    assert.deepEqual(asked, [undefined, '1000', '2000']);
    assert.equal(listing.rows.length, 2500);
    assert.equal(listing.complete, true);
  });

  it('asks for one page at a time, however often it is told to go on', async () => {
    let running = 0;
    let most = 0;
    const listing = new Listing(
      '',
      async (token) => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return pageOf(0, 1, token === undefined ? 'more' : undefined);
      },
      () => undefined,
    );
    await Promise.all([listing.more(), listing.more(), listing.more()]);
    assert.equal(most, 1);
    assert.equal(listing.rows.length, 1);
  });

  it('keeps its rows when a page fails, and goes on from there', async () => {
    let broken = true;
    const listing = new Listing(
      '',
      (token) => {
        if (token === undefined) return Promise.resolve(pageOf(0, 2, 'more'));
        return broken ? Promise.reject(new Error('reset')) : Promise.resolve(pageOf(2, 1));
      },
      () => undefined,
    );
    await listing.more();
    await listing.reached(1);
    assert.match(footerText(listing), /^2 shown\. The next page failed/);
    await listing.reached(1);
    assert.equal(listing.rows.length, 2, 'does not hammer a page that failed');
    broken = false;
    await listing.more();
    assert.deepEqual([listing.rows.length, listing.complete, listing.error], [3, true, undefined]);
  });

  it('says nothing more once it was left', async () => {
    let told = 0;
    let answer: (page: S3ListPage) => void = () => undefined;
    const listing = new Listing(
      '',
      () => new Promise((resolve) => (answer = resolve)),
      () => (told += 1),
    );
    const asked = listing.more();
    listing.cancel();
    const before = told;
    answer(pageOf(0, 5));
    await asked;
    assert.deepEqual([told, listing.rows.length], [before, 0]);
  });

  it('shows folders first where one page holds all, and keeps the order of S3 where it does not', async () => {
    const page = {
      prefixes: ['b/'],
      objects: [
        { key: 'a', size: 1 },
        { key: 'c', size: 1 },
      ],
    };
    const names = async (nextToken?: string) => {
      const listing = new Listing(
        '',
        () => Promise.resolve({ ...page, nextToken }),
        () => undefined,
      );
      await listing.more();
      return listing.rows.map((row) => row.name);
    };
    assert.deepEqual(await names(), ['b', 'a', 'c']);
    assert.deepEqual(await names('more'), ['a', 'b', 'c']);
  });

  it('counts honestly', async () => {
    const listing = new Listing(
      '',
      () => Promise.resolve(pageOf(0, 1000, 'more')),
      () => undefined,
    );
    await listing.more();
    assert.match(footerText(listing), /^1.?000 shown, more below$/);
  });

  it('orders keys as their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (a, b) => {
        assert.equal(Math.sign(compareKeys(a, b)), Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});

describe('panel list window', () => {
  it('never draws more than 160 rows, and always those in view', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(3000), fc.nat(2_400_000), (count, height, scrollTop) => {
        const { first, end } = listWindow(scrollTop, height, 24, count);
        assert.ok(first >= 0 && end <= count && end - first <= 160 && first <= end);
        const top = Math.min(Math.floor(scrollTop / 24), Math.max(0, count - 1));
        if (count > 0 && height < 2400) assert.ok(first <= top && top < end + 1);
      }),
    );
  });

  it('moves the focus within the list', () => {
    assert.deepEqual(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'].map((key) =>
        moveFocus(key, 2, 100, 10),
      ),
      [3, 1, 12, 0, 0, 99, undefined],
    );
    assert.equal(moveFocus('ArrowDown', 99, 100, 10), 99);
    assert.equal(moveFocus('End', 0, 0, 10), undefined);
  });
});
