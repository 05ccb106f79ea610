import * as vscode from 'vscode';
import { nameOfKey } from '../../core/federation/providers-words';
import type { Session, StoredLogin } from '../../core/session/model';
import { formatDate } from '../../core/time';
import { decodeToken } from '../../core/tokens/decode';
import { excerptOf } from '../../core/tokens/excerpt';
import { judgeLogin } from '../../core/tokens/judge-login';
import { summarise } from '../../core/tokens/summarise';
import type { TokenCard } from '../protocol';

/** Cards of what a session gives to the identity pool besides the tokens of the user pool. */
export function loginCards({ logins }: Pick<Session, 'logins'>): TokenCard[] {
  return (logins ?? []).map(loginCard);
}

/** The text of the login that a card is of. */
export function loginText({ logins }: Pick<Session, 'logins'>, slot: string): string | undefined {
  const [, index] = /^login-(\d+)$/.exec(slot) ?? [];
  return index === undefined ? undefined : logins?.[Number(index)]?.token;
}

function loginCard({ provider, token, expiresAt }: StoredLogin, index: number): TokenCard {
  const common = {
    slot: `login-${index}`,
    title: vscode.l10n.t('Login: {0}', nameOfKey(provider)),
    present: true,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  } as const;
  const key = vscode.l10n.t('In the Logins map it stands under {0}.', provider);
  try {
    const decoded = decodeToken(token);
    const nowMs = Date.now();
    const verdicts = judgeLogin(decoded, provider, nowMs);
    return {
      ...common,
      kind: decoded.kind,
      summary: summarise(verdicts, decoded, nowMs),
      verdicts,
      ...excerptOf(decoded, nowMs),
      facts: [key],
    };
  } catch {
    // An access token of a social provider or a SAML response: nothing in it is ours to read.
    const ends =
      expiresAt === undefined
        ? vscode.l10n.t('It does not tell when it ends; the identity pool asks its provider.')
        : vscode.l10n.t('It ends at {0}.', formatDate(expiresAt));
    const length = vscode.l10n.t('It has {0} characters.', token.length);
    return { ...common, kind: 'opaque', verdicts: [], header: [], groups: [], facts: [key, ends, length] };
  }
}
