import assert from 'node:assert/strict';
import { secrets } from '../../../support/panel-harness.data';
import { asked, describePanel, noon, tab } from '../../../support/panel-harness.tests';

describePanel('panel page', ({ open, files }) => {
  it('stays below 150 kB', () => {
    assert.ok((files()['panel.js']?.body.length ?? Infinity) < 150_000);
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

  it('breaks the names of claims after a mark only, and keeps their text', async () => {
    const page = await open({ width: 1000 });
    const name = page.getByRole('region', { name: 'ID token' }).getByText('cognito:preferred_role');
    assert.equal(await name.innerText(), 'cognito:preferred_role');
    const lines = await name.evaluate((element) => {
      const found = new Map<number, string>();
      for (const node of Array.from(element.childNodes).filter((child) => child instanceof Text)) {
        for (let at = 0; at < node.data.length; at += 1) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { top } = range.getBoundingClientRect();
          found.set(top, (found.get(top) ?? '') + node.data.slice(at, at + 1));
        }
      }
      return [...found.values()];
    });
    assert.deepEqual(lines, ['cognito:preferred_', 'role']);
  });

  it('keeps the buttons of a token in one row', async () => {
    for (const width of [320, 420, 900]) {
      const page = await open({ width });
      const buttons = page.getByRole('region', { name: 'Access token' }).locator('.buttons vscode-button');
      await buttons.first().waitFor();
      const tops = await buttons.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
      assert.equal(tops.length, 3);
      assert.equal(new Set(tops).size, 1, `${width}: ${tops.join(', ')}`);
    }
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
});
