import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/lib/paths.mjs';
import { endStartedSandbox } from '../support/vscode-sandbox';
import { journey } from './support/journey';

journey('a token met anywhere', {}, (window) => {
  const frame = () => window().inspectorFrame();
  const heading = (name: string) => frame().getByRole('heading', { level: 1, name });
  after(() => endStartedSandbox(window()));

  it('is inspected from the clipboard, and verified with the keys of the configured pool', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.pick('reader');
    await window()
      .tree()
      .waitFor(/reader.*active/);
    // The sign-in ends with the Inspector, which takes the focus.
    await heading('reader').waitFor();
    await window().runCommand('Copy Token…');
    await quickInput.pick('Access token');
    await window().statusBarItem('Token copied').waitFor();
    await window().runCommand('Inspect Token…');
    await window().editorTab('Inspector: Token').waitFor();
    await heading('Access token').waitFor();
    await frame().getByText('The clipboard').waitFor();
    await frame()
      .getByText(/^Signature valid · issued by us-east-1_Sandbox01/)
      .waitFor();
    await frame()
      .getByText(/^Checked with the keys of the user pool of Sandbox/)
      .waitFor();
    await frame()
      .getByRole('row', { name: /^username.*reader/ })
      .waitFor();
  });

  it('is asked of Cognito on demand', async () => {
    await frame().getByRole('button', { name: 'Ask Cognito Whether It Is Revoked' }).click();
    await frame().getByText('Cognito accepts it as reader’s: it is neither revoked nor expired.').waitFor();
  });

  it('is revealed in its three parts, and shared redacted', async () => {
    const token = await window().clipboard();
    await frame().getByRole('button', { name: 'Reveal Token' }).click();
    await frame().getByRole('button', { name: 'Hide Token' }).waitFor();
    const parts = await frame().locator('.token-written .part').allTextContents();
    assert.equal(parts.join('.'), token);
    await frame().getByRole('button', { name: 'Share: copy it redacted' }).click();
    await window().quickInput.pick('Redacted Token');
    await frame()
      .getByRole('button', { name: 'Share: copy it redacted' })
      .and(frame().locator('[icon="check"]'))
      .waitFor();
    const redacted = await window().clipboard();
    assert.match(redacted, /^eyJ[\w-]+\.eyJ[\w-]+\.redacted$/);
  });

  it('is inspected where the cursor stands in an editor, before the clipboard', async () => {
    const { page } = window();
    await window().runCommand('Copy Token…');
    await window().quickInput.pick('ID token');
    await window().statusBarItem('Token copied').waitFor();
    await window().runCommand('File: New Untitled Text File');
    await window()
      .editorTab(/Untitled-1/)
      .waitFor();
    await page.keyboard.press('Control+V');
    await page.locator('.view-lines').getByText(/eyJ/).first().waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('nothing'));
    await window().runCommand('Inspect Token…');
    await heading('ID token').waitFor();
    await frame()
      .getByText(/^At the cursor in/)
      .waitFor();
  });

  it('is compared with another, claim by claim', async () => {
    const { quickInput } = window();
    await window().runCommand('Compare Tokens…');
    await quickInput.pick('ID token of reader');
    await quickInput.pick('Access token of reader');
    await window()
      .editorTab(/ID token of reader ↔ Access token of reader \(\d+ differences\)/)
      .waitFor();
  });

  it('is inspected and compared from the tree', async () => {
    const { quickInput } = window();
    const tree = window().tree();
    await tree.expand(/reader.*active/);
    await tree.row('Access token').click({ button: 'right' });
    await window().page.getByRole('menuitem', { name: 'Compare Tokens…' }).waitFor();
    await window().screenshot(path.join(out, 'tokens', 'tree-menu.png'));
    await window().page.keyboard.press('Escape');
    await tree.contextMenu('Access token', 'Compare Tokens…');
    await quickInput.waitFor('ID token of reader');
    assert.match(await quickInput.placeholder(), /^Compare Access token of reader with which/);
    await quickInput.dismiss();
    await tree.contextMenu('Access token', 'Inspect Token…');
    await heading('reader').waitFor();
  });

  it('is gone after a reload, with its panel: nothing of it was stored', async () => {
    await window().editorTab('Inspector: Token').waitFor();
    await window().reload();
    await window()
      .tree()
      .waitFor(/reader.*active/);
    // Editors that come back are there before the tree is.
    assert.equal(await window().editorTab('Inspector: Token').count(), 0);
  });
});
