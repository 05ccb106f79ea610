import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { TokenAnswer, TokenKeys, TokenView } from '../../protocol';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { uniqueId } from '../base/light-element';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { seenWords } from '../base/seen-words';
import type { Rpc } from '../rpc';
import { statusIcon } from '../tokens/verdict-list';

/** Whose keys checked the signature, what else could be asked, and of whom. */
@customElement('cw-token-keys')
export class TokenKeysView extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) keys: TokenKeys = { kind: 'none' };
  @property({ attribute: false }) revocable: string | undefined;
  /** Another token: what was said of the one before goes. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) show: (view: TokenView) => void = () => undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;

  @state() private pasting = false;
  readonly #check = new Loader<TokenView>(this);
  readonly #answer = new Loader<TokenAnswer>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('revision')) return;
    this.pasting = false;
    this.#check.clear();
    this.#answer.clear();
  }

  override render(): unknown {
    const { keys, revocable } = this;
    if (keys.kind === 'none' && revocable === undefined) return nothing;
    return html`
      <section class="token-keys" aria-label=${l10n.t('Verification')}>
        <p class="wrap">${seenWords(keysSentence(keys))}</p>
        <div class="buttons">
          ${
            keys.kind === 'issuer' && !keys.fetched && !keys.unfit
              ? html`<vscode-button
                  icon="cloud-download"
                  ?disabled=${this.#check.loading}
                  @click=${this.#fetch}
                  >${l10n.t('Fetch Keys of {0}', keys.name)}</vscode-button
                >`
              : nothing
          }
          ${
            keys.kind === 'none'
              ? nothing
              : html`<vscode-button
                  secondary
                  icon="key"
                  aria-expanded=${this.pasting ? 'true' : 'false'}
                  class="paste"
                  @click=${this.#togglePasting}
                  >${l10n.t('Paste Keys…')}</vscode-button
                >`
          }
          ${
            revocable === undefined
              ? nothing
              : html`<vscode-button
                  secondary
                  icon="cloud"
                  title=${l10n.t('Sends the token to the user pool of {0} (GetUser)', revocable)}
                  ?disabled=${this.#answer.loading}
                  @click=${this.#ask}
                  >${l10n.t('Ask Cognito Whether It Is Revoked')}</vscode-button
                >`
          }
        </div>
        ${this.pasting ? this.#form() : nothing} ${this.#failure(this.#check.error)} ${this.#said()}
      </section>
    `;
  }

  #form(): TemplateResult {
    const id = uniqueId('keys');
    return html`
      <form class="paste-keys" @submit=${this.#use}>
        <label for=${id}
          >${l10n.t('Public keys of whoever issued it: a JWK Set, a JWK, or PEM (key or certificate)')}</label
        >
        <textarea id=${id} name="keys" class="code" rows="5" spellcheck="false" autocomplete="off"></textarea>
        <div class="buttons">
          <vscode-button icon="pass" ?disabled=${this.#check.loading} @click=${this.#use}
            >${l10n.t('Check the Signature')}</vscode-button
          >
        </div>
      </form>
    `;
  }

  #said(): TemplateResult | typeof nothing {
    const { value, error } = this.#answer;
    if (error !== undefined) return this.#failure(error);
    if (!value) return nothing;
    return html`<p class="summary summary-${value.status}" role="status">
      ${statusIcon(value.status)} <span class="wrap">${seenWords(value.sentence)}</span>
    </p>`;
  }

  /** The button that was pressed stands above it: it tries again. */
  #failure(error: unknown): TemplateResult | typeof nothing {
    const failure = error === undefined ? undefined : explainFailure(error);
    if (!failure) return nothing;
    const actions = failure.actions.filter((action) => action !== 'retry');
    return html`<cw-explanation .explanation=${{ ...failure, actions }} .act=${this.act}></cw-explanation>`;
  }

  /** What is in the clipboard can be pasted at once. */
  readonly #togglePasting = async (): Promise<void> => {
    this.pasting = !this.pasting;
    await this.updateComplete;
    const form = this.querySelector('form');
    form?.scrollIntoView({ block: 'nearest' });
    form?.querySelector('textarea')?.focus({ preventScroll: true });
  };

  readonly #fetch = (): void => {
    void this.#load(() => this.rpc?.request('token/fetchKeys', {}));
  };

  readonly #use = (event: Event): void => {
    event.preventDefault();
    const keys = this.querySelector('textarea')?.value ?? '';
    void this.#load(() => this.rpc?.request('token/useKeys', { keys }));
  };

  readonly #ask = (): void => {
    const { rpc } = this;
    if (rpc) void this.#answer.load((signal) => rpc.request('token/askCognito', {}, { signal }));
  };

  async #load(ask: () => Promise<TokenView> | undefined): Promise<void> {
    const asked = ask();
    if (!asked) return;
    await this.#check.load(() => asked);
    const { value } = this.#check;
    if (!value) return;
    this.#check.clear();
    const inForm = this.querySelector('form')?.contains(document.activeElement) ?? false;
    this.pasting = false;
    this.show(value);
    if (!inForm) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.paste')?.focus();
  }
}

function keysSentence(keys: TokenKeys): string {
  switch (keys.kind) {
    case 'none':
      return '';
    case 'connection':
      if (keys.unfit)
        return l10n.t(
          'The keys of the user pool of {0} were not tried: it signs in another way.',
          keys.label,
        );
      if (keys.missing) return l10n.t('The keys of the user pool of {0} could not be fetched.', keys.label);
      return keys.otherClient
        ? l10n.t('Checked with the keys of the user pool of {0}; it is for another app client.', keys.label)
        : l10n.t('Checked with the keys of the user pool of {0}.', keys.label);
    case 'issuer':
      if (keys.unfit) return l10n.t('The keys of {0} were not tried: it signs in another way.', keys.name);
      return keys.fetched
        ? l10n.t('Checked with the keys that {0} publishes.', keys.host)
        : l10n.t('No connection has this issuer. Its keys are public, at {0}.', keys.host);
    case 'pasted':
      return l10n.t('Checked with the keys that you pasted.');
    case 'unknown':
      return keys.issuer === undefined
        ? l10n.t('It does not say who issued it, so there are no keys to check it with.')
        : l10n.t(
            'Keys are fetched from Cognito only. Paste the keys of “{0}” (from its "jwks_uri") to check the signature.',
            shortened(keys.issuer),
          );
  }
}

/** As in the sentences of the checks. */
const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
