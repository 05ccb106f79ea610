import type { ElementHandle, Locator, Page } from 'playwright-core';

/** One row of a quick pick as a person sees it. */
export interface QuickItem {
  label: string;
  description: string;
  detail: string;
}

/** VS Code's quick input: quick picks and input boxes. Every method waits until it is open. */
export class QuickInput {
  readonly #page: Page;
  readonly widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget:visible');
  }

  get input(): Locator {
    return this.widget.locator('.quick-input-filter input, .quick-input-box input').first();
  }

  /** The heading, for example `Sign In (1/2)`; empty where there is none. */
  async title(): Promise<string> {
    await this.widget.waitFor();
    return textOf(this.widget.locator('.quick-input-title'));
  }

  /** Waits for a heading or a prompt that holds this text. */
  async waitFor(text: string | RegExp): Promise<void> {
    await this.widget.filter({ hasText: text }).waitFor();
  }

  /** The prompt of an input box, or the reason why it refuses what was typed. */
  async message(): Promise<string> {
    await this.widget.waitFor();
    return textOf(this.widget.locator('.quick-input-message'));
  }

  /** Waits until the message says this, for example a refusal. */
  async waitForMessage(text: string | RegExp): Promise<string> {
    await this.widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
    return this.message();
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  /** Whether what is typed is hidden. */
  async isPassword(): Promise<boolean> {
    return (await this.input.getAttribute('type')) === 'password';
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  /** Waits until this stands in the box. */
  async waitForValue(text: string): Promise<void> {
    const input = (await this.input.elementHandle()) as ElementHandle<HTMLInputElement>;
    await this.#page.waitForFunction(
      ({ box, wanted }: { box: HTMLInputElement; wanted: string }) => box.value === wanted,
      { box: input, wanted: text },
    );
  }

  /** The rows that are drawn (a long list draws only those in sight). */
  async items(): Promise<QuickItem[]> {
    await this.#rows.first().waitFor();
    const rows = await this.#rows.all();
    return Promise.all(
      rows.map(async (row) => ({
        label: await textOf(row.locator('.label-name').first()),
        description: await textOf(row.locator('.label-description').first()),
        detail: await textOf(row.locator('.quick-input-list-label-meta').first()),
      })),
    );
  }

  /**
   * Chooses the row whose label, description or detail holds this; rows out of sight are found by typing. By keys:
   * a list that is drawn again under the mouse takes no click, or takes it for another row.
   */
  async pick(text: string | RegExp): Promise<void> {
    await this.#rows.first().waitFor();
    // Rows are used again, and one without a detail hides that of the row before.
    const words = this.#page.locator('.label-name, .label-description, .quick-input-list-label-meta');
    const row = this.#rows.filter({ has: words.filter({ hasText: text, visible: true }) }).first();
    if (typeof text === 'string' && (await row.count()) === 0) await this.type(text);
    await row.waitFor();
    await this.#focus(row);
    await this.accept();
  }

  /** Moves the focus of the list to a row, step by step. */
  async #focus(row: Locator): Promise<void> {
    for (let steps = 0; !(await hasFocus(row)); steps++) {
      if (steps === 200) throw new Error(`The row never has the focus: ${await textOf(row)}`);
      const focused = this.widget.locator('.quick-input-list .monaco-list-row.focused');
      const from = (await focused.count()) === 0 ? -1 : await indexOf(focused.first());
      await this.input.press((await indexOf(row)) < from ? 'ArrowUp' : 'ArrowDown');
    }
  }

  /** Replaces what stands in the box. */
  async type(text: string, timeout = 20_000): Promise<void> {
    await this.input.fill(text, { timeout });
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Waits for a box whose heading, prompt or placeholder fits, types the answer and accepts it. */
  async answer(question: string | RegExp, text: string): Promise<void> {
    const asked = this.#page.locator('.quick-input-widget:visible').filter({ hasText: question });
    const placeholder = this.widget.getByPlaceholder(question);
    await asked.or(placeholder).first().waitFor();
    await this.type(text);
    await this.accept();
  }

  /** Clicks a button in the heading, for example `Back`. */
  async button(name: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-titlebar').getByRole('button', { name }).click();
  }

  async dismiss(): Promise<void> {
    await this.input.press('Escape');
    await this.closed();
  }

  async closed(): Promise<void> {
    await this.#page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  get #rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }
}

async function hasFocus(row: Locator): Promise<boolean> {
  return ((await row.getAttribute('class')) ?? '').split(' ').includes('focused');
}

async function indexOf(row: Locator): Promise<number> {
  return Number(await row.getAttribute('data-index'));
}

async function textOf(locator: Locator): Promise<string> {
  if ((await locator.count()) === 0) return '';
  return ((await locator.first().textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
}
