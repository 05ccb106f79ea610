import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon';

/** What stands where there is nothing: why, and what one can do. */
export function emptyState(options: {
  icon: string;
  title: string;
  text?: string | undefined;
  action?: TemplateResult | undefined;
}): TemplateResult {
  return html`
    <div class="empty">
      ${icon(options.icon)}
      <h2>${options.title}</h2>
      ${options.text ? html`<p>${options.text}</p>` : nothing} ${options.action ?? nothing}
    </div>
  `;
}
