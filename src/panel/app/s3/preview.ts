import * as l10n from '@vscode/l10n';
import { html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PreviewView } from '../../protocol';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { indentJson } from './json-text';

/** What is inside an object. Text stays text; an image is shown from a blob, where nothing in it can run. */
@customElement('cw-preview')
export class Preview extends LightElement {
  @property({ attribute: false }) preview: PreviewView | undefined;
  @property({ attribute: false }) name = '';

  @state() private broken = false;
  #url: string | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('preview')) return;
    this.#release();
    this.broken = false;
    if (this.preview?.kind === 'image') this.#url = imageUrl(this.preview.mediaType, this.preview.base64);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  override render(): unknown {
    const { preview } = this;
    switch (preview?.kind) {
      case 'text':
      case 'json':
        return html`
          <pre
            class="preview-text"
            tabindex="0"
            role="region"
            aria-label=${l10n.t('Preview of {0}', this.name)}
          >
${preview.kind === 'json' ? indentJson(preview.text) : preview.text}</pre>
          ${preview.truncated ? html`<p class="dim">${l10n.t('Only the beginning is shown.')}</p>` : ''}
        `;
      case 'image':
        return this.broken
          ? html`<p class="dim">${icon('warning')} ${l10n.t('This is not an image that can be shown.')}</p>`
          : html`<img
              class="preview-image"
              src=${this.#url ?? ''}
              alt=${l10n.t('Preview of {0}', this.name)}
              @error=${() => (this.broken = true)}
            />`;
      case 'none':
        return html`<p class="dim">${icon('eye-closed')} ${preview.reason}</p>`;
      case undefined:
        return '';
    }
  }

  #release(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}

function imageUrl(mediaType: string, base64: string): string {
  const binary = atob(base64);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: mediaType }));
}
