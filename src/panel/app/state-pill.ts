import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WARNING_BELOW } from '../../core/session/expiry';
import type { SessionState } from '../../core/session/model';
import { formatTimeLeft } from '../../core/time';
import './base/countdown';
import { icon } from './base/icon';
import { LightElement } from './base/light-element';

export interface Pill {
  readonly state: SessionState;
  readonly text: string;
}

/** State and words at this moment: what was valid when the host spoke may have run down since. */
export function pillText(state: SessionState, expiresAt: number | undefined, now: number): Pill {
  if (state === 'signed-out') return { state, text: l10n.t('Signed out') };
  const left = expiresAt === undefined ? undefined : expiresAt - now;
  if (state === 'expired' || (left !== undefined && left <= 0))
    return { state: 'expired', text: l10n.t('Expired') };
  if (left === undefined) return { state, text: l10n.t('Valid') };
  if (left < WARNING_BELOW)
    return { state: 'expiring', text: l10n.t('Expires in {0}', formatTimeLeft(left)) };
  return { state: 'valid', text: l10n.t('Valid · {0}', formatTimeLeft(left)) };
}

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
