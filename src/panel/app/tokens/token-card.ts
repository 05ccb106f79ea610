import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { TokenCard, TokenSlot } from '../../protocol';
import '../base/copy-button';
import '../base/explanation';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { seenWords } from '../base/seen-words';
import type { Rpc } from '../rpc';
import { claimsTable } from './claims';
import { tokenJson } from './token-json';
import { statusIcon, verdictList } from './verdict-list';

/** One token: is it good, and what does it say. */
@customElement('cw-token-card')
export class TokenCardView extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) card: TokenCard | undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;
  @property({ attribute: false }) retry: () => void = () => undefined;
  @property({ attribute: false }) showRole: () => void = () => undefined;
  @state() private asJson = false;

  override render(): unknown {
    const { card } = this;
    if (!card) return nothing;
    const title = card.title ?? slotTitle(card.slot);
    return html`
      <section class="card token" aria-label=${title}>
        <header class="token-head">
          <h2>${icon(card.slot === 'refresh' ? 'history' : 'key')} ${title}</h2>
          <div class="buttons">
            ${card.present && card.slot !== 'refresh' ? this.#buttons(card, title) : nothing}
          </div>
        </header>
        ${
          card.summary
            ? html`<p class="summary summary-${card.summary.status}">
                ${statusIcon(card.summary.status)}
                <span class="wrap">${seenWords(card.summary.sentence)}</span>
              </p>`
            : nothing
        }
        ${card.present ? nothing : html`<p class="dim">${l10n.t('This session holds no such token.')}</p>`}
        ${
          card.error
            ? html`<cw-explanation
                .explanation=${card.error}
                .act=${this.act}
                .retry=${this.retry}
              ></cw-explanation>`
            : nothing
        }
        ${
          card.facts.length === 0
            ? nothing
            : html`<ul class="token-facts">
                ${card.facts.map((fact) => html`<li>${seenWords(fact)}</li>`)}
              </ul>`
        }
        ${verdictList(card.verdicts)}
        ${this.asJson && card.json ? tokenJson(card, l10n.t('JSON of {0}', title)) : this.#claims(card)}
      </section>
    `;
  }

  #buttons(card: TokenCard, title: string): TemplateResult {
    const copy = () => this.rpc?.request('tokens/copy', { slot: card.slot }) ?? Promise.resolve();
    return html`
      <cw-copy-button
        .label=${l10n.t('Token')}
        .description=${l10n.t('Copy {0}', title)}
        .copy=${copy}
      ></cw-copy-button>
      ${
        card.json === undefined
          ? nothing
          : html`
              <cw-copy-button
                .label=${l10n.t('Share')}
                .description=${l10n.t('Share {0}: copy it redacted, or its claims', title)}
                .copy=${() => this.#copyAs(card.slot)}
              ></cw-copy-button>
              <vscode-button
                secondary
                icon="json"
                aria-pressed=${this.asJson ? 'true' : 'false'}
                aria-label=${l10n.t('JSON of {0}', title)}
                @click=${() => (this.asJson = !this.asJson)}
                >${l10n.t('JSON')}</vscode-button
              >
            `
      }
    `;
  }

  async #copyAs(slot: TokenSlot): Promise<void> {
    const answer = await this.rpc?.request('tokens/copyAs', { slot }, { unlimited: true });
    if (!answer?.copied) throw new Error('nothing was copied');
  }

  #claims(card: TokenCard): TemplateResult {
    const link = html`<button class="link" @click=${this.showRole}>${l10n.t('Why this role')}</button>`;
    return html`
      ${card.groups.map((group) => claimsTable(group, group.id === 'roles' ? link : nothing))}
      ${card.header.map((group) => claimsTable(group))}
    `;
  }
}

export function slotTitle(slot: TokenSlot): string {
  switch (slot) {
    case 'id':
      return l10n.t('ID token');
    case 'access':
      return l10n.t('Access token');
    case 'refresh':
      return l10n.t('Refresh token');
    default:
      return l10n.t('Login');
  }
}
