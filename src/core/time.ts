import * as l10n from '@vscode/l10n';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** The unit in which a span is told, and how many whole ones it holds. */
function inUnits(ms: number): { readonly unit: number; readonly count: number } {
  const unit = ms < HOUR ? MINUTE : ms < DAY ? HOUR : ms < 2 * YEAR ? DAY : YEAR;
  return { unit, count: Math.floor(ms / unit) };
}

function spanText(ms: number): string {
  const { unit, count } = inUnits(ms);
  if (unit === MINUTE) return count === 0 ? l10n.t('under 1 min') : l10n.t('{0} min', count);
  if (unit === HOUR) return l10n.t('{0} h', count);
  if (unit === YEAR) return l10n.t('{0} years', count);
  return count === 1 ? l10n.t('1 day') : l10n.t('{0} days', count);
}

/** A span of milliseconds, told short and never too long: `59 min`, `2 h`, `3 days`, `2 years`, `under 1 min`, `expired`. */
export function formatTimeLeft(ms: number): string {
  return ms > 0 ? spanText(ms) : l10n.t('expired');
}

/** How long ago, in milliseconds: `just now`, `5 min ago`, `2 h ago`. */
export function formatAgo(ms: number): string {
  return ms < MINUTE ? l10n.t('just now') : l10n.t('{0} ago', spanText(ms));
}

/** Milliseconds until formatTimeLeft(ms) shows another text, as time runs down, a day at most; Infinity once it has expired. */
export function nextTextChange(ms: number): number {
  if (ms <= 0) return Infinity;
  if (ms < MINUTE) return ms;
  const { unit, count } = inUnits(ms);
  // Timers take no years.
  return Math.min(DAY, Math.max(1, ms - count * unit + 1));
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of day, `14:03:12`, or as `locale` writes it. Empty for a time that no calendar has. */
export function formatClock(ms: number, locale?: string): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  if (locale !== undefined) {
    try {
      return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(date);
    } catch {
      // Not a locale: the form without one says the same.
    }
  }
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}

/** Local date, `2026-07-14`. Empty for a time that no calendar has. */
export function formatDate(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local time with its distance: `14:03:12 (in 59 min)`, on another day `2026-07-13 14:03:12 (1 day ago)`. */
export function formatMoment(ms: number, nowMs: number): string {
  const clock = formatClock(ms);
  if (clock === '') return '';
  const when = formatDate(ms) === formatDate(nowMs) ? clock : `${formatDate(ms)} ${clock}`;
  return ms > nowMs
    ? l10n.t('{0} (in {1})', when, formatTimeLeft(ms - nowMs))
    : l10n.t('{0} ({1})', when, formatAgo(nowMs - ms));
}
