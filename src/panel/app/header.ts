import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { PanelNotification, PanelState } from '../protocol';
import './base/countdown';
import { icon } from './base/icon';
import { LightElement } from './base/light-element';
import './state-pill';
import { pillText } from './state-pill-text';

type Command = Extract<PanelNotification, { type: 'command' }>['command'];

/** Who this is, how long it lasts, and what can be done about it. */
@customElement('cw-header')
export class Header extends LightElement {
  @property({ attribute: false }) panel: PanelState | undefined;
  @property({ attribute: false }) run: (command: Command) => void = () => undefined;

  override render(): unknown {
    const { panel } = this;
    if (!panel) return nothing;
    return html`
      <header class="head">
        <div class="who">
          <h1 title=${panel.name}>${icon('account')} <span class="clip">${panel.name}</span></h1>
          <span class="dim clip" title=${panel.connectionLabel}>${panel.connectionLabel}</span>
        </div>
        <cw-state-pill .state=${panel.state} .expiresAt=${panel.expiresAt}></cw-state-pill>
        ${panel.state === 'signed-out' ? nothing : html`<div class="buttons">${this.#buttons(panel)}</div>`}
      </header>
      ${
        panel.notice && panel.state !== 'signed-out'
          ? html`<p class="notice" role="status">${icon('info')} ${panel.notice}</p>`
          : nothing
      }
    `;
  }

  #buttons(panel: PanelState): TemplateResult {
    const ended =
      panel.state === 'expired' || pillText('valid', panel.expiresAt, Date.now()).state === 'expired';
    return html`
      ${this.#button('refresh', l10n.t('Refresh'), 'refresh', ended)}
      ${
        panel.hasIdentityPool
          ? this.#button('copyCredentials', l10n.t('Copy As…'), 'copy', false, l10n.t('Copy credentials as…'))
          : nothing
      }
      ${this.#button('signOut', l10n.t('Sign Out'), 'sign-out', false)}
    `;
  }

  #button(command: Command, label: string, name: string, primary: boolean, title = label): TemplateResult {
    return html`<vscode-button
      icon=${name}
      ?secondary=${!primary}
      title=${title}
      @click=${() => this.run(command)}
      >${label}</vscode-button
    >`;
  }
}
