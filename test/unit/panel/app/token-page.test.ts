import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { asked, describePanel, noon } from '../../../support/panel-harness.tests';

const root = 'cognito-token' as const;
const answer = (data: string): string => `fakeHost.answers['token/load'] = () => fakeHost.data.${data};`;

describePanel('panel page: a token from anywhere', ({ open }) => {
  const button = (page: Page, name: string) => page.getByRole('button', { name });
  const written = (page: Page) => page.locator('.token-written');

  it('says what it is, whether it is good, and what each claim means', async () => {
    const page = await open({ root });
    await page.getByRole('heading', { level: 1, name: 'Access token' }).waitFor();
    await page.getByText('Selection in server.log').waitFor();
    await page.getByText(/^Signature valid · issued by us-east-1_Sandbox01/).waitFor();
    await page.getByText('Checked with the keys of the user pool of Sandbox.').waitFor();
    const row = page.getByRole('row', { name: /^token_use/ });
    await row.waitFor();
    const source = await row.getByRole('link', { name: 'Source of token_use' }).getAttribute('href');
    assert.match(source ?? '', /^https:\/\/docs\.aws\.amazon\.com\/cognito\//);
    await button(page, 'JSON').click();
    await page
      .getByRole('region', { name: 'JSON of the token' })
      .getByText('"token_use": "access"')
      .waitFor();
  });

  it('shows the three parts masked, whole when asked, and masked again after a while', async () => {
    const page = await open({ root, clock: noon });
    assert.equal((await written(page).textContent())?.trim(), 'eyJr….eyJz….c2ln…');
    assert.equal(await asked(page, 'token/reveal'), 0);
    await button(page, 'Reveal Token').click();
    await button(page, 'Hide Token').waitFor();
    const colours = await written(page)
      .locator('.part')
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).color));
    assert.equal(new Set(colours).size, 3, `a colour each: ${colours.join(' ')}`);
    assert.match((await written(page).textContent()) ?? '', /^\s*eyJ[\w-]{20,}\.eyJ[\w-]{200,}\.[\w-]+\s*$/);
    await page.clock.runFor(30_000);
    await button(page, 'Reveal Token').waitFor();
    assert.equal((await written(page).textContent())?.trim(), 'eyJr….eyJz….c2ln…');
  });

  it('stays true while it is open: asks anew when the words about a time change, and only while it is seen', async () => {
    const page = await open({ root, clock: noon, prepare: answer(`tokenView(Date.now(), ${noon})`) });
    await page.getByText(/· 59 min left$/).waitFor();
    await page.getByText('Expires in 59 min').waitFor();
    assert.equal(await asked(page, 'token/load'), 1);
    await page.clock.runFor(29_000);
    assert.equal(await asked(page, 'token/load'), 1, 'nobody asks before the words change');
    await page.clock.runFor(2000);
    await page.getByText(/· 58 min left$/).waitFor();
    assert.equal(await asked(page, 'token/load'), 2);

    await look(page, 'hidden');
    await page.clock.runFor(65 * 60_000);
    assert.equal(await asked(page, 'token/load'), 2, 'nobody looks');
    await look(page, 'visible');
    await page.clock.runFor(1000);
    await page.getByText(/^Expired 6 min ago: expected a token/).waitFor();
    await page.getByText('Expired 6 min ago', { exact: true }).waitFor();
    await page.getByRole('row', { name: /^exp .*\(6 min ago\)/ }).waitFor();
    assert.equal(await asked(page, 'token/load'), 3);
    await page.clock.runFor(60_000);
    await page.getByText(/^Expired 7 min ago: expected a token/).waitFor();
  });

  it('is judged anew when a token becomes valid', async () => {
    const page = await open({
      root,
      clock: noon,
      prepare: `fakeHost.answers['token/load'] = () => ({ ...fakeHost.data.tokenView(Date.now()), expiresAt: undefined, startsAt: ${noon + 90_000} });`,
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.clock.runFor(89_000);
    const before = await asked(page, 'token/load');
    await page.clock.runFor(1100);
    assert.equal(await asked(page, 'token/load'), before + 1);
  });

  it('says of the keys what was done with them', async () => {
    const page = await open({ root, prepare: answer('confusedToken(Date.now())') });
    await page
      .getByText('The keys of the user pool of Sandbox were not tried: it signs in another way.')
      .waitFor();
    await page
      .getByText(/^Key confusion: the token says HS256/)
      .first()
      .waitFor();
    await page.getByText('Expired 2 h ago', { exact: true }).waitFor();
    await page.evaluate(() => {
      window.fakeHost.answers['token/load'] = () => ({
        ...window.fakeHost.data.foreignToken(Date.now()),
        keys: { kind: 'connection', label: 'Shop', otherClient: false, missing: true },
      });
      window.fakeHost.send({ type: 'token/changed', revision: 2, token: 2 });
    });
    await page.getByText('The keys of the user pool of Shop could not be fetched.').waitFor();
  });

  it('keeps nothing of a token in the page’s state', async () => {
    const page = await open({ root });
    await button(page, 'Reveal Token').click();
    await button(page, 'Hide Token').waitFor();
    assert.equal(await page.evaluate(() => window.fakeHost.saved), undefined);
  });

  it('asks a Cognito issuer’s keys only when told to, and shows what came of it', async () => {
    const page = await open({ root, prepare: answer('foreignToken(Date.now())') });
    await page.getByText('Without keys nobody can tell').waitFor();
    assert.equal(await asked(page, 'token/fetchKeys'), 0);
    await button(page, 'Fetch Keys of us-east-1_Sandbox01').click();
    await page.getByText(/^Signature valid/).waitFor();
    assert.equal(await asked(page, 'token/fetchKeys'), 1);
    assert.equal(await button(page, 'Fetch Keys of us-east-1_Sandbox01').count(), 0);
  });

  it('leaves all as it was where the keys could not be fetched, and tries again', async () => {
    const page = await open({ root, prepare: answer('foreignToken(Date.now())') });
    await page.evaluate(() =>
      window.fakeHost.failures.set('token/fetchKeys', window.fakeHost.data.accessDenied),
    );
    await button(page, 'Fetch Keys of us-east-1_Sandbox01').click();
    await page.getByRole('alert').waitFor();
    assert.equal(await button(page, 'Try Again').count(), 0, 'the button is still there');
    await page.getByText('Without keys nobody can tell whether the claims are genuine.').waitFor();
    await page.evaluate(() => window.fakeHost.failures.clear());
    await button(page, 'Fetch Keys of us-east-1_Sandbox01').click();
    await page.getByText(/^Signature valid/).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('takes pasted keys, and explains those that are none', async () => {
    const page = await open({ root, prepare: answer('hostileToken(Date.now())') });
    await button(page, 'Paste Keys…').click();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.insertText('nothing');
    assert.equal(await page.getByRole('textbox', { name: /Public keys/ }).inputValue(), 'nothing');
    await page.evaluate(() =>
      window.fakeHost.failures.set('token/useKeys', window.fakeHost.data.accessDenied),
    );
    await button(page, 'Check the Signature').click();
    await page.getByRole('alert').waitFor();
    await page.evaluate(() => window.fakeHost.failures.clear());
    await button(page, 'Check the Signature').click();
    await page.getByText('Checked with the keys that you pasted.').waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
  });

  it('asks Cognito on demand, and forgets the answer with the token', async () => {
    const page = await open({ root });
    await button(page, 'Ask Cognito Whether It Is Revoked').click();
    await page.getByText('Revoked: Cognito refuses it.').waitFor();
    await page.evaluate(() => window.fakeHost.send({ type: 'token/changed', revision: 2, token: 2 }));
    await page.getByText('Revoked: Cognito refuses it.').waitFor({ state: 'detached' });
  });

  it('shows another token from its beginning, and the same one where it was read', async () => {
    const page = await open({ root, height: 500, prepare: answer('foreignToken(Date.now())') });
    const top = () => page.evaluate(() => document.querySelector('main')?.scrollTop ?? -1);
    const send = (revision: number, token: number) =>
      page.evaluate(
        ([next, count]) => window.fakeHost.send({ type: 'token/changed', revision: next, token: count }),
        [revision, token] as const,
      );
    await page.getByRole('link', { name: 'Source of exp' }).focus();
    const read = await top();
    assert.ok(read > 100, `${read}`);
    await page.evaluate(() => {
      window.fakeHost.answers['token/load'] = () => window.fakeHost.data.tokenView(Date.now());
    });
    await send(2, 1);
    await page.getByText('Checked with the keys of the user pool of Sandbox.').waitFor();
    assert.ok((await top()) > 100, 'the same token');
    await page.evaluate(() => {
      window.fakeHost.answers['token/load'] = () => window.fakeHost.data.hostileToken(Date.now());
    });
    await send(3, 2);
    await page.locator('.summary-failed[aria-live=polite]').waitFor();
    await page.locator('main:focus').waitFor();
    assert.equal(await top(), 0);
  });

  it('takes hostile text as text, numbers to their last digit, and names what stands there twice', async () => {
    const page = await open({ root, prepare: answer('hostileToken(Date.now())') });
    await page.getByText('12345678901234567890').waitFor();
    await page.getByText('<b>admin</b>').first().waitFor();
    await page.getByText('Names that stand in it more than once: sub.').waitFor();
    const values = page.getByRole('row', { name: /^sub / }).getByRole('listitem');
    assert.deepEqual(
      (await values.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()),
      ['x not taken', '<b>admin</b> taken: the last'],
    );
    await page.getByText(/not signed: anybody may have written it\. · /).waitFor();
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator('img, b:text("admin")').count(), 0);
  });

  it('shows the beginning of what nobody could read to its end, and says where the rest is', async () => {
    const page = await open({ root, prepare: answer('largeToken(Date.now(), 10_000)') });
    await page.getByText('9,503 more claims: JSON shows more of them, and Share copies them all.').waitFor();
    await page.getByText('9,000 more', { exact: true }).waitFor();
    await page.getByText(/^[\d,]+ more characters$/).waitFor();
    assert.ok((await page.getByRole('row').count()) < 520);
    assert.ok((await page.locator('.chip').count()) <= 1000);
    await button(page, 'JSON').click();
    await page.getByText(/[\d,]+ more characters: Share copies all claims as JSON\./).waitFor();
    const text = await page.getByRole('region', { name: 'JSON of the token' }).textContent();
    assert.ok((text ?? '').length < 201_000, `${text?.length}`);
  });

  it('lets no text of a token turn around what stands behind it', async () => {
    const page = await open({ root, prepare: answer('turnedToken(Date.now())') });
    await page.getByRole('row', { name: /^username/ }).waitFor();
    const turned = () =>
      page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.exec(document.body.innerText)?.input);
    assert.equal(await turned(), undefined);
    for (const name of [/^sub /, /^username /, /^iss /, /^list /, /^kid /])
      await page.getByRole('row', { name }).getByText('U+202E').waitFor();
    for (const place of ['.token-warnings', '.token-keys', '.head'])
      await page.locator(place).getByText('U+202E').waitFor();
    await button(page, 'JSON').click();
    await page.getByRole('region', { name: 'JSON of the token' }).getByText('"sub\\u202ebus"').waitFor();
    assert.equal(await turned(), undefined);
  });

  it('shows an encrypted token, a text that is none, and that there is nothing', async () => {
    const page = await open({ root, prepare: answer('encryptedToken()') });
    await page.getByText('Encrypted for whoever issued it.').waitFor();
    await page.getByText('Ciphertext').waitFor();
    assert.equal(await button(page, 'JSON').count(), 0);
    const show = (data: 'unreadableToken' | 'noToken', revision: number) =>
      page.evaluate(
        ([name, next]) => {
          window.fakeHost.answers['token/load'] = () => window.fakeHost.data[name]();
          window.fakeHost.send({ type: 'token/changed', revision: next, token: next });
        },
        [data, revision] as const,
      );
    await show('unreadableToken', 2);
    await page.getByRole('alert', { name: 'This is not a token' }).waitFor();
    await show('noToken', 3);
    await page.getByText('Tokens are kept in memory alone').waitFor();
    await button(page, 'Inspect Token…').click();
    const sent = await page.evaluate(() => window.fakeHost.messages.at(-1));
    assert.deepEqual(sent, { type: 'command', command: 'inspectToken' });
  });

  it('puts claims into two columns where there is room, with every source in reach', async () => {
    const page = await open({ root, prepare: answer('confusedToken(Date.now())') });
    await page.getByRole('row', { name: /^custom:settings/ }).waitFor();
    const links = page.getByRole('link', { name: /^Source of / });
    assert.equal(await links.count(), 19);
    for (const [width, columns] of [
      [320, 1],
      [600, 1],
      [880, 1],
      [920, 2],
      [1400, 2],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      const lefts = await page
        .locator('.claims-column')
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
      assert.equal(new Set(lefts).size, columns, `${width} px`);
      const ends = await links.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
      assert.ok(Math.max(...ends) <= width, `${width} px`);
    }
    await page.getByRole('link', { name: 'Source of sub' }).focus();
    await page.keyboard.press('Tab');
    const next = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(next, 'Source of cognito:username');
  });

  it('keeps every claim where it is when a long value is opened', async () => {
    const page = await open({ root, width: 1000, prepare: answer('confusedToken(Date.now())') });
    const left = async (name: RegExp) => (await page.getByRole('row', { name }).boundingBox())?.x;
    const before = [await left(/^iss /), await left(/^sub /), await left(/^kid /)];
    await button(page, 'Show all 480 characters').click();
    await button(page, 'Show less').waitFor();
    assert.deepEqual([await left(/^iss /), await left(/^sub /), await left(/^kid /)], before);
  });

  for (const width of [320, 400, 1000, 1400]) {
    it(`needs no sideways scrolling at ${width} px`, async () => {
      const page = await open({ root, width, prepare: answer('hostileToken(Date.now())') });
      await page.getByText('12345678901234567890').waitFor();
      await button(page, 'Paste Keys…').click();
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.panel')].some(
          (one) => one.scrollWidth > one.clientWidth,
        ),
      );
      assert.equal(wide, false);
    });
  }

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
    it(`has nothing that axe objects to (${theme})`, async () => {
      const page = await open({ root, theme, width: 500, reducedMotion: true, bypassCSP: true });
      await page.evaluate(axeSource);
      await button(page, 'Reveal Token').click();
      await button(page, 'Hide Token').waitFor();
      await button(page, 'Paste Keys…').click();
      await button(page, 'Ask Cognito Whether It Is Revoked').click();
      await page.getByText('Revoked: Cognito refuses it.').waitFor();
      assert.deepEqual(await complaintsOfAxe(page), []);
    });

    it(`has nothing that axe objects to in two columns, with doubled names (${theme})`, async () => {
      const prepare = answer('hostileToken(Date.now())');
      const page = await open({ root, theme, width: 1000, reducedMotion: true, bypassCSP: true, prepare });
      await page.getByText('taken: the last').waitFor();
      await page.evaluate(axeSource);
      assert.deepEqual(await complaintsOfAxe(page), []);
    });
  }
});

/** As if the window were covered, or seen again. */
async function look(page: Page, visibility: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function complaintsOfAxe(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}
