import type { Page } from 'playwright-core';
import type { VsCodeWindow } from '../../support/vscode-window';

/**
 * code-server leads addresses of its own machine through its proxy, where pages that stand at the root of their server
 * do not work. The browser is on that machine, so it can go there itself.
 */
export async function withoutProxy(window: VsCodeWindow): Promise<void> {
  await window.page.context().route(/\/proxy\/\d+\//, async (route) => {
    const location = route
      .request()
      .url()
      .replace(/^http:\/\/127\.0\.0\.1:\d+\/proxy\/(\d+)/, 'http://127.0.0.1:$1');
    await route.fulfill({ status: 302, headers: { location } });
  });
}

/** Does what opens a page, and waits for it. VS Code opens addresses of this machine without a question. */
export async function pageOf(window: VsCodeWindow, open: () => Promise<void>): Promise<Page> {
  const opened = window.page.context().waitForEvent('page');
  await open();
  const page = await opened;
  page.setDefaultTimeout(20_000);
  return page;
}
