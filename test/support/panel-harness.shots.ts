/** Pictures of the page's states, for looking at: `node --import tsx test/support/panel-harness.shots.ts FOLDER [TEXT]`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { bucket, identityId } from './panel-harness.data';
import { buildPanel, launchChromium, openPanel, type OpenOptions } from './panel-harness';

const [folder = 'out/panel-shots', only = ''] = process.argv.slice(2);
const own = `s3://${bucket}/private/${identityId}/`;

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

async function openAddress(page: Page, address: string): Promise<void> {
  await openTab(page, 'S3');
  await page.getByRole('textbox', { name: 'S3 address' }).fill(address);
  await page.getByRole('textbox', { name: 'S3 address' }).press('Enter');
}

async function askAdmin(page: Page): Promise<void> {
  await openTab(page, 'Credentials');
  await page.getByRole('button', { name: 'Ask as Administrator' }).click();
  await page.locator('#why-admin').scrollIntoViewIfNeeded();
  await page.locator('#why-admin').evaluate((element) => element.scrollIntoView());
}

const failing = `fakeHost.answers['credentials/load'] = () => fakeHost.data.refusedCredentials();`;

async function findCause(page: Page): Promise<void> {
  await page.evaluate(() =>
    window.fakeHost.change({ tabRequest: { id: 1, tab: 'credentials', findCause: true } }),
  );
  await page.locator('.cause').waitFor();
}

interface Scene extends Pick<OpenOptions, 'root' | 'prepare'> {
  readonly act?: (page: Page) => Promise<void>;
}

const foreign = (data: string): Scene => ({
  root: 'cognito-token',
  prepare: `fakeHost.answers['token/load'] = () => fakeHost.data.${data};`,
});

const scenes: Readonly<Record<string, Scene>> = {
  token: { root: 'cognito-token' },
  'token-revealed': {
    root: 'cognito-token',
    act: async (page) => {
      await page.getByRole('button', { name: 'Reveal Token' }).click();
      await page.getByRole('button', { name: 'Ask Cognito Whether It Is Revoked' }).click();
      await page.getByText('Revoked: Cognito refuses it.').waitFor();
    },
  },
  'token-foreign': {
    ...foreign('foreignToken(Date.now())'),
    act: (page) => page.getByRole('button', { name: 'Paste Keys…' }).click(),
  },
  'token-hostile': foreign('hostileToken(Date.now())'),
  'token-confused': foreign('confusedToken(Date.now())'),
  'token-large': foreign('largeToken(Date.now(), 10_000)'),
  'token-large-json': {
    ...foreign('largeToken(Date.now(), 10_000)'),
    act: (page) => page.getByRole('button', { name: 'JSON' }).click(),
  },
  'token-turned': foreign('turnedToken(Date.now())'),
  'token-encrypted': foreign('encryptedToken()'),
  'token-unreadable': foreign('unreadableToken()'),
  'token-none': foreign('noToken()'),
  tokens: {},
  'tokens-hostile': {
    prepare: `fakeHost.answers['tokens/load'] = () => fakeHost.data.hostileTokens(Date.now());`,
  },
  credentials: { act: (page) => openTab(page, 'Credentials') },
  'credentials-revealed': {
    act: async (page) => {
      await openTab(page, 'Credentials');
      await page.getByRole('button', { name: 'Reveal AWS_SESSION_TOKEN' }).click();
    },
  },
  'admin-role': { act: (page) => askAdmin(page) },
  'admin-hostile': {
    prepare: `fakeHost.answers['credentials/explainAsAdmin'] = () => fakeHost.data.longAdminRole();`,
    act: async (page) => {
      await askAdmin(page);
      await page.getByText('What decides it').first().click();
    },
  },
  'admin-none': {
    prepare: `fakeHost.answers['credentials/load'] = () => ({ ...fakeHost.data.credentialsView(Date.now()), adminName: undefined });`,
    act: async (page) => {
      await openTab(page, 'Credentials');
      await page.getByRole('button', { name: 'Choose AWS Profile…' }).scrollIntoViewIfNeeded();
    },
  },
  cause: { prepare: failing, act: findCause },
  'cause-more': {
    prepare: failing,
    act: async (page) => {
      await findCause(page);
      for (const summary of await page.locator('.cause summary').all()) await summary.click();
      await page.locator('#cause-trust').scrollIntoViewIfNeeded();
    },
  },
  'cause-none': {
    prepare: `${failing} fakeHost.answers['credentials/findCause'] = () => fakeHost.data.noCause();`,
    act: findCause,
  },
  'cause-works': {
    prepare: `fakeHost.answers['credentials/findCause'] = () => fakeHost.data.nothingFails();`,
    act: findCause,
  },
  'cause-asking': { prepare: `${failing} fakeHost.held.add('credentials/findCause');`, act: findCause },
  'cause-guest': {
    prepare: `fakeHost.state = { ...fakeHost.state, state: 'signed-out', expiresAt: undefined, kind: 'guest', name: 'guest', notice: 'AWS refused it credentials, so there is no session.' };`,
    act: findCause,
  },
  locations: { act: (page) => openTab(page, 'S3') },
  folder: { act: (page) => openAddress(page, own) },
  json: { act: (page) => openAddress(page, `${own}profile.json`) },
  image: { act: (page) => openAddress(page, `${own}photo.png`) },
  many: { act: (page) => openAddress(page, `s3://${bucket}/public/many/`) },
  odd: { act: (page) => openAddress(page, `s3://${bucket}/public/odd/`) },
  denied: { act: (page) => openAddress(page, `s3://${bucket}/secret/`) },
  download: {
    prepare: `fakeHost.held.add('s3/download');`,
    act: async (page) => {
      await openAddress(page, `${own}big.bin`);
      await page.getByRole('row', { name: 'big.bin' }).click();
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      await page.evaluate(() => {
        const asked = window.fakeHost.requests('s3/download').at(-1);
        const { downloadId } = asked?.input as { downloadId: string };
        window.fakeHost.send({ type: 's3/progress', downloadId, bytes: 3_300_000, total: 6_291_456 });
      });
    },
  },
  loading: { prepare: `fakeHost.held.add('tokens/load');` },
  'signed-out': {
    prepare: `fakeHost.state = { ...fakeHost.state, state: 'signed-out', expiresAt: undefined, notice: 'The refresh token was revoked. Sign in again to go on.' };`,
  },
  expiring: {
    prepare: `fakeHost.state = { ...fakeHost.state, state: 'expiring', expiresAt: Date.now() + 250000, name: 'someone.with.a.very.long.user.name@department.example-company.co.uk', connectionLabel: 'A connection with a long name (ap-southeast-2)' };`,
  },
};

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  const files = await buildPanel(true);
  console.log(
    `panel.js ${String(files['panel.js']?.body.length)} bytes, panel.css ${String(files['panel.css']?.body.length)} bytes`,
  );
  const looks: readonly [string, OpenOptions][] = [
    ['400-dark', { width: 400, height: 800, theme: 'dark' }],
    ['700-light', { width: 700, height: 800, theme: 'light' }],
    ['1100-dark', { width: 1100, height: 800, theme: 'dark' }],
    ['320-hc', { width: 320, height: 500, theme: 'hc-dark' }],
    ['1100-light', { width: 1100, height: 800, theme: 'light' }],
  ];
  for (const [name, scene] of Object.entries(scenes)) {
    for (const [look, options] of looks) {
      const shot = `${name}-${look}`;
      if (!shot.includes(only)) continue;
      const { page, complaints, close } = await openPanel(browser, files, { ...options, ...scene });
      await scene.act?.(page);
      await page.waitForTimeout(250);
      await page.screenshot({ path: path.join(folder, `${shot}.png`) });
      if (complaints.length > 0) console.log(shot, complaints);
      await close();
    }
  }
  await browser.close();
}

void main();
