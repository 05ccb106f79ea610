import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { S3LocationView } from '../../protocol';
import { emptyState } from '../base/empty';
import { icon } from '../base/icon';

/** The places to begin at: those of the connection, then those that are likely to work. */
export function locationList(
  locations: readonly S3LocationView[],
  open: (address: string) => void,
): TemplateResult {
  if (locations.length === 0)
    return emptyState({
      icon: 'database',
      title: l10n.t('No locations yet'),
      text: l10n.t(
        'Type an s3:// address above. To keep it, add it to “s3.locations” of this connection in the settings.',
      ),
    });
  const group = (source: S3LocationView['source'], title: string) => {
    const members = locations.filter((one) => one.source === source);
    if (members.length === 0) return nothing;
    return html`
      <h2 class="group-title">${title}</h2>
      <ul class="locations">
        ${members.map((one) => html`<li>${location(one, open)}</li>`)}
      </ul>
    `;
  };
  return html`
    <div class="location-groups">
      ${group('configured', l10n.t('Locations of this connection'))}
      ${group('likely', l10n.t('Likely to be readable'))}
    </div>
  `;
}

function location(one: S3LocationView, open: (address: string) => void): TemplateResult {
  const words = html`
    ${icon(one.problem ? 'warning' : 'folder', one.problem ? 'warn' : '')}
    <span class="location-words">
      <span class="wrap">${one.label}</span>
      ${one.label === one.address ? nothing : html`<span class="code dim wrap">${one.address}</span>`}
      ${one.problem ? html`<span class="wrap">${one.problem}</span>` : nothing}
    </span>
  `;
  return one.problem
    ? html`<div class="location">${words}</div>`
    : html`<button class="location" @click=${() => open(one.address)}>${words}</button>`;
}
