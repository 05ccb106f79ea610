import * as l10n from '@vscode/l10n';
import { explainFailure } from '../base/explain-failure';
import { formatCount } from '../base/format';
import type { Listing } from './listing';

/** How many rows there are, and whether that is all. */
export function footerText(listing: Listing): string {
  const count = listing.rows.length;
  if (listing.complete) {
    const folders = listing.rows.filter((row) => row.kind === 'folder').length;
    if (folders === 0) return objectCount(count);
    return folders === count
      ? folderCount(folders)
      : l10n.t('{0}, {1}', folderCount(folders), objectCount(count - folders));
  }
  if (listing.error !== undefined) {
    const title = explainFailure(listing.error)?.title;
    return l10n.t('{0} shown. The next page failed: {1}', formatCount(count), title ?? l10n.t('cancelled'));
  }
  return listing.loading
    ? l10n.t('{0} shown, loading more…', formatCount(count))
    : l10n.t('{0} shown, more below', formatCount(count));
}

function folderCount(count: number): string {
  return count === 1 ? l10n.t('1 folder') : l10n.t('{0} folders', formatCount(count));
}

function objectCount(count: number): string {
  return count === 1 ? l10n.t('1 object') : l10n.t('{0} objects', formatCount(count));
}
