import * as l10n from '@vscode/l10n';
import { formatAgo, formatTimeLeft } from '../time';
import type { DecodedToken } from './decode';
import { timeOf } from './judge-times';
import { oneLine } from './seen';

export { oneLine };

/** What is told of a token where there is one line for it. All texts may be hostile, except `kind` and `time`. */
export interface TokenTelling {
  /** `ID token`, `Access token`, … */
  readonly kind: string;
  /** The user's name, else the user's or identity's ID; undefined where there is none. */
  readonly user: string | undefined;
  readonly client: string | undefined;
  /** `59 min left`, `expired 5 min ago`; undefined where the token has no end, or does not show it. */
  readonly time: string | undefined;
  readonly expired: boolean;
  /** Milliseconds until it ends; undefined where that is not known or past. */
  readonly leftMs: number | undefined;
}

/** Kind, user, client and time of a token; nothing of it has been verified. */
export function tellToken(decoded: DecodedToken, nowMs: number): TokenTelling {
  const { claims } = decoded;
  const end = timeOf(claims.exp);
  const expired = end !== undefined && end <= nowMs;
  return {
    kind: nameOfToken(decoded),
    user: firstText(claims, ['cognito:username', 'username', 'preferred_username', 'email', 'sub']),
    client: decoded.kind === 'access' ? textOf(claims.client_id) : textOf(claims.aud),
    time:
      end === undefined
        ? undefined
        : expired
          ? l10n.t('expired {0}', formatAgo(nowMs - end))
          : l10n.t('{0} left', formatTimeLeft(end - nowMs)),
    expired,
    leftMs: end === undefined || expired ? undefined : end - nowMs,
  };
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
export function tellingLine({ kind, user, time }: TokenTelling): string {
  const who = user === undefined ? kind : l10n.t('{0} of {1}', kind, oneLine(user, 40));
  return time === undefined ? who : `${who} · ${time}`;
}
