import type { Locator, Page } from 'playwright-core';

/** A tree view, by the name that a screen reader gives it. */
export class TreeDriver {
  readonly #page: Page;
  readonly tree: Locator;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.tree = page.locator('.sidebar').getByRole('tree', { name });
  }

  /** The rows as `label description`, indented by two spaces a level. */
  async rows(): Promise<string[]> {
    const rows = await this.tree.getByRole('treeitem').all();
    return Promise.all(
      rows.map(async (row) => {
        const level = Number((await row.getAttribute('aria-level')) ?? '1');
        const parts = await row.locator('.label-name, .label-description').allTextContents();
        return '  '.repeat(level - 1) + parts.map((part) => part.replace(/\s+/g, ' ').trim()).join(' ');
      }),
    );
  }

  row(text: string | RegExp): Locator {
    return this.tree.getByRole('treeitem').filter({ hasText: text }).first();
  }

  async waitFor(text: string | RegExp, options: { gone?: boolean; timeout?: number } = {}): Promise<void> {
    const { gone = false, ...rest } = options;
    await this.row(text).waitFor({ state: gone ? 'detached' : 'visible', ...rest });
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false')
      await row.locator('.monaco-tl-twistie').click();
    await this.tree
      .locator('[role=treeitem][aria-expanded=true]')
      .filter({ hasText: text })
      .first()
      .waitFor();
  }

  async click(text: string | RegExp): Promise<void> {
    await this.row(text).locator('.monaco-icon-label').click();
  }

  /** Clicks an inline action of a row. */
  async action(text: string | RegExp, name: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.hover();
    await row.locator('.actions').getByRole('button', { name }).click();
  }

  /** Opens the row's context menu and chooses an entry. */
  async contextMenu(text: string | RegExp, entry: string | RegExp): Promise<void> {
    await this.row(text).click({ button: 'right' });
    const item = this.#page.getByRole('menuitem', { name: entry });
    await item.hover();
    // A menu takes no click for a moment after it opens, so that the right click does not choose; keys it takes at once.
    await this.#page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  /** The text that a screen reader gives to a row. */
  async accessibleName(text: string | RegExp): Promise<string> {
    return (await this.row(text).getAttribute('aria-label')) ?? '';
  }
}
