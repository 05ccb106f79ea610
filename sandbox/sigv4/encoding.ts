const UNRESERVED = /^[A-Za-z0-9\-._~]$/;

/** Percent-encodes bytes as SigV4 wants it: everything but letters, digits and `-._~`, hex in capitals. */
export function awsEncode(bytes: Uint8Array): string {
  let encoded = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    encoded += UNRESERVED.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** Undoes percent-encoding once, byte by byte; undefined where a `%` is not followed by two hex digits. */
export function percentDecode(raw: string): Buffer | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(raw)) {
    return undefined;
  }
  const pieces = raw.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 1 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'),
    ),
  );
}
