import * as l10n from '@vscode/l10n';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { SecretField } from '../../protocol';
import '../base/copy-button';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import type { Rpc } from '../rpc';

/** How long a revealed value stays in sight. */
export const revealMs = 30_000;

const fields: readonly SecretField[] = ['accessKeyId', 'secretAccessKey', 'sessionToken'];

/** The three values, masked. One at a time can be seen, for a short while, and only while this is in view. */
@customElement('cw-secrets')
export class Secrets extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) masked: Readonly<Record<SecretField, string>> | undefined;
  /** False when the tab is not shown. */
  @property({ attribute: false }) active = false;

  @state() private revealed: { readonly field: SecretField; readonly value: string } | undefined;
  @state() private failed: SecretField | undefined;
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
    if (changed.has('masked') || (changed.has('active') && !this.active)) this.#hide();
  }

  override render(): unknown {
    return html`
      <ul class="secrets">
        ${fields.map((field) => this.#row(field))}
      </ul>
    `;
  }

  #row(field: SecretField): TemplateResult {
    const name = envName(field);
    const shown = this.revealed?.field === field;
    return html`
      <li class="secret">
        <span class="code secret-name">${name}</span>
        <span class="code secret-value wrap" data-field=${field}
          >${shown ? this.revealed?.value : (this.masked?.[field] ?? '')}</span
        >
        <span class="buttons">
          <vscode-button
            secondary
            icon=${shown ? 'eye-closed' : 'eye'}
            aria-label=${shown ? l10n.t('Hide {0}', name) : l10n.t('Reveal {0}', name)}
            @click=${() => (shown ? this.#hide() : void this.#reveal(field))}
            >${shown ? l10n.t('Hide') : l10n.t('Reveal')}</vscode-button
          >
          <cw-copy-button
            .label=${l10n.t('Copy')}
            .description=${l10n.t('Copy {0}', name)}
            .copy=${() => this.rpc?.request('credentials/copy', { field }) ?? Promise.resolve()}
          ></cw-copy-button>
        </span>
        ${
          this.failed === field
            ? html`<span class="field-problem" role="alert"
                >${icon('error', 'bad')} ${l10n.t('The value could not be had. Refresh and try again.')}</span
              >`
            : ''
        }
      </li>
    `;
  }

  async #reveal(field: SecretField): Promise<void> {
    this.#hide();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const answer = await this.rpc?.request('credentials/reveal', { field }, { signal: asking.signal });
      if (asking.signal.aborted || !answer) return;
      this.revealed = { field, value: answer.value };
      this.#timer = setTimeout(this.#hide, revealMs);
    } catch {
      if (!asking.signal.aborted) this.failed = field;
    }
  }

  readonly #hide = (): void => {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.revealed = undefined;
    this.failed = undefined;
  };
}

/** The names under which every AWS tool knows these values. */
export function envName(field: SecretField): string {
  switch (field) {
    case 'accessKeyId':
      return 'AWS_ACCESS_KEY_ID';
    case 'secretAccessKey':
      return 'AWS_SECRET_ACCESS_KEY';
    case 'sessionToken':
      return 'AWS_SESSION_TOKEN';
  }
}
