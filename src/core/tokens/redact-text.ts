import { findTokens, tokenText } from './find';
import { findKeys } from './leaks';
import { REDACTED, type RedactHow, redactionOf } from './redact-token';
import { decodedOrNot } from './token-at';

export interface Redaction {
  /** Offsets in UTF-16 units of what is replaced; `end` is behind its last character. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What to replace in a text so that nobody can use what is in it: every token, and the secret of every temporary access
 * key. In the order of the text, none within another. With `mask`, tokens that hold nothing of a person are cut.
 */
export function redactText(text: string, how: RedactHow): Redaction[] {
  const hits = findTokens(text);
  const tokens = hits.flatMap(({ start, end, ...rest }): Redaction[] => {
    const decoded = decodedOrNot(tokenText(text, { start, end, ...rest }));
    if (decoded === undefined) return [];
    const found = text.slice(start, end);
    const redacted = redactionOf(found, decoded, how) ?? redactionOf(found, decoded, 'cut');
    return redacted === undefined ? [] : [{ start, end, text: redacted }];
  });
  const secrets = new Map(
    findKeys(text, hits).map(({ secret }) => [secret.start, { ...secret, text: REDACTED }]),
  );
  return [...tokens, ...secrets.values()].sort((a, b) => a.start - b.start);
}
