import * as l10n from '@vscode/l10n';
import type { Case } from '../case';
import { address } from '../names';
import type { Words } from '../row';

/** What VS Code throws for an address that it cannot take, such as one with a raw colon of an identity ID. */
export function isUriError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'UriError' || error.message.startsWith('[UriError]'));
}

/** Row 120: keys with colons and the like must be escaped before they become addresses of the editor. */
export function uriRefused(c: Case): Words {
  return {
    title: l10n.t('The editor cannot open an address like that of {0}', address(c)),
    why: l10n.t(
      'The key holds characters that have a meaning of their own in addresses, such as the colon of an identity ID. Cognito Workbench escapes them; that it did not here is its own fault.',
    ),
    fix: l10n.t('Download the object instead, and please report the key with the lines of the log.'),
    actions: ['show-log', 'open-likely-locations'],
  };
}
