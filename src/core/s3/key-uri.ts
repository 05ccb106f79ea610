import { WorkbenchError } from '../errors';

// The escape sign is `~`, not `%`: a percent sign would be decoded by whoever parses the URI once more, and VS Code and
// URL parsers take `%2E%2E` for `..`. The other characters are left to the URI's own encoding, so that titles stay readable.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const SPECIAL = /[~%:\\?#\u0000-\u001f\u007f]/g;
const escapeChar = (char: string): string =>
  `~${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

function encodeSegment(segment: string): string {
  if (segment === '') return '~';
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '~2E');
  return segment.replace(SPECIAL, escapeChar);
}

/**
 * A key as the path of a URI (without leading slash), segment by segment: no empty, `.` or `..` segments, no backslash,
 * colon or percent sign are left, so that nothing on the way normalises it. decodeKeyFromUri gives the key back.
 */
export function encodeKeyForUri(key: string): string {
  return key.split('/').map(encodeSegment).join('/');
}

/** The key of a path that encodeKeyForUri made. Throws WorkbenchError `s3.address-invalid` for any other text. */
export function decodeKeyFromUri(path: string): string {
  const key = path
    .split('/')
    .map((segment) =>
      segment === '~'
        ? ''
        : segment.replace(/~([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    )
    .join('/');
  if (encodeKeyForUri(key) !== path)
    throw new WorkbenchError('s3.address-invalid', 'not an encoded key', { reason: 'escape' });
  return key;
}
