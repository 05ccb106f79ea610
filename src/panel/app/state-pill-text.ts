import * as l10n from '@vscode/l10n';
import { WARNING_BELOW } from '../../core/session/expiry';
import type { SessionState } from '../../core/session/model';
import { formatTimeLeft } from '../../core/time';

export interface Pill {
  readonly state: SessionState;
  readonly text: string;
}

/** State and words at this moment: what was valid when the host spoke may have run down since. */
export function pillText(state: SessionState, expiresAt: number | undefined, now: number): Pill {
  if (state === 'signed-out') return { state, text: l10n.t('Signed out') };
  const left = expiresAt === undefined ? undefined : expiresAt - now;
  if (state === 'expired' || (left !== undefined && left <= 0))
    return { state: 'expired', text: l10n.t('Expired') };
  if (left === undefined) return { state, text: l10n.t('Valid') };
  if (left < WARNING_BELOW)
    return { state: 'expiring', text: l10n.t('Expires in {0}', formatTimeLeft(left)) };
  return { state: 'valid', text: l10n.t('Valid · {0}', formatTimeLeft(left)) };
}
