import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon } from '../base/icon';
import { footerText } from './footer-text';
import type { Listing } from './listing';

/** Counts what is there, and says whether that is all. */
export function listingFooter(listing: Listing): TemplateResult {
  const failed = listing.error !== undefined && listing.started;
  return html`
    <footer class="list-footer">
      <span role="status">${failed ? icon('error', 'bad') : nothing} ${footerText(listing)}</span>
      ${
        failed
          ? html`<vscode-button secondary @click=${() => void listing.more()}
              >${l10n.t('Try Again')}</vscode-button
            >`
          : nothing
      }
    </footer>
  `;
}
