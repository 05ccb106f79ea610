import { html, type TemplateResult } from 'lit';

/** A codicon for the eye only: a word always stands beside it. */
export function icon(name: string, tone = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${tone}" aria-hidden="true"></span>`;
}
