import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/lib/paths.mjs';
import { journey } from './support/journey';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = 'c2lnbmF0dXJl'.repeat(28) + 'c2lnbg';
const tokenOf = (claims: object): string =>
  `${base64({ kid: 'k', alg: 'RS256' })}.${base64(claims)}.${signature}`;
const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

const attack = '<img src=x onerror=alert(1)> [go](command:workbench.action.closeWindow) $(flame)';
const reader = { token_use: 'id', 'cognito:username': 'reader', aud: 'client1', sub: 'sub-1' };
const live = tokenOf({ ...reader, exp: seconds(9000) });
const access = tokenOf({ token_use: 'access', username: 'reader', client_id: 'client1', exp: seconds(9000) });
const expired = tokenOf({ ...reader, 'cognito:username': attack, exp: seconds(-7300) });

const files = {
  'app.log': `first line\nGET / Bearer ${live}\nthird line\nGET / Bearer ${expired}\n${'more\n'.repeat(50)}`,
  'token.txt': `${live}\n`,
  'answer.json': `${JSON.stringify({ id_token: live, access_token: access, more: 'x'.repeat(2000) })}\n`,
  'plain.txt': 'nothing here\n',
};

journey('tokens wherever they are met', { files, settings: { 'editor.wordWrap': 'off' } }, (window) => {
  const picture = (name: string) => window().screenshot(path.join(out, 'token-places', `${name}.png`));
  const lens = (text: RegExp) => window().page.locator('.codelens-decoration a').filter({ hasText: text });
  const tab = () => window().editorTab(/^Inspector: Token/);
  const hover = () => window().page.locator('.monaco-hover:visible');
  const tokenLine = (nth: number) =>
    window().page.locator('.view-line').filter({ hasText: 'Bearer' }).nth(nth);
  const pointAt = (nth: number) => tokenLine(nth).hover({ position: { x: 240, y: 8 } });

  async function closeTab(): Promise<void> {
    await window().runCommand('View: Close Editor');
    await tab().waitFor({ state: 'detached' });
  }

  it('shows above each token whose it is, and a click inspects it', async () => {
    await window().page.locator('.explorer-folders-view').getByText('app.log', { exact: true }).dblclick();
    await lens(/^ID token of reader · 2 h left · Inspect$/).waitFor();
    assert.equal(await lens(/expired 2 h ago · Inspect$/).count(), 1);
    await picture('code-lens');
    await lens(/^ID token of reader/).click();
    await tab().waitFor();
    await window().inspectorFrame().getByText('reader').first().waitFor();
    await picture('inspector');
    await closeTab();
  });

  it('tells in the hover what the token says, and its link inspects it', async () => {
    await pointAt(0);
    await hover().getByText('2 h left').waitFor();
    await picture('hover');
    assert.deepEqual(await hover().locator('a').allInnerTexts(), ['Inspect', 'Copy Claims', 'Verify']);
    await hover().locator('a').filter({ hasText: 'Inspect' }).click();
    await tab().waitFor();
    await closeTab();
  });

  it('shows hostile claims as text', async () => {
    await pointAt(1);
    await hover().getByText('expired 2 h ago').waitFor();
    await picture('hover-hostile');
    assert.ok((await hover().innerText()).includes('onerror=alert(1)'));
    assert.deepEqual(await hover().locator('a').allInnerTexts(), ['Inspect', 'Copy Claims', 'Verify']);
    assert.equal(await hover().locator('img, .codicon-flame').count(), 0);
    await window().page.keyboard.press('Escape');
  });

  it('has an entry in the context menu, where there are tokens', async () => {
    const { page } = window();
    const entry = page.getByRole('menuitem', { name: 'Inspect Token…' });
    await tokenLine(0).click({ button: 'right', position: { x: 240, y: 8 } });
    await entry.hover();
    await picture('context-menu');
    await page.keyboard.press('Enter');
    await tab().waitFor();
    await window().inspectorFrame().getByText('At the cursor in app.log').waitFor();
    await closeTab();
    await window().page.locator('.explorer-folders-view').getByText('plain.txt', { exact: true }).dblclick();
    const line = page.locator('.view-line').filter({ hasText: 'nothing here' });
    await line.click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Command Palette/ }).waitFor();
    assert.equal(await entry.count(), 0);
    await page.keyboard.press('Escape');
    await line.click();
    await window().runCommand('View: Close Editor');
    await tokenLine(0).click({ position: { x: 240, y: 8 } });
  });

  it('redacts a token, or all of the file', async () => {
    const { page } = window();
    const fix = (name: string) =>
      page.locator('.action-widget .monaco-list-row').getByText(name, { exact: true });
    await untilDone(async () => {
      await tokenLine(0).click({ position: { x: 240, y: 8 } });
      await page.keyboard.press('Control+Period');
      await fix('Redact Token: Cut Signature').waitFor({ timeout: 2500 });
    });
    await fix('Redact All Tokens in File: Cut Signatures').waitFor();
    await picture('redact');
    await fix('Redact Token: Cut Signature, Mask Personal Claims').click();
    await page.locator('.view-line').filter({ hasText: '…redacted' }).waitFor();
    await page.keyboard.press('Control+Z');
    await page.locator('.view-line').filter({ hasText: '…redacted' }).waitFor({ state: 'detached' });
  });

  it('can be read in a dark window', async () => {
    await window().setTheme('dark');
    await pointAt(0);
    await hover().getByText('2 h left').waitFor();
    await picture('hover-dark');
    await window().page.keyboard.press('Escape');
  });

  it('links a token in a terminal, which has wrapped it', async () => {
    const { page } = window();
    await window().runCommand('Terminal: Create New Terminal');
    await run('clear; cat token.txt');
    await linkInRow(1);
    await picture('terminal-link');
    const { x, y } = await row(1);
    await page.keyboard.down('Control');
    await page.mouse.move(x + 2, y);
    await page.mouse.click(x + 2, y);
    await page.keyboard.up('Control');
    await tab().waitFor();
    await closeTab();
  });

  it('links it whatever the width', async () => {
    for (const width of [1100, 960]) {
      await window().page.setViewportSize({ width, height: 800 });
      await run('clear; cat token.txt');
      for (const nth of [3, 1]) await linkInRow(nth);
      await picture(`terminal-${width}`);
    }
    await window().page.setViewportSize({ width: 1280, height: 800 });
  });

  it('links none that a program has broken into lines: VS Code gives each by itself', async () => {
    await run('clear; fold -w 60 token.txt | head -3; cat token.txt');
    await linkInRow(4);
    const [below, { x, y }] = [await row(10), await row(1)];
    await window().page.mouse.move(below.x, below.y);
    await link().waitFor({ state: 'hidden' });
    await window().page.mouse.move(x, y);
    await assert.rejects(link().waitFor({ timeout: 2500 }));
    await picture('terminal-folded');
  });

  it('inspects what is selected in it, where a line is too long for links', async () => {
    const { page, quickInput } = window();
    await page.evaluate(() => navigator.clipboard.writeText('kept'));
    await run('clear; cat answer.json');
    await untilDone(async () => {
      await window().runCommand('Terminal: Select All');
      await screen().click({ button: 'right', position: { x: 200, y: 60 } });
      await page.getByRole('menuitem', { name: 'Inspect as Token' }).hover({ timeout: 2500 });
      await picture('terminal-menu');
      await page.keyboard.press('Enter');
      await quickInput.waitFor('Tokens in the Selection');
    });
    await picture('terminal-selection');
    await quickInput.pick('Access token');
    await tab().waitFor();
    const inspected = window().inspectorFrame().getByText('Selection in the terminal');
    await inspected.waitFor();
    assert.equal(await window().clipboard(), 'kept');
    await closeTab();
  });

  const screen = () => window().page.locator('.terminal-wrapper.active .xterm-screen');
  const link = () => window().page.getByText('Inspect ID token of reader').filter({ visible: true }).first();

  async function run(command: string): Promise<void> {
    await screen().waitFor();
    await window().page.locator('.terminal-wrapper.active').click();
    await window().page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
    await window().page.keyboard.type(`${command}\n`);
  }

  /** The middle of a row. */
  async function row(nth: number): Promise<{ x: number; y: number }> {
    const box = await screen().boundingBox();
    assert.ok(box);
    return { x: box.x + 200, y: box.y + 17 * nth + 9 };
  }

  /** The pointer finds the link once the output is there. */
  const linkInRow = (nth: number): Promise<void> =>
    untilDone(async () => {
      const [below, { x, y }] = [await row(10), await row(nth)];
      await window().page.mouse.move(below.x, below.y);
      await window().page.mouse.move(x, y);
      await link().waitFor({ timeout: 2500 });
    });
});

/** Repeats a step that needs what another program writes; the last failure stands. */
async function untilDone(step: () => Promise<void>): Promise<void> {
  for (let left = 8; ; left -= 1) {
    try {
      return await step();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
