import type { Session, SessionIndexEntry, SessionState } from './model';

const MINUTE = 60_000;
/** Less than this left is a warning. */
export const WARNING_BELOW = 15 * MINUTE;

/** When the session's AWS credentials end, else its tokens; undefined where it holds neither. Milliseconds. */
export function expiresAt(session: Session): number | undefined {
  return session.credentials?.expiresAt ?? session.tokens?.expiresAt;
}

/** What a person sees of a session, or of its index entry, at `nowMs`. */
export function sessionState(session: Session | SessionIndexEntry, nowMs: number): SessionState {
  const end = 'expiresAt' in session ? session.expiresAt : expiresAt(session);
  if (end === undefined || end <= 0) return 'signed-out';
  if (end <= nowMs) return 'expired';
  return end - nowMs < WARNING_BELOW ? 'expiring' : 'valid';
}

/** Whether the AWS credentials are to be replaced before they are used; true where there are none. */
export function credentialsDue(session: Session, nowMs: number, refreshBeforeMinutes: number): boolean {
  return due(session.credentials, nowMs, refreshBeforeMinutes);
}

/** Whether ID and access token are to be replaced before they are used; true where there are none. */
export function tokensDue(session: Session, nowMs: number, refreshBeforeMinutes: number): boolean {
  return due(session.tokens, nowMs, refreshBeforeMinutes);
}

/** The rule of when: less than the smaller of the setting and a fifth of the lifetime is left. */
function due(
  held: { readonly expiresAt: number; readonly issuedAt?: number | undefined } | undefined,
  nowMs: number,
  refreshBeforeMinutes: number,
): boolean {
  if (!held) return true;
  const setting = Math.max(0, refreshBeforeMinutes) * MINUTE;
  const fifth = held.issuedAt === undefined ? setting : Math.max(0, held.expiresAt - held.issuedAt) / 5;
  const left = held.expiresAt - nowMs;
  return left <= 0 || left < Math.min(setting, fifth);
}
