import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { OPEN_POOL_ID } from '../../sandbox/seed/identity-pool-names';
import { clearMessages, dismiss, inspector, type Step, toTheTop, untilWhy } from './tour-parts';
import { startedSandbox } from './vscode-sandbox';
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

const providers: Step[] = [
  {
    name: 'provider-choice',
    async go(window) {
      await window.runCommand('Sign In with Provider…');
      await window.quickInput.pick(open);
      await window.quickInput.waitFor('played by the sandbox');
    },
  },
  {
    name: 'provider-wrong-token',
    async go(window) {
      await window.quickInput.pick(/^Login with Amazon/);
      await window.quickInput.answer(/token of Login with Amazon/, 'ya29.a-token-of-somebody-else');
      await window.quickInput.waitForMessage(/Google/);
    },
    leave: dismiss,
  },
  {
    name: 'provider-user',
    async go(window) {
      await window.runCommand('Sign In with Provider…');
      await window.quickInput.pick(open);
      await window.quickInput.pick('Google');
      await window.quickInput.answer("Who signs in at the sandbox's Google?", 'gina');
      const driver = await credentialsOf(window, 'gina', 'OpenReaders');
      await driver.open('Tokens');
      await driver.card('Login: Google').getByText('accounts.google.com').first().waitFor();
    },
  },
  {
    name: 'provider-two-logins',
    async go(window) {
      await window.runCommand('Link Login…');
      await window.quickInput.pick('Facebook');
      await window.quickInput.answer("Who signs in at the sandbox's Facebook?", 'gina.f');
      const driver = await inspector(window, 'gina');
      await driver.card('Login: Facebook').waitFor();
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
      const flow = frame.getByRole('region', { name: 'How they came: enhanced flow' });
      await flow.getByText('GetOpenIdTokenForDeveloperIdentity').waitFor();
      await toTheTop(flow);
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
    name: 'role-as-administrator',
    async go(window) {
      const { frame } = await inspector(window, 'reader');
      await frame.getByRole('button', { name: 'Ask as Administrator' }).click();
      await frame.getByRole('heading', { name: 'How the identity pool chose' }).waitFor();
      await toTheTop(frame.getByRole('region', { name: 'Why this role' }));
    },
  },
  {
    name: 'role-as-administrator-trust-and-access',
    async go(window) {
      const { frame } = await inspector(window, 'reader');
      await toTheTop(frame.getByRole('heading', { name: 'Trust policy of the role, line by line' }));
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

const causes: Step[] = [
  {
    name: 'credentials-refused',
    async go(window) {
      await giveRole(window, 'Readers');
      await window.editorTab('Inspector: rita-42').click();
      const driver = await inspector(window, 'rita-42');
      const { frame } = driver;
      await driver.open('Credentials');
      await frame.getByRole('button', { name: 'Refresh' }).click();
      await window.notifications.waitFor('rita-42 could not get a role from AWS');
    },
  },
  {
    name: 'what-really-failed-asks',
    async go(window) {
      await window.notifications.click('rita-42 could not get a role from AWS', 'Find the Cause');
      await window.dialog.waitFor('Replay the basic flow with role Readers?');
    },
  },
  {
    name: 'what-really-failed',
    async go(window) {
      await window.dialog.click('Replay');
      const { frame } = await inspector(window, 'rita-42');
      await frame.getByRole('button', { name: 'Copy AWS CLI Command' }).waitFor();
    },
  },
];

/** The pool of guests and providers gives this role to everybody who is signed in, as an administrator may set it. */
async function giveRole(window: VsCodeWindow, role: string): Promise<void> {
  const { api: endpoint, region, admin: credentials, accountId } = startedSandbox(window);
  const pools = new CognitoIdentity({ endpoint, region, credentials });
  await pools.setIdentityPoolRoles({
    IdentityPoolId: OPEN_POOL_ID,
    Roles: { authenticated: `arn:aws:iam::${accountId}:role/${role}` },
  });
  pools.destroy();
}

/** Every kind of identity, every way to a role, and why. */
export const identityKinds: readonly Step[] = [...guests, ...providers, ...developers, ...roles, ...causes];
