import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from '../../scripts/lib/temp.mjs';
import { pictureOnFailure, VsCodeWindow } from '../support/vscode-window';

/** A small extension with one of everything that journeys drive. */
const manifest = {
  name: 'fixture',
  publisher: 'fixture',
  version: '1.0.0',
  engines: { vscode: '^1.103.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [
      { command: 'fixture.ask', category: 'Fixture', title: 'Ask…' },
      { command: 'fixture.panel', category: 'Fixture', title: 'Open Panel' },
      { command: 'fixture.secret', category: 'Fixture', title: 'Show Secret' },
    ],
    viewsContainers: { activitybar: [{ id: 'fixture', title: 'Fixture', icon: 'icon.svg' }] },
    views: { fixture: [{ id: 'fixture.things', name: 'Things' }] },
  },
};

const program = `
const vscode = require('vscode');
exports.activate = (context) => {
  const status = vscode.window.createStatusBarItem('fixture.status', 1);
  status.text = '$(key) fixture idle';
  status.show();
  const tree = {
    getTreeItem: (name) => {
      const item = new vscode.TreeItem(name, name === 'root' ? 1 : 0);
      item.description = 'of ' + name;
      return item;
    },
    getChildren: (name) => (name ? ['leaf'] : ['root']),
  };
  context.subscriptions.push(
    status,
    vscode.window.createTreeView('fixture.things', { treeDataProvider: tree }),
    vscode.commands.registerCommand('fixture.ask', async () => {
      const color = await vscode.window.showQuickPick(
        [{ label: 'red', description: 'warm', detail: 'a colour' }, { label: 'blue' }], { title: 'Colour' });
      const name = await vscode.window.showInputBox({ title: 'Name', prompt: 'Who?', password: true,
        validateInput: (text) => (text === 'nobody' ? 'Not nobody' : undefined) });
      await context.secrets.store('name', name);
      status.text = 'fixture asked';
      const answer = await vscode.window.showInformationMessage(color.label + ' for ' + name, 'More');
      if (answer === 'More') await vscode.window.showWarningMessage('Really more?', { modal: true }, 'Yes');
      status.text = 'fixture done';
    }),
    vscode.commands.registerCommand('fixture.secret', async () =>
      vscode.window.showInformationMessage('secret: ' + (await context.secrets.get('name')))),
    vscode.commands.registerCommand('fixture.panel', () => {
      const panel = vscode.window.createWebviewPanel('fixture', 'Fixture Panel', 1, { enableScripts: true });
      panel.webview.html = '<button onclick="this.textContent = \\'pressed\\'">press</button>';
    }),
  );
};
`;

describe('the driver of VS Code', () => {
  let window: VsCodeWindow;
  pictureOnFailure(() => window);

  before(async () => {
    const extensionsDir = tempFolder('fixture');
    const folder = path.join(extensionsDir, 'fixture.fixture-1.0.0');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(path.join(folder, 'main.js'), program);
    writeFileSync(path.join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    window = await VsCodeWindow.open({ extensionsDir });
  });

  after(() => window.close());

  it('runs a command and answers quick inputs, notifications and dialogs', async () => {
    const { quickInput, notifications, dialog } = window;
    await window.runCommand('Fixture: Ask…');
    assert.equal(await quickInput.title(), 'Colour');
    assert.deepEqual(await quickInput.items(), [
      { label: 'red', description: 'warm', detail: 'a colour' },
      { label: 'blue', description: '', detail: '' },
    ]);
    await quickInput.pick('blue');
    await quickInput.waitFor('Who?');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.type('nobody');
    assert.match(await quickInput.waitForMessage('Not nobody'), /Not nobody/);
    await quickInput.answer('Name', 'somebody');
    assert.equal(await notifications.waitFor('for somebody'), 'blue for somebody');
    assert.equal(await window.statusBarText('fixture'), 'fixture asked');
    await notifications.click('for somebody', 'More');
    assert.match(await dialog.waitFor('Really more?'), /Really more\?/);
    await dialog.click('Yes');
    await window.statusBarItem('fixture done').waitFor();
  });

  it('reads a tree', async () => {
    await window.openContainer('Fixture');
    const tree = window.tree('Things');
    await tree.expand('root');
    await tree.waitFor('leaf');
    assert.deepEqual(await tree.rows(), ['root of root', '  leaf of leaf']);
  });

  it('reaches into a webview', async () => {
    await window.runCommand('Fixture: Open Panel');
    const button = window.inspectorFrame().getByRole('button');
    await button.click();
    assert.equal(await button.textContent(), 'pressed');
    assert.equal(await window.editorTab('Fixture Panel').count(), 1);
  });

  it('changes the theme', async () => {
    await window.setTheme('hc');
    await window.setTheme('light');
    await window.setTheme('dark');
    assert.equal(await window.page.locator('.monaco-workbench.vs, .monaco-workbench.hc-black').count(), 0);
  });

  it('changes settings: of the workspace at once, of the user with a reload', async () => {
    const bar = window.page.locator('.part.statusbar');
    window.writeWorkspaceSettings({ 'workbench.statusBar.visible': false });
    await bar.waitFor({ state: 'hidden' });
    window.writeWorkspaceSettings({ 'workbench.statusBar.visible': true });
    await bar.waitFor();
    window.writeSettings({ 'workbench.sideBar.location': 'right' });
    await window.reload();
    await window.page.locator('.part.sidebar.right').waitFor();
  });

  it('keeps secrets over that reload', async () => {
    await window.runCommand('Fixture: Show Secret');
    assert.equal(await window.notifications.waitFor('secret:'), 'secret: somebody');
  });
});
