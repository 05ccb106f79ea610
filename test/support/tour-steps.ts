import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { USERS } from '../../sandbox/seed/names';
import { InspectorDriver } from './vscode-inspector';
import { clearMessages, dismiss, inspector, type Step, toTheTop, untilWhy } from './tour-parts';
import { signInToSandbox } from './vscode-sandbox';
import { untilStored } from './vscode-stored';
import type { VsCodeWindow } from './vscode-window';

const bucket = 's3://notes-app-uploads';

async function passed(driver: InspectorDriver, token: string): Promise<void> {
  const checks = driver.card(token).getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await checks.first().waitFor();
  const texts = await checks.allInnerTexts();
  assert.equal(texts.filter((text) => /^[\w ]+: passed\./.test(text.trim())).length, 6, texts.join('\n'));
}

async function asAnotherUser(window: VsCodeWindow, name: string, password: string): Promise<void> {
  await signInToSandbox(window);
  await window.quickInput.pick('Another user…');
  await window.quickInput.answer('User name', name);
  await window.quickInput.answer(`Password of ${name}`, password);
}

const start: Step[] = [
  {
    name: 'welcome',
    async go(window) {
      await window.openContainer();
      await window.page.getByRole('button', { name: 'Try the Sandbox' }).waitFor();
    },
  },
  {
    name: 'commands',
    async go(window) {
      await window.showCommands('Cognito: ');
      await window.quickInput.waitFor('Cognito: Add Connection…');
    },
    leave: dismiss,
  },
  {
    name: 'sandbox-users',
    async go(window) {
      await window.runCommand('Start Sandbox');
      await window.quickInput.waitFor('Gets the role Readers');
      await window.tree().waitFor('Sandbox');
    },
  },
];

const tokens: Step[] = [
  {
    name: 'tokens',
    async go(window) {
      await window.quickInput.pick('reader');
      const driver = await inspector(window, 'reader');
      await passed(driver, 'ID token');
      await passed(driver, 'Access token');
      await window.statusBarItem(/reader · \d+ min/).waitFor();
      await window.tree().expand('reader');
      await window.tree().waitFor(/AWS credentials.*Readers/);
    },
  },
  {
    name: 'claims',
    async go(window) {
      const card = (await inspector(window, 'reader')).card('ID token');
      await toTheTop(card.getByRole('heading', { name: 'Groups and roles' }));
      await card.getByText('The groups of the user pool that the user is in').waitFor();
    },
  },
];

const credentials: Step[] = [
  {
    name: 'credentials',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await untilWhy(driver, 'Readers');
      assert.match(await driver.secret('AWS_SECRET_ACCESS_KEY'), /^.{4}….{4}$/);
    },
  },
  {
    name: 'why-this-role',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.open('Tokens');
      await driver.card('ID token').getByRole('button', { name: 'Why this role' }).click();
      await driver.frame.getByText('the preferred role · fits').waitFor();
      await driver.frame.getByText('What only an administrator can see').waitFor();
    },
  },
  {
    name: 'copy-credentials',
    async go(window) {
      await window.runCommand('Copy Credentials As…');
      await window.quickInput.waitFor('PowerShell');
    },
    leave: dismiss,
  },
];

const objects: Step[] = [
  {
    name: 's3-locations',
    async go(window) {
      const driver = await inspector(window, 'reader');
      const panel = await driver.open('S3');
      await panel.getByRole('heading', { name: 'Locations of this connection' }).waitFor();
    },
  },
  {
    name: 's3-json',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.frame.getByRole('button', { name: '/private/${identityId}/' }).click();
      assert.match(await driver.previewText('profile.json'), /"username": "reader"/);
    },
  },
  {
    name: 's3-image',
    async go(window) {
      const image = await (await inspector(window, 'reader')).previewImage('photo.png');
      await image.evaluate((element: HTMLImageElement) => element.decode());
      assert.equal(await image.evaluate((element: HTMLImageElement) => element.naturalWidth), 320);
    },
  },
  {
    name: 's3-download',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.row('big.bin').click();
      await driver.details.getByText('application/octet-stream').waitFor();
      await driver.details.getByRole('button', { name: 'Download' }).click();
      const file = path.join(window.workspace, 'big.bin');
      await window.quickInput.waitForValue(file);
      await window.quickInput.accept();
      await driver.downloads.getByText('Saved big.bin').waitFor();
      assert.ok(existsSync(file));
    },
    async leave(window) {
      const driver = await inspector(window, 'reader');
      await driver.downloads.getByRole('button', { name: 'Dismiss big.bin' }).click();
    },
  },
  {
    name: 's3-denied',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.goTo(`${bucket}/secret/`);
      await driver.explanation.getByText('Your role may not list').waitFor();
      await driver.explanation.getByRole('button', { name: `${bucket}/public/` }).waitFor();
    },
  },
  {
    name: 's3-2500-keys',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.goTo(`${bucket}/public/many/`);
      await driver.counts('1,000 shown, more below');
      while ((await driver.row('note-2500.txt').count()) === 0)
        await driver.grid.evaluate((grid) => (grid.scrollTop += 3 * grid.clientHeight));
      await driver.counts('2,500 objects');
    },
  },
  {
    name: 's3-odd-keys',
    async go(window) {
      const driver = await inspector(window, 'reader');
      await driver.goTo(`${bucket}/public/odd/`);
      await driver.row('100%.txt').click();
      await driver.details.getByText('text/plain').waitFor();
    },
  },
];

const several: Step[] = [
  {
    name: 'two-identities',
    async go(window) {
      await signInToSandbox(window);
      await window.quickInput.pick('admin');
      await window.tree().waitFor(/admin.*active/);
      await window.runCommand('Open Inspector');
      await untilWhy(await inspector(window, 'admin'), 'Admins');
      await window.tree().expand('admin');
      await window.tree().waitFor(/AWS credentials.*Admins/);
    },
  },
  {
    name: 'admin-sees-more',
    async go(window) {
      const driver = await inspector(window, 'admin');
      await driver.open('S3');
      await driver.goTo(`${bucket}/secret/`);
      assert.match(await driver.previewText('plan.txt'), /only Admins can read this/);
    },
  },
  {
    name: 'switch-identity',
    async go(window) {
      await window.runCommand('Switch Active Identity…');
      await window.quickInput.waitFor('reader');
    },
    async leave(window) {
      await window.quickInput.pick('reader');
      await window.statusBarItem(/reader · \d+ min/).waitFor();
    },
  },
  {
    name: 'status-bar-menu',
    async go(window) {
      await window.statusBarItem(/reader · \d+ min/).click();
      await window.quickInput.waitFor('Refresh Credentials');
    },
    leave: dismiss,
  },
  {
    name: 'still-signed-in-after-a-reload',
    async go(window) {
      const sub = USERS.find(({ username }) => username === 'reader')?.sub ?? '';
      await untilStored(window, new RegExp(`activeIdentity[^}]*user:${sub}`));
      await untilStored(window, /Inspector: admin.*\/secret\//);
      await window.reload();
      await window.statusBarItem(/reader · \d+ min/).waitFor();
      await window.tree().waitFor(/reader.*active/);
      await window.tree().waitFor(/admin/);
      await inspector(window, 'admin');
      await window.editorTab('Inspector: reader').click();
      const driver = await inspector(window, 'reader');
      await driver.row('100%.txt').waitFor();
    },
  },
  {
    name: 'refreshed',
    async go(window) {
      await untilWhy(await inspector(window, 'reader'), 'Readers');
      await window.runCommand('Refresh Credentials');
      await window.notifications.waitFor('The AWS credentials of reader are valid until');
    },
    leave: clearMessages,
  },
];

const looks: Step[] = [
  {
    name: 'high-contrast',
    only: 'dark',
    async go(window) {
      await window.setTheme('hc');
      await passed(await opened(window), 'ID token');
    },
    leave: (window) => window.setTheme('dark'),
  },
  {
    name: 'narrow',
    only: 'dark',
    async go(window) {
      await window.page.setViewportSize({ width: 700, height: 800 });
      await passed(await opened(window), 'ID token');
    },
    leave: (window) => window.page.setViewportSize({ width: 1280, height: 800 }),
  },
];

async function opened(window: VsCodeWindow): Promise<InspectorDriver> {
  const driver = await inspector(window, 'reader');
  await driver.open('Tokens');
  return driver;
}

const helps: Step[] = [
  {
    name: 'new-password',
    async go(window) {
      await signInToSandbox(window);
      await window.quickInput.pick('newcomer');
      await window.quickInput.waitFor('newcomer must choose a new password');
    },
    leave: dismiss,
  },
  {
    name: 'wrong-password',
    async go(window) {
      await asAnotherUser(window, 'reader', 'not-the-Passw0rd');
      await window.notifications.waitFor('Cognito refused the sign-in of reader');
    },
    leave: clearMessages,
  },
  {
    name: 'add-connection',
    async go(window) {
      await window.runCommand('Add Connection…');
      await window.quickInput.waitFor('Amazon Cognito console → User pools');
    },
  },
  {
    name: 'add-connection-checks',
    async go(window) {
      await window.quickInput.type('us-west-2-AbCdEfGhI');
      await window.quickInput.accept();
      await window.quickInput.waitForMessage('Not a user pool ID');
    },
    leave: dismiss,
  },
  {
    name: 'sandbox-stopped',
    async go(window) {
      await window.runCommand('Stop Sandbox');
      await window.tree().waitFor(/reader.*signed out/);
      const { frame } = new InspectorDriver(window);
      await frame.getByRole('heading', { name: 'reader is signed out' }).filter({ visible: true }).waitFor();
    },
  },
];

/** From the sandbox to the objects that a role can see. */
export const mainJob: readonly Step[] = [
  ...start,
  ...tokens,
  ...credentials,
  ...objects,
  ...several,
  ...looks,
  ...helps,
];
