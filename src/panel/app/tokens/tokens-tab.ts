import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { PanelState, TokensView } from '../../protocol';
import { emptyState } from '../base/empty';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { msToNextWords } from '../base/next-text';
import { skeleton } from '../base/skeleton';
import { WhenDue } from '../base/when-due';
import type { Rpc } from '../rpc';
import './token-card';

/** The Tokens tab: a card for each token of the session. */
@customElement('cw-tokens')
export class TokensTab extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) active = false;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;
  @property({ attribute: false }) showRole: () => void = () => undefined;
  @property({ attribute: false }) kind: PanelState['kind'] = 'user';

  readonly #view = new Loader<TokensView>(this);
  #loadedRevision: number | undefined;
  #stale = false;
  readonly #due = new WhenDue(this, () => {
    this.#stale = true;
    if (this.active) void this.#load();
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.active || !(changed.has('active') || changed.has('revision'))) return;
    if (this.#loadedRevision !== this.revision || this.#stale) void this.#load();
  }

  override render(): unknown {
    const { value, error, skeleton: due } = this.#view;
    const failure = error === undefined ? undefined : explainFailure(error);
    if (failure)
      return html`<cw-explanation
        .explanation=${failure}
        .act=${this.act}
        .retry=${this.#reload}
      ></cw-explanation>`;
    if (!value) return due ? skeleton(9) : nothing;
    if (value.cards.length === 0) return this.#none();
    return repeat(
      value.cards,
      (card) => card.slot,
      (card) =>
        html`<cw-token-card
          .rpc=${this.rpc}
          .card=${card}
          .act=${this.act}
          .retry=${this.#reload}
          .showRole=${this.showRole}
        ></cw-token-card>`,
    );
  }

  #none(): unknown {
    return this.kind === 'guest'
      ? emptyState({
          icon: 'person',
          title: l10n.t('A guest has no tokens'),
          text: l10n.t(
            'The identity pool gave an identity ID and AWS credentials without a sign-in. See Credentials.',
          ),
        })
      : emptyState({ icon: 'key', title: l10n.t('This session holds no tokens') });
  }

  readonly #reload = (): void => void this.#load();

  async #load(): Promise<void> {
    const { rpc } = this;
    if (!rpc) return;
    this.#loadedRevision = this.revision;
    this.#stale = false;
    await this.#view.load((signal) => rpc.request('tokens/load', {}, { signal }));
    this.#judgeAgainLater();
  }

  /** The verdicts name times: when their words would be others, they are asked for anew (at once if in view). */
  #judgeAgainLater(): void {
    this.#due.in(msToNextWords(this.#view.value?.cards ?? [], Date.now()));
  }
}
