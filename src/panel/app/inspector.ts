import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../core/diagnosis/types';
import type { HostMessage, PanelState, TabId } from '../protocol';
import { emptyState } from './base/empty';
import { LightElement } from './base/light-element';
import { skeleton } from './base/skeleton';
import type { Cause } from './credentials/cause';
import './credentials/credentials-tab';
import type { CredentialsTab } from './credentials/credentials-tab';
import './header';
import { Rpc } from './rpc';
import './s3/s3-tab';
import type { S3Tab } from './s3/s3-tab';
import { tabBar, tabIds } from './tab-bar';
import './tokens/tokens-tab';
import type { Page, UiState } from './vscode-api';

/** The whole page: who, how long, and the tabs. */
@customElement('cognito-inspector')
export class CognitoInspector extends LightElement {
  @state() private panel: PanelState | undefined;
  @state() private tab: TabId = 'tokens';

  #page: Page | undefined;
  #rpc: Rpc | undefined;
  #remembered: UiState = {};

  /** Takes up the line to the host; until then the page is empty. */
  connect(page: Page): void {
    this.#page = page;
    this.#remembered = page.readState();
    this.tab = this.#remembered.tab ?? 'tokens';
    this.#rpc = new Rpc(page.channel);
    this.#rpc.listen((event) => this.#receive(event));
    window.addEventListener('pagehide', () => this.#rpc?.dispose(), { once: true });
    this.addEventListener('keydown', keepStill);
    this.#rpc.notify({ type: 'ready' });
    this.requestUpdate();
  }

  #receive(event: Exclude<HostMessage, { type: 'response' | 'failure' }>): void {
    if (event.type === 'l10n' && event.contents) l10n.config({ contents: { ...event.contents } });
    if (event.type !== 'state') return;
    this.panel = event.state;
    this.#remember({ ref: event.state.ref });
    const request = event.state.tabRequest;
    if (request && request.id !== this.#remembered.tabRequestId) {
      this.#remember({ tabRequestId: request.id });
      this.#select(request.tab);
      const { address, findCause } = request;
      if (address !== undefined)
        void this.updateComplete.then(() => this.querySelector<S3Tab>('cw-s3')?.openAddress(address));
      if (findCause) void this.updateComplete.then(() => this.#findCause());
    }
  }

  override render(): unknown {
    const { panel } = this;
    if (!panel) return this.#rpc ? html`<main class="panel">${skeleton(6)}</main>` : nothing;
    return html`
      <cw-header
        .panel=${panel}
        .run=${(command: 'refresh' | 'copyCredentials' | 'signOut' | 'signIn' | 'showLog') =>
          this.#rpc?.notify({ type: 'command', command })}
      ></cw-header>
      <main>
        ${tabBar(this.tab, this.#select)}
        ${tabIds.map(
          (tab) => html`
            <section
              role="tabpanel"
              class="panel panel-${tab}"
              id="panel-${tab}"
              aria-labelledby="tab-${tab}"
              tabindex="0"
              ?hidden=${tab !== this.tab}
            >
              ${this.#content(tab, panel)}
            </section>
          `,
        )}
      </main>
    `;
  }

  #content(tab: TabId, panel: PanelState): TemplateResult {
    if (panel.state === 'signed-out') {
      return tab === 'credentials' ? this.#withCause(this.#signedOut(panel)) : this.#signedOut(panel);
    }
    const active = tab === this.tab;
    switch (tab) {
      case 'tokens':
        return html`<cw-tokens
          .rpc=${this.#rpc}
          .active=${active}
          .revision=${panel.revision}
          .kind=${panel.kind}
          .act=${this.#act}
          .showRole=${this.#showRole}
        ></cw-tokens>`;
      case 'credentials':
        return panel.hasIdentityPool
          ? html`<cw-credentials
              .rpc=${this.#rpc}
              .active=${active}
              .revision=${panel.revision}
              .act=${this.#act}
              .chooseRole=${this.#chooseRole}
            ></cw-credentials>`
          : this.#noIdentityPool('shield');
      case 's3':
        return panel.hasIdentityPool
          ? html`<cw-s3
              .rpc=${this.#rpc}
              .active=${active}
              .revision=${panel.revision}
              .remembered=${this.#remembered}
              .remember=${this.#remember}
              .act=${this.#act}
            ></cw-s3>`
          : this.#noIdentityPool('database');
    }
  }

  #signedOut(panel: PanelState): TemplateResult {
    return emptyState({
      icon: 'account',
      title: l10n.t('{0} is signed out', panel.name),
      text: panel.notice ?? l10n.t('Sign in to see tokens, credentials and S3.'),
      action: html`<vscode-button @click=${() => this.#rpc?.notify({ type: 'command', command: 'signIn' })}
        >${panel.kind === 'guest' ? l10n.t('Continue as Guest') : l10n.t('Sign In…')}</vscode-button
      >`,
    });
  }

  /** Who is refused credentials may have no session, and is told why all the same. */
  #withCause(signedOut: TemplateResult): TemplateResult {
    return html`<cw-cause .rpc=${this.#rpc} .act=${this.#act}></cw-cause>${signedOut}`;
  }

  #findCause(): void {
    const tab = this.querySelector<CredentialsTab>('cw-credentials');
    if (tab) tab.findCause();
    else this.querySelector<Cause>('cw-cause')?.find();
  }

  #noIdentityPool(icon: string): TemplateResult {
    return emptyState({
      icon,
      title: l10n.t('This connection has no identity pool'),
      text: l10n.t(
        'An identity pool trades the ID token for AWS credentials. Add “identityPool” to the connection.',
      ),
    });
  }

  readonly #act = (action: ActionId, explanation: Explanation): void => {
    this.#rpc?.notify({ type: 'action', action, explanation });
  };

  readonly #chooseRole = (): void => {
    this.#rpc?.notify({ type: 'command', command: 'chooseRole' });
  };

  readonly #select = (tab: TabId): void => {
    this.tab = tab;
    this.#remember({ tab });
  };

  readonly #showRole = (): void => {
    this.#select('credentials');
    void this.updateComplete.then(() => this.querySelector<CredentialsTab>('cw-credentials')?.showRole());
  };

  readonly #remember = (change: UiState): void => {
    this.#remembered = { ...this.#remembered, ...change };
    this.#page?.updateState(change);
  };
}

/** Space presses a button; vscode-button forgets to keep the page from scrolling too. */
function keepStill(event: KeyboardEvent): void {
  const pressed = event.target instanceof Element && event.target.localName === 'vscode-button';
  if (event.key === ' ' && pressed) event.preventDefault();
}
