import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import {
  buildPanel,
  hasChromium,
  launchChromium,
  openPanel,
  type OpenOptions,
  type OpenPanel,
  type PanelFiles,
} from '../../../support/panel-harness';
import { bucket, identityId, oddNames, secrets } from '../../../support/panel-harness.data';

const own = `s3://${bucket}/private/${identityId}/`;
const noon = Date.UTC(2026, 2, 14, 12, 0, 0);

(hasChromium ? describe : describe.skip)('panel page (in Chromium)', function () {
  this.timeout(30_000);
  let browser: Browser;
  let files: PanelFiles;
  let opened: OpenPanel | undefined;

  before(async () => {
    [browser, files] = await Promise.all([launchChromium(), buildPanel(true)]);
  });
  after(() => browser.close());
  afterEach(async () => {
    const complaints = opened?.complaints ?? [];
    await opened?.close();
    opened = undefined;
    assert.deepEqual(complaints, [], 'errors, warnings or breaches of the content security policy');
  });

  async function open(options: OpenOptions = {}): Promise<Page> {
    opened = await openPanel(browser, files, options);
    return opened.page;
  }

  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
  const address = (page: Page) => page.getByRole('textbox', { name: 'S3 address' });
  const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name }).first();
  const asked = (page: Page, name: string) =>
    page.evaluate(
      (wanted) =>
        window.fakeHost.messages.filter((one) => one.type === 'request' && one.name === wanted).length,
      name,
    );

  async function goTo(page: Page, target: string): Promise<void> {
    await tab(page, 'S3').click();
    await address(page).fill(target);
    await address(page).press('Enter');
  }

  it('stays below 150 kB', () => {
    assert.ok((files['panel.js']?.body.length ?? Infinity) < 150_000);
  });

  it('shows who, how long, and the tabs in their order', async () => {
    const page = await open();
    await page.getByText('Valid · 59 min').waitFor();
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'reader');
    assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Tokens', 'Credentials', 'S3']);
    for (const [button, command] of [
      ['Refresh', 'refresh'],
      ['Copy As…', 'copyCredentials'],
      ['Sign Out', 'signOut'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      const last = await page.evaluate(() => window.fakeHost.messages.at(-1));
      assert.deepEqual(last, { type: 'command', command });
    }
  });

  it('walks the tabs by keyboard, and loads a tab when it is first shown', async () => {
    const page = await open();
    await tab(page, 'Tokens').focus();
    assert.equal(await asked(page, 'credentials/load'), 0);
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('tabpanel', { name: 'Credentials' })
      .getByText('GetCredentialsForIdentity')
      .waitFor();
    assert.equal(await asked(page, 'credentials/load'), 1);
    assert.equal(await tab(page, 'Credentials').getAttribute('aria-selected'), 'true');
    await page.keyboard.press('End');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-s3');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-tokens');
    await page.keyboard.press('Tab');
    assert.equal(
      await page.evaluate(() => document.activeElement?.id),
      'panel-tokens',
      'one stop in the tab order',
    );
    assert.equal(await asked(page, 'credentials/load'), 1);
  });

  it('loads the visible tab anew when the data may have changed, without a flash', async () => {
    const page = await open();
    await page.getByText('Signature: passed.').first().waitFor();
    await page.evaluate(() => {
      window.fakeHost.held.add('tokens/load');
      window.fakeHost.change({ revision: 2 });
    });
    await page.waitForFunction(() => window.fakeHost.requests('tokens/load').length === 2);
    assert.equal(await page.getByText('Signature: passed.').first().isVisible(), true);
    assert.equal(await asked(page, 'credentials/load'), 0);
  });

  it('shows a skeleton only when the answer takes its time', async () => {
    const page = await open({ prepare: `fakeHost.held.add('tokens/load');`, clock: noon });
    await page.waitForFunction(() => window.fakeHost.requests('tokens/load').length === 1);
    await page.locator('cw-tokens .skeleton').waitFor();
    await page.evaluate(() => {
      const [request] = window.fakeHost.requests('tokens/load');
      if (request) window.fakeHost.answer(request);
    });
    await page.getByText('Signature: passed.').first().waitFor();
    assert.equal(await page.locator('.skeleton').count(), 0);
  });

  it('counts down, and draws again only when the words change', async () => {
    const page = await open({ clock: noon });
    const pill = page.locator('cw-state-pill');
    await pill.getByText('Valid · 59 min').waitFor();
    await page.evaluate(() => {
      const target = document.querySelector('cw-state-pill');
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => seen.push(target?.textContent?.trim() ?? '')).observe(target as Node, {
        subtree: true,
        characterData: true,
        childList: true,
      });
    });
    await page.clock.runFor(20_000);
    assert.deepEqual(await page.evaluate(() => (window as unknown as { seen: string[] }).seen), []);
    await page.clock.runFor(60_000);
    await pill.getByText('Valid · 58 min').waitFor();
    await page.clock.fastForward(50 * 60_000);
    await pill.getByText(/^Expires in [78] min$/).waitFor();
    await page.clock.fastForward(10 * 60_000);
    await pill.getByText('Expired').waitFor();
  });

  it('keeps hostile claims text', async () => {
    const page = await open({
      prepare: `fakeHost.answers['tokens/load'] = () => fakeHost.data.hostileTokens(Date.now());`,
    });
    const card = page.getByRole('region', { name: 'ID token' });
    await card.getByText('<script>window.hacked=1</script>').waitFor();
    assert.equal(await card.getByText('<img src=x onerror=alert(1)>').count(), 1);
    assert.equal(await card.locator('img, script, u').count(), 0);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await card.getByText('U+202E').waitFor();
    const long = card.getByRole('row', { name: /^custom:long/ });
    assert.ok((await long.innerText()).length < 400);
    await long.getByRole('button', { name: 'Show all 4,000 characters' }).click();
    assert.ok((await long.innerText()).length > 4000);
  });

  it('says of a failed check what was expected and what was found', async () => {
    const page = await open({
      prepare: `fakeHost.answers['tokens/load'] = () => fakeHost.data.hostileTokens(Date.now());`,
    });
    const failed = page.getByRole('listitem').filter({ hasText: 'Use: failed.' });
    assert.match(
      await failed.innerText(),
      /identity pools want the ID token\.\s+Expected\s+id\s+Found\s+access/,
    );
  });

  it('reveals one value at a time, asks once for each, and hides it after 30 seconds', async () => {
    const page = await open({ clock: noon });
    await tab(page, 'Credentials').click();
    const text = () => page.locator('cw-secrets').innerText();
    await page.getByRole('button', { name: 'Reveal AWS_SECRET_ACCESS_KEY' }).click();
    await page.getByText(secrets.secretAccessKey).waitFor();
    await page.getByRole('button', { name: 'Reveal AWS_SESSION_TOKEN' }).click();
    await page.getByText(secrets.sessionToken).waitFor();
    assert.equal((await text()).includes(secrets.secretAccessKey), false);
    assert.equal(await asked(page, 'credentials/reveal'), 2);
    await page.clock.runFor(30_000);
    await page.getByText(secrets.sessionToken).waitFor({ state: 'detached' });
    assert.equal(await asked(page, 'credentials/reveal'), 2);
  });

  it('hides a value when the tab is left, and never stores it', async () => {
    const page = await open();
    await tab(page, 'Credentials').click();
    await page.getByRole('button', { name: 'Reveal AWS_ACCESS_KEY_ID' }).click();
    await page.getByText(secrets.accessKeyId).waitFor();
    await tab(page, 'Tokens').click();
    await page.waitForFunction((value) => !document.body.textContent?.includes(value), secrets.accessKeyId);
    const saved = await page.evaluate(() => window.fakeHost.saved);
    assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(saved)) as object).sort(), ['ref', 'tab']);
  });

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
    await page.evaluate(() =>
      window.fakeHost.send({
        type: 's3/progress',
        downloadId: 'download-1',
        bytes: 3_145_728,
        total: 6_291_456,
      }),
    );
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

  it('says that one is signed out, why, and offers to sign in', async () => {
    const page = await open({
      prepare: `fakeHost.state = { ...fakeHost.state, state: 'signed-out', notice: 'The refresh token was revoked.' };`,
    });
    await page.getByText('The refresh token was revoked.').filter({ visible: true }).waitFor();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Sign In…' }).click();
    assert.equal(await asked(page, 'tokens/load'), 0);
    assert.deepEqual(await page.evaluate(() => window.fakeHost.messages.at(-1)), {
      type: 'command',
      command: 'signIn',
    });
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
    it(`has nothing that axe objects to (${theme})`, async () => {
      const page = await open({
        theme,
        width: theme === 'light' ? 1100 : 500,
        reducedMotion: true,
        bypassCSP: true,
      });
      await page.evaluate(axeSource);
      await page.getByText('Signature: passed.').first().waitFor();
      await judge(page, 'tokens');
      await page.getByRole('button', { name: 'JSON of ID token' }).click();
      await judge(page, 'json');
      await tab(page, 'Credentials').click();
      await page.getByText('GetCallerIdentity').waitFor();
      await judge(page, 'credentials');
      await tab(page, 'S3').click();
      await page.getByText('Locations of this connection').waitFor();
      await judge(page, 'locations');
      await goTo(page, `${own}profile.json`);
      await page.getByText('12345678901234567890').waitFor();
      await judge(page, 'object');
      await goTo(page, `s3://${bucket}/secret/`);
      await page.getByText('Show Details').click();
      await judge(page, 'refusal');
    });
  }

  it('needs no sideways scrolling at 320 px', async () => {
    const page = await open({ width: 320, height: 400 });
    const overflow = () =>
      page.evaluate(
        () =>
          [document.documentElement, ...document.querySelectorAll('.panel:not([hidden])')].filter(
            (one) => one.scrollWidth > one.clientWidth,
          ).length,
      );
    await page.getByText('Signature: passed.').first().waitFor();
    assert.equal(await overflow(), 0, 'tokens');
    await tab(page, 'Credentials').click();
    await page.getByText('GetCallerIdentity').waitFor();
    assert.equal(await overflow(), 0, 'credentials');
    await goTo(page, `${own}profile.json`);
    await page.getByText('12345678901234567890').waitFor();
    assert.equal(await overflow(), 0, 'object');
    await goTo(page, `s3://${bucket}/secret/`);
    await page.getByText('Show Details').click();
    assert.equal(await overflow(), 0, 'refusal');
  });
});

const axeSource = hasChromium ? readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') : '';

/** Pixel sizes of touch targets and the like are VS Code's own; the rest of axe's rules hold. */
async function judge(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document) => Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const { violations } = await axe.run(document);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((one) => `${one.html} ${one.failureSummary}`).join(' | ')}`,
    );
  });
  assert.deepEqual(found, [], what);
}
