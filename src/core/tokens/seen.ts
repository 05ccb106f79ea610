/** Characters of a claim in a sentence. */
const MOST = 200;

/**
 * A claim as it may stand in a sentence: in one line, and cut. Characters that nobody sees, or that turn the text around,
 * are named (`[U+200B]`): two values that differ in them alone do not look the same.
 */
export function seen(value: unknown): string {
  const text = typeof value === 'string' ? value.slice(0, MOST + 1) : (JSON.stringify(value) ?? '');
  return oneLine(text.replace(/\p{Cf}/gu, nameOf), MOST);
}

const nameOf = (char: string): string =>
  `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** A hostile text for one line: no control or direction characters, no line breaks, at most this many characters. */
export function oneLine(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  // What nobody sees leaves no gap; breaks do.
  return cut
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim();
}
