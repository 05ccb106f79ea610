import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ClaimGroup, ExplainedClaim } from '../../../core/tokens/explain';
import '../base/countdown';
import '../base/long-text';
import { uniqueId } from '../base/light-element';
import { seenBroken } from '../base/seen';
import { indentJson } from '../s3/json-text';

/** A group of claims as a table: name, value, meaning. `more` stands beside the title. */
export function claimsTable(
  group: ClaimGroup,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const id = uniqueId('claims');
  return html`
    <div class="claims">
      <div class="claims-title">
        <h3 id=${id}>${group.title}</h3>
        ${more}
      </div>
      <table role="table" aria-labelledby=${id}>
        <thead class="visually-hidden">
          <tr role="row">
            <th role="columnheader" scope="col">${l10n.t('Name')}</th>
            <th role="columnheader" scope="col">${l10n.t('Value')}</th>
            <th role="columnheader" scope="col">${l10n.t('Meaning')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${group.claims.map(
            (claim) => html`
              <tr role="row">
                <th role="rowheader" scope="row" class="code"><bdi>${seenBroken(claim.name)}</bdi></th>
                <td role="cell" class="claim-value">${value(claim)}</td>
                <td role="cell" class="claim-meaning">${claim.meaning}${source(claim)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** Where the claim is defined; VS Code opens links of its pages in the browser, once the person agrees. */
function source({ name, source: address }: ExplainedClaim): TemplateResult | typeof nothing {
  if (address === undefined) return nothing;
  return html` <a
    class="claim-source"
    href=${address}
    aria-label=${l10n.t('Source of {0}', name)}
    title=${address}
    >${l10n.t('Source')}</a
  >`;
}

function value(claim: ExplainedClaim): TemplateResult {
  if (claim.kind === 'time' && claim.timeMs !== undefined)
    return html`<cw-countdown .at=${claim.timeMs}></cw-countdown>`;
  const items = claim.kind === 'list' ? listItems(claim.raw) : undefined;
  if (items && items.length > 0)
    return html`<ul class="chips code">
      ${items.map((item) => html`<li class="chip"><cw-long-text .text=${item}></cw-long-text></li>`)}
    </ul>`;
  const text = claim.kind === 'json' ? indentJson(claim.value) : claim.value;
  if (claim.kind === 'json') return html`<pre class="claim-json code">${text}</pre>`;
  if (text === '') return html`<i class="dim">${l10n.t('(empty)')}</i>`;
  return html`<span class="code"><cw-long-text .text=${text}></cw-long-text></span>`;
}

/** Items one by one: joined by commas, an item with a comma in it would look like two. */
function listItems(raw: unknown): string[] | undefined {
  if (typeof raw === 'string') return raw.split(' ').filter((item) => item !== '');
  return Array.isArray(raw) && raw.every((item) => typeof item === 'string') ? raw : undefined;
}
