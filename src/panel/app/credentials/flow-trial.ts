import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { CredentialsView, FlowTrial } from '../../protocol';
import '../base/countdown';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { skeleton } from '../base/skeleton';
import type { Rpc } from '../rpc';
import { flowDiagram } from './flow';

/** How the credentials came, and beside it what the other flow would have given: asked for, never by itself. */
@customElement('cw-flows')
export class Flows extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) view: CredentialsView | undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;

  readonly #trial = new Loader<FlowTrial>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    // Another session state: what was tried before says nothing about it.
    const before = changed.get('view');
    if (before && before.issuedAt !== this.view?.issuedAt) this.#trial.clear();
  }

  override render(): unknown {
    const { view } = this;
    if (!view || view.flow.length === 0) return nothing;
    const flow = view.flowName ?? 'enhanced';
    return html`
      <section class="card" aria-labelledby="credentials-flow">
        <h2 id="credentials-flow">${l10n.t('How they came: {0}', flowTitle(flow))}</h2>
        ${flowDiagram(view.flow)}
      </section>
      <section class="card" aria-labelledby="other-flow">
        <h2 id="other-flow">${l10n.t('The other way: {0}', flowTitle(otherOf(flow)))}</h2>
        ${this.#other(otherOf(flow), view)}
      </section>
    `;
  }

  #other(flow: FlowTrial['flow'], view: CredentialsView): TemplateResult {
    const { value, error, skeleton: due, loading } = this.#trial;
    const failure = value?.error ?? (error === undefined ? undefined : explainFailure(error));
    return html`
      <p class="wrap">${aboutFlow(flow, view.trialRole)}</p>
      ${
        failure
          ? html`<cw-explanation
              .explanation=${failure}
              .act=${this.act}
              .retry=${() => this.#try(flow)}
            ></cw-explanation>`
          : nothing
      }
      ${value && !failure ? result(value, view) : nothing} ${due ? skeleton(4) : nothing}
      ${
        failure || value
          ? nothing
          : html`<vscode-button secondary icon="play" ?disabled=${loading} @click=${() => this.#try(flow)}
              >${flow === 'basic' ? l10n.t('Try the Basic Flow') : l10n.t('Try the Enhanced Flow')}</vscode-button
            >`
      }
    `;
  }

  #try(flow: FlowTrial['flow']): void {
    const { rpc } = this;
    if (rpc) void this.#trial.load((signal) => rpc.request('credentials/tryFlow', { flow }, { signal }));
  }
}

const otherOf = (flow: FlowTrial['flow']): FlowTrial['flow'] => (flow === 'basic' ? 'enhanced' : 'basic');

function flowTitle(flow: FlowTrial['flow']): string {
  return flow === 'basic' ? l10n.t('basic flow') : l10n.t('enhanced flow');
}

function aboutFlow(flow: FlowTrial['flow'], role: string | undefined): string {
  if (flow === 'enhanced') {
    return l10n.t(
      'The identity pool chooses the role and talks to STS itself; the credentials last an hour.',
    );
  }
  return role === undefined
    ? l10n.t('The caller names the role and talks to STS itself. Choose a role first.')
    : l10n.t('The caller names the role and talks to STS itself; it would name {0}.', role);
}

function result(trial: FlowTrial, view: CredentialsView): TemplateResult {
  const same = trial.roleName === view.roleName;
  return html`
    ${flowDiagram(trial.steps)}
    <p class="flow-result">
      ${icon(same ? 'pass' : 'info', same ? 'good' : 'warn')}
      <span>
        ${
          same
            ? l10n.t('The same role: {0}.', trial.roleName ?? '')
            : l10n.t('Another role: {0} in place of {1}.', trial.roleName ?? '', view.roleName ?? '')
        }
        ${l10n.t('The credentials would last until')}
        <cw-countdown .at=${trial.expiresAt}></cw-countdown>. ${l10n.t('They were thrown away.')}
      </span>
    </p>
  `;
}
