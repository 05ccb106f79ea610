import type { Locator } from 'playwright-core';
import type { VsCodeWindow } from '../../support/vscode-window';

/** VS Code's own debugger: the editor that is stopped, Variables and Watch. */
export class DebuggerDriver {
  readonly #window: VsCodeWindow;

  constructor(window: VsCodeWindow) {
    this.#window = window;
  }

  async openFile(name: string, line: number): Promise<void> {
    const { page, quickInput } = this.#window;
    const row = quickInput.widget.locator('.monaco-list-row').filter({ hasText: name }).first();
    await this.#window.untilSeen(row, async () => {
      await page.keyboard.press('Control+P');
      await quickInput.type(`${name}:${line}`);
    });
    await quickInput.pick(new RegExp(name));
    await quickInput.closed();
    await page.getByRole('tab', { name, selected: true }).waitFor();
  }

  /** Selects a word of the line that the cursor stands in, by Find. */
  async select(text: string): Promise<void> {
    const { page } = this.#window;
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+F');
    const find = page.locator('.find-widget.visible textarea').first();
    await find.fill(text);
    await find.press('Enter');
    await find.press('Escape');
  }

  /** At the cursor's line. */
  async breakpoint(): Promise<void> {
    await this.#window.runCommand('Debug: Toggle Breakpoint');
    await this.#window.page.locator('.codicon-debug-breakpoint').first().waitFor();
  }

  /** Points at a piece of a line of the editor until a hover shows: whatever moves in the editor takes one away. */
  async pointAt(lineText: string, piece: string, hover: Locator): Promise<void> {
    const { page } = this.#window;
    const line = page.locator('.view-line:visible').filter({ hasText: lineText }).first();
    // A key that was let go while a webview had the focus is still held for VS Code.
    await page.keyboard.press('Alt');
    for (let left = 6; ; left -= 1) {
      const { x, y } = await line.evaluate(middleOf, piece);
      await page.mouse.move(x + 4, y + 60);
      await page.mouse.move(x, y);
      try {
        return await hover.waitFor({ timeout: 4000 });
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** VS Code's own hover over a value. */
  get valueHover(): Locator {
    return this.#window.page.locator('.debug-hover-widget:visible');
  }

  /** The hover of languages and extensions. */
  get editorHover(): Locator {
    return this.#window.page.locator('.monaco-editor .monaco-hover:visible');
  }

  async start(): Promise<void> {
    await this.#window.runCommand('Debug: Start Debugging');
  }

  async stopped(): Promise<void> {
    await this.#window.page.locator('.debug-top-stack-frame-line').first().waitFor({ timeout: 60_000 });
    await this.#window.openContainer('Run and Debug');
    const scope = this.#variables.getByRole('treeitem').filter({ hasText: 'Local' }).first();
    await scope.waitFor();
    if ((await scope.getAttribute('aria-expanded')) === 'false')
      await scope.locator('.monaco-tl-twistie').click();
    await this.variable('idToken').waitFor();
  }

  variable(name: string): Locator {
    return this.#variables
      .getByRole('treeitem')
      .filter({ has: this.#window.page.locator('.name', { hasText: new RegExp(`^${name}:?`) }) })
      .first();
  }

  inspect(name: string): Promise<void> {
    return this.#inspect(this.variable(name));
  }

  async watch(expression: string): Promise<void> {
    const { page } = this.#window;
    const header = page.locator('.pane-header').filter({ hasText: 'Watch' }).first();
    await header.hover();
    await header.getByRole('button', { name: 'Add Expression' }).click();
    const input = page.locator('.debug-watch .inputBoxContainer input, .debug-watch input').first();
    await input.fill(expression);
    await input.press('Enter');
  }

  inspectWatched(text: string): Promise<void> {
    return this.#inspect(
      this.#window.page.locator('.debug-watch').getByRole('treeitem').filter({ hasText: text }).first(),
    );
  }

  async end(): Promise<void> {
    await this.#window.page.locator('.debug-toolbar').locator('.codicon-debug-stop').first().click();
    await this.#window.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  }

  get #variables(): Locator {
    return this.#window.page.locator('.debug-variables');
  }

  async #inspect(row: Locator): Promise<void> {
    const { page } = this.#window;
    await row.click({ button: 'right' });
    const item = page.getByRole('menuitem', { name: 'Inspect as Token' });
    await item.hover();
    // A menu takes no click for a moment after it opens; keys it takes at once.
    await page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }
}

/** Where the beginning of a piece of a line is on the screen. Runs in the page. */
function middleOf(line: Element, wanted: string): { x: number; y: number } {
  // The editor writes no-break spaces, and a piece in several elements.
  const at = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
  const { ownerDocument } = line;
  const range = ownerDocument.createRange();
  const texts = ownerDocument.createTreeWalker(line, 4);
  for (let seen = 0, node = texts.nextNode(); node; node = texts.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (at >= seen && at < seen + length) {
      range.setStart(node, at - seen);
      range.setEnd(node, Math.min(length, at - seen + wanted.length));
    }
    seen += length;
  }
  const { x, y, width, height } = range.getBoundingClientRect();
  return { x: x + Math.min(width / 2, 60), y: y + height / 2 };
}
