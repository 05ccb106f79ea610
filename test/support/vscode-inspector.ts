import type { FrameLocator, Locator } from 'playwright-core';
import type { VsCodeWindow } from './vscode-window';

export type InspectorTab = 'Tokens' | 'Credentials' | 'S3';

/** The Inspector in sight, by the roles and names that a screen reader gives. */
export class InspectorDriver {
  readonly #window: VsCodeWindow;

  constructor(window: VsCodeWindow) {
    this.#window = window;
  }

  get frame(): FrameLocator {
    return this.#window.inspectorFrame();
  }

  /** Waits until it is the Inspector of this identity. */
  async of(name: string): Promise<void> {
    await this.#window.editorTab(`Inspector: ${name}`).waitFor();
    await this.frame.getByRole('heading', { level: 1, name }).waitFor();
  }

  async open(tab: InspectorTab): Promise<Locator> {
    await this.frame.getByRole('tab', { name: tab }).click();
    const panel = this.frame.getByRole('tabpanel', { name: tab });
    await panel.waitFor();
    return panel;
  }

  /** The card of a token: `ID token`, `Access token`, `Refresh token`. */
  card(name: string): Locator {
    return this.frame.getByRole('region', { name, exact: true });
  }

  /** The value of a fact of the Credentials tab. */
  async fact(label: string): Promise<string> {
    const value = this.frame.locator(`dt:text-is("${label}") + dd`).first();
    return ((await value.textContent()) ?? '').trim();
  }

  /** A value of the credentials as it is shown, masked or not. */
  async secret(name: string): Promise<string> {
    const row = this.frame.getByRole('listitem').filter({ hasText: name });
    return ((await row.locator('.secret-value').textContent()) ?? '').trim();
  }

  async reveal(name: string): Promise<string> {
    await this.frame.getByRole('button', { name: `Reveal ${name}` }).click();
    await this.frame.getByRole('button', { name: `Hide ${name}` }).waitFor();
    return this.secret(name);
  }

  get address(): Locator {
    return this.frame.getByRole('textbox', { name: 'S3 address' });
  }

  async goTo(address: string): Promise<void> {
    await this.address.fill(address);
    await this.address.press('Enter');
  }

  get filter(): Locator {
    return this.frame.getByLabel('Prefix in this folder');
  }

  get grid(): Locator {
    return this.frame.getByRole('grid', { name: 'Objects' });
  }

  /** The row of this object or folder; a name that only begins so will not do. */
  row(name: string): Locator {
    return this.grid
      .getByRole('row')
      .filter({ has: this.frame.locator(`.key:text-is(${JSON.stringify(name)})`) });
  }

  /** The names in sight. */
  names(): Promise<string[]> {
    return this.grid.locator('.grid-body .key').allTextContents();
  }

  /** Waits until the footer counts this. */
  async counts(text: string): Promise<void> {
    await this.frame.getByRole('status').filter({ hasText: text }).waitFor();
  }

  get details(): Locator {
    return this.frame.getByRole('region', { name: 'Details' });
  }

  /** Opens an object's details and waits for the text inside it. */
  async previewText(name: string): Promise<string> {
    await this.row(name).click();
    const preview = this.frame.getByRole('region', { name: `Preview of ${name}` });
    return ((await preview.textContent()) ?? '').trim();
  }

  /** Opens an object's details and waits for its picture. */
  async previewImage(name: string): Promise<Locator> {
    await this.row(name).click();
    const image = this.frame.getByRole('img', { name: `Preview of ${name}` });
    await image.waitFor();
    return image;
  }

  get downloads(): Locator {
    return this.frame.getByRole('list', { name: 'Downloads' });
  }

  /** The explanation that stands in the place of what failed. */
  get explanation(): Locator {
    return this.frame.getByRole('alert');
  }
}
