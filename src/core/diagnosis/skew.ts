import * as l10n from '@vscode/l10n';
import { duration } from './duration';

/** AWS accepts signatures within this distance (milliseconds); S3 within 15 minutes. */
export const skewLimitMs = 5 * 60_000;

export interface ClockSkew {
  /** Local clock minus server clock, in milliseconds: positive when the local clock is ahead. */
  readonly ms: number;
  readonly direction: 'ahead' | 'behind' | 'in-step';
  /** Far enough off for AWS to refuse signatures and for token times to mislead. */
  readonly tooLarge: boolean;
}

/** Compares the local clock with a server's `Date` header (both in milliseconds; the header has whole seconds). */
export function measureSkew(serverDateMs: number, nowMs: number): ClockSkew {
  const ms = nowMs - serverDateMs;
  const direction = Math.abs(ms) < 5000 ? 'in-step' : ms > 0 ? 'ahead' : 'behind';
  return { ms, direction, tooLarge: Math.abs(ms) >= skewLimitMs };
}

/** One sentence: "Your clock is 10 minutes ahead of the server's." */
export function describeSkew(skew: ClockSkew): string {
  const amount = duration(Math.abs(skew.ms));
  switch (skew.direction) {
    case 'ahead':
      return l10n.t("Your clock is {0} ahead of the server's.", amount);
    case 'behind':
      return l10n.t("Your clock is {0} behind the server's.", amount);
    case 'in-step':
      return l10n.t("Your clock agrees with the server's.");
  }
}

/**
 * Both clocks as AWS's signature check saw them: "Signature expired: 20260101T100000Z is now earlier than
 * 20260101T100500Z (20260101T101000Z - 5 min.)", where the first time is ours and the one in parentheses the server's.
 */
export function skewFromSignatureMessage(message: string): ClockSkew | undefined {
  const found = /(\d{8}T\d{6}Z) is (?:now earlier|still later) than \d{8}T\d{6}Z \((\d{8}T\d{6}Z)/.exec(
    message,
  );
  const ours = basicIsoTime(found?.[1]);
  const theirs = basicIsoTime(found?.[2]);
  return ours === undefined || theirs === undefined ? undefined : measureSkew(theirs, ours);
}

function basicIsoTime(text: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const time = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return Number.isNaN(time) ? undefined : time;
}
