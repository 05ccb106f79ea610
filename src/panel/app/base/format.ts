import * as l10n from '@vscode/l10n';
import { formatClock, formatDate } from '../../../core/time';

export function formatCount(count: number): string {
  return count.toLocaleString();
}

/** Sortable local date and time, as a file list shows it: `2026-03-14 09:26`. */
export function formatDateTime(ms: number): string {
  return `${formatDate(ms)} ${formatClock(ms).slice(0, 5)}`;
}

/** Exact, for tooltips; invalid times stay readable. */
export function formatIso(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? l10n.t('not a valid time') : date.toISOString();
}
