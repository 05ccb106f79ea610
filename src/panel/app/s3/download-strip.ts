import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { formatBytes } from '../../../core/s3/files';
import { icon } from '../base/icon';
import type { Download, Downloads } from './downloads';
import { keyName } from './key-name';

/** A line for each download: how far it is, where it went, or why it failed. */
export function downloadStrip(downloads: Downloads): TemplateResult | typeof nothing {
  if (downloads.list.length === 0) return nothing;
  return html`
    <ul class="downloads" aria-label=${l10n.t('Downloads')}>
      ${downloads.list.map((one) => html`<li class="download">${line(one, downloads)}</li>`)}
    </ul>
  `;
}

function line(one: Download, downloads: Downloads): TemplateResult {
  const name = one.key.slice(one.key.lastIndexOf('/') + 1);
  if (one.state === 'running')
    return html`
      <div class="download-text">
        ${icon('cloud-download')} <span class="clip">${keyName(name)}</span>
        <span class="dim">${progressText(one)}</span>
      </div>
      <vscode-progress-bar
        aria-label=${l10n.t('Download of {0}', name)}
        .value=${one.total === undefined || one.bytes === 0 ? undefined : one.bytes}
        .max=${one.total ?? 100}
      ></vscode-progress-bar>
      <vscode-button
        secondary
        aria-label=${l10n.t('Cancel download of {0}', name)}
        @click=${() => downloads.cancel(one.id)}
        >${l10n.t('Cancel')}</vscode-button
      >
    `;
  const failed = one.state === 'failed';
  return html`
    <div class="download-text" role=${failed ? 'alert' : 'status'}>
      ${icon(failed ? 'error' : 'pass', failed ? 'bad' : 'good')}
      <span class="wrap"
        >${failed ? failure(one, name) : l10n.t('Saved {0} to {1}', name, one.path ?? '')}</span
      >
    </div>
    <button
      class="icon-button"
      title=${l10n.t('Dismiss')}
      aria-label=${l10n.t('Dismiss {0}', name)}
      @click=${() => downloads.dismiss(one.id)}
    >
      ${icon('close')}
    </button>
  `;
}

function failure(one: Download, name: string): string {
  const { title = l10n.t('The download failed'), why = '' } = one.explanation ?? {};
  return l10n.t('{0} was not saved. {1}: {2}', name, title, why);
}

function progressText(one: Download): string {
  if (one.total === undefined) return formatBytes(one.bytes);
  const percent = one.total === 0 ? 100 : Math.floor((one.bytes / one.total) * 100);
  return l10n.t('{0} of {1} · {2} %', formatBytes(one.bytes), formatBytes(one.total), percent);
}
