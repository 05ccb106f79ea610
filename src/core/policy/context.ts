/** The condition keys of one request. Names of keys are case-insensitive. */
export interface PolicyContext {
  /** `unknown`: whether the request has the key cannot be told from here. */
  get(key: string): readonly string[] | 'absent' | 'unknown';
}

export type ContextValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * `values` are what the request is known to have; `absent` tells of any other key (in lower case) whether the request
 * surely lacks it.
 */
export function policyContext(values: ContextValues, absent: (key: string) => boolean): PolicyContext {
  const known = new Map(
    Object.entries(values).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
  return {
    get(key) {
      const name = key.toLowerCase();
      const found = known.get(name);
      if (found !== undefined) return found.length === 0 ? 'absent' : found;
      return absent(name) ? 'absent' : 'unknown';
    },
  };
}

/** For `absent`: keys by name, or by the beginning of the name where it ends in `*`. */
export function keysLike(...patterns: readonly string[]): (key: string) => boolean {
  const names = patterns.map((pattern) => pattern.toLowerCase());
  return (key) =>
    names.some((name) => (name.endsWith('*') ? key.startsWith(name.slice(0, -1)) : key === name));
}
