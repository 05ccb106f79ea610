import * as l10n from '@vscode/l10n';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { SecretField } from '../../protocol';
import '../base/copy-button';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Reveal } from '../base/reveal';
import type { Rpc } from '../rpc';

const fields: readonly SecretField[] = ['accessKeyId', 'secretAccessKey', 'sessionToken'];

/** The three values, masked. One at a time can be seen, for a short while, and only while this is in view. */
@customElement('cw-secrets')
export class Secrets extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) masked: Readonly<Record<SecretField, string>> | undefined;
  /** False when the tab is not shown. */
  @property({ attribute: false }) active = false;

  readonly #reveal = new Reveal<SecretField, string>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('masked') || (changed.has('active') && !this.active)) this.#reveal.hide();
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
    const revealed = this.#reveal.shown;
    const shown = revealed?.key === field;
    return html`
      <li class="secret">
        <span class="code secret-name">${name}</span>
        <span class="code secret-value wrap" data-field=${field}
          >${shown ? revealed.value : (this.masked?.[field] ?? '')}</span
        >
        <span class="buttons">
          <vscode-button
            secondary
            icon=${shown ? 'eye-closed' : 'eye'}
            aria-label=${shown ? l10n.t('Hide {0}', name) : l10n.t('Reveal {0}', name)}
            @click=${() => (shown ? this.#reveal.hide() : void this.#ask(field))}
            >${shown ? l10n.t('Hide') : l10n.t('Reveal')}</vscode-button
          >
          <cw-copy-button
            .label=${l10n.t('Copy')}
            .description=${l10n.t('Copy {0}', name)}
            .copy=${() => this.rpc?.request('credentials/copy', { field }) ?? Promise.resolve()}
          ></cw-copy-button>
        </span>
        ${
          this.#reveal.failed?.key === field
            ? html`<span class="field-problem" role="alert"
                >${icon('error', 'bad')}
                ${l10n.t('The value could not be fetched. Refresh and try again.')}</span
              >`
            : ''
        }
      </li>
    `;
  }

  #ask(field: SecretField): Promise<void> {
    return this.#reveal.show(field, async (signal) => {
      const answer = await this.rpc?.request('credentials/reveal', { field }, { signal });
      return answer?.value;
    });
  }
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
