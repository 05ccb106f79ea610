import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { hasChromium, launchChromium } from '../../../support/panel-harness';
import { claimsOf, Scene } from './scene';

const axe = readFileSync(require.resolve('axe-core'), 'utf8');

(hasChromium ? describe : describe.skip)('sandbox hosted UI, in a real Chromium', function () {
  this.timeout(60_000);
  let scene: Scene;
  let app: Server;
  let callback: string;
  let client: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  before(async () => {
    scene = await Scene.start();
    app = createServer((_, response) => response.end('<title>app</title>Back in the app'));
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`;
    client = (
      await scene.addClient({
        CallbackURLs: [callback, 'code-oss://cognito-workbench.cognito-workbench/callback'],
        LogoutURLs: [callback],
      })
    ).id;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    app?.closeAllConnections();
    await new Promise<void>((resolve) => app.close(() => resolve()));
    await scene?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy|Refused/i.test(message.text())) complaints.push(message.text());
    });
  });
  afterEach(() => context.close());

  const address = (change: Record<string, string | undefined> = {}): string =>
    scene.address({ client_id: client, redirect_uri: callback, ...change });

  async function fillIn(username: string, password = scene.sandbox.user(username).password): Promise<void> {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async function accessible(): Promise<void> {
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => {
      const run = (window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe;
      return (await run.run()).violations.map(({ id }) => id);
    });
    assert.deepEqual(faults, []);
  }

  it('signs in, comes back with a code, and remembers the user until sign-out', async () => {
    await page.goto(address());
    assert.equal(await page.title(), 'Sign in to app');
    await accessible();
    await fillIn('reader', 'wrong');
    assert.equal(await page.getByRole('alert').textContent(), 'Incorrect username or password.');
    await accessible();
    await fillIn('reader');
    await page.waitForURL((url) => url.href.startsWith(callback));
    const back = new URL(page.url());
    assert.equal(back.searchParams.get('state'), 'st&te=1');
    const code = back.searchParams.get('code') ?? '';
    const { body } = await scene.exchange(code, { client_id: client, redirect_uri: callback });
    assert.equal(claimsOf(String(body['id_token']))['cognito:username'], 'reader');

    await page.goto(address());
    assert.ok(page.url().startsWith(callback), 'signed in silently');
    await page.goto(`${scene.api}/logout?client_id=${client}&logout_uri=${encodeURIComponent(callback)}`);
    assert.equal(page.url(), callback);
    await page.goto(address());
    assert.equal(await page.title(), 'Sign in to app');
    assert.deepEqual(complaints, []);
  });

  it('changes a temporary password on the way', async () => {
    await page.goto(address());
    await fillIn('newcomer');
    assert.equal(await page.title(), 'Change your password');
    await accessible();
    await page.getByLabel('New password').fill('Newcomer-2-Sandbox!');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback));
    assert.deepEqual(complaints, []);
  });

  it('hands over to an app by its own scheme', async () => {
    await page.goto(address({ redirect_uri: 'code-oss://cognito-workbench.cognito-workbench/callback' }));
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await fillIn('reader');
    const response = await answered;
    assert.equal(response.status(), 302);
    assert.match(
      (await response.headerValue('location')) ?? '',
      /^code-oss:\/\/cognito-workbench\.cognito-workbench\/callback\?code=[\w-]+&state=st%26te%3D1$/,
    );
    assert.deepEqual(complaints, []);
  });

  it('shows its own error page for a callback that is not registered', async () => {
    await page.goto(address({ redirect_uri: `${callback}/` }));
    assert.match(page.url(), /\/error\?error=redirect_mismatch/);
    assert.equal(await page.locator('#error').textContent(), 'redirect_mismatch');
    await accessible();
  });

  it('has pages without faults for signing up', async () => {
    await page.goto(address());
    await page.getByRole('link', { name: 'Sign up' }).click();
    await accessible();
    await page.getByLabel('Username').fill('chromium');
    await page.getByLabel('Email').fill('chromium@example.com');
    await page.getByLabel('Password').fill('Chromium-1-Sandbox!');
    await page.getByRole('button', { name: 'Sign up' }).click();
    assert.equal(await page.title(), 'Confirm your account');
    await accessible();
    const message = (await scene.sandbox.control.outbox()).find(({ username }) => username === 'chromium');
    await page.getByLabel('Verification code').fill(message?.code ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback));
    assert.deepEqual(complaints, []);
  });
});
