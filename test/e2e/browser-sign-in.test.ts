import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { endStartedSandbox, startedSandbox } from '../support/vscode-sandbox';
import type { VsCodeWindow } from '../support/vscode-window';
import { journey } from './support/journey';
import { pageOf, withoutProxy } from './support/sign-in-page';

const passwords = { reader: 'Reader-1-Sandbox!', admin: 'Admin-1-Sandbox!' };

/** Sign In in Browser…, up to the sign-in page of the user pool in a tab of its own. */
async function openSignInPage(window: VsCodeWindow, wayBack: string): Promise<Page> {
  await window.runCommand('Sign In in Browser…');
  await window.quickInput.waitFor('I paste the address');
  return pageOf(window, () => window.quickInput.pick(wayBack));
}

async function fillIn(page: Page, username: keyof typeof passwords): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(passwords[username]);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Where the page sends the browser after the form: Chromium cannot open VS Code's own addresses. */
async function redirectTo(page: Page, scheme: string): Promise<() => Promise<string>> {
  let found = (_address: string): void => undefined;
  const address = new Promise<string>((resolve) => (found = resolve));
  await page.route(/\/login\?/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const location = response.headers()['location'];
    if (!location?.startsWith(scheme)) return route.fulfill({ response });
    await route.fulfill({ status: 200, body: 'The system opens VS Code.' });
    found(location);
  });
  return async () => {
    await page.getByText('The system opens VS Code.').waitFor();
    return address;
  };
}

/** What the operating system would do with such an address. */
async function handOver(window: VsCodeWindow, address: string): Promise<void> {
  const { quickInput, dialog } = window;
  await window.runCommand('Developer: Open URL');
  await quickInput.waitFor('URL to open');
  await quickInput.type(address);
  await quickInput.accept();
  await dialog.waitFor('Cognito Workbench');
  await dialog.click('Open');
}

journey('signing in in the browser', {}, (window) => {
  before(() => withoutProxy(window()));
  after(() => endStartedSandbox(window()));

  it('opens the page of the user pool, and comes back by a port', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.dismiss();

    const page = await openSignInPage(window(), 'To a port of this machine');
    await page.getByLabel('Username').waitFor();
    assert.equal(new URL(page.url()).origin, startedSandbox(window()).api);
    await fillIn(page, 'reader');
    await page.getByRole('heading', { name: 'Signed in' }).waitFor();
    assert.match(new URL(page.url()).host, /^localhost:840\d$/);
    await page.getByText('You are signed in as reader.').waitFor();
    assert.equal(await page.locator('script').count(), 0);
    await page.close();
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('remembers the way back, and lets somebody else sign in', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('In the browser, as someone else');
    const page = await pageOf(window(), () => quickInput.pick('In the browser, as someone else'));
    await notifications.waitFor('Waiting for the sign-in to Sandbox in the browser.');
    await fillIn(page, 'admin');
    await page.getByText('You are signed in as admin.').waitFor();
    await page.close();
    await window()
      .tree()
      .waitFor(/admin.*active/);
    await notifications.gone('Waiting for the sign-in');
  });

  it('shows both as accounts of VS Code', async () => {
    const { page } = window();
    await page
      .locator('.part.activitybar')
      .getByRole('button', { name: /Accounts/ })
      .click();
    const menu = page.locator('.monaco-menu');
    await menu.getByText('reader (cognito-sandbox)').waitFor();
    await menu.getByText('admin (cognito-sandbox)').waitFor();
    await page.keyboard.press('Escape');
  });

  it('says so when the answer comes after the window was reloaded', async () => {
    const { quickInput, dialog, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('In the browser, as someone else');
    const page = await pageOf(window(), () => quickInput.pick(/^In the browser(?!,)/));
    // The browser knows the person, and is back at once: the port of the first sign-in answers.
    await page.getByText(/You are signed in as (reader|admin)\./).waitFor();
    const address = page
      .url()
      .replace(/^http:\/\/localhost:\d+/, 'code-oss://cognito-workbench.cognito-workbench');
    await page.close();
    await window().reload();
    await handOver(window(), address);
    const text = await notifications.waitFor('Nobody waits for this sign-in');
    assert.match(text, /reloaded/);
    await notifications.click('Nobody waits', /Show Details/);
    await dialog.click('Cancel');
  });

  it('signs the browser out too, so that the page asks who it is the next time', async () => {
    const { quickInput, notifications } = window();
    const users = Object.keys(passwords).join('|');
    await window().openContainer();
    await window()
      .tree()
      .waitFor(new RegExp(`^(${users}).*active`));
    await window().runCommand('Sign Out…');
    const asked = /is signed out here\. The browser may still be signed in/;
    await notifications.waitFor(asked);
    const page = await pageOf(window(), () => notifications.click(asked, 'Sign Out in the Browser'));
    await page.getByText('The browser is signed out of the user pool.').waitFor();
    assert.match(page.url(), /^http:\/\/localhost:840\d\/signed-out$/);
    await page.close();

    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('In the browser, as someone else');
    const again = await pageOf(window(), () => quickInput.pick(/^In the browser(?!,)/));
    await fillIn(again, 'reader');
    await again.getByText('You are signed in as reader.').waitFor();
    await again.close();
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });
});

journey("signing in by VS Code's own address", {}, (window) => {
  before(() => withoutProxy(window()));
  after(() => endStartedSandbox(window()));

  it('takes the address that the page leads to', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.dismiss();

    const page = await openSignInPage(window(), 'By a code-oss:// link');
    const redirect = await redirectTo(page, 'code-oss://');
    await fillIn(page, 'reader');
    const address = await redirect();
    await page.close();
    await handOver(window(), address);
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('takes a pasted address too, by the link in the notification', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('In the browser, as someone else');
    const page = await pageOf(window(), () => quickInput.pick('In the browser, as someone else'));
    const redirect = await redirectTo(page, 'code-oss://');
    await fillIn(page, 'admin');
    const address = await redirect();
    await page.close();
    const toast = notifications.toast('Waiting for the sign-in to Sandbox');
    await toast.getByText('Paste Redirected Address…').click();
    await quickInput.answer('Paste Redirected Address', address);
    await window()
      .tree()
      .waitFor(/admin.*active/);
  });
});
