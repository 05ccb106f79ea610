/** What the tests of the Inspector's page share: one browser and one build for all, and words for what a person does. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import {
  buildPanel,
  hasChromium,
  launchChromium,
  openPanel,
  type OpenOptions,
  type OpenPanel,
  type PanelFiles,
} from './panel-harness';
import { bucket, identityId } from './panel-harness.data';

export const own = `s3://${bucket}/private/${identityId}/`;
export const noon = Date.UTC(2026, 2, 14, 12, 0, 0);

let shared: Promise<{ browser: Browser; files: PanelFiles }> | undefined;

const share = () =>
  (shared ??= Promise.all([launchChromium(), buildPanel(true)]).then(([browser, files]) => ({
    browser,
    files,
  })));

// A root hook: it runs after the last of all test files.
after(async () => {
  if (shared) await (await shared).browser.close();
});

export interface PanelTests {
  /** Opens a page, which is closed after the test; the test fails if the page complained of anything. */
  readonly open: (options?: OpenOptions) => Promise<Page>;
  readonly files: () => PanelFiles;
}

/** A group of tests in Chromium; skipped by name where there is none. */
export function describePanel(title: string, body: (tests: PanelTests) => void): void {
  (hasChromium ? describe : describe.skip)(`${title} (in Chromium)`, function () {
    this.timeout(30_000);
    let browser: Browser;
    let files: PanelFiles = {};
    let opened: OpenPanel | undefined;

    before(async () => {
      ({ browser, files } = await share());
    });
    afterEach(async () => {
      const complaints = opened?.complaints ?? [];
      await opened?.close();
      opened = undefined;
      assert.deepEqual(complaints, [], 'errors, warnings or breaches of the content security policy');
    });

    body({
      open: async (options = {}) => {
        opened = await openPanel(browser, files, options);
        return opened.page;
      },
      files: () => files,
    });
  });
}

export const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
export const address = (page: Page) => page.getByRole('textbox', { name: 'S3 address' });
export const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name }).first();

/** How often the page has asked for this. */
export function asked(page: Page, name: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      window.fakeHost.messages.filter((one) => one.type === 'request' && one.name === wanted).length,
    name,
  );
}

/** Opens the S3 tab and types an address. */
export async function goTo(page: Page, target: string): Promise<void> {
  await tab(page, 'S3').click();
  await address(page).fill(target);
  await address(page).press('Enter');
}
