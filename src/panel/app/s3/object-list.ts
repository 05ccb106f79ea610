import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatBytes } from '../../../core/s3/files';
import { formatDateTime, formatIso } from '../base/format';
import { icon } from '../base/icon';
import { LightElement } from '../base/light-element';
import { fileIcon } from './file-icon';
import { keyName } from './key-name';
import type { Listing, Row } from './listing';
import { listWindow, moveFocus } from './window';

const rowHeight = 24;

/** The rows of a folder: only those in view are elements, and the next page is asked for before the end is seen. */
@customElement('cw-object-list')
export class ObjectList extends LightElement {
  @property({ attribute: false }) listing: Listing | undefined;
  /** Changes whenever the listing has changed inside. */
  @property({ attribute: false }) version = 0;
  /** The key that is shown in detail. */
  @property({ attribute: false }) selected: string | undefined;
  @property({ attribute: false }) open: (row: Row) => void = () => undefined;
  @property({ attribute: false }) up: () => void = () => undefined;

  @state() private active = 0;
  @state() private scrolled = 0;
  @state() private height = 0;
  @query('.grid-scroll') private scroller!: HTMLElement;

  readonly #observer = new ResizeObserver(() => this.#measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  /** Puts the focus on a row (by key where it is there, else the first), as after opening a folder by keyboard. */
  async focusRow(key?: string): Promise<void> {
    await this.updateComplete;
    const index = key === undefined ? -1 : (this.listing?.rows.findIndex((row) => row.key === key) ?? -1);
    await this.#moveTo(Math.max(0, index));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('listing')) return;
    this.active = 0;
    this.scrolled = 0;
  }

  override firstUpdated(): void {
    this.#observer.observe(this.scroller);
    this.#measure();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('listing')) this.scroller.scrollTop = 0;
    const body = this.querySelector<HTMLElement>('.grid-body');
    if (body) body.style.height = `${this.#count * rowHeight}px`;
    for (const row of this.querySelectorAll<HTMLElement>('.grid-body > [role=row]')) {
      row.style.transform = `translateY(${(Number(row.ariaRowIndex) - 2) * rowHeight}px)`;
    }
    if (this.height > 0) void this.listing?.reached(this.#window.end);
  }

  override render(): unknown {
    const { first, end } = this.#window;
    const indexes = Array.from({ length: end - first }, (_, offset) => first + offset);
    if (this.active < first) indexes.unshift(this.active);
    if (this.active >= end && this.active < this.#count) indexes.push(this.active);
    return html`
      <div
        class="grid-scroll"
        role="grid"
        aria-label=${l10n.t('Objects')}
        aria-rowcount=${this.listing?.complete ? this.#count + 1 : -1}
        aria-colcount="4"
        @scroll=${this.#onScroll}
        @keydown=${this.#onKey}
      >
        <div class="grid-head" role="rowgroup">
          <div role="row" class="grid-row" aria-rowindex="1">
            <span role="columnheader" class="c-name">${l10n.t('Name')}</span>
            <span role="columnheader" class="c-size">${l10n.t('Size')}</span>
            <span role="columnheader" class="c-time">${l10n.t('Modified')}</span>
            <span role="columnheader" class="c-class">${l10n.t('Class')}</span>
          </div>
        </div>
        <div class="grid-body" role="rowgroup">
          ${repeat(
            indexes,
            (index) => index,
            (index) => this.#row(index),
          )}
        </div>
      </div>
    `;
  }

  #row(index: number): TemplateResult | typeof nothing {
    const row = this.listing?.rows[index];
    if (!row) return nothing;
    const object = row.kind === 'object' ? row.object : undefined;
    const modified = object?.lastModified;
    return html`
      <div
        role="row"
        class="grid-row ${row.kind}"
        aria-rowindex=${index + 2}
        aria-selected=${row.key === this.selected ? 'true' : 'false'}
        tabindex=${index === this.active ? 0 : -1}
        data-index=${index}
        @click=${this.#onClick}
      >
        <span role="gridcell" class="c-name">
          ${icon(row.kind === 'folder' ? 'folder' : fileIcon(row.name))}
          <span class="visually-hidden">${row.kind === 'folder' ? l10n.t('Folder') : ''}</span>
          <span class="clip">${this.#name(row)}</span>
        </span>
        <span role="gridcell" class="c-size">${object ? formatBytes(object.size) : ''}</span>
        <span role="gridcell" class="c-time" title=${modified === undefined ? '' : formatIso(modified)}
          >${modified === undefined ? '' : formatDateTime(modified)}</span
        >
        <span role="gridcell" class="c-class">${object?.storageClass ?? ''}</span>
      </div>
    `;
  }

  #name(row: Row): unknown {
    if (row.kind === 'object' && row.name === '')
      return html`<i class="dim" title=${l10n.t('An object whose key is the folder itself.')}
        >${l10n.t('(this folder)')}</i
      >`;
    return keyName(row.name);
  }

  get #count(): number {
    return this.listing?.rows.length ?? 0;
  }

  get #window(): { first: number; end: number } {
    return listWindow(this.scrolled, this.height, rowHeight, this.#count);
  }

  #measure(): void {
    this.height = this.scroller.clientHeight;
  }

  readonly #onScroll = (): void => {
    this.scrolled = this.scroller.scrollTop;
  };

  readonly #onClick = (event: Event): void => {
    const index = Number((event.currentTarget as HTMLElement).dataset['index']);
    const row = this.listing?.rows[index];
    this.active = index;
    if (row) this.open(row);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = this.listing?.rows[this.active];
    if ((event.key === 'Enter' || event.key === ' ') && row) {
      event.preventDefault();
      this.open(row);
    } else if (event.key === 'Backspace') {
      event.preventDefault();
      this.up();
    } else {
      const page = Math.max(1, Math.floor(this.height / rowHeight) - 2);
      const next = moveFocus(event.key, this.active, this.#count, page);
      if (next === undefined) return;
      event.preventDefault();
      void this.#moveTo(next);
    }
  };

  async #moveTo(index: number): Promise<void> {
    this.active = index;
    const top = index * rowHeight;
    // The head covers the first row's height of the scrolled area.
    const view = this.height - rowHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > this.scroller.scrollTop + view)
      this.scroller.scrollTop = top + rowHeight - view;
    this.scrolled = this.scroller.scrollTop;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }
}
