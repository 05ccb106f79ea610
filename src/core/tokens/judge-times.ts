import * as l10n from '@vscode/l10n';
import { formatAgo, formatMoment, formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import { isOfCognito } from './judge-audience';
import { seen } from './seen';
import type { Judgement, Verdict, VerdictCheck } from './verdicts';

const SMALL_SKEW_MS = 5 * 60_000;

/** Seconds from which on a time is none: it would lie behind the year 5100, while as milliseconds it lies after 1973. */
const NO_SECONDS = 1e11;
/** The last millisecond that a calendar has (ECMA-262, 21.4.1.1). */
const LAST_MS = 8.64e15;

/** Milliseconds of a NumericDate claim; undefined where it is not one, or not in seconds, as what would lie past 5100 is. */
export function timeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < NO_SECONDS ? value * 1000 : undefined;
}

/** What is wrong with a claim that timeOf takes for no time. */
function noTime(check: VerdictCheck, claim: string, { claims, rawJson }: DecodedToken): Verdict {
  const value = claims[claim];
  // Digits as written.
  const found = seen(typeof value === 'number' ? rawJson[claim] : value);
  const inMs = typeof value === 'number' && value >= NO_SECONDS && value <= LAST_MS;
  const sentence = inMs
    ? l10n.t(
        '"{0}" is {1}, which looks like milliseconds: expected a time in seconds. Taken for seconds it lies in the far future.',
        claim,
        found,
      )
    : l10n.t('"{0}" is {1}: expected a time in seconds.', claim, found);
  return { check, status: 'failed', sentence, found };
}

/** No allowance for clocks: the token has ended when `exp` is reached (RFC 7519, 4.1.4). */
export function judgeExpiry(decoded: DecodedToken, { nowMs, connection }: Judgement): Verdict {
  const check = 'expiry';
  const { exp } = decoded.claims;
  if (exp === undefined) {
    return isOfCognito(decoded, connection)
      ? {
          check,
          status: 'failed',
          sentence: l10n.t('The token has no "exp": every token of Cognito ends.'),
        }
      : {
          check,
          status: 'unknown',
          sentence: l10n.t('The token does not say when it ends: it has no "exp".'),
        };
  }
  const end = timeOf(exp);
  if (end === undefined) return noTime(check, 'exp', decoded);
  const found = isoOf(end);
  if (nowMs < end)
    return {
      check,
      status: 'ok',
      sentence: l10n.t('Valid for another {0}.', formatTimeLeft(end - nowMs)),
      found,
    };
  const ago = formatAgo(nowMs - end);
  // Only who signed in through a connection has a session here.
  const sentence =
    connection === undefined
      ? l10n.t('Expired {0}: expected a token that is still valid.', ago)
      : l10n.t('Expired {0}: expected a token that is still valid. Refresh the session.', ago);
  return { check, status: 'failed', sentence, found };
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
  if (wrong) return noTime(check, wrong.claim, decoded);
  if (starts.length === 0) {
    return { check, status: 'unknown', sentence: l10n.t('The token does not say when it was issued.') };
  }
  const latest = starts.reduce((a, b) => ((timeOf(b.value) ?? 0) > (timeOf(a.value) ?? 0) ? b : a));
  const start = timeOf(latest.value) ?? 0;
  if (start <= nowMs) return { check, status: 'ok', sentence: l10n.t('Already valid.'), found: isoOf(start) };
  const from = formatMoment(start, nowMs);
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
  return { check, status: 'failed', sentence, found: isoOf(start), hint: 'clock' };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
