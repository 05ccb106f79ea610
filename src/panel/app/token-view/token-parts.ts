import * as l10n from '@vscode/l10n';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { TokenPartView } from '../../protocol';
import '../base/copy-button';
import { formatCount } from '../base/format';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { revealMs } from '../credentials/secrets';
import type { Rpc } from '../rpc';

/** The token as it is written, a colour for each part; masked until asked for, and again after a while. */
@customElement('cw-token-parts')
export class TokenParts extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) parts: readonly TokenPartView[] = [];
  @state() private revealed: readonly string[] | undefined;
  @state() private failed = false;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#hide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#hide);
    this.#hide();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('parts') && !sameParts(this.parts, changed.get('parts'))) this.#hide();
  }

  override render(): unknown {
    const shown = this.revealed !== undefined;
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
            @click=${() => (shown ? this.#hide() : void this.#reveal())}
            >${shown ? l10n.t('Hide') : l10n.t('Reveal')}</vscode-button
          >
          <cw-copy-button
            .label=${l10n.t('Copy')}
            .description=${l10n.t('Copy Token')}
            .copy=${() => this.rpc?.request('token/copy', {}) ?? Promise.resolve()}
          ></cw-copy-button>
        </div>
        ${
          this.failed
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
    const text = this.revealed?.[at] ?? part.masked;
    return html`${dot}<span class="part part-${part.name}" data-part=${part.name}>${text}</span>`;
  }

  async #reveal(): Promise<void> {
    this.#hide();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const answer = await this.rpc?.request('token/reveal', {}, { signal: asking.signal });
      if (asking.signal.aborted || !answer) return;
      this.revealed = answer.parts;
      this.#timer = setTimeout(this.#hide, revealMs);
    } catch {
      if (!asking.signal.aborted) this.failed = true;
    }
  }

  readonly #hide = (): void => {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.revealed = undefined;
    this.failed = false;
  };
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
