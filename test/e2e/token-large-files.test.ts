import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { out } from '../../scripts/lib/paths.mjs';
import { journey } from './support/journey';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const reader = { token_use: 'id', 'cognito:username': 'reader', aud: 'client1', sub: 'sub-1' };
const exp = Math.floor(Date.now() / 1000) + 9000;
const token = `${base64({ kid: 'k', alg: 'RS256' })}.${base64({ ...reader, exp })}.${'c2lnbmF0dXJl'.repeat(28)}`;
const other = `${base64({ kid: 'k', alg: 'RS256' })}.${base64({ ...reader, 'cognito:username': 'admin', exp })}.c2ln`;
const line = `GET / Bearer ${token}\n`;
const logLines = line + 'some words of a log, and a number: 12345\n'.repeat(400);

/** Writes this text again and again, until the file is so large. */
async function write(file: string, megabytes: number, text: string): Promise<void> {
  const stream = createWriteStream(file);
  const piece = text.repeat(Math.ceil(1e6 / text.length));
  for (let left = megabytes * 1e6; left > 0; left -= piece.length) {
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

/** The lines of a log of this name, wherever it lies. */
function logged(folder: string, name: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => path.basename(file) === name)
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'));
}

const settings = { 'editor.wordWrap': 'off', 'editor.minimap.enabled': false };

journey('tokens in large files', { files: { 'small.log': `first\n${line}` }, settings }, (window) => {
  const picture = (name: string) => window().screenshot(path.join(out, 'token-large-files', `${name}.png`));
  const page = () => window().page;
  const hover = () => page().locator('.monaco-hover:visible');
  const lens = () => page().locator('.codelens-decoration a:visible').filter({ hasText: 'Inspect' });
  const tokenLine = () => page().locator('.editor-instance .view-line').filter({ hasText: 'eyJ' }).first();
  const frame = () => window().inspectorFrame();

  async function open(name: string): Promise<void> {
    const file = page().locator('.explorer-folders-view').getByText(name, { exact: true });
    await file.dblclick();
    await window().editorTab(name).and(page().locator('.active')).waitFor();
  }

  async function hoversOverToken(): Promise<void> {
    // The line moves when the lens above it comes, and a hover does not.
    for (let left = 5; (await hover().getByText('2 h left').count()) === 0; left -= 1) {
      assert.ok(left > 0, 'there is a hover');
      await page().mouse.move(900, 600);
      await tokenLine().hover({ position: { x: 240, y: 8 } });
      await hover()
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
    }
    await page().keyboard.press('Escape');
    await page().mouse.move(900, 600);
    await hover().waitFor({ state: 'detached' });
  }

  async function closeInspector(): Promise<void> {
    const tab = window().editorTab(/^Inspector: Token/);
    await window().runCommand('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  }

  /** In a window whose files are elsewhere VS Code asks above 10 MB, else above 1 GB. */
  async function openAnyway(name: string): Promise<void> {
    await open(name);
    await page().getByText('Open Anyway').click();
    await tokenLine().waitFor({ timeout: 60_000 });
  }

  before('three files', async () => {
    const { workspace } = window();
    await write(path.join(workspace, 'huge.log'), 200, logLines);
    await write(path.join(workspace, 'large.log'), 20, logLines);
    await write(path.join(workspace, 'line.json'), 5, `"${token}" ${'words '.repeat(2000)}`);
  });

  it('opens one of 200 MB after VS Code’s own question', async () => {
    await openAnyway('huge.log');
    await picture('huge');
  });

  it('says why Inspect Token… cannot see what is selected there, and takes the clipboard’s or a pasted one', async () => {
    await page().evaluate((text) => navigator.clipboard.writeText(text), other);
    await tokenLine().dblclick({ position: { x: 240, y: 8 } });
    await window().runCommand('Inspect Token…');
    await frame()
      .getByText('The clipboard: huge.log is too large for VS Code to show it to extensions')
      .waitFor();
    await frame().getByRole('row', { name: /admin/ }).first().waitFor();
    await picture('huge-clipboard');
    await closeInspector();
    await page().evaluate(() => navigator.clipboard.writeText('nothing'));
    await window().runCommand('Inspect Token…');
    await window().quickInput.waitForMessage(
      /^huge\.log is too large for VS Code to show it to extensions: copy/,
    );
    await picture('huge-asked');
    await window().quickInput.type(token);
    await window().quickInput.accept();
    await frame().getByText('Pasted').first().waitFor();
    await closeInspector();
  });

  it('offers nothing there that would not work', async () => {
    await tokenLine().click({ button: 'right', position: { x: 240, y: 8 } });
    await page()
      .getByRole('menuitem', { name: /^Command Palette/ })
      .waitFor();
    assert.equal(
      await page()
        .getByRole('menuitem', { name: /Inspect Token/ })
        .count(),
      0,
    );
    await page().keyboard.press('Escape');
    assert.equal(await lens().count(), 0);
    // A click ends what the right one has begun: until then VS Code shows no hover.
    await tokenLine().click({ position: { x: 240, y: 8 } });
  });

  it('goes on in a small file, with the large one open', async () => {
    await open('small.log');
    await lens().waitFor();
    await hoversOverToken();
  });

  it('shows the hover in a file of 20 MB, and inspects at the cursor', async () => {
    await openAnyway('large.log');
    await hoversOverToken();
    assert.equal(await lens().count(), 0);
    await tokenLine().click({ position: { x: 240, y: 8 } });
    await window().runCommand('Inspect Token…');
    await frame().getByText('At the cursor in large.log').waitFor();
    await picture('large-inspected');
    await closeInspector();
  });

  it('shows hover and a few lenses in a line of 5 MB', async () => {
    await open('line.json');
    await tokenLine().waitFor();
    await lens().first().waitFor();
    assert.equal(await lens().count(), 4);
    await hoversOverToken();
    await picture('line');
  });

  it('has noted no failure', () => {
    const folder = path.join(window().userDataDir, 'logs');
    const host = logged(folder, 'remoteexthost.log');
    assert.ok(host.some((entry) => entry.includes('cognito-workbench')));
    const own = logged(folder, 'Cognito Workbench.log');
    const failures = [...host.filter((entry) => /cognito/i.test(entry)), ...own];
    assert.deepEqual(
      failures.filter((entry) => entry.includes('[error]')),
      [],
    );
  });
});
