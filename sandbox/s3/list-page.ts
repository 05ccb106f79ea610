import { compareKeys, type KeyIndex } from './key-index';

export interface PageRequest {
  readonly prefix: string;
  /** Empty: no grouping. */
  readonly delimiter: string;
  /** Only what sorts above it is listed; a common prefix too (ListObjectsV2: StartAfter). */
  readonly after: string | undefined;
  readonly maxKeys: number;
}

export interface Page {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  readonly truncated: boolean;
  /** The `after` of the next page. */
  readonly last: string | undefined;
}

/** One page of a listing; costs one binary search, and one more for each common prefix, whatever lies below it. */
export function listPage(index: KeyIndex, { prefix, delimiter, after, maxKeys }: PageRequest): Page {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  let at = Math.max(index.lowerBound(prefix), after === undefined ? 0 : index.upperBound(after));
  const inside = (): string | undefined => {
    const key = index.at(at);
    return key?.startsWith(prefix) === true ? key : undefined;
  };
  for (let key = inside(); key !== undefined; key = inside()) {
    if (keys.length + commonPrefixes.length >= maxKeys)
      return { keys, commonPrefixes, truncated: maxKeys > 0, last };
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      keys.push(key);
      last = key;
      at++;
    } else {
      const group = key.slice(0, end + delimiter.length);
      if (after === undefined || compareKeys(group, after) > 0) {
        commonPrefixes.push(group);
        last = group;
      }
      at = index.pastPrefix(group, at);
    }
  }
  return { keys, commonPrefixes, truncated: false, last };
}
