import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { AccessAction, AccessRow } from '../../../core/federation/effective-access';
import { icon } from '../base/icon';

/** What the session may do at each location, and on demand the sentences that decide it. */
export function accessTable(rows: readonly AccessRow[]): TemplateResult {
  const locations = [...new Set(rows.map(({ location }) => location))];
  return html`
    <table class="access" aria-labelledby="admin-access">
      <thead>
        <tr>
          <th scope="col">${l10n.t('List')}</th>
          <th scope="col">${l10n.t('Read')}</th>
          <th scope="col">${l10n.t('Write')}</th>
        </tr>
      </thead>
      ${locations.map((location) =>
        locationRows(
          location,
          rows.filter((row) => row.location === location),
        ),
      )}
    </table>
  `;
}

const actions: readonly AccessAction[] = ['s3:ListBucket', 's3:GetObject', 's3:PutObject'];

function locationRows(location: string, rows: readonly AccessRow[]): TemplateResult {
  const ordered = actions.flatMap((action) => rows.find((row) => row.action === action) ?? []);
  return html`
    <tbody>
      <tr>
        <th scope="rowgroup" colspan="3" class="code wrap">${location}</th>
      </tr>
      <tr>
        ${ordered.map((row) => html`<td>${verdict(row)}</td>`)}
      </tr>
      <tr>
        <td colspan="3">
          <details>
            <summary>${l10n.t('What decides it')}</summary>
            <dl class="deciding">${ordered.map(deciding)}</dl>
          </details>
        </td>
      </tr>
    </tbody>
  `;
}

function verdict({ decision }: AccessRow): TemplateResult {
  switch (decision) {
    case 'allow':
      return html`<span class="verdict">${icon('pass', 'good')} ${l10n.t('allowed')}</span>`;
    case 'unknown':
      return html`<span class="verdict">${icon('question', 'warn')} ${l10n.t('unknown')}</span>`;
    default:
      return html`<span class="verdict">${icon('error', 'bad')} ${l10n.t('denied')}</span>`;
  }
}

function deciding(row: AccessRow): TemplateResult {
  const layers = row.layers.length > 1 ? row.layers : [];
  return html`
    <dt>
      <span class="code">${row.action}</span>
      ${row.resource === '' ? nothing : html`<span class="code dim wrap">${row.resource}</span>`}
    </dt>
    <dd>
      <span class="wrap">${row.sentence}</span>
      ${
        layers.length === 0
          ? nothing
          : html`<ul class="sentences">
              ${layers.map(({ title, sentence }) => html`<li class="wrap">${l10n.t('{0}: {1}', title, sentence)}</li>`)}
            </ul>`
      }
    </dd>
  `;
}
