const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a base64url part (RFC 7515), or what is wrong with it. Closing `=` are tolerated. */
export function decodeBase64UrlText(part: string): { readonly text: string } | 'base64' | 'utf8' {
  const binary = binaryOf(part);
  if (binary === undefined) return 'base64';
  // Almost every token is ASCII.
  if (!/[^\0-\x7f]/.test(binary)) return { text: binary };
  try {
    return { text: decoder.decode(bytesOf(binary)) };
  } catch {
    return 'utf8';
  }
}

/** Bytes of a base64url part, or undefined where it is none. Closing `=` are tolerated. */
export function decodeBase64Url(part: string): Uint8Array | undefined {
  const binary = binaryOf(part);
  return binary === undefined ? undefined : bytesOf(binary);
}

/** One character for each byte. */
function binaryOf(part: string): string | undefined {
  const plain = withoutPadding(part);
  return isBase64Url(plain) ? atob(plain.replaceAll('-', '+').replaceAll('_', '/')) : undefined;
}

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** base64url of a text's UTF-8 bytes, without padding. */
export function encodeBase64UrlText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const pieces: string[] = [];
  // In pieces: an argument for each byte of a large token would be more than a call can take.
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return withoutPadding(btoa(pieces.join('')))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Whether a text is base64url without padding; the empty text is. */
export function isBase64Url(part: string): boolean {
  return /^[A-Za-z0-9_-]*$/.test(part) && part.length % 4 !== 1;
}

/** A part without the one or two `=` that some encoders close it with. */
export function withoutPadding(part: string): string {
  if (part.endsWith('==')) return part.slice(0, -2);
  return part.endsWith('=') ? part.slice(0, -1) : part;
}
