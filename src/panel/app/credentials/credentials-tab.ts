import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { CredentialsView } from '../../protocol';
import '../base/copy-button';
import '../base/countdown';
import { emptyState } from '../base/empty';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { scrollToTop } from '../base/scroll';
import { skeleton } from '../base/skeleton';
import type { Rpc } from '../rpc';
import './admin-role';
import './cause';
import type { Cause, CauseShown } from './cause';
import './flow-trial';
import { narrowed } from './narrowed';
import './secrets';
import { whyRole } from './why-role';

/** What the AWS credentials are, how they came, the values themselves, and why it is this role. */
@customElement('cw-credentials')
export class CredentialsTab extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) active = false;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;
  @property({ attribute: false }) chooseRole: () => void = () => undefined;

  @state() private cause: CauseShown = 'nothing';

  readonly #view = new Loader<CredentialsView>(this);
  #loadedRevision: number | undefined;
  #scrollToRole = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.active || !(changed.has('active') || changed.has('revision'))) return;
    if (this.#loadedRevision !== this.revision) this.#load();
  }

  /** Brings “Why this role” into view, as soon as it is there. */
  showRole(): void {
    this.#scrollToRole = true;
    this.requestUpdate();
  }

  /** Looks for what really failed. */
  findCause(): void {
    void this.updateComplete.then(() => this.querySelector<Cause>('cw-cause')?.find());
  }

  override updated(): void {
    const section = this.#scrollToRole ? this.querySelector<HTMLElement>('#why-role') : null;
    if (!section) return;
    this.#scrollToRole = false;
    scrollToTop(section);
    section.focus({ preventScroll: true });
  }

  override render(): unknown {
    const { value, error, skeleton: due } = this.#view;
    const failure = error === undefined ? undefined : explainFailure(error);
    return html`
      <cw-cause
        .rpc=${this.rpc}
        .view=${value}
        .act=${this.act}
        .shows=${(kind: CauseShown) => (this.cause = kind)}
      ></cw-cause>
      ${failure ? this.#explain(failure) : this.#content(value, due)}
    `;
  }

  #content(value: CredentialsView | undefined, due: boolean): TemplateResult | typeof nothing {
    if (!value) return due ? skeleton(8) : nothing;
    return html`
      ${value.error ? this.#error(value.error) : nothing} ${value.available ? this.#present(value) : nothing}
      ${value.available || value.error ? nothing : this.#none()}
    `;
  }

  /** What the card of the cause says better is not said twice. */
  #error(error: Explanation): TemplateResult | typeof nothing {
    if (this.cause === 'failure') return nothing;
    return this.#explain(this.cause === 'cause' ? withoutCauses(error) : error);
  }

  #none(): TemplateResult {
    return emptyState({
      icon: 'shield',
      title: l10n.t('No AWS credentials yet'),
      text: l10n.t('“Refresh” trades the ID token for credentials at the identity pool.'),
    });
  }

  #load(): void {
    const { rpc } = this;
    if (!rpc) return;
    this.#loadedRevision = this.revision;
    void this.#view.load((signal) => rpc.request('credentials/load', {}, { signal }));
  }

  #explain(explanation: Explanation): TemplateResult {
    return html`<cw-explanation
      .explanation=${explanation}
      .act=${this.act}
      .retry=${() => this.#load()}
    ></cw-explanation>`;
  }

  #present(view: CredentialsView): TemplateResult {
    return html`
      <section class="card" aria-labelledby="credentials-what">
        <h2 id="credentials-what">${l10n.t('What they are')}</h2>
        <dl class="facts">
          ${fact(l10n.t('Role'), view.roleName)} ${fact(l10n.t('Account'), view.accountId)}
          ${fact(l10n.t('Caller ARN'), view.callerArn)} ${this.#identityId(view)}
          ${moment(l10n.t('Received'), view.issuedAt)} ${moment(l10n.t('Expires'), view.expiresAt)}
        </dl>
      </section>
      <section class="card" aria-labelledby="credentials-values">
        <h2 id="credentials-values">${l10n.t('Values')}</h2>
        <cw-secrets .rpc=${this.rpc} .masked=${view.masked} .active=${this.active}></cw-secrets>
        <p class="dim">${l10n.t('One value at a time; it is hidden again after 30 seconds.')}</p>
      </section>
      ${view.why ? whyRole(view.why, this.chooseRole, this.#asAdmin(view)) : nothing}
      ${narrowed(view.narrowed)}
      <cw-flows .rpc=${this.rpc} .view=${view} .act=${this.act}></cw-flows>
    `;
  }

  #asAdmin(view: CredentialsView): TemplateResult {
    return html`<cw-admin-role .rpc=${this.rpc} .view=${view} .act=${this.act}></cw-admin-role>`;
  }

  #identityId(view: CredentialsView): TemplateResult | typeof nothing {
    if (view.identityId === undefined) return nothing;
    return html`
      <dt>${l10n.t('Identity ID')}</dt>
      <dd class="with-button">
        <span class="code wrap">${view.identityId}</span>
        <cw-copy-button
          .compact=${true}
          .label=${l10n.t('Copy')}
          .description=${l10n.t('Copy Identity ID')}
          .copy=${() => this.rpc?.request('credentials/copy', { field: 'identityId' }) ?? Promise.resolve()}
        ></cw-copy-button>
      </dd>
    `;
  }
}

function withoutCauses(explanation: Explanation): Explanation {
  const said: readonly ActionId[] = ['find-cause', 'copy-cli-command'];
  const actions = explanation.actions.filter((action) => !said.includes(action));
  return { ...explanation, actions, fix: l10n.t('The cause is above.'), possibleCauses: undefined };
}

function fact(label: string, value: string | undefined): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  return html`
    <dt>${label}</dt>
    <dd class="code wrap">${breakable(value)}</dd>
  `;
}

/** Breaks an ARN after a slash rather than within a name. */
function breakable(text: string): unknown {
  return text.split(/(?<=\/)/).map((part, index) => (index === 0 ? part : html`<wbr />${part}`));
}

function moment(label: string, at: number | undefined): TemplateResult | typeof nothing {
  if (at === undefined) return nothing;
  return html`
    <dt>${label}</dt>
    <dd><cw-countdown .at=${at}></cw-countdown></dd>
  `;
}
