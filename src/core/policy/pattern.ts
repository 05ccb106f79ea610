/** A character of a pattern, or a wildcard: `ONE` for `?`, `MANY` for `*`. Characters out of variables are never wildcards. */
export type Token = string | typeof ONE | typeof MANY;

export const ONE = 1;
export const MANY = 2;

export function plainTokens(text: string): Token[] {
  return [...text];
}

export function wildTokens(text: string): Token[] {
  return [...text].map((character) => (character === '*' ? MANY : character === '?' ? ONE : character));
}

/** Whether the whole text fits the pattern. Time grows with pattern × text at worst. */
export function fits(pattern: readonly Token[], text: string): boolean {
  const characters = [...text];
  const pieces = split(pattern, (token) => token === MANY);
  const [first = [], ...others] = pieces;
  if (!fitsAt(first, characters, 0)) return false;
  const last = others.pop();
  if (last === undefined) return first.length === characters.length;
  // Between the fixed beginning and end each piece takes the leftmost place that it finds.
  let position = first.length;
  for (const piece of others) {
    while (!fitsAt(piece, characters, position)) {
      position++;
      if (position + piece.length > characters.length) return false;
    }
    position += piece.length;
  }
  const end = characters.length - last.length;
  return end >= position && fitsAt(last, characters, end);
}

/**
 * ARNs are compared part by part: a wildcard does not reach over the first five colons (IAM user guide, "Resource").
 * With `complete`, parts that the pattern leaves out stand for anything, as IAM reads them in a Resource element.
 */
export function fitsArn(pattern: readonly Token[], arn: string, complete = false): boolean {
  if (pattern.length === 1 && pattern[0] === MANY) return true;
  const wanted = arnParts(pattern);
  const given = arnParts([...arn]).map((part) => part.join(''));
  while (complete && wanted.length > 1 && wanted.length < ARN_PARTS) wanted.push([MANY]);
  return wanted.length === given.length && wanted.every((part, index) => fits(part, given[index] ?? ''));
}

const ARN_PARTS = 6;

function arnParts(tokens: readonly Token[]): Token[][] {
  let colons = 0;
  return split(tokens, (token) => token === ':' && ++colons < ARN_PARTS);
}

function fitsAt(piece: readonly Token[], characters: readonly string[], start: number): boolean {
  return (
    start + piece.length <= characters.length &&
    piece.every((token, index) => token === ONE || token === characters[start + index])
  );
}

function split(tokens: readonly Token[], isBreak: (token: Token) => boolean): Token[][] {
  const pieces: Token[][] = [[]];
  for (const token of tokens) {
    if (isBreak(token)) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}
