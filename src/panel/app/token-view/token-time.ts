import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WARNING_BELOW } from '../../../core/session/expiry';
import { formatAgo, formatTimeLeft } from '../../../core/time';
import '../base/countdown';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';

/** How long a token lasts, or when it ended. Says nothing of whether it is good: its checks do. */
@customElement('cw-token-time')
export class TokenTime extends LightElement {
  /** Milliseconds. */
  @property({ attribute: false }) at = 0;

  override render(): unknown {
    const left = this.at - Date.now();
    const look = left <= 0 ? 'expired' : left < WARNING_BELOW ? 'expiring' : 'lasting';
    return html`<span class="pill pill-${look}">
      ${icon(look === 'expiring' ? 'warning' : 'clock')}
      <cw-countdown .at=${this.at} .text=${timeText} .changed=${this.#redraw}></cw-countdown>
    </span>`;
  }

  /** The icon and colour change with the words. */
  readonly #redraw = (): void => this.requestUpdate();
}

function timeText(at: number, now: number): string {
  return at > now
    ? l10n.t('Expires in {0}', formatTimeLeft(at - now))
    : l10n.t('Expired {0}', formatAgo(now - at));
}
