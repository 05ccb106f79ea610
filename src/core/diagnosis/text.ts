import { redactSecrets } from '../redact';

/**
 * A sentence that is safe to show: no secrets, no control or direction characters, and nothing that VS Code's
 * notifications would turn into a link (`[text](command:…)`), whatever a key, name or message from outside holds.
 */
export function plain(text: string): string {
  return redactSecrets(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('](', '] (');
}
