import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { S3ObjectDetails } from '../../../core/ports';
import { formatBytes } from '../../../core/s3/files';
import type { PreviewView } from '../../protocol';
import '../base/copy-button';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { formatCount, formatDateTime, formatIso } from '../base/format';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { skeleton } from '../base/skeleton';
import type { Rpc } from '../rpc';
import { fileIcon } from './file-icon';
import { keyName, keyTitle } from './key-name';
import './preview';

/** One object: what S3 says of it, what can be done with it, and what is inside. */
@customElement('cw-object-details')
export class ObjectDetails extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) bucket = '';
  @property({ attribute: false }) key = '';
  @property({ attribute: false }) downloading = false;
  @property({ attribute: false }) download: (size: number | undefined) => void = () => undefined;
  @property({ attribute: false }) close: () => void = () => undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;

  readonly #head = new Loader<S3ObjectDetails>(this);
  readonly #preview = new Loader<PreviewView>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bucket') || changed.has('key')) void this.#load();
  }

  readonly #reload = (): void => void this.#load();

  async #load(): Promise<void> {
    const { rpc, bucket, key } = this;
    if (!rpc) return;
    this.#head.clear();
    this.#preview.clear();
    await this.#head.load((signal) => rpc.request('s3/head', { bucket, key }, { signal }));
    const head = this.#head.value;
    if (!head || this.bucket !== bucket || this.key !== key) return;
    const { size, contentType } = head;
    await this.#preview.load((signal) =>
      rpc.request('s3/preview', { bucket, key, size, contentType }, { signal }),
    );
  }

  override render(): unknown {
    const name = this.key.slice(this.key.lastIndexOf('/') + 1) || this.key;
    return html`
      <section class="details" aria-label=${l10n.t('Details')} @keydown=${this.#onKey}>
        <header class="details-head">
          <h2 title=${keyTitle(name)}>${icon(fileIcon(name))} <span>${keyName(name)}</span></h2>
          <button
            class="icon-button"
            title=${l10n.t('Close')}
            aria-label=${l10n.t('Close details')}
            @click=${this.close}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="buttons">
          <vscode-button
            icon="cloud-download"
            ?disabled=${this.downloading}
            @click=${() => this.download(this.#head.value?.size)}
            >${l10n.t('Download')}</vscode-button
          >
          <cw-copy-button .label=${l10n.t('Copy S3 Address')} .copy=${this.#copyAddress}></cw-copy-button>
        </div>
        ${this.#facts()} ${this.#inside(name)}
      </section>
    `;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.close();
  };

  readonly #copyAddress = (): Promise<unknown> =>
    this.rpc?.request('s3/copyAddress', { bucket: this.bucket, key: this.key }) ?? Promise.resolve();

  #facts(): TemplateResult | typeof nothing {
    const failure = this.#head.error === undefined ? undefined : explainFailure(this.#head.error);
    if (failure)
      return html`<cw-explanation
        .explanation=${failure}
        .act=${this.act}
        .retry=${this.#reload}
      ></cw-explanation>`;
    const head = this.#head.value;
    if (!head) return this.#head.skeleton ? skeleton(4) : nothing;
    const modified = head.lastModified;
    const facts: [string, string | undefined, string?][] = [
      [l10n.t('Key'), this.key, keyTitle(this.key)],
      [l10n.t('Size'), sizeText(head.size)],
      [
        l10n.t('Modified'),
        modified === undefined ? undefined : formatDateTime(modified),
        modified === undefined ? '' : formatIso(modified),
      ],
      [l10n.t('Content type'), head.contentType],
      [l10n.t('Content encoding'), head.contentEncoding],
      [l10n.t('Cache control'), head.cacheControl],
      [l10n.t('Storage class'), head.storageClass],
      [l10n.t('ETag'), head.etag],
      [l10n.t('Version'), head.versionId],
      [l10n.t('Encryption'), head.encryption],
      [l10n.t('KMS key'), head.kmsKeyId],
      ...Object.entries(head.metadata).map(([name, value]): [string, string] => [
        `x-amz-meta-${name}`,
        value,
      ]),
    ];
    return html`
      <dl class="facts">
        ${facts.map(([label, value, title]) =>
          value === undefined || value === ''
            ? nothing
            : html`
                <dt>${label}</dt>
                <dd class="code" title=${title ?? ''}>${label === l10n.t('Key') ? keyName(value) : value}</dd>
              `,
        )}
      </dl>
    `;
  }

  #inside(name: string): TemplateResult | typeof nothing {
    const failure = this.#preview.error === undefined ? undefined : explainFailure(this.#preview.error);
    if (failure)
      return html`<cw-explanation
        .explanation=${failure}
        .act=${this.act}
        .retry=${this.#reload}
      ></cw-explanation>`;
    if (this.#preview.value)
      return html`<cw-preview .preview=${this.#preview.value} .name=${name}></cw-preview>`;
    return this.#preview.skeleton ? skeleton(6) : nothing;
  }
}

function sizeText(bytes: number): string {
  return bytes < 1024
    ? formatBytes(bytes)
    : l10n.t('{0} ({1} bytes)', formatBytes(bytes), formatCount(bytes));
}
