/** A pattern as units, so that a `*` out of a variable's value stays a star and is no wildcard. */
export type Unit = string | typeof MANY | typeof ONE;

export const MANY = Symbol('*');
export const ONE = Symbol('?');

export function literal(text: string): Unit[] {
  return [...text];
}

/** `*` is any run of characters, `?` any one. */
export function wildcards(text: string): Unit[] {
  return [...text].map((character) => (character === '*' ? MANY : character === '?' ? ONE : character));
}

/** Whether the whole text matches; takes at most (pattern length × text length) steps. */
export function globMatch(pattern: readonly Unit[], text: string): boolean {
  const characters = [...text];
  let at = 0;
  let star = -1;
  let restart = 0;
  let position = 0;
  while (position < characters.length) {
    const unit = pattern[at];
    if (unit === MANY) {
      star = at++;
      restart = position;
    } else if (unit === ONE || (unit !== undefined && unit === characters[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++restart;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((unit) => unit === MANY);
}

/** ARNs match part by part: a wildcard does not reach over the first five colons. A lone `*` matches everything. */
export function arnMatch(pattern: readonly Unit[], text: string): boolean {
  if (pattern.length === 1 && pattern[0] === MANY) {
    return true;
  }
  const wanted = splitAtColons(pattern);
  const given = splitAtColons([...text]);
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => globMatch(part, (given[index] ?? []).join('')))
  );
}

function splitAtColons<T>(units: readonly T[]): T[][] {
  const parts: T[][] = [[]];
  for (const unit of units) {
    if (unit === ':' && parts.length < 6) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(unit);
    }
  }
  return parts;
}
