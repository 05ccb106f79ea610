import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ClaimGroup, ExplainedClaim } from '../../../core/tokens/explain';
import { formatCount } from '../base/format';
import { uniqueId } from '../base/light-element';
import { seenBroken } from '../base/seen';
import { seenWords } from '../base/seen-words';
import { claimValues } from './claim-values';

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
                <td role="cell" class="claim-value">${claimValues(claim)}</td>
                <td role="cell" class="claim-meaning">${seenWords(claim.meaning)}${source(claim)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${leftOut(group)}
    </div>
  `;
}

/** Only of tokens that nobody could read to their end. */
function leftOut({ id, more }: ClaimGroup): TemplateResult | typeof nothing {
  if (more === undefined) return nothing;
  const count = formatCount(more);
  return html`<p class="dim claims-more">
    ${
      id === 'header'
        ? l10n.t('{0} more, see JSON.', count)
        : l10n.t('{0} more claims: JSON shows more of them, and Share copies them all.', count)
    }
  </p>`;
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
