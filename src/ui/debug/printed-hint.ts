/** Names under which programs keep tokens. */
const names = /(?:(?:id|access|refresh)_?token|authorization)['"]?\s{0,4}(?::|=>?)\s{0,4}/gi;
/** A value that is cut at once, or an object: what it is does not stand there. */
const hidden = /^(?:['"`]?(?:[Bb]earer )?(?:…|\.\.\.)|\{|<|[A-Z])/;

/** Base64url of `{"`, or of `{` and a line break, whole or cut. */
export const showsToken = (text: string): boolean => text.includes('eyJ') || text.includes('ewo');

/** Whether a printed object may hold a token, by what its preview shows of it. Cheap: every one is looked at. */
export function mayHoldPrinted(preview: string): boolean {
  if (showsToken(preview)) return true;
  for (const { 0: name, index } of preview.matchAll(names)) {
    const start = index + name.length;
    if (hidden.test(preview.slice(start, start + 12))) return true;
  }
  return false;
}
