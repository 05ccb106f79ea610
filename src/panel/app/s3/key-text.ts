/** How the name is made: Unicode form where it differs from the usual composed one. */
export function unicodeForm(name: string): 'NFD' | 'mixed' | undefined {
  if (name === name.normalize('NFC')) return undefined;
  return name === name.normalize('NFD') ? 'NFD' : 'mixed';
}

/** The name in ASCII, everything else escaped: `re\u0301sume\u0301.txt`. For tooltips. */
export function escapedKey(name: string): string {
  return Array.from(name, (character) => {
    if (character === '\\') return '\\\\';
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) return character;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  }).join('');
}
