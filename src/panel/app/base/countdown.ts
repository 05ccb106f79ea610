import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatMoment } from '../../../core/time';
import { formatIso } from './format';
import { LightElement } from './light-element';
import { msToNextText } from './next-text';
import { WhenDue } from './when-due';

/** A text about a moment that lives with the clock: drawn anew only when its words change. */
@customElement('cw-countdown')
export class Countdown extends LightElement {
  /** The moment, in milliseconds. */
  @property({ attribute: false }) at = 0;
  @property({ attribute: false }) text: (at: number, now: number) => string = formatMoment;
  /** Called when the words have changed by themselves. */
  @property({ attribute: false }) changed: () => void = () => undefined;

  readonly #next = new WhenDue(this, () => {
    this.requestUpdate();
    this.changed();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override render(): unknown {
    const now = Date.now();
    this.#next.in(msToNextText(this.at, now));
    return html`<time title=${formatIso(this.at)}>${this.text(this.at, now)}</time>`;
  }
}
