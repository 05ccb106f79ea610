import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { endStartedSandbox, startedSandbox } from '../support/vscode-sandbox';
import type { VsCodeWindow } from '../support/vscode-window';
import { journey } from './support/journey';

const passwords = { reader: 'Reader-1-Sandbox!', admin: 'Admin-1-Sandbox!' };

/** Sign In in Browser…, up to the sign-in page of the user pool in a tab of its own. */
async function openSignInPage(window: VsCodeWindow, wayBack: string): Promise<Page> {
  const { quickInput, dialog, page } = window;
  await window.runCommand('Sign In in Browser…');
  await quickInput.waitFor('How does the browser come back to this window?');
  const opened = page.context().waitForEvent('page');
  await quickInput.pick(wayBack);
  return confirmed(dialog, opened);
}

/** VS Code asks before it opens a page. */
async function confirmed(dialog: VsCodeWindow['dialog'], opened: Promise<Page>): Promise<Page> {
  await dialog.waitFor(/external website/);
  await dialog.click('Open');
  const page = await opened;
  page.setDefaultTimeout(20_000);
  return page;
}

async function fillIn(page: Page, username: keyof typeof passwords): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(passwords[username]);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Where the page sends the browser: Chromium cannot open VS Code's own addresses. */
function redirectTo(page: Page, scheme: string): Promise<string> {
  return new Promise((resolve) => {
    page.on('response', (response) => {
      const location = response.headers()['location'];
      if (location?.startsWith(scheme)) resolve(location);
    });
  });
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
  after(() => endStartedSandbox(window()));

  it('opens the page of the user pool, and comes back by a port', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Who do you want to be?');
    await quickInput.dismiss();

    const page = await openSignInPage(window(), 'To a port of this machine');
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
    const { quickInput, dialog, page: workbench, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('How do you want to sign in?');
    const opened = workbench.context().waitForEvent('page');
    await quickInput.pick('In the browser, as someone else');
    const page = await confirmed(dialog, opened);
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
    const { quickInput, dialog, page: workbench, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('How do you want to sign in?');
    const opened = workbench.context().waitForEvent('page');
    await quickInput.pick(/^In the browser(?!,)/);
    const page = await confirmed(dialog, opened);
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
});

journey("signing in by VS Code's own address", {}, (window) => {
  after(() => endStartedSandbox(window()));

  it('takes the address that the page leads to', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Who do you want to be?');
    await quickInput.dismiss();

    const page = await openSignInPage(window(), 'By a code-oss:// link');
    const redirect = redirectTo(page, 'code-oss://');
    await fillIn(page, 'reader');
    const address = await redirect;
    await page.close();
    await handOver(window(), address);
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('takes a pasted address too, by the link in the notification', async () => {
    const { quickInput, dialog, page: workbench, notifications } = window();
    await window().runCommand('Sign In in Browser…');
    await quickInput.waitFor('How do you want to sign in?');
    const opened = workbench.context().waitForEvent('page');
    await quickInput.pick('In the browser, as someone else');
    const page = await confirmed(dialog, opened);
    const redirect = redirectTo(page, 'code-oss://');
    await fillIn(page, 'admin');
    const address = await redirect;
    await page.close();
    const toast = notifications.toast('Waiting for the sign-in to Sandbox');
    await toast.getByText('Paste Redirected Address…').click();
    await quickInput.answer('Paste Redirected Address', address);
    await window()
      .tree()
      .waitFor(/admin.*active/);
  });
});
