import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { HostMessage, TokenView } from '../../protocol';
import '../base/copy-button';
import { emptyState } from '../base/empty';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { msToNextWords } from '../base/next-text';
import { seenWords } from '../base/seen-words';
import { skeleton } from '../base/skeleton';
import { WhenDue } from '../base/when-due';
import { Rpc } from '../rpc';
import { claimsTable } from '../tokens/claims';
import { tokenJson } from '../tokens/token-json';
import { statusIcon, verdictList } from '../tokens/verdict-list';
import type { Page } from '../vscode-api';
import './token-keys';
import './token-parts';
import './token-time';
import { twoColumns } from './two-columns';

/** The page of "Inspector: Token": one token from anywhere. */
@customElement('cognito-token')
export class TokenPage extends LightElement {
  @state() private asJson = false;
  readonly #view = new Loader<TokenView>(this);
  readonly #due = new WhenDue(this, () => this.#reload());
  #rpc: Rpc | undefined;
  #revision = -1;
  #token = -1;
  /** Another token came, and the page has yet to show it. */
  #another = false;
  /** Its verdict is read out; the minutes that go by after it are not. */
  @state() private announces = false;

  /** Takes up the line to the host; until then the page is empty. Nothing of a token is remembered. */
  connect(page: Page): void {
    this.#rpc = new Rpc(page.channel);
    this.#rpc.listen((event) => this.#receive(event));
    window.addEventListener('pagehide', () => this.#rpc?.dispose(), { once: true });
    this.#rpc.notify({ type: 'ready' });
    this.requestUpdate();
  }

  #receive(event: Exclude<HostMessage, { type: 'response' | 'failure' }>): void {
    if (event.type === 'l10n' && event.contents) l10n.config({ contents: { ...event.contents } });
    if (event.type !== 'token/changed' || event.revision === this.#revision) return;
    this.#revision = event.revision;
    const another = event.token !== this.#token;
    this.#token = event.token;
    void this.#load(another);
  }

  override render(): unknown {
    const { value, error, skeleton: due } = this.#view;
    const failure = error === undefined ? undefined : explainFailure(error);
    if (failure) {
      return html`<main class="panel token-page">
        <cw-explanation .explanation=${failure} .act=${this.#act} .retry=${this.#reload}></cw-explanation>
      </main>`;
    }
    if (!value) return this.#rpc && due ? html`<main class="panel">${skeleton(9)}</main>` : nothing;
    if (!value.present) return html`<main class="panel token-page">${this.#none()}</main>`;
    return html`${this.#head(value)}
      <main class="panel token-page" tabindex="0">${this.#body(value)}</main>`;
  }

  #none(): TemplateResult {
    return emptyState({
      icon: 'key',
      title: l10n.t('No token here'),
      text: l10n.t('Tokens are kept in memory alone, and go with the panel.'),
      action: html`<vscode-button
        @click=${() => this.#rpc?.notify({ type: 'command', command: 'inspectToken' })}
        >${l10n.t('Inspect Token…')}</vscode-button
      >`,
    });
  }

  #head(view: TokenView): TemplateResult {
    return html`
      <header class="head">
        <div class="who">
          <h1>${icon('key')} <span class="clip">${view.title}</span></h1>
          ${view.source ? html`<span class="dim clip" title=${view.source}>${seenWords(view.source)}</span>` : nothing}
        </div>
        ${
          view.expiresAt === undefined ? nothing : html`<cw-token-time .at=${view.expiresAt}></cw-token-time>`
        }
        ${view.error ? nothing : html`<div class="buttons">${this.#buttons(view)}</div>`}
      </header>
    `;
  }

  #buttons(view: TokenView): TemplateResult | typeof nothing {
    if (view.json === undefined) return nothing;
    return html`
      <cw-copy-button
        .label=${l10n.t('Share')}
        .description=${l10n.t('Share: copy it redacted, or its claims')}
        .copy=${() => this.#copyAs()}
      ></cw-copy-button>
      <vscode-button
        secondary
        icon="json"
        aria-pressed=${this.asJson ? 'true' : 'false'}
        @click=${() => (this.asJson = !this.asJson)}
        >${l10n.t('JSON')}</vscode-button
      >
    `;
  }

  #body(view: TokenView): TemplateResult {
    return html`
      <section class="token token-whole" aria-label=${view.title}>
        ${
          view.summary
            ? html`<p
                class="summary summary-${view.summary.status}"
                aria-live=${this.announces ? 'polite' : 'off'}
              >
                ${statusIcon(view.summary.status)}
                <span class="wrap">${seenWords(view.summary.sentence)}</span>
              </p>`
            : nothing
        }
        ${
          view.error
            ? html`<cw-explanation .explanation=${view.error} .act=${this.#act}></cw-explanation>`
            : nothing
        }
        ${this.#lines(view.warnings, 'token-warnings', l10n.t('Warnings'))}
        ${this.#lines(view.facts, 'token-facts', l10n.t('What can be known'))}
        <div class="token-overview" data-columns=${view.verdicts.length > 0 ? 'two' : 'one'}>
          ${
            view.parts.length === 0
              ? nothing
              : html`<cw-token-parts .rpc=${this.#rpc} .parts=${view.parts}></cw-token-parts>`
          }
          ${verdictList(view.verdicts)}
          <cw-token-keys
            .rpc=${this.#rpc}
            .keys=${view.keys}
            .revocable=${view.revocable}
            .revision=${this.#revision}
            .show=${this.#show}
            .act=${this.#act}
          ></cw-token-keys>
        </div>
        ${this.asJson && view.json !== undefined ? tokenJson(view, l10n.t('JSON of the token')) : this.#claims(view)}
      </section>
    `;
  }

  #lines(lines: readonly string[], look: string, label: string): TemplateResult | typeof nothing {
    if (lines.length === 0) return nothing;
    const warns = look === 'token-warnings';
    return html`<ul class=${look} aria-label=${label}>
      ${lines.map(
        (line) =>
          html`<li>
            ${warns ? icon('warning', 'warn') : nothing}<span class="wrap">${seenWords(line)}</span>
          </li>`,
      )}
    </ul>`;
  }

  #claims(view: TokenView): TemplateResult {
    return html`<div class="token-claims">
      <h2 class="visually-hidden">${l10n.t('Claims')}</h2>
      ${twoColumns([...view.groups, ...view.header]).map(
        (groups) => html`<div class="claims-column">${groups.map((group) => claimsTable(group))}</div>`,
      )}
    </div>`;
  }

  async #copyAs(): Promise<void> {
    const answer = await this.#rpc?.request('token/copyAs', {}, { unlimited: true });
    if (!answer?.copied) throw new Error('nothing was copied');
  }

  readonly #act = (action: ActionId, explanation: Explanation): void => {
    this.#rpc?.notify({ type: 'action', action, explanation });
  };

  /** An answer that is another view of the same token. */
  readonly #show = (view: TokenView): void => {
    void this.#view.load(() => Promise.resolve(view)).then(() => this.#judgeAgainLater());
  };

  readonly #reload = (): void => {
    this.announces = false;
    void this.#load();
  };

  async #load(another = false): Promise<void> {
    const rpc = this.#rpc;
    if (!rpc) return;
    const revision = this.#revision;
    if (another) this.#another = this.announces = true;
    await this.#view.load((signal) => rpc.request('token/load', {}, { signal }));
    this.#judgeAgainLater();
    if (revision === this.#revision && this.#another) await this.#toTop();
  }

  /** Another token begins with its verdict, wherever the one before was read; what had the focus is gone. */
  async #toTop(): Promise<void> {
    this.#another = false;
    await this.updateComplete;
    const main = this.querySelector('main');
    const focused = document.activeElement;
    if (main?.contains(focused) && focused !== main) main.focus({ preventScroll: true });
    main?.scrollTo({ top: 0 });
    window.scrollTo({ top: 0 });
  }

  /** The verdicts name times: when their words would be others, they are asked for anew. */
  #judgeAgainLater(): void {
    const { value } = this.#view;
    this.#due.in(value ? msToNextWords([value], Date.now()) : Infinity);
  }
}
