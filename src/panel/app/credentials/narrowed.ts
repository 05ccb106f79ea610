import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';

/** What the session may less than its role, where something narrows it. */
export function narrowed(sentences: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (!sentences || sentences.length === 0) return nothing;
  return html`
    <section class="card narrowed" aria-labelledby="narrowed-title">
      <h2 id="narrowed-title">${l10n.t('Less than the role allows')}</h2>
      <ul class="sentences">
        ${sentences.map((text) => html`<li class="wrap">${text}</li>`)}
      </ul>
    </section>
  `;
}
