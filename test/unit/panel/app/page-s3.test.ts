import assert from 'node:assert/strict';
import { bucket } from '../../../support/panel-harness.data';
import { oddNames } from '../../../support/panel-harness.s3-data';
import { address, asked, describePanel, goTo, noon, own, row } from '../../../support/panel-harness.tests';

describePanel('panel page: S3', ({ open }) => {
  it('scrolls to key 2,500 in three requests, with never more than 200 row elements', async () => {
    const page = await open();
    await goTo(page, `s3://${bucket}/public/many/`);
    await row(page, 'item-00001.txt').waitFor();
    assert.match(await page.locator('.list-footer').innerText(), /^1,000 shown, more below$/);
    assert.equal(await asked(page, 's3/list'), 1);
    const most = await page.evaluate(async () => {
      const scroller = document.querySelector('.grid-scroll');
      if (!scroller) throw new Error('no list');
      let rows = 0;
      for (let at = 0; at < 2500 * 24; at += 600) {
        scroller.scrollTop = at;
        await new Promise(requestAnimationFrame);
        rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
      }
      return rows;
    });
    await row(page, 'item-02500.txt').waitFor();
    assert.ok(most <= 200, `${String(most)} rows`);
    assert.equal(await asked(page, 's3/list'), 3);
    assert.equal(await page.locator('.list-footer').innerText(), '2,500 objects');
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), '2501');
    assert.equal(await row(page, 'item-02500.txt').getAttribute('aria-rowindex'), '2501');
  });

  it('walks folders by keyboard, and comes back to where it was', async () => {
    const page = await open();
    await goTo(page, `s3://${bucket}/`);
    await row(page, 'private').waitFor();
    await row(page, 'private').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('many'));
    await page.keyboard.press('End');
    const focused = () =>
      page.evaluate(() => document.activeElement?.querySelector('.c-name .clip')?.textContent);
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('readme.md'));
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('public'));
    assert.equal(await focused(), 'public');
    assert.equal(await page.locator('.grid-body > [tabindex="0"]').count(), 1, 'one stop in the tab order');
    await page.keyboard.press('Backspace');
    assert.equal(await focused(), 'public', 'nothing is above the bucket');
  });

  it('opens an object by its address, with what S3 says of it and what is inside', async () => {
    const page = await open({ width: 1100 });
    await goTo(page, `${own}profile.json`);
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('"id": 12345678901234567890').waitFor();
    await details.getByText('"html": "<b>not bold</b>"').waitFor();
    assert.equal(await details.locator('b').count(), 0);
    await address(page).fill(`${own}photo.png`);
    await address(page).press('Enter');
    const image = details.getByRole('img', { name: 'Preview of photo.png' });
    await image.waitFor();
    assert.deepEqual(
      await image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.src.split(':')[0]]),
      [640, 'blob'],
    );
  });

  it('shows odd keys as they are, and nothing in them runs', async () => {
    const page = await open({ height: 1200 });
    await goTo(page, `s3://${bucket}/public/odd/`);
    await row(page, 'two spaces.txt')
      .or(row(page, /two {2}spaces/))
      .first()
      .waitFor();
    const names = await page
      .locator('.grid-body .object .clip')
      .evaluateAll((all) => all.map((one) => one.textContent?.trim()));
    assert.equal(names.length, oddNames.length);
    assert.equal(new Set(names).size, names.length, 'no two look the same');
    assert.equal(await page.locator('.grid-body img').count(), 0);
    assert.equal(await page.getByText('<img src=x onerror="window.hacked=1">.html').count(), 1);
    assert.equal(await page.getByText('(empty name)').count(), 1);
    assert.equal(await page.getByText('(this folder)').count(), 1);
    assert.equal(await page.getByText('NFD').count(), 1);
    await page.locator('.grid-body .object').nth(9).click();
    await page.getByRole('region', { name: 'Details' }).getByText('U+202E').first().waitFor();
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  });

  it('filters on the server, once per pause in typing, and gives up the older request', async () => {
    const page = await open({ clock: noon });
    await goTo(page, `s3://${bucket}/public/many/`);
    await row(page, 'item-00001.txt').waitFor();
    await page.evaluate(() => window.fakeHost.held.add('s3/list'));
    const filter = page.getByRole('searchbox', { name: 'Prefix in this folder' });
    await filter.pressSequentially('item-01');
    await page.clock.runFor(300);
    await page.waitForFunction(() => window.fakeHost.requests('s3/list').length === 2);
    await page.evaluate(() => window.fakeHost.held.clear());
    await filter.pressSequentially('2');
    await page.clock.runFor(300);
    await page.getByText('100 objects').waitFor();
    const [, older, newer] = await page.evaluate(() => window.fakeHost.requests('s3/list'));
    assert.equal((newer?.input as { filter: string }).filter, 'item-012');
    const cancels = await page.evaluate(() =>
      window.fakeHost.messages.filter((one) => one.type === 'cancel'),
    );
    assert.deepEqual(cancels, [{ type: 'cancel', requestId: older?.requestId }]);
  });

  it('answers a refusal with places that are likely to work', async () => {
    const page = await open();
    await goTo(page, `s3://${bucket}/secret/`);
    const refusal = page.getByRole('alert', { name: 'This role may not list secret/' });
    await refusal.getByText('Show Details').click();
    await refusal.getByText('4442587FB7D0A2F9').waitFor();
    await refusal.getByRole('button', { name: 'Copy AWS CLI Command' }).click();
    const last = await page.evaluate(() => window.fakeHost.messages.at(-1));
    assert.equal(last?.type === 'action' && last.action, 'copy-cli-command');
    await refusal.getByRole('button', { name: `s3://${bucket}/public/` }).click();
    await row(page, 'many').waitFor();
  });

  it('names the places that are likely to work once, as links', async () => {
    const place = `s3://${bucket}/public/`;
    const named = { fix: `Likely to work: ${place}`, fixIsLocations: true, locations: [place] };
    const page = await open({
      prepare: `Object.assign(fakeHost.data.accessDenied, ${JSON.stringify(named)});`,
    });
    await goTo(page, `s3://${bucket}/secret/`);
    const refusal = page.getByRole('alert', { name: 'This role may not list secret/' });
    await refusal.getByRole('button', { name: place }).waitFor();
    assert.equal(await refusal.getByText('Likely to work').count(), 1);
    assert.equal(await refusal.getByText(place, { exact: false }).count(), 1);
  });

  it('offers to read an object whose folder may not be listed', async () => {
    const page = await open();
    await goTo(page, `s3://${bucket}/secret/plan.txt`);
    await page.getByRole('button', { name: 'Try to Read “plan.txt” Itself' }).click();
    await page.getByText('First line of secret/plan.txt').waitFor();
  });

  it('downloads with progress and Cancel', async () => {
    const page = await open({ prepare: `fakeHost.held.add('s3/download');` });
    await goTo(page, `${own}big.bin`);
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await page.waitForFunction(() => window.fakeHost.requests('s3/download').length === 1);
    await page.evaluate(() => {
      const asked = window.fakeHost.requests('s3/download').at(-1);
      const { downloadId } = asked?.input as { downloadId: string };
      window.fakeHost.send({ type: 's3/progress', downloadId, bytes: 3_145_728, total: 6_291_456 });
    });
    await page.getByText('3 MB of 6 MB · 50 %').waitFor();
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '3145728');
    await page.getByRole('button', { name: 'Cancel download of big.bin' }).click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    const last = await page.evaluate(() => window.fakeHost.messages.at(-1));
    assert.equal(last?.type, 'cancel');
    await page.evaluate(() => window.fakeHost.held.clear());
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await page.getByText('Saved big.bin to /home/me/Downloads/big.bin').waitFor();
  });

  it('refuses what is no address, in words, and asks nothing', async () => {
    const page = await open();
    await goTo(page, 'ftp://example.com/x');
    await page.getByText('This is not an S3 address.').waitFor();
    assert.equal(await asked(page, 's3/list'), 0);
  });

  it('is where it was when the page is made anew, and follows a request of the host once', async () => {
    const page = await open({
      prepare: `fakeHost.state = { ...fakeHost.state, tabRequest: { id: 7, tab: 's3', address: 's3://${bucket}/public/' } };`,
    });
    await row(page, 'many').waitFor();
    await row(page, 'odd').click();
    await page.getByText('(this folder)').waitFor();
    await page.reload();
    await page.getByText('(this folder)').waitFor();
    assert.equal(await address(page).inputValue(), `s3://${bucket}/public/odd/`);
  });
});
