import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { breadcrumb } from '../../../core/s3/address';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { keyName } from './key-name';
import { above, addressOf, placeOf, type Place } from './place';

const filterDelayMs = 250;

/** Where one is: an address to type or paste, the way up as buttons, and the filter of this folder. */
@customElement('cw-location-bar')
export class LocationBar extends LightElement {
  @property({ attribute: false }) place: Place | undefined;
  @property({ attribute: false }) go: (place: Place | undefined) => void = () => undefined;
  /** The address was typed: what follows the last slash may be an object. */
  @property({ attribute: false }) goTyped: (place: Place) => void = () => undefined;
  @property({ attribute: false }) reload: () => void = () => undefined;

  @state() private problem = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('place')) return;
    this.problem = '';
    clearTimeout(this.#timer);
  }

  override render(): unknown {
    const { place } = this;
    const parent = place && above(place);
    return html`
      <div class="address-row">
        ${this.#button('home', l10n.t('All locations'), () => this.go(undefined), place === undefined)}
        ${this.#button('arrow-up', l10n.t('Folder above'), () => parent && this.go(parent), parent === undefined)}
        <vscode-textfield
          class="address code"
          .label=${l10n.t('S3 address')}
          placeholder="s3://bucket/folder/"
          ?invalid=${this.problem !== ''}
          .value=${place ? addressOf(place) : ''}
          @keydown=${this.#onAddressKey}
          >${gap('before')}${gap('after')}</vscode-textfield
        >
        ${this.#button('refresh', l10n.t('Reload folder'), this.reload, place === undefined)}
      </div>
      ${this.problem === '' ? nothing : html`<p class="field-problem" role="alert">${icon('error', 'bad')} ${this.problem}</p>`}
      ${place ? this.#path(place) : nothing}
    `;
  }

  #path(place: Place): TemplateResult {
    const crumbs = breadcrumb(place.bucket, place.prefix);
    return html`
      <div class="path-row">
        <nav aria-label=${l10n.t('Path')}>
          <ol class="crumbs">
            ${crumbs.map(({ prefix }, index) => {
              const name =
                index === 0 ? place.bucket : prefix.slice(crumbs[index - 1]?.prefix.length ?? 0, -1);
              const last = index === crumbs.length - 1;
              const target = { bucket: place.bucket, prefix, filter: '' };
              return html`<li>
                ${index === 0 ? nothing : icon('chevron-right', 'dim')}
                ${
                  last
                    ? html`<span class="crumb clip" aria-current="location">${keyName(name)}</span>`
                    : html`<button class="crumb clip" @click=${() => this.go(target)}>
                        ${keyName(name)}
                      </button>`
                }
              </li>`;
            })}
          </ol>
        </nav>
        <vscode-textfield
          class="filter"
          type="search"
          .label=${l10n.t('Prefix in this folder')}
          placeholder=${l10n.t('Prefix in this folder')}
          .value=${place.filter}
          @input=${this.#onFilter}
          @keydown=${this.#onFilterKey}
        >
          <span slot="content-before">${icon('filter', 'dim')}</span>${gap('after')}
        </vscode-textfield>
      </div>
    `;
  }

  #button(name: string, label: string, run: () => unknown, disabled: boolean): TemplateResult {
    return html`<button
      class="icon-button"
      title=${label}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${run}
    >
      ${icon(name)}
    </button>`;
  }

  readonly #onAddressKey = (event: KeyboardEvent): void => {
    const field = event.currentTarget as VscodeTextfield;
    if (event.key === 'Escape') {
      field.value = this.place ? addressOf(this.place) : '';
      this.problem = '';
    }
    if (event.key !== 'Enter') return;
    try {
      this.goTyped(placeOf(field.value));
      this.problem = '';
    } catch (error) {
      this.problem = addressProblem(error);
    }
  };

  readonly #onFilter = (event: Event): void => {
    const { value } = event.currentTarget as VscodeTextfield;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#filter(value), filterDelayMs);
  };

  readonly #onFilterKey = (event: KeyboardEvent): void => {
    const field = event.currentTarget as VscodeTextfield;
    if (event.key === 'Escape') field.value = '';
    else if (event.key !== 'Enter') return;
    clearTimeout(this.#timer);
    this.#filter(field.value);
  };

  #filter(value: string): void {
    if (this.place && this.place.filter !== value) this.go({ ...this.place, filter: value });
  }
}

/** Keeps the field's square inside off its rounded corners. */
function gap(side: 'before' | 'after'): TemplateResult {
  return html`<span slot="content-${side}"></span>`;
}

function addressProblem(error: unknown): string {
  const reason = (error as { data?: { reason?: unknown } }).data?.reason;
  switch (reason) {
    case 'empty':
      return l10n.t('Type an address such as s3://bucket/folder/.');
    case 'bucket':
      return l10n.t('The bucket’s name is not one that S3 allows. An address reads s3://bucket/folder/.');
    case 'escape':
      return l10n.t('The address has a % that is not followed by two hexadecimal digits.');
    default:
      return l10n.t('This is not an S3 address. Use s3://bucket/folder/, an ARN, or an https address of S3.');
  }
}
