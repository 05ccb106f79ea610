import { nextTextChange } from '../../../core/time';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds until the words about one of these tokens are others: of its end, or of its beginning. */
export function msToNextWords(
  tokens: readonly { readonly expiresAt?: number | undefined; readonly startsAt?: number | undefined }[],
  now: number,
): number {
  const moments = tokens.flatMap(({ expiresAt, startsAt }) => [expiresAt ?? [], startsAt ?? []].flat());
  return Math.min(...moments.map((moment) => msToNextText(moment, now)));
}

/** Milliseconds until the words about a moment (`in 59 min`, `5 min ago`) are others; Infinity where they stay. */
export function msToNextText(at: number, now: number): number {
  if (Number.isNaN(at)) return Infinity;
  if (at > now) return nextTextChange(at - now);
  const ago = now - at;
  const unit = ago < hour ? minute : ago < day ? hour : day;
  return unit - (ago % unit);
}
