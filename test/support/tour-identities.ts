import { clearMessages, dismiss, inspector, type Step, toTheTop, untilWhy } from './tour-parts';
import type { VsCodeWindow } from './vscode-window';

const open = 'Sandbox: Guests and providers';
const rules = 'Sandbox: Roles by rules';

/** Who is active, and the Inspector of them with the role that they have. */
async function credentialsOf(window: VsCodeWindow, name: string, role: string) {
  await window.tree().waitFor(new RegExp(`${name}.*active`));
  await window.runCommand('Open Inspector');
  const driver = await inspector(window, name);
  await untilWhy(driver, role);
  return driver;
}

async function signInTo(window: VsCodeWindow, connection: string | RegExp, user: string): Promise<void> {
  await window.tree().contextMenu(connection, 'Sign In…');
  await window.quickInput.pick(new RegExp(`^${user}`));
}

const guests: Step[] = [
  {
    name: 'guest',
    async go(window) {
      await window.openContainer();
      await window.runCommand('Start Sandbox');
      await window.quickInput.waitFor('Gets the role Readers');
      await window.quickInput.dismiss();
      await window.runCommand('Continue as Guest');
      await window.quickInput.pick(open);
      const { frame } = await credentialsOf(window, 'guest', 'OpenGuest');
      await frame.getByText('because you come without a login').waitFor();
    },
  },
  {
    name: 'guest-less-than-the-role',
    async go(window) {
      const { frame } = await inspector(window, 'guest');
      await frame.getByText('AWS adds a session policy to every guest').waitFor();
      await toTheTop(frame.getByRole('region', { name: 'Why this role' }));
    },
  },
  {
    name: 'basic-flow-beside',
    async go(window) {
      const { frame } = await inspector(window, 'guest');
      await frame.getByRole('button', { name: 'Try the Basic Flow' }).click();
      await frame.getByText('The same role: OpenGuest.').waitFor();
      // High enough for both flows at once.
      await window.page.setViewportSize({ width: 1280, height: 880 });
      await toTheTop(frame.getByRole('region', { name: 'How they came: enhanced flow' }));
    },
    leave: (window) => window.page.setViewportSize({ width: 1280, height: 800 }),
  },
  {
    name: 'guest-becomes-user',
    async go(window) {
      await signInTo(window, open, 'admin');
      await window.notifications.waitFor('admin took over the identity of the guest');
      await credentialsOf(window, 'admin', 'OpenReaders');
    },
    leave: clearMessages,
  },
];

const developers: Step[] = [
  {
    name: 'developer-identity-ways',
    async go(window) {
      await window.runCommand('Sign In as Developer Identity…');
      await window.quickInput.pick(open);
      await window.quickInput.waitFor('Paste what my backend returned');
    },
  },
  {
    name: 'developer-identity',
    async go(window) {
      await window.quickInput.pick('Ask Cognito with the administrator of the sandbox');
      await window.quickInput.answer('login.notes.app', 'rita-42');
      const { frame } = await credentialsOf(window, 'rita-42', 'OpenReaders');
      await frame.getByText('GetOpenIdTokenForDeveloperIdentity').first().waitFor();
    },
  },
  {
    name: 'developer-identity-token',
    async go(window) {
      const driver = await inspector(window, 'rita-42');
      await driver.open('Tokens');
      await driver.card('Login: Developer provider').getByText('login.notes.app', { exact: true }).waitFor();
    },
  },
  {
    name: 'developer-identities-manage',
    async go(window) {
      await window.runCommand('Manage Developer Identities…');
      await window.quickInput.pick(open);
      await window.quickInput.waitFor('Merge Two Users');
    },
    leave: dismiss,
  },
];

const roles: Step[] = [
  {
    name: 'choose-role',
    async go(window) {
      await signInTo(window, /^Sandbox(?!:)/, 'both');
      const { frame } = await credentialsOf(window, 'both', 'Admins');
      await frame.getByRole('button', { name: 'Choose Role…' }).click();
      await window.quickInput.waitFor('preferred by the token');
    },
  },
  {
    name: 'chosen-role',
    async go(window) {
      await window.quickInput.pick(/^Readers/);
      await window.notifications.waitFor('The AWS credentials of both now have the role Readers.');
      const { frame } = await inspector(window, 'both');
      await frame.getByText('You have the role Readers because you chose it.').waitFor();
      await toTheTop(frame.getByRole('region', { name: 'Why this role' }));
    },
    leave: clearMessages,
  },
  {
    name: 'roles-by-rules',
    async go(window) {
      await signInTo(window, rules, 'reader');
      const { frame } = await credentialsOf(window, 'reader', 'RulesReaders');
      await toTheTop(frame.getByRole('region', { name: 'Why this role' }));
    },
  },
  {
    name: 'compare-identities',
    async go(window) {
      await window.runCommand('Compare Identities…');
      await window.quickInput.pick('both');
      await window.editorTab('reader ↔ both').waitFor();
      const lines = window.page.locator('.monaco-diff-editor .view-line');
      for (const line of [/"name":\s"reader"/, /"name":\s"both"/])
        await lines.filter({ hasText: line }).first().waitFor();
    },
  },
];

/** Every kind of identity, every way to a role, and why. */
export const identityKinds: readonly Step[] = [...guests, ...developers, ...roles];
