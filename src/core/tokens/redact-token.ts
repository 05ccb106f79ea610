import { encodeBase64UrlText } from './base64url';
import { decodeToken, type DecodedToken } from './decode';
import { maskedClaims, maskedHeader } from './mask';
import { plainTokenText } from './read-token';
import { CUT, REDACTED } from './token-shape';

export { REDACTED };

/**
 * The text of a token (as it was found, also with percent escapes or over several lines) so that nobody can use it:
 * without the signature, of an encrypted one without all that follows the header. Claims stay readable.
 */
export function cutToken(found: string): string {
  const dots = [...found.matchAll(/\.|%2e/gi)];
  const last = dots.length === 2 ? dots[1] : dots[0];
  return last === undefined ? REDACTED : found.slice(0, last.index + last[0].length) + REDACTED;
}

/**
 * The token in a form that can be shown to others: still decodes to the same kind of token, but its signature is gone and
 * what tells of a person is masked. Of an encrypted token only the header stays. Throws as decodeToken does.
 */
export function redactToken(text: string): string {
  const decoded = decodeToken(text);
  const header = encodeBase64UrlText(maskedHeader(decoded));
  if (decoded.encrypted) return [header, CUT, CUT, CUT, CUT].join('.');
  const claims = encodeBase64UrlText(maskedClaims(decoded));
  return `${header}.${claims}.${decoded.signature === '' ? '' : CUT}`;
}

/** Whether there is anything in a token that lets someone use it: not in an unsigned one, nor in what redactToken gave. */
export function isUsable({ encrypted, signature, partLengths }: DecodedToken): boolean {
  return encrypted
    ? partLengths.slice(1).some((length) => length !== CUT.length)
    : signature !== '' && signature !== CUT;
}

/** Whether the signature, or of an encrypted token all that follows its header, was taken out by this module. */
export function isRedacted(decoded: DecodedToken): boolean {
  return decoded.encrypted ? !isUsable(decoded) : decoded.signature === CUT;
}

/** `cut`: the signature goes. `mask`: also what tells of a person, which is written anew and in one line. */
export type RedactHow = 'cut' | 'mask';

/** What to put in place of a token as it was found; undefined where that would take nothing away. */
export function redactionOf(found: string, decoded: DecodedToken, how: RedactHow): string | undefined {
  if (how === 'cut') return isUsable(decoded) ? cutToken(found) : undefined;
  if (decoded.encrypted) return undefined;
  const token = plainTokenText(found);
  const masked = redactToken(token);
  const read = (text: string): string => text.slice(0, text.lastIndexOf('.'));
  if (read(masked) === read(token)) return undefined;
  return isUsable(decoded) ? cutToken(masked) : masked;
}
