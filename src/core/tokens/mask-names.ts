/**
 * The names of an object's members, each as `clean` gives it; names that came out the same are numbered, so that none
 * takes another's place. What was cleaned before comes out unchanged.
 */
export function distinctNames(names: readonly string[], clean: (name: string) => string): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    const base = clean(name);
    let distinct = base;
    for (let count = counts.get(base) ?? 1; taken.has(distinct);) {
      count += 1;
      counts.set(base, count);
      distinct = `${base} ${count}`;
    }
    taken.add(distinct);
    return distinct;
  });
}
