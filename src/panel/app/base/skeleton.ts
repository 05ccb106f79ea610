import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';

/** Grey bars in the place of what is being loaded. */
export function skeleton(lines: number, label = l10n.t('Loading…')): TemplateResult {
  return html`
    <div class="skeleton" role="status">
      <span class="visually-hidden">${label}</span>
      ${Array.from({ length: lines }, () => html`<div class="bar" aria-hidden="true"></div>`)}
    </div>
  `;
}
