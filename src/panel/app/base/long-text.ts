import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from './format';
import { LightElement } from './light-element';
import { seenBroken } from './seen';

const shownAtFirst = 240;
/** A little more is not worth a button. */
const shownWhole = 320;

/** A value of any length: the beginning, and all of it on demand. */
@customElement('cw-long-text')
export class LongText extends LightElement {
  @property({ attribute: false }) text = '';
  @state() private open = false;

  override render(): unknown {
    const long = this.text.length > shownWhole;
    const shown = long && !this.open ? this.text.slice(0, shownAtFirst) : this.text;
    return html`<bdi class="wrap">${seenBroken(shown)}${long && !this.open ? '…' : ''}</bdi>${
        long
          ? html` <button class="link" aria-expanded=${this.open ? 'true' : 'false'} @click=${this.#toggle}>
              ${this.open ? l10n.t('Show less') : l10n.t('Show all {0} characters', formatCount(this.text.length))}
            </button>`
          : ''
      }`;
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
  };
}
