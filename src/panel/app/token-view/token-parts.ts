import * as l10n from '@vscode/l10n';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { TokenPartView } from '../../protocol';
import '../base/copy-button';
import { formatCount } from '../base/format';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Reveal } from '../base/reveal';
import type { Rpc } from '../rpc';

/** The token as it is written, a colour for each part; masked until asked for, and again after a while. */
@customElement('cw-token-parts')
export class TokenParts extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) parts: readonly TokenPartView[] = [];
  readonly #reveal = new Reveal<'token', readonly string[]>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('parts') && !sameParts(this.parts, changed.get('parts'))) this.#reveal.hide();
  }

  override render(): unknown {
    const shown = this.#reveal.shown !== undefined;
    return html`
      <section class="token-parts" aria-label=${l10n.t('The token as it is written')}>
        <p class="token-written code" dir="ltr" data-revealed=${shown ? 'yes' : 'no'}>
          ${this.parts.map((part, at) => this.#part(part, at))}
        </p>
        <ul class="part-legend">
          ${this.parts.map(
            (part) => html`
              <li>
                <span class="part-swatch part-${part.name}" aria-hidden="true"></span> ${partName(part.name)}
                <span class="dim">${l10n.t('{0} characters', formatCount(part.length))}</span>
              </li>
            `,
          )}
        </ul>
        <div class="buttons">
          <vscode-button
            secondary
            icon=${shown ? 'eye-closed' : 'eye'}
            aria-label=${shown ? l10n.t('Hide Token') : l10n.t('Reveal Token')}
            @click=${() => (shown ? this.#reveal.hide() : void this.#ask())}
            >${shown ? l10n.t('Hide') : l10n.t('Reveal')}</vscode-button
          >
          <cw-copy-button
            .label=${l10n.t('Copy')}
            .description=${l10n.t('Copy Token')}
            .copy=${() => this.rpc?.request('token/copy', {}) ?? Promise.resolve()}
          ></cw-copy-button>
        </div>
        ${
          this.#reveal.failed
            ? html`<span class="field-problem" role="alert"
                >${icon('error', 'bad')} ${l10n.t('The panel holds this token no longer.')}</span
              >`
            : ''
        }
      </section>
    `;
  }

  #part(part: TokenPartView, at: number): TemplateResult {
    const dot = at === 0 ? '' : html`<span class="part-dot">.</span>`;
    const text = this.#reveal.shown?.value[at] ?? part.masked;
    return html`${dot}<span class="part part-${part.name}" data-part=${part.name}>${text}</span>`;
  }

  #ask(): Promise<void> {
    return this.#reveal.show('token', async (signal) => {
      const answer = await this.rpc?.request('token/reveal', {}, { signal });
      return answer?.parts;
    });
  }
}

function sameParts(a: readonly TokenPartView[], b: readonly TokenPartView[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function partName(name: TokenPartView['name']): string {
  switch (name) {
    case 'header':
      return l10n.t('Header');
    case 'claims':
      return l10n.t('Payload');
    case 'signature':
      return l10n.t('Signature');
    case 'key':
      return l10n.t('Encrypted key');
    case 'iv':
      return l10n.t('Initialization vector');
    case 'ciphertext':
      return l10n.t('Ciphertext');
    case 'tag':
      return l10n.t('Authentication tag');
  }
}
