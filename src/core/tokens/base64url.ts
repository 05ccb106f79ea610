/** Text of a base64url part (RFC 7515), or what is wrong with it. Closing `=` are tolerated. */
export function decodeBase64UrlText(part: string): { readonly text: string } | 'base64' | 'utf8' {
  const plain = part.replace(/={1,2}$/, '');
  if (!isBase64Url(plain)) return 'base64';
  const bytes = Uint8Array.from(atob(plain.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return 'utf8';
  }
}

/** Whether a text is base64url without padding; the empty text is. */
export function isBase64Url(part: string): boolean {
  return /^[A-Za-z0-9_-]*$/.test(part) && part.length % 4 !== 1;
}
