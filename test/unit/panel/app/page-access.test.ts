import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { bucket } from '../../../support/panel-harness.data';
import { describePanel, goTo, own, tab } from '../../../support/panel-harness.tests';

describePanel('panel page: access for all', ({ open }) => {
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
      await page.getByRole('button', { name: 'Ask as Administrator' }).click();
      await page.getByText('What decides it').first().click();
      await judge(page, 'why this role, as an administrator');
      await page.evaluate(() =>
        window.fakeHost.change({ tabRequest: { id: 1, tab: 'credentials', findCause: true } }),
      );
      await page.getByText('What was tried').click();
      await judge(page, 'what really failed');
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

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

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
