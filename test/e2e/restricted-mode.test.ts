import assert from 'node:assert/strict';
import { sandboxSettings } from '../../scripts/lib/sandbox.mjs';
import { startTestSandbox, type TestSandbox } from '../support/sandbox';
import type { Settings, WindowOptions } from '../support/vscode-window';
import { journey } from './support/journey';

let sandbox: TestSandbox;

/** A connection to the sandbox under another id and name. */
function connection(id: string, name: string): Settings {
  const settings = sandboxSettings(JSON.parse(JSON.stringify(sandbox.description)));
  const [seed] = settings['cognitoWorkbench.connections'];
  return { 'cognitoWorkbench.connections': [{ ...seed, id, name }] };
}

async function untrusted(): Promise<WindowOptions> {
  sandbox = await startTestSandbox();
  return {
    trustAll: false,
    settings: { 'security.workspace.trust.startupPrompt': 'never', ...connection('mine', 'Mine') },
    workspaceSettings: connection('theirs', 'Theirs'),
  };
}

journey('Restricted Mode', untrusted, (window) => {
  after(() => sandbox.stop());

  it('withholds the connection of the workspace and keeps the person’s own', async () => {
    await window().openContainer();
    await window().statusBarItem('Restricted Mode').waitFor();
    await window().tree().waitFor('Mine');
    assert.ok(!(await window().tree().rows()).some((row) => row.includes('Theirs')));
  });

  it('signs in to the person’s own', async () => {
    const { quickInput, dialog } = window();
    await window().tree().action('Mine', 'Sign In…');
    await dialog.waitFor('Send your sign-in to');
    await dialog.click('Sign In There');
    await quickInput.answer('User name', 'reader');
    await quickInput.answer('Password of reader', sandbox.user('reader').password);
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });

  it('brings the connection of the workspace once it is trusted', async () => {
    await window().runCommand('Workspaces: Manage Workspace Trust');
    await window().page.getByRole('button', { name: 'Trust', exact: true }).click();
    await window().tree().waitFor('Theirs');
    await window()
      .tree()
      .waitFor(/reader.*active/);
  });
});
