export type TagList =
  | { readonly ok: true; readonly tags: Readonly<Record<string, string>> }
  /** `at`: the piece that is wrong. */
  | { readonly ok: false; readonly reason: 'form' | 'twice' | 'length' | 'count'; readonly at: string };

/** Reads principal tags written as `name=value, other=value`; commas or line breaks between, limits as in the API. */
export function readTags(text: string): TagList {
  const pieces = text.split(/[,\n]/).flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));
  const tags = new Map<string, string>();
  for (const piece of pieces) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, at).trim();
    const value = piece.slice(at + 1).trim();
    const short = piece.slice(0, 60);
    if (at < 1 || name === '' || value === '') return { ok: false, reason: 'form', at: short };
    if (tags.has(name)) return { ok: false, reason: 'twice', at: name.slice(0, 60) };
    if (name.length > 128 || value.length > 256) return { ok: false, reason: 'length', at: short };
    tags.set(name, value);
  }
  if (tags.size > 50) return { ok: false, reason: 'count', at: '' };
  return { ok: true, tags: Object.fromEntries(tags) };
}

/** As `readTags` takes them. */
export function tagsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
