import * as l10n from '@vscode/l10n';
import { formatAgo, formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import { timeOf } from './judge-times';
import { namesRefresh } from './name-before';
import { isRedacted } from './redact-token';
import { oneLine } from './seen';

export { oneLine };

/** What is told of a token where there is one line for it. All texts may be hostile, except `kind` and `time`. */
export interface TokenTelling {
  /** `ID token`, `Access token`, … */
  readonly kind: string;
  /** The user's name, else the user's or identity's ID; undefined where there is none. */
  readonly user: string | undefined;
  readonly client: string | undefined;
  /**
   * `59 min left`, `expired 5 min ago`; before it `not signed` where anybody may have written the token; `redacted` in place
   * of it. Undefined where the token is signed and has no end, or does not show it.
   */
  readonly time: string | undefined;
  readonly expired: boolean;
  /** Milliseconds until it ends; undefined where that is not known or past, or the token redacted. */
  readonly leftMs: number | undefined;
}

/** Kind, user, client and time of a token; nothing of it has been verified. `name`: what the text calls it, as nameBefore finds. */
export function tellToken(decoded: DecodedToken, nowMs: number, name?: string): TokenTelling {
  const { claims } = decoded;
  const redacted = isRedacted(decoded);
  const end = redacted ? undefined : timeOf(claims.exp);
  const expired = end !== undefined && end <= nowMs;
  const user = firstText(claims, ['cognito:username', 'username', 'preferred_username', 'email', 'sub']);
  const states = [
    ...(redacted ? [l10n.t('redacted')] : []),
    ...(isUnsigned(decoded) ? [l10n.t('not signed')] : []),
    ...(end === undefined ? [] : [timeText(end, nowMs)]),
  ];
  return {
    kind: decoded.encrypted && namesRefresh(name) ? l10n.t('Refresh token') : nameOfToken(decoded),
    user: redacted && user !== undefined && MASKED.test(user) ? undefined : user,
    client: decoded.kind === 'access' ? textOf(claims.client_id) : textOf(claims.aud),
    time: states.length === 0 ? undefined : states.join(' · '),
    expired,
    leftMs: end === undefined || expired ? undefined : end - nowMs,
  };
}

/** What maskedClaims puts in place of a person: a name for nobody. */
const MASKED = /^(?:redacted(?:@example\.com)?|\+10+|(?:[a-z\d-]+:)?[0-]{36})$/;

/** Anybody may have written it. */
export function isUnsigned({ encrypted, signature, header: { alg } }: DecodedToken): boolean {
  return !encrypted && (signature === '' || (typeof alg === 'string' && /^none$/i.test(alg)));
}

function timeText(end: number, nowMs: number): string {
  return end <= nowMs
    ? l10n.t('expired {0}', formatAgo(nowMs - end))
    : l10n.t('{0} left', formatTimeLeft(end - nowMs));
}

function nameOfToken({ kind }: DecodedToken): string {
  switch (kind) {
    case 'id':
      return l10n.t('ID token');
    case 'access':
      return l10n.t('Access token');
    case 'openid':
      return l10n.t('OpenID token');
    case 'refresh':
      return l10n.t('Encrypted token');
    case 'unknown':
      return l10n.t('Token');
  }
}

function firstText(claims: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(claims[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  const [single] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof single === 'string' && single.trim() !== '' ? single : undefined;
}

/** One line: `ID token of reader · 59 min left`. */
export function tellingLine(telling: TokenTelling): string {
  const who = whoseLine(telling);
  return telling.time === undefined ? who : `${who} · ${telling.time}`;
}

/** `ID token of reader`. */
export function whoseLine({ kind, user }: TokenTelling): string {
  return user === undefined ? kind : l10n.t('{0} of {1}', kind, oneLine(user, 40));
}
