import type { Locator, Page } from 'playwright-core';

/** Notifications (toasts) of the window. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for one that holds this text; gives its whole text. */
  async waitFor(text: string | RegExp, timeout?: number): Promise<string> {
    const toast = this.toast(text);
    await toast.waitFor(timeout === undefined ? {} : { timeout });
    return ((await toast.locator('.notification-list-item-message').textContent()) ?? '').trim();
  }

  async gone(text: string | RegExp, timeout?: number): Promise<void> {
    await this.toast(text).waitFor({ state: 'detached', ...(timeout === undefined ? {} : { timeout }) });
  }

  /** Waits for one that holds this text, and clicks a button of it. */
  async click(text: string | RegExp, button: string | RegExp): Promise<void> {
    const toast = this.toast(text);
    await toast.waitFor();
    await toast.hover();
    const buttons = toast.locator('.notification-list-item-buttons-container');
    await buttons.getByRole('button', { name: button, exact: typeof button === 'string' }).click();
  }

  /** The texts of all that are shown. */
  async texts(): Promise<string[]> {
    const texts = await this.#page
      .locator('.notification-toast .notification-list-item-message')
      .allTextContents();
    return texts.map((text) => text.trim());
  }

  toast(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast').filter({ hasText: text }).first();
  }
}

/** The modal dialog of the window. */
export class Dialog {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog that holds this text; gives its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    const box = this.box.filter({ hasText: text });
    await box.waitFor();
    return ((await box.locator('.dialog-message-container').textContent()) ?? '').trim();
  }

  async click(button: string | RegExp): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: typeof button === 'string' }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
