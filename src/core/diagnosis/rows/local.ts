import * as l10n from '@vscode/l10n';
import { textOf } from '../case';
import type { Case } from '../case';
import { user } from '../names';
import type { Words } from '../row';
import { describeSkew } from '../skew';

/** Row 121: the machine's keyring does not take the secret. */
export function storeFailed(c: Case): Words {
  return {
    title: l10n.t('The session of {0} could not be stored', user(c)),
    why: l10n.t(
      'VS Code keeps secrets in the keyring of the system and could not write to it. On Linux there is often none running (gnome-keyring or KWallet), above all in containers and over SSH; on other systems it may be locked.',
    ),
    fix: l10n.t(
      'Install or unlock a keyring and restart VS Code, or run the command "Preferences: Configure Runtime Arguments" and set "password-store" to one that is there. Until then a session lasts only as long as this window; it is never written to settings or files.',
    ),
    actions: ['retry', 'show-log'],
  };
}

/** Row 122: a token that only the local clock thinks expired, or not valid yet. */
export function clockMisleads(c: Case): boolean {
  if (c.skew === undefined || c.skew.direction === 'in-step') return false;
  const serverNow = c.context.nowMs - c.skew.ms;
  const end = c.token.exp;
  const begins = c.context.tokenClaims?.['iat'];
  if (end !== undefined && c.context.nowMs >= end && serverNow < end) return true;
  if (typeof begins === 'number' && c.context.nowMs < begins * 1000 && serverNow >= begins * 1000)
    return true;
  return c.skew.tooLarge && /expired|not[- ]?yet/i.test(textOf(c, 'reason', 'check') ?? '');
}

export function misledByClock(c: Case): Words {
  const skew = c.skew;
  return {
    title: l10n.t('The clock of this machine misjudges the token'),
    why: l10n.t(
      "{0} By the local clock the token is outside its time, by Cognito's it is valid and is accepted.",
      skew ? describeSkew(skew) : '',
    ),
    fix: l10n.t("Set the clock of the machine on which VS Code's extensions run, best by automatic time."),
    actions: ['check-clock', 'refresh-credentials'],
  };
}
