import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { TokenCard } from '../../protocol';
import { formatCount } from '../base/format';
import { jsonSeen } from '../base/json-seen';

/** Header and claims as JSON; of a token with very much in it, the beginning. */
export function tokenJson(
  { json, jsonMore }: Pick<TokenCard, 'json' | 'jsonMore'>,
  label: string,
): TemplateResult | typeof nothing {
  if (json === undefined) return nothing;
  return html`<pre class="token-json code" tabindex="0" role="region" aria-label=${label}>
${jsonSeen(json)}</pre>
    ${
      jsonMore === undefined
        ? nothing
        : html`<p class="dim claims-more">
            ${l10n.t('{0} more characters: Share copies all claims as JSON.', formatCount(jsonMore))}
          </p>`
    }`;
}
