import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { CauseView, CredentialsView } from '../../protocol';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { scrollToTop } from '../base/scroll';
import type { Rpc } from '../rpc';
import { causeFinding } from './cause-finding';

/** `failure`: one that hides no cause. */
export type CauseShown = 'nothing' | 'cause' | 'failure';

/** What really failed, once somebody wants to know: a card with the cause and what mends it. */
@customElement('cw-cause')
export class Cause extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) view: CredentialsView | undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;
  /** Told when what there is to see is of another kind. */
  @property({ attribute: false }) shows: (kind: CauseShown) => void = () => undefined;

  readonly #finding = new Loader<CauseView>(this);
  #progress = '';
  #unlisten: (() => void) | undefined;
  #shown: CauseShown = 'nothing';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlisten?.();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // With other credentials, what failed before is mended.
    const before = changed.get('view');
    if (before && this.view?.issuedAt !== undefined && before.issuedAt !== this.view.issuedAt)
      this.#finding.clear();
  }

  override updated(): void {
    const shown = this.#kind();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.shows(shown);
  }

  /** Looks for the cause, and brings the card into view. */
  readonly find = (): void => {
    const { rpc } = this;
    if (!rpc) return;
    this.#progress = l10n.t('Asking the identity pool for credentials…');
    this.#unlisten?.();
    const unlisten = rpc.listen((event) => {
      if (event.type !== 'credentials/progress') return;
      this.#progress = event.text;
      this.requestUpdate();
    });
    this.#unlisten = unlisten;
    void this.#finding
      // The person may be asked meanwhile, and take any time.
      .load((signal) => rpc.request('credentials/findCause', {}, { signal, unlimited: true }))
      .finally(unlisten);
    void this.updateComplete.then(() => {
      const card = this.querySelector<HTMLElement>('.cause');
      if (!card) return;
      scrollToTop(card);
      card.focus({ preventScroll: true });
    });
  };

  override render(): unknown {
    const { value, error, loading } = this.#finding;
    if (this.#kind() === 'nothing') return nothing;
    return html`
      <section class="card cause" tabindex="-1" aria-labelledby="cause-title">
        <h2 id="cause-title">${l10n.t('What really failed')}</h2>
        <div role="status" class="cause-progress">
          ${loading ? html`${icon('search')} <span class="wrap">${this.#progress}</span>` : nothing}
        </div>
        ${loading ? this.#cancelButton() : this.#result(value, error)}
      </section>
    `;
  }

  #kind(): CauseShown {
    const { value, error, loading } = this.#finding;
    if (loading || (value && value.outcome !== 'other')) return 'cause';
    const failed = value !== undefined || (error !== undefined && explainFailure(error) !== undefined);
    return failed ? 'failure' : 'nothing';
  }

  #result(value: CauseView | undefined, error: unknown): TemplateResult {
    const failure = value?.error ?? (error === undefined ? undefined : explainFailure(error));
    if (failure) {
      return html`<cw-explanation
        .explanation=${failure}
        .act=${this.act}
        .retry=${this.find}
      ></cw-explanation>`;
    }
    return html`
      ${value?.outcome === 'works' ? this.#works(value) : nothing}
      ${value?.finding ? causeFinding(value, value.finding, this.#copy) : nothing}
      <div class="buttons">
        <vscode-button secondary icon="search" @click=${this.find}>${l10n.t('Check Again')}</vscode-button>
        ${value?.adminMissing ? this.#profileButton() : nothing}
      </div>
    `;
  }

  #works({ roleName }: CauseView): TemplateResult {
    return html`
      <p class="cause-name">${icon('pass', 'good')} <b>${l10n.t('Nothing fails')}</b></p>
      <p>
        ${l10n.t(
          'The identity pool just gave the role {0}. These credentials were thrown away.',
          roleName ?? '',
        )}
      </p>
    `;
  }

  #cancelButton(): TemplateResult {
    return html`
      <div class="buttons">
        <vscode-button secondary @click=${() => this.#finding.clear()}>${l10n.t('Cancel')}</vscode-button>
      </div>
    `;
  }

  #profileButton(): TemplateResult {
    const choose = () => this.rpc?.notify({ type: 'command', command: 'chooseAwsProfile' });
    return html`<vscode-button
      secondary
      icon="account"
      title=${l10n.t('With the rights of an administrator, pool and role can be looked at.')}
      @click=${choose}
      >${l10n.t('Choose AWS Profile…')}</vscode-button
    >`;
  }

  readonly #copy = (what: 'command' | 'document'): Promise<unknown> =>
    this.rpc?.request('credentials/copyFinding', { what }) ?? Promise.resolve();
}
