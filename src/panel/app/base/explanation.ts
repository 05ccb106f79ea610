import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import { actionLabel } from '../../../core/diagnosis/action-label';
import { icon } from './icon';
import { LightElement } from './light-element';

/** A failure in words: what happened, why, what to do, the buttons that do it, and the raw facts on demand. */
@customElement('cw-explanation')
export class ExplanationView extends LightElement {
  @property({ attribute: false }) explanation: Explanation | undefined;
  /** Does what the host need not know of; without it `retry` goes to the host too. */
  @property({ attribute: false }) retry: (() => void) | undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;
  /** Opens one of the locations that the explanation names. */
  @property({ attribute: false }) openLocation: ((address: string) => void) | undefined;

  override render(): unknown {
    const shown = this.explanation;
    if (!shown) return nothing;
    return html`
      <section class="explanation" role="alert" aria-label=${shown.title}>
        <h2>${icon('error', 'bad')} ${shown.title}</h2>
        <p>${shown.why}</p>
        ${this.#causes(shown)}
        ${shown.fixIsLocations && this.#showsLocations(shown) ? nothing : html`<p class="fix">${shown.fix}</p>`}
        ${this.#locations(shown)} ${this.#actions(shown)} ${this.#details(shown)}
      </section>
    `;
  }

  #causes(shown: Explanation): TemplateResult | typeof nothing {
    const causes = shown.possibleCauses ?? [];
    if (causes.length === 0) return nothing;
    return html`
      <p class="causes-title">${l10n.t('Possible causes, the most likely first:')}</p>
      <ol class="causes">
        ${causes.map((cause) => html`<li>${cause.text}</li>`)}
      </ol>
    `;
  }

  #showsLocations(shown: Explanation): boolean {
    return this.openLocation !== undefined && (shown.locations ?? []).length > 0;
  }

  #locations(shown: Explanation): TemplateResult | typeof nothing {
    const addresses = shown.locations ?? [];
    const { openLocation } = this;
    if (!openLocation || !this.#showsLocations(shown)) return nothing;
    return html`
      <p class="fix">${l10n.t('Likely to work:')}</p>
      <ul class="plain-list">
        ${addresses.map(
          (address) => html`
            <li><button class="link code" @click=${() => openLocation(address)}>${address}</button></li>
          `,
        )}
      </ul>
    `;
  }

  #actions(shown: Explanation): TemplateResult | typeof nothing {
    const actions = shown.actions.filter((action) => !this.#needsNoButton(action));
    if (actions.length === 0) return nothing;
    return html`
      <div class="buttons">
        ${actions.map(
          (action, index) => html`
            <vscode-button ?secondary=${index > 0} @click=${() => this.#do(action, shown)}
              >${actionLabel(action)}</vscode-button
            >
          `,
        )}
      </div>
    `;
  }

  /** The details are below, and the locations above. */
  #needsNoButton(action: ActionId): boolean {
    return (
      action === 'show-details' || (action === 'open-likely-locations' && this.openLocation !== undefined)
    );
  }

  #do(action: ActionId, shown: Explanation): void {
    if (action === 'retry' && this.retry) this.retry();
    else this.act(action, shown);
  }

  #details(shown: Explanation): TemplateResult | typeof nothing {
    if (shown.details.length === 0) return nothing;
    return html`
      <details>
        <summary>${l10n.t('Show Details')}</summary>
        <dl class="facts">
          ${shown.details.map(
            ({ label, value }) => html`
              <dt>${label}</dt>
              <dd class="code">${value}</dd>
            `,
          )}
        </dl>
      </details>
    `;
  }
}
