import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ExplainedClaim, ExplainedValue } from '../../../core/tokens/explain';
import '../base/countdown';
import { formatCount } from '../base/format';
import { icon } from '../base/icon';
import { jsonSeen } from '../base/json-seen';
import '../base/long-text';
import { indentJson } from '../s3/json-text';

/** The value of a claim; of a name that stands there more than once, every one in the token's order. */
export function claimValues(claim: ExplainedClaim): TemplateResult {
  const { earlier } = claim;
  if (!earlier) return value(claim);
  const more = earlier.count - earlier.values.length;
  return html`<ol class="claim-values">
    ${earlier.values.map(
      (one) => html`<li>${value(one)} <span class="tag">${l10n.t('not taken')}</span></li>`,
    )}
    ${more > 0 ? html`<li class="dim">${l10n.t('{0} more, not taken', formatCount(more))}</li>` : nothing}
    <li>
      ${value(claim)}
      <span
        class="tag tag-taken"
        title=${l10n.t('RFC 7519, section 4: parsers take the last, or refuse the token')}
        >${icon('check')} ${l10n.t('taken: the last')}</span
      >
    </li>
  </ol>`;
}

function value(claim: ExplainedValue): TemplateResult {
  if (claim.kind === 'time' && claim.timeMs !== undefined)
    return html`<cw-countdown .at=${claim.timeMs}></cw-countdown>`;
  const items = claim.kind === 'list' ? listItems(claim.raw) : undefined;
  if (items && items.length > 0)
    return html`<ul class="chips code">
      ${items.map((item) => html`<li class="chip"><cw-long-text .text=${item}></cw-long-text></li>`)}
      ${claim.more === undefined ? nothing : html`<li class="dim">${l10n.t('{0} more', formatCount(claim.more))}</li>`}
    </ul>`;
  if (claim.kind === 'json')
    return html`<pre class="claim-json code">${jsonSeen(indentJson(claim.value))}</pre>
      ${cut(claim)}`;
  if (claim.value === '' && claim.more === undefined) return html`<i class="dim">${l10n.t('(empty)')}</i>`;
  return html`<span class="code"><cw-long-text .text=${claim.value}></cw-long-text></span>${cut(claim)}`;
}

/** A value that is too long to be shown to its end. */
function cut({ kind, more }: ExplainedValue): TemplateResult | typeof nothing {
  if (more === undefined) return nothing;
  const count = formatCount(more);
  return html` <span class="dim"
    >${kind === 'list' ? l10n.t('{0} more', count) : l10n.t('{0} more characters', count)}</span
  >`;
}

/** Items one by one: joined by commas, an item with a comma in it would look like two. */
function listItems(raw: unknown): string[] | undefined {
  if (typeof raw === 'string') return raw.split(' ').filter((item) => item !== '');
  return Array.isArray(raw) && raw.every((item) => typeof item === 'string') ? raw : undefined;
}
