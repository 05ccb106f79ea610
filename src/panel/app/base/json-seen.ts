/**
 * Indented JSON with every character that cannot be seen as the escape that stands for it (RFC 8259, section 7), so that
 * nothing in it hides or turns the text around, and it says the same.
 */
export function jsonSeen(text: string): string {
  return text.replace(/[\p{C}\p{Z}\u115f\u1160\u3164\uffa0]/gu, (character) =>
    character === ' ' || character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
