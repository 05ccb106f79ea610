/** Characters of a claim in a sentence. */
const MOST = 200;

/** A claim as it may stand in a sentence: in one line, without characters that turn the text around, and cut. */
export function seen(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), MOST);
}

/** A hostile text for one line: no control or direction characters, no line breaks, at most this many characters. */
export function oneLine(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  // What nobody sees leaves no gap; breaks do.
  return cut
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim();
}
