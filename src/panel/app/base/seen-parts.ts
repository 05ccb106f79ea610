/** A part of a text as it is shown: as it is, or as a mark that stands for something that cannot be seen. */
export interface SeenPart {
  readonly kind: 'text' | 'space' | 'mark';
  readonly text: string;
}

/**
 * Splits a text of strangers so that nothing in it stays unseen: control, format and direction characters become `U+202E` marks;
 * spaces become visible where they would be lost (at the ends, doubled, or unusual ones).
 */
export function seenParts(text: string): SeenPart[] {
  const parts: SeenPart[] = [];
  const add = (kind: SeenPart['kind'], added: string) => {
    const last = parts.at(-1);
    if (last?.kind === kind && kind === 'text') parts[parts.length - 1] = { kind, text: last.text + added };
    else parts.push({ kind, text: added });
  };
  const characters = Array.from(text);
  characters.forEach((character, index) => {
    if (character === ' ') {
      const seen = isVisible(characters[index - 1]) && isVisible(characters[index + 1]);
      add(seen ? 'text' : 'space', character);
    } else if (isVisible(character)) add('text', character);
    else add('mark', codePoint(character));
  });
  return parts;
}

const unseen = /^[\p{C}\p{Z}\u115f\u1160\u3164\uffa0]$/u;

function isVisible(character: string | undefined): boolean {
  return character !== undefined && !unseen.test(character);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
