import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon } from './icon';
import { LightElement } from './light-element';

const confirmMs = 2000;

/** A button whose effect cannot be seen, so it says for a moment that it was done. */
@customElement('cw-copy-button')
export class CopyButton extends LightElement {
  @property({ attribute: false }) label = '';
  /** For assistive technology, where the label alone does not say what is copied. */
  @property({ attribute: false }) description = '';
  /** The icon alone, for a place beside the value. */
  @property({ attribute: false }) compact = false;
  @property({ attribute: false }) copy: () => Promise<unknown> = () => Promise.resolve();

  @state() private done: 'copied' | 'failed' | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.done = undefined;
  }

  override render(): unknown {
    const said =
      this.done === 'copied' ? l10n.t('Copied') : this.done === 'failed' ? l10n.t('Not copied') : '';
    const shown = this.done === 'copied' ? 'check' : this.done === 'failed' ? 'warning' : 'copy';
    const words = this.description || this.label;
    const button = this.compact
      ? html`<button class="icon-button" aria-label=${words} title=${words} @click=${this.#run}>
          ${icon(shown)}
        </button>`
      : html`<vscode-button secondary icon=${shown} aria-label=${words} title=${words} @click=${this.#run}
          >${this.label}</vscode-button
        >`;
    return html`
      ${button}
      <span class="visually-hidden" role="status">${said}</span>
    `;
  }

  readonly #run = (): void => {
    this.copy().then(
      () => this.#say('copied'),
      () => this.#say('failed'),
    );
  };

  #say(outcome: 'copied' | 'failed'): void {
    this.done = outcome;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.done = undefined), confirmMs);
  }
}
