/** What stands in place of what makes a token valid; `…` is in no token's alphabet, so no scanner takes it for one. */
export const REDACTED = '…redacted';

/**
 * The text of a token (as it was found, also with percent escapes or over several lines) so that nobody can use it:
 * without the signature, of an encrypted one without all that follows the header. Claims stay readable.
 */
export function cutToken(found: string): string {
  const dots = [...found.matchAll(/\.|%2e/gi)];
  const last = dots.length === 2 ? dots[1] : dots[0];
  return last === undefined ? REDACTED : found.slice(0, last.index + last[0].length) + REDACTED;
}
