import * as l10n from '@vscode/l10n';
import { formatAgo, formatMoment, formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import { shownClaim } from './judge-audience';
import type { Judgement, Verdict } from './verdicts';

const SMALL_SKEW_MS = 5 * 60_000;

/** Milliseconds of a NumericDate claim, or undefined where it is not one. */
export function timeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : undefined;
}

/** No allowance for clocks: the token has ended when `exp` is reached (RFC 7519, 4.1.4). */
export function judgeExpiry(decoded: DecodedToken, { nowMs }: Judgement): Verdict {
  const check = 'expiry';
  const { exp } = decoded.claims;
  if (exp === undefined) {
    return {
      check,
      status: 'failed',
      sentence: l10n.t('The token has no "exp": every token of Cognito ends.'),
    };
  }
  const end = timeOf(exp);
  if (end === undefined) {
    const sentence = l10n.t('"exp" is {0}: expected a time in seconds.', shownClaim(exp));
    return { check, status: 'failed', sentence, found: shownClaim(exp) };
  }
  const found = isoOf(end);
  if (nowMs < end)
    return {
      check,
      status: 'ok',
      sentence: l10n.t('Valid for another {0}.', formatTimeLeft(end - nowMs)),
      found,
    };
  const sentence = l10n.t(
    'Expired {0}: expected a token that is still valid. Refresh the session.',
    formatAgo(nowMs - end),
  );
  return { check, status: 'failed', sentence, expected: isoOf(nowMs), found };
}

/**
 * `nbf` and `iat` must not lie ahead. Cognito issues no token for later, so a clock is off; AWS itself tolerates about
 * 5 minutes, which the sentence says.
 */
export function judgeNotYetValid(decoded: DecodedToken, { nowMs }: Judgement): Verdict {
  const check = 'not-yet-valid';
  const starts = (['nbf', 'iat'] as const)
    .map((claim) => ({ claim, value: decoded.claims[claim] }))
    .filter(({ value }) => value !== undefined);
  const wrong = starts.find(({ value }) => timeOf(value) === undefined);
  if (wrong) {
    const found = shownClaim(wrong.value);
    return {
      check,
      status: 'failed',
      sentence: l10n.t('"{0}" is {1}: expected a time in seconds.', wrong.claim, found),
      found,
    };
  }
  if (starts.length === 0) {
    return { check, status: 'unknown', sentence: l10n.t('The token does not say when it was issued.') };
  }
  const latest = starts.reduce((a, b) => ((timeOf(b.value) ?? 0) > (timeOf(a.value) ?? 0) ? b : a));
  const start = timeOf(latest.value) ?? 0;
  if (start <= nowMs) return { check, status: 'ok', sentence: l10n.t('Already valid.'), found: isoOf(start) };
  const from = formatMoment(start, nowMs) || shownClaim(latest.value);
  const sentence =
    start - nowMs < SMALL_SKEW_MS
      ? l10n.t(
          'Not valid before {0}, by "{1}": this computer’s clock is a little behind. AWS mostly tolerates less than 5 minutes.',
          from,
          latest.claim,
        )
      : l10n.t(
          'Not valid before {0}, by "{1}": this computer’s clock is probably wrong. Set it, or AWS will refuse signed requests.',
          from,
          latest.claim,
        );
  return { check, status: 'failed', sentence, expected: isoOf(nowMs), found: isoOf(start), hint: 'clock' };
}

/** ISO 8601, or the bare number for a time that no calendar has. */
function isoOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
