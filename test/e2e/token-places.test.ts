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
const expired = tokenOf({ ...reader, 'cognito:username': attack, exp: seconds(-7300) });

const files = {
  'app.log': `first line\nGET / Bearer ${live}\nthird line\nGET / Bearer ${expired}\n${'more\n'.repeat(50)}`,
  'token.txt': `${live}\n`,
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
    const terminal = page.locator('.terminal-wrapper.active');
    const screen = terminal.locator('.xterm-screen');
    await screen.waitFor();
    await terminal.click();
    await page.keyboard.type('clear; cat token.txt\n');
    const box = await screen.boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + 200, box.y + 26];
    // The pointer finds the link once the output is there.
    await untilDone(async () => {
      await page.mouse.move(x + 100, box.y + box.height - 4);
      await page.mouse.move(x, y);
      await page.getByText('Inspect ID token of reader').first().waitFor({ timeout: 2500 });
    });
    await picture('terminal-link');
    await page.keyboard.down('Control');
    await page.mouse.move(x + 2, y);
    await page.mouse.click(x + 2, y);
    await page.keyboard.up('Control');
    await tab().waitFor();
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
