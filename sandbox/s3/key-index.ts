/** Compares by UTF-8 bytes, which is by code point: surrogates sort above U+E000–U+FFFF, unlike in JavaScript's own order. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}

function weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

const compareNatively = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Above that many changes one merge is cheaper than single insertions. */
const SPLICE_LIMIT = 32;

/**
 * The keys of a bucket in UTF-8 byte order. Changes are collected and sorted in at the next look-up,
 * so that filling a bucket in any order costs one sort.
 */
export class KeyIndex {
  #keys: string[] = [];
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();
  /** JavaScript's own comparison is right, and much faster, until a key holds a surrogate. */
  #compare = compareNatively;

  get size(): number {
    return this.#keys.length + this.#added.size - this.#removed.size;
  }

  /** `key` must not be in the index. */
  add(key: string): void {
    if (!this.#removed.delete(key)) this.#added.add(key);
  }

  /** `key` must be in the index. */
  remove(key: string): void {
    if (!this.#added.delete(key)) this.#removed.add(key);
  }

  at(position: number): string | undefined {
    return this.#settled()[position];
  }

  /** The first position whose key is not below `key`. */
  lowerBound(key: string): number {
    const keys = this.#settled();
    return firstWhere(0, keys.length, (at) => this.#compare(keys[at] ?? '', key) >= 0);
  }

  /** The first position whose key is above `key`. */
  upperBound(key: string): number {
    const keys = this.#settled();
    return firstWhere(0, keys.length, (at) => this.#compare(keys[at] ?? '', key) > 0);
  }

  /** The first position after `from` whose key does not start with `prefix`; the key at `from` does. */
  pastPrefix(prefix: string, from: number): number {
    const keys = this.#settled();
    const inside = (at: number): boolean => at < keys.length && (keys[at] ?? '').startsWith(prefix);
    let step = 1;
    while (inside(from + step)) step *= 2;
    return firstWhere(from + Math.floor(step / 2), Math.min(from + step, keys.length), (at) => !inside(at));
  }

  #settled(): readonly string[] {
    const changes = this.#added.size + this.#removed.size;
    if (changes === 0) return this.#keys;
    this.#chooseOrder();
    if (changes <= SPLICE_LIMIT) this.#splice();
    else this.#merge();
    this.#added.clear();
    this.#removed.clear();
    return this.#keys;
  }

  #chooseOrder(): void {
    if (this.#compare !== compareNatively) return;
    for (const key of this.#added) {
      if (/[\ud800-\udfff]/.test(key)) {
        this.#compare = compareKeys;
        this.#keys.sort(compareKeys);
        return;
      }
    }
  }

  #splice(): void {
    const keys = this.#keys;
    const position = (key: string): number =>
      firstWhere(0, keys.length, (at) => this.#compare(keys[at] ?? '', key) >= 0);
    for (const key of this.#removed) keys.splice(position(key), 1);
    for (const key of this.#added) keys.splice(position(key), 0, key);
  }

  #merge(): void {
    const added = [...this.#added];
    // Without a comparator the engine sorts strings by code unit, several times faster.
    if (this.#compare === compareNatively) added.sort();
    else added.sort(compareKeys);
    const merged: string[] = [];
    let next = 0;
    for (const key of this.#keys) {
      if (this.#removed.has(key)) continue;
      for (let candidate = added[next]; candidate !== undefined; candidate = added[next]) {
        if (this.#compare(candidate, key) > 0) break;
        merged.push(candidate);
        next++;
      }
      merged.push(key);
    }
    while (next < added.length) merged.push(added[next++] ?? '');
    this.#keys = merged;
  }
}

/** The first position in [low, high) for which `test` holds, else `high`; `test` must be false up to it and true from it. */
function firstWhere(low: number, high: number, test: (at: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (test(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
