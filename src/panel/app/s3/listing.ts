import type { S3ListPage, S3ObjectSummary } from '../../../core/ports';

export type Row =
  | { readonly kind: 'folder'; readonly key: string; readonly name: string }
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly name: string;
      readonly object: S3ObjectSummary;
    };

export type FetchPage = (continuationToken: string | undefined, signal: AbortSignal) => Promise<S3ListPage>;

/** How many rows before the end the next page is asked for. */
const nearTheEnd = 150;

/**
 * The rows of one folder as they arrive, page by page. Rows are only ever added at the end, so nothing jumps: a folder
 * that fits in one page shows its folders first, a longer one keeps the order of S3.
 */
export class Listing {
  readonly rows: Row[] = [];
  error: unknown;
  loading = false;
  /** The whole folder is here. */
  complete = false;
  /** At least one page has arrived. */
  started = false;

  readonly #prefix: string;
  readonly #fetchPage: FetchPage;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  #nextToken: string | undefined;

  /** `prefix` is the folder's own, which the names leave out. */
  constructor(prefix: string, fetchPage: FetchPage, changed: () => void) {
    this.#prefix = prefix;
    this.#fetchPage = fetchPage;
    this.#changed = changed;
  }

  get cancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Tells which row is the last in view; the next page is fetched when the end is near. */
  reached(lastVisible: number): Promise<void> {
    const near = lastVisible >= this.rows.length - nearTheEnd;
    return near && this.started && this.error === undefined ? this.more() : Promise.resolve();
  }

  /** The first page, the next one, or the one that failed once more. */
  async more(): Promise<void> {
    if (this.loading || this.complete || this.cancelled) return;
    this.loading = true;
    this.error = undefined;
    this.#changed();
    try {
      const page = await this.#fetchPage(this.#nextToken, this.#abort.signal);
      if (this.cancelled) return;
      const only = !this.started && page.nextToken === undefined;
      this.rows.push(...arrange(page, this.#prefix, only));
      this.#nextToken = page.nextToken;
      this.complete = page.nextToken === undefined;
      this.started = true;
    } catch (error) {
      if (this.cancelled) return;
      this.error = error;
    } finally {
      this.loading = false;
    }
    this.#changed();
  }

  cancel(): void {
    this.#abort.abort();
  }
}

function arrange(page: S3ListPage, prefix: string, foldersFirst: boolean): Row[] {
  const folders = page.prefixes.map((key): Row => ({
    kind: 'folder',
    key,
    name: key.slice(prefix.length, -1),
  }));
  const objects = page.objects.map((object): Row => ({
    kind: 'object',
    key: object.key,
    name: object.key.slice(prefix.length),
    object,
  }));
  if (foldersFirst) return [...folders, ...objects];
  return [...folders, ...objects].sort((a, b) => compareKeys(a.key, b.key));
}

/** S3's order: by UTF-8 bytes, which is by code points. */
export function compareKeys(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  // In the middle of a surrogate pair the pair's first half decides nothing: step back onto the code point.
  if (index > 0 && isLowSurrogate(a.charCodeAt(index)) && isLowSurrogate(b.charCodeAt(index))) index -= 1;
  return (a.codePointAt(index) ?? -1) - (b.codePointAt(index) ?? -1);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
