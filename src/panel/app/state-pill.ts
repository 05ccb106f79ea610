import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SessionState } from '../../core/session/model';
import './base/countdown';
import { icon } from './base/icon';
import { LightElement } from './base/light-element';
import { pillText } from './state-pill-text';

const icons: Readonly<Record<SessionState, string>> = {
  valid: 'pass',
  expiring: 'warning',
  expired: 'clock',
  'signed-out': 'circle-slash',
};

/** The session's state as an icon and words that follow the clock. */
@customElement('cw-state-pill')
export class StatePill extends LightElement {
  @property({ attribute: false }) state: SessionState = 'signed-out';
  @property({ attribute: false }) expiresAt: number | undefined;

  override render(): unknown {
    const now = pillText(this.state, this.expiresAt, Date.now());
    return html`
      <span class="pill pill-${now.state}">
        ${icon(icons[now.state])}
        ${
          this.expiresAt === undefined || now.state === 'signed-out'
            ? html`<span>${now.text}</span>`
            : html`<cw-countdown
                .at=${this.expiresAt}
                .text=${this.#text}
                .changed=${this.#redraw}
              ></cw-countdown>`
        }
      </span>
    `;
  }

  readonly #text = (at: number, now: number): string => pillText(this.state, at, now).text;

  /** The icon and colour change with the words. */
  readonly #redraw = (): void => this.requestUpdate();
}
