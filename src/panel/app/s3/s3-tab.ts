import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ActionId, Explanation } from '../../../core/diagnosis/types';
import type { PanelRequests } from '../../protocol';
import { emptyState } from '../base/empty';
import { explainFailure } from '../base/explain-failure';
import '../base/explanation';
import { LightElement } from '../base/light-element';
import { Loader } from '../base/loader';
import { skeleton } from '../base/skeleton';
import type { Rpc } from '../rpc';
import type { UiState } from '../vscode-api';
import './details';
import { downloadStrip } from './download-strip';
import { Downloads } from './downloads';
import { FolderView } from './folder-view';
import type { Row } from './listing';
import { listingFooter } from './listing-footer';
import './location-bar';
import { locationList } from './location-list';
import './object-list';
import type { ObjectList } from './object-list';
import { above, addressOf, placeOf, samePlace, type Place } from './place';

/** The S3 tab: places to begin at, a folder and its objects, one object in detail, downloads. */
@customElement('cw-s3')
export class S3Tab extends LightElement {
  @property({ attribute: false }) rpc: Rpc | undefined;
  @property({ attribute: false }) active = false;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) remembered: Pick<UiState, 'address' | 'filter'> = {};
  @property({ attribute: false }) remember: (change: UiState) => void = () => undefined;
  @property({ attribute: false }) act: (action: ActionId, explanation: Explanation) => void = () => undefined;

  @state() private place: Place | undefined;
  @state() private selected: string | undefined;

  readonly #folder = new FolderView(this);
  readonly #locations = new Loader<PanelRequests['s3/locations']['out']>(this);
  readonly #downloads = new Downloads(this, () => this.#connected);
  #loadedRevision: number | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.active || !this.rpc || !(changed.has('active') || changed.has('revision'))) return;
    const first = this.#loadedRevision === undefined;
    if (this.#loadedRevision === this.revision) return;
    this.#loadedRevision = this.revision;
    void this.#locations.load((signal) => this.#connected.request('s3/locations', {}, { signal }));
    if (first && this.place === undefined) this.#restore();
    // New credentials change nothing in rows that are there, but may mend what was refused.
    else if (this.#folder.listing?.error !== undefined) this.#reload();
  }

  /** Opens an address, as from a link of the host. Addresses that cannot be read are left alone. */
  openAddress(address: string): void {
    try {
      this.#goTyped(placeOf(address));
    } catch {
      // The location bar is where addresses are judged; a bad one from elsewhere changes nothing.
    }
  }

  override render(): unknown {
    return html`
      <cw-location-bar
        .place=${this.place}
        .go=${this.#go}
        .goTyped=${this.#goTyped}
        .reload=${this.#reload}
      ></cw-location-bar>
      ${this.place ? this.#browser(this.place) : this.#home()} ${downloadStrip(this.#downloads)}
    `;
  }

  #home(): TemplateResult | typeof nothing {
    const { value, error, skeleton: due } = this.#locations;
    const failure = error === undefined ? undefined : explainFailure(error);
    if (failure) return html`<cw-explanation .explanation=${failure} .act=${this.act}></cw-explanation>`;
    if (value) return locationList(value.locations, (address) => this.openAddress(address));
    return due ? skeleton(4) : nothing;
  }

  #browser(place: Place): TemplateResult | typeof nothing {
    const { listing, version, waiting, busy } = this.#folder;
    if (waiting) return skeleton(8);
    if (!listing) return nothing;
    if (listing.error !== undefined && !listing.started) return this.#refused(listing.error, place);
    if (listing.complete && listing.rows.length === 0) return this.#nothingHere(place);
    return html`
      <div
        class="browser ${this.selected === undefined ? '' : 'with-details'}"
        aria-busy=${busy ? 'true' : 'false'}
      >
        <div class="list-side">
          <cw-object-list
            .listing=${listing}
            .version=${version}
            .selected=${this.selected}
            .open=${this.#open}
            .up=${this.#up}
          ></cw-object-list>
          ${listingFooter(listing)}
        </div>
        <div class="detail-side">
          ${
            this.selected === undefined
              ? html`<p class="dim hint">
                  ${l10n.t('Select an object to see what it is and what is inside.')}
                </p>`
              : this.#details(place.bucket, this.selected)
          }
        </div>
      </div>
    `;
  }

  #details(bucket: string, key: string): TemplateResult {
    return html`<cw-object-details
      .rpc=${this.rpc}
      .bucket=${bucket}
      .key=${key}
      .downloading=${this.#downloads.find(bucket, key) !== undefined}
      .download=${(size: number | undefined) => void this.#downloads.start(bucket, key, size)}
      .close=${this.#closeDetails}
      .act=${this.act}
    ></cw-object-details>`;
  }

  #refused(error: unknown, place: Place): TemplateResult | typeof nothing {
    const explanation = explainFailure(error);
    if (!explanation) return emptyState({ icon: 'circle-slash', title: l10n.t('Cancelled') });
    return html`
      <cw-explanation
        .explanation=${this.#withLocations(explanation, place)}
        .retry=${this.#reload}
        .act=${this.act}
        .openLocation=${(address: string) => this.openAddress(address)}
      ></cw-explanation>
      ${place.filter === '' ? nothing : this.#objectAnyway(place)}
    `;
  }

  /** Reading one object needs another permission than listing its folder. */
  #objectAnyway(place: Place): TemplateResult {
    const key = place.prefix + place.filter;
    if (this.selected === key) return this.#details(place.bucket, key);
    return html`<div class="buttons">
      <vscode-button secondary @click=${() => (this.selected = key)}
        >${l10n.t('Try to Read “{0}” Itself', place.filter)}</vscode-button
      >
    </div>`;
  }

  /** A refusal is never a dead end: where the explanation names no places to try, those that we know stand in. */
  #withLocations(explanation: Explanation, place: Place): Explanation {
    if (!explanation.actions.includes('open-likely-locations') && !explanation.locations) return explanation;
    const here = addressOf(place) + place.filter;
    const known = this.#locations.value?.locations ?? [];
    const own = known.filter((one) => one.problem === undefined).map((one) => one.address);
    const locations = [...new Set([...(explanation.locations ?? []), ...own])].filter((one) => one !== here);
    return { ...explanation, locations };
  }

  #nothingHere(place: Place): TemplateResult {
    const filtered = place.filter !== '';
    return emptyState({
      icon: filtered ? 'search' : 'folder',
      title: filtered
        ? l10n.t('No name here begins with “{0}”', place.filter)
        : l10n.t('This folder is empty'),
      text: filtered ? l10n.t('S3 compares exactly: capitals, accents and spaces count.') : undefined,
    });
  }

  get #connected(): Rpc {
    if (!this.rpc) throw new Error('the page is not connected');
    return this.rpc;
  }

  #restore(): void {
    const { address, filter = '' } = this.remembered;
    if (address === undefined) return;
    try {
      this.#go({ ...placeOf(address), filter });
    } catch {
      this.remember({ address: undefined, filter: undefined });
    }
  }

  readonly #go = (place: Place | undefined): void => {
    this.#show(place);
  };

  readonly #goTyped = (place: Place): void => {
    const exact = place.prefix + place.filter;
    this.#show(place, (rows) => {
      if (place.filter !== '' && rows.some((row) => row.kind === 'object' && row.key === exact))
        this.selected = exact;
    });
  };

  readonly #reload = (): void => {
    this.#show(this.place);
  };

  readonly #open = (row: Row): void => {
    if (!this.place) return;
    if (row.kind === 'object') this.selected = row.key;
    else this.#show({ bucket: this.place.bucket, prefix: row.key, filter: '' }, () => void this.#focusList());
  };

  readonly #up = (): void => {
    const parent = this.place && above(this.place);
    const from = this.place?.prefix;
    if (parent) this.#show(parent, () => void this.#focusList(from));
  };

  readonly #closeDetails = (): void => {
    const key = this.selected;
    this.selected = undefined;
    void this.#focusList(key);
  };

  /** `arrived` is called with the first page's rows, unless one has gone elsewhere by then. */
  #show(place: Place | undefined, arrived?: (rows: readonly Row[]) => void): void {
    const sameFolder = place?.bucket === this.place?.bucket && place?.prefix === this.place?.prefix;
    if (!sameFolder) this.selected = undefined;
    if (!samePlace(place, this.place) || !place) this.place = place;
    this.remember({ address: place && addressOf(place), filter: place?.filter });
    if (!place) this.#folder.close();
    else this.#folder.open(place, this.#connected, { keepRows: sameFolder, arrived });
  }

  async #focusList(key?: string): Promise<void> {
    await this.updateComplete;
    await this.querySelector<ObjectList>('cw-object-list')?.focusRow(key);
  }
}
