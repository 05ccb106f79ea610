import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { AdminRoleView, CredentialsView } from '../../protocol';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { skeleton } from '../base/skeleton';
import type { Rpc } from '../rpc';
import { adminExplanation } from './admin-explanation';

/** What only an administrator can see of the role: what it would be, and once it is asked for, what it is. */
@customElement('cw-admin-role')
export class AdminRole extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) view: CredentialsView | undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;

  readonly #answer = new Loader<AdminRoleView>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    if (before && (before.issuedAt !== this.view?.issuedAt || before.adminName !== this.view?.adminName))
      this.#answer.clear();
  }

  override render(): unknown {
    const { value, error, skeleton: due } = this.#answer;
    const failure = error === undefined ? undefined : explainFailure(error);
    return html`
      <h3 id="why-admin">
        ${value ? l10n.t('What an administrator sees') : l10n.t('What only an administrator can see')}
      </h3>
      ${due ? skeleton(6, l10n.t('Reading groups, roles and policies…')) : nothing}
      ${
        failure
          ? html`<cw-explanation
              .explanation=${failure}
              .act=${this.act}
              .retry=${this.#ask}
            ></cw-explanation>`
          : nothing
      }
      ${value ? adminExplanation(value) : this.#hints(due)} ${this.#button(value !== undefined)}
    `;
  }

  #hints(due: boolean): TemplateResult | typeof nothing {
    const hints = this.view?.why?.adminOnly ?? [];
    if (due || hints.length === 0) return nothing;
    return html`
      <ul class="sentences" aria-labelledby="why-admin">
        ${hints.map((text) => html`<li class="wrap">${text}</li>`)}
      </ul>
    `;
  }

  #button(asked: boolean): TemplateResult {
    const name = this.view?.adminName;
    if (name === undefined) {
      return html`
        <p class="dim">
          ${l10n.t('An AWS profile that may read the identity pool, the user’s groups and the role shows all this.')}
        </p>
        <div class="buttons">
          <vscode-button secondary icon="account" @click=${this.#chooseProfile}
            >${l10n.t('Choose AWS Profile…')}</vscode-button
          >
        </div>
      `;
    }
    return html`
      <div class="buttons">
        <vscode-button
          secondary
          icon="shield"
          ?disabled=${this.#answer.loading}
          title=${l10n.t('Asks AWS as {0}. It only reads.', name)}
          @click=${this.#ask}
          >${asked ? l10n.t('Ask Again') : l10n.t('Ask as Administrator')}</vscode-button
        >
      </div>
    `;
  }

  readonly #ask = (): void => {
    const { rpc } = this;
    if (rpc) void this.#answer.load((signal) => rpc.request('credentials/explainAsAdmin', {}, { signal }));
  };

  readonly #chooseProfile = (): void => {
    this.rpc?.notify({ type: 'command', command: 'chooseAwsProfile' });
  };
}
